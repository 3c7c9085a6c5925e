"""Writing to a plan: updates, judgements, positions. Each is one transaction and carries a version."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from councils.models import Council, User
from history.models import Change
from history.queries import fields_changed_since
from history.services import ChangeLog
from plans.models import Action, Finding, Objective, Plan, Position, ProgressUpdate, ScaleCode
from plans.queries import ACTION, OBJECTIVE
from plans.rag import Standing
from plans.table import OWES_A_REASON


class Refused(Exception):  # noqa: N818 - the domain's word
    """A write that the rules do not allow; `errors` says why, field by field, in words for the person."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class Conflict(Exception):  # noqa: N818
    """Somebody else changed the same fields. `theirs` is what stands now, by field; `version` the new one."""

    def __init__(self, theirs: dict[str, Any], version: int, by_name: str) -> None:
        super().__init__(f"{', '.join(theirs)} changed meanwhile")
        self.theirs = theirs
        self.version = version
        self.by_name = by_name


Source = ProgressUpdate.Source


@dataclass(frozen=True)
class Report:
    """What somebody reports of an action for a day."""

    on: dt.date
    rating: str  # a code of the plan's scale; "" for not rated
    narrative: str
    reason: str = ""
    next_step: str = ""
    source: Source = Source.PAGE
    errors: dict[str, str] = field(default_factory=dict)


def record_update(
    *,
    council: Council,
    action_id: int,
    report: Report,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> ProgressUpdate:
    """Record what was reported of an action, and bring its current rating and text up to date.

    An update for an earlier day than the latest one is kept and counts for that day, without altering how the action
    stands now. Sending the same report twice records it once.

    Raises Action.DoesNotExist outside the council, Refused for a report that the rules do not allow, and Conflict
    where a field that this report changes has been changed by somebody else since `version`.
    """
    with transaction.atomic():
        action = (
            Action.objects.select_for_update(of=("self",))
            .select_related("rating", "plan")
            .get(pk=action_id, plan__council=council)
        )
        code = _checked(action, report, version, today)
        if version != action.version:
            repeated = _already_recorded(action, report, code, by)
            if repeated:
                return repeated
            report, code = _merged(action, report, code, version)
        return _record(action, report, code, council=council, by=by, now=now)


def _checked(action: Action, report: Report, version: int, today: dt.date) -> ScaleCode | None:
    errors = dict(report.errors)
    code = None
    if version > action.version:
        errors["version"] = "This form was not made by this page: open the action again"
    if action.plan.closed_on is not None:
        errors["rating"] = "This plan is closed and can no longer be changed"
    if report.rating:
        code = ScaleCode.objects.filter(plan=action.plan, code=report.rating, is_mark=False).first()
        if code is None:
            errors["rating"] = f"“{report.rating}” is not a rating of this plan"
    if report.on > today:
        errors["on"] = "The date of the update must be today or in the past"
    elif report.on < action.plan.begun_on:
        errors["on"] = (
            f"The date of the update must be on or after the day the plan began, {action.plan.begun_on:%d/%m/%Y}"
        )
    if code is not None and code.standing in OWES_A_REASON:
        errors |= _still_owed(report, code)
    if errors:
        raise Refused(errors)
    return code


def _still_owed(report: Report, code: ScaleCode) -> dict[str, str]:
    """What a rating that means at risk or off track owes and the report does not give (design, *Ratings*)."""
    owed = {}
    if not report.reason.strip():
        owed["reason"] = f"Say what is in the way: {code.name} means {Standing(code.standing).label.lower()}"
    if not report.next_step.strip():
        owed["next_step"] = "Say what the next step is, and by when"
    return owed


def _already_recorded(
    action: Action, report: Report, code: ScaleCode | None, by: User | None
) -> ProgressUpdate | None:
    """The same report by the same person, if it is the last one that was recorded: a form sent twice."""
    last = action.updates.order_by("-id").first()
    if last is None or last.by_id != (by.pk if by else None):
        return None
    said = (last.on, last.rating_id, last.narrative, last.reason, last.next_step)
    sent = (report.on, code.pk if code else None, report.narrative, report.reason, report.next_step)
    return last if said == sent else None


def _merged(
    action: Action, report: Report, code: ScaleCode | None, version: int
) -> tuple[Report, ScaleCode | None]:
    """Keep others' changes to fields that this report leaves alone; refuse where both changed the same one."""
    since = (
        Change.objects.filter(subject=ACTION, subject_id=action.pk, version__gt=version)
        .order_by("id")
        .first()
    )
    if since is None:  # whatever made the versions did not touch rating or text
        return report, code
    # how the action stood for whoever made the form: late reports of earlier days are not among what they saw change
    seen = action.updates.filter(recorded_at__lt=since.recorded_at).select_related("rating")
    base = seen.order_by("-on", "-id").first()
    before = {
        "rating": base.rating.code if base and base.rating else None,
        "progress": base.narrative if base else "",
    }
    current = {"rating": action.rating.code if action.rating else None, "progress": action.progress}
    sent = {"rating": report.rating or None, "progress": report.narrative}
    theirs = {name: value for name, value in current.items() if value != before[name]}
    clashes = {name: value for name, value in theirs.items() if sent[name] not in (before[name], value)}
    if clashes:
        raise Conflict(clashes, action.version, since.by_name)
    kept_rating = "rating" in theirs and sent["rating"] == before["rating"]
    kept_text = "progress" in theirs and sent["progress"] == before["progress"]
    last = action.updates.order_by("-on", "-id").first()
    merged = replace(
        report,
        rating=(current["rating"] or "") if kept_rating else report.rating,
        narrative=action.progress if kept_text else report.narrative,
        # a rating kept from somebody else brings along what they owed for it
        reason=report.reason or (last.reason if kept_rating and last else ""),
        next_step=report.next_step or (last.next_step if kept_rating and last else ""),
    )
    return merged, action.rating if kept_rating else code


def _record(
    action: Action,
    report: Report,
    code: ScaleCode | None,
    *,
    council: Council,
    by: User | None,
    now: dt.datetime,
) -> ProgressUpdate:
    version = action.version + 1
    update = ProgressUpdate.objects.create(
        action=action,
        on=report.on,
        rating=code,
        narrative=report.narrative,
        reason=report.reason,
        next_step=report.next_step,
        source=report.source,
        recorded_at=now,
        by=by,
    )
    log = ChangeLog(council_id=council.pk, by=by, on=report.on, now=now, reason=report.reason)
    old_rating, old_text = _standing_report(action, update)
    log.changed(ACTION, action.pk, "rating", old_rating, code.code if code else None, version=version)
    log.changed(ACTION, action.pk, "progress", old_text, report.narrative, version=version)
    log.write()
    fields: dict[str, Any] = {"version": version}
    if action.reported_on is None or report.on >= action.reported_on:
        fields |= {"rating": code, "progress": report.narrative, "reported_on": report.on}
    Action.objects.filter(pk=action.pk).update(**fields)
    return update


def _standing_report(action: Action, update: ProgressUpdate) -> tuple[str | None, str]:
    """Rating and text of what stood for an action, on the day an update speaks of, before that update."""
    if action.reported_on is None or update.on >= action.reported_on:
        return (action.rating.code if action.rating else None, action.progress)
    earlier = action.updates.filter(on__lte=update.on).exclude(pk=update.pk).select_related("rating")
    last = earlier.order_by("-on", "-id").first()
    return (last.rating.code if last and last.rating else None, last.narrative if last else "")


def judge_objective(
    *,
    council: Council,
    objective_id: int,
    rating: str,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Objective:
    """Set the judged rating of an objective: a person's judgement with its reason, never a roll-up.

    Raises Objective.DoesNotExist outside the council, Refused without a reason or for a code the scale does not have,
    Conflict if somebody else judged it since `version`.
    """
    with transaction.atomic():
        objective = (
            Objective.objects.select_for_update(of=("self",))
            .select_related("rating", "plan")
            .get(pk=objective_id, plan__council=council)
        )
        code = ScaleCode.objects.filter(plan=objective.plan, code=rating, is_mark=False).first()
        old = objective.rating.code if objective.rating else None
        if "rating" in fields_changed_since(OBJECTIVE, objective.pk, version) and old != (rating or None):
            raise Conflict({"rating": old}, objective.version, "Somebody else")
        errors = {}
        if version > objective.version:
            errors["version"] = "This form was not made by this page: open the objective again"
        if rating and code is None:
            errors["rating"] = f"“{rating}” is not a rating of this plan"
        if not reason.strip():
            errors["reason"] = "Say why the objective is judged so"
        if errors:
            raise Refused(errors)
        objective.version += 1
        objective.rating = code
        objective.save(update_fields=["rating", "version"])
        log = ChangeLog(council_id=council.pk, by=by, on=today, now=now, reason=reason)
        log.changed(OBJECTIVE, objective.pk, "rating", old, rating or None, version=objective.version)
        if old == (rating or None):  # the judgement stands, with a new reason
            log.changed(OBJECTIVE, objective.pk, "judgement", None, reason, version=objective.version)
        log.write()
        return objective


def freeze_position(
    *, plan: Plan, on: dt.date, label: str, by: User | None, now: dt.datetime, today: dt.date
) -> Position:
    """Freeze the plan as it stands on a day, as far as is known now. From then on those above the council read it.

    Raises Refused for a day in the future or before the plan began.
    """
    if on > today:
        raise Refused({"on": "A position can be frozen for today or an earlier day"})
    if on < plan.begun_on:
        raise Refused({"on": "The plan had not begun on that day"})
    with transaction.atomic():
        position = Position.objects.create(plan=plan, on=on, recorded_until=now, label=label, frozen_by=by)
        log = ChangeLog(council_id=plan.council_id, by=by, on=on, now=now)
        log.made("plans.position", position.pk, {"plan": plan.pk, "on": on, "label": label})
        log.write()
    return position


def settle_finding(*, council: Council, finding_id: int, how: str, by: User, now: dt.datetime) -> Finding:
    """Close an open finding of a document, saying how. Raises Finding.DoesNotExist outside the council."""
    with transaction.atomic():
        finding = Finding.objects.select_for_update().get(pk=finding_id, plan__council=council)
        if finding.settled_at is None:
            finding.settled_at, finding.settled_by, finding.settled_how = now, by, how[:300]
            finding.save(update_fields=["settled_at", "settled_by", "settled_how"])
            log = ChangeLog(council_id=council.pk, by=by, on=timezone.localdate(now), now=now, reason=how)
            log.changed("plans.finding", finding.pk, "settled", None, how, version=2)
            log.write()
        return finding
