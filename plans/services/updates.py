"""What is reported of an action: recorded once, never lost, and told apart where two people write."""

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from councils.models import Council, User
from history.models import Change
from plans.models import Action, ProgressUpdate, ScaleCode
from plans.queries import ACTION
from plans.rag import Standing
from plans.services.acting import Act, held_with_retired
from plans.services.refusals import Conflict, Refused
from plans.table import OWES_A_REASON

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
    impact: str | None = None  # a code of the scale; "" for not rated, None: as it stands
    said_by: str = ""  # who reports it, where that is not the user who records it
    batch: uuid.UUID | None = None
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
    """Record what was reported of an action, and bring its current ratings and text up to date.

    `by` is None for a lead without an account, whom `report.said_by` then names in the change log.

    An update for an earlier day than the latest one is kept and counts for that day, without altering how the action
    stands now. Sending the same report twice records it once.

    Raises Action.DoesNotExist outside the council, Refused for a report that the rules do not allow, and Conflict
    where a field that this report changes has been changed by somebody else since `version`.
    """
    act = Act(council, by, now, today, batch=report.batch, said_by=report.said_by)
    with transaction.atomic():
        action = held_with_retired(act, action_id)
        code = _checked(action, report, version, today)
        if version != action.version:
            repeated = _already_recorded(action, report, code, by)
            if repeated:
                return repeated
            report, code = _merged(action, report, code, version)
        act.reason = report.reason  # that which stands beside the rating, be it sent or kept
        return _record(act, action, report, code)


def _checked(action: Action, report: Report, version: int, today: dt.date) -> ScaleCode | None:
    errors = dict(report.errors)
    code = None
    if version > action.version:
        errors["version"] = "This form was not made by this page: open the action again"
    if action.plan.closed_on is not None:
        errors["rating"] = "This plan is closed and can no longer be changed"
    if report.rating:
        code = _code(action, report.rating)
        if code is None:
            errors["rating"] = f"“{report.rating}” is not a rating of this plan"
    if report.impact and _code(action, report.impact) is None:
        errors["impact"] = f"“{report.impact}” is not a rating of this plan"
    if wrong := _wrong_day(action, report.on, today):
        errors["on"] = wrong
    if code is not None and code.standing in OWES_A_REASON:
        errors |= _still_owed(report, code)
    if errors:
        raise Refused(errors)
    return code


def _wrong_day(action: Action, on: dt.date, today: dt.date) -> str:
    """Why nothing can be reported of an action for this day; "" if it can."""
    begun_on = action.plan.begun_on
    if on > today:
        return "The date of the update must be today or in the past"
    if on < begun_on:
        return f"The date of the update must be on or after the day the plan began, {begun_on.day} {begun_on:%B %Y}"
    if action.retired_on is not None and action.retired_on <= on:
        return f"{action.ref} was no longer part of the plan on that day"
    return ""


def _code(action: Action, code: str) -> ScaleCode | None:
    return ScaleCode.objects.filter(plan_id=action.plan_id, code=code, is_mark=False).first()


def _still_owed(report: Report, code: ScaleCode) -> dict[str, str]:
    """What a rating that means at risk or off track owes and the report does not give (design, *Ratings*)."""
    owed = {}
    if not report.reason.strip():
        owed["reason"] = f"Say what is in the way: {code.label} means {Standing(code.standing).label.lower()}"
    if not report.next_step.strip():
        owed["next_step"] = "Say what the next step is, and by when"
    return owed


def _already_recorded(
    action: Action, report: Report, code: ScaleCode | None, by: User | None
) -> ProgressUpdate | None:
    """The same report by the same person, if it is the last one that was recorded: a form sent twice."""
    last = action.updates.order_by("-id").first()
    if (
        last is None
        or last.undoes_id
        or (last.by_id, last.said_by) != (by.pk if by else None, report.said_by)
    ):
        return None
    said = (last.on, last.rating_id, last.narrative, last.reason, last.next_step)
    sent = (report.on, code.pk if code else None, report.narrative, report.reason, report.next_step)
    same_impact = report.impact is None or report.impact == (_name(last.impact) or "")
    return last if said == sent and same_impact else None


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
    then = since.recorded_at - dt.timedelta.resolution
    seen = ProgressUpdate.objects.counted(until=then).filter(action=action, recorded_at__lte=then)
    base = seen.select_related("rating", "impact").order_by("-on", "-id").first()
    before = {
        "rating": _name(base.rating) if base else None,
        "progress": base.narrative if base else "",
        "impact": _name(base.impact) if base else None,
    }
    current = {
        "rating": _name(action.rating),
        "progress": action.progress,
        "impact": _name(action.impact),
    }
    sent = {
        "rating": report.rating or None,
        "progress": report.narrative,
        "impact": before["impact"] if report.impact is None else report.impact or None,
    }
    theirs = {name: value for name, value in current.items() if value != before[name]}
    clashes = {name: value for name, value in theirs.items() if sent[name] not in (before[name], value)}
    kept_rating = "rating" in theirs and sent["rating"] == before["rating"]
    kept: dict[str, Any] = {}
    if "progress" in theirs and sent["progress"] == before["progress"]:
        kept["narrative"] = action.progress
    if "impact" in theirs and sent["impact"] == before["impact"]:
        kept["impact"] = current["impact"] or ""
    if kept_rating:
        last = ProgressUpdate.objects.counted().filter(action=action).order_by("-on", "-id").first()
        kept["rating"] = current["rating"] or ""
        # a rating kept from somebody else brings along what they owed for it
        kept["reason"] = report.reason or (last.reason if last else "")
        kept["next_step"] = report.next_step or (last.next_step if last else "")
    if clashes:
        raise Conflict(clashes, action.version, since.by_name, kept)
    return replace(report, **kept), action.rating if kept_rating else code


def _record(act: Act, action: Action, report: Report, code: ScaleCode | None) -> ProgressUpdate:
    version = action.version + 1
    impact = action.impact if report.impact is None else _code(action, report.impact)
    update = ProgressUpdate.objects.create(
        action=action,
        on=report.on,
        rating=code,
        impact=impact,
        narrative=report.narrative,
        reason=report.reason,
        next_step=report.next_step,
        source=report.source,
        recorded_at=act.now,
        by=act.by,
        said_by=report.said_by,
        batch=report.batch,
    )
    log = act.log(on=report.on)
    old_rating, old_text = _standing_report(action, update)
    log.changed(ACTION, action.pk, "rating", old_rating, _name(code), version=version)
    log.changed(ACTION, action.pk, "progress", old_text, report.narrative, version=version)
    if _stands(action, update):
        log.changed(ACTION, action.pk, "impact", _name(action.impact), _name(impact), version=version)
    log.write()
    fields: dict[str, Any] = {"version": version}
    if _stands(action, update):
        fields |= {
            "rating": code,
            "impact": impact,
            "progress": report.narrative,
            "reported_on": report.on,
        }
    Action.objects.filter(pk=action.pk).update(**fields)
    return update


def _stands(action: Action, update: ProgressUpdate) -> bool:
    """Whether an update speaks of the action as it stands now, and not of an earlier day."""
    return action.reported_on is None or update.on >= action.reported_on


def _name(code: ScaleCode | None) -> str | None:
    return code.code if code else None


def _standing_report(action: Action, update: ProgressUpdate) -> tuple[str | None, str]:
    """Rating and text of what stood for an action, on the day an update speaks of, before that update."""
    if _stands(action, update):
        return (_name(action.rating), action.progress)
    earlier = ProgressUpdate.objects.counted().filter(action=action, on__lte=update.on).exclude(pk=update.pk)
    last = earlier.select_related("rating").order_by("-on", "-id").first()
    return (last.rating.code if last and last.rating else None, last.narrative if last else "")
