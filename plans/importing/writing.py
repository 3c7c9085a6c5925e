"""Writing a reading into the plan: one transaction, with the log of it, however many rows."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from councils.models import Council, User
from history.models import Change
from history.services import ChangeLog
from plans import reader
from plans.importing.difference import (
    WORDING,
    Difference,
    Values,
    action_values,
    compare,
    objective_name,
    ref_key,
    references,
)
from plans.importing.frame import Writing, stored_name, write_objectives, write_scale, write_themes
from plans.importing.leads import LeadBook
from plans.importing.rows import insert_rows
from plans.models import (
    Action,
    ActionLead,
    Finding,
    Objective,
    Plan,
    PlanVersion,
    ProgressUpdate,
    Reading,
)
from plans.queries import ACTION, leads_of

MISSING = "missing_from_document"


def stored_values(plan: Plan) -> dict[str, Values]:
    """Every action of a plan as a document's difference is worked out against, by reference."""
    leads = leads_of(plan)
    objectives = {o.pk: stored_name(o) for o in Objective.objects.filter(plan=plan)}
    return {
        action.ref: {
            "objective": objectives[action.objective_id],
            "activity": action.activity,
            "outcome": action.outcome,
            "milestones": action.milestones,
            "timeline": action.timeline,
            "starts_on": action.starts_on,
            "ends_on": action.ends_on,
            "leads": tuple(lead.name for lead in leads.get(action.pk, ())),
            "marks": tuple(action.marks),
            "rating": action.rating.code if action.rating else None,
            "progress": action.progress,
        }
        for action in Action.objects.filter(plan=plan).select_related("rating").order_by("order")
    }


def difference(reading: reader.Reading, plan: Plan | None) -> Difference:
    """What writing a reading would change; with no plan yet, everything is new."""
    return compare(reading, stored_values(plan) if plan else {})


class OlderDocument(Exception):  # noqa: N818
    """The plan was read from a document of a later day, which an older one must not turn back."""

    def __init__(self, latest: dt.date) -> None:
        day = f"{latest.day} {latest:%B %Y}"
        super().__init__(f"The plan was last read from a document of {day}: send one of that day or later")


def latest_document_on(plan: Plan) -> dt.date | None:
    """The latest day that a document written into the plan speaks of."""
    numbers = Action.objects.filter(plan=plan).values("pk")
    written = Change.objects.filter(subject=ACTION, subject_id__in=numbers, batch__isnull=False)
    latest: dt.date | None = written.aggregate(latest=Max("on"))["latest"]
    return latest


@transaction.atomic
def write_reading(
    reading: reader.Reading,
    *,
    council: Council,
    as_at: dt.date,
    by: User | None,
    now: dt.datetime,
    kind: str = Plan.Kind.IMPROVEMENT,
    stored: Reading | None = None,
) -> tuple[Plan, Difference]:
    """Write a reading into the council's open plan of a kind, or begin one; all of it or nothing.

    `as_at` is the day the document speaks of: ratings and progress become updates of that day. What the plan has and
    the document has not stays, with an open finding that asks about it. Raises OlderDocument.
    """
    plan = Plan.objects.select_for_update().filter(council=council, kind=kind, closed_on__isnull=True).first()
    begun = plan is None
    if plan is None:
        title = (reading.title or f"{council.short_name} improvement plan")[:300]
        plan = Plan.objects.create(council=council, title=title, kind=kind, begun_on=as_at)
    latest = latest_document_on(plan)
    if latest is not None and as_at < latest:
        raise OlderDocument(latest)
    batch = uuid.uuid4()
    log = ChangeLog(council_id=council.pk, by=by, on=as_at, now=now, batch=batch)
    writing = Writing(plan, reading, as_at, by, now, log, batch, stored)
    # held until the end, so that nobody's update is overwritten by what was read before it
    list(Action.objects.select_for_update().filter(plan=plan).values_list("pk"))
    before = {} if begun else stored_values(plan)
    found = compare(reading, before)
    if begun:
        log.made("plans.plan", plan.pk, {"title": plan.title, "kind": plan.kind, "begun_on": as_at})
        PlanVersion.objects.create(plan=plan, number=1, on=as_at, recorded_until=now, note="As first read in")
    write_scale(writing)
    write_themes(writing)
    write_objectives(writing)
    written = _write_actions(writing, before)
    _write_findings(writing, written, found)
    log.write()
    return plan, found


def _write_actions(writing: Writing, before: Mapping[str, Values]) -> dict[str, Action]:
    """Write new and changed actions with their leads and updates; returns every action of the document by its key."""
    plan, reading = writing.plan, writing.reading
    existing = (
        {ref_key(a.ref): a for a in Action.objects.filter(plan=plan).select_related("rating")}
        if before
        else {}
    )
    refs = references(reading)
    book = LeadBook(plan.council, writing.log)
    book.learn(lead for action in reading.actions for lead in action.leads)
    written: dict[str, Action] = {}
    fresh: list[tuple[Action, reader.Action]] = []
    updates: list[ProgressUpdate] = []
    order = max((action.order for action in existing.values()), default=-1) + 1
    for read in reading.actions:
        ref = refs[read.key]
        known = existing.get(ref_key(ref))
        if known is None:
            known = _new_action(writing, read, ref, order + len(fresh))
            fresh.append((known, read))
        else:
            updates += _change_action(writing, known, read, before[known.ref], book)
        written[read.key] = known
    insert_rows(Action, [action for action, _ in fresh])
    numbers = dict(Action.objects.filter(plan=plan).values_list("ref", "pk"))
    leads: list[ActionLead] = []
    for action, read in fresh:
        action.pk = numbers[action.ref]
        leads += book.leads_for(action, read.leads)
        writing.log.made(ACTION, action.pk, _logged(action, read, book))
        if action.reported_on:
            updates.append(_update(writing, action, action.rating_id, read.progress))
    insert_rows(ActionLead, leads)
    insert_rows(ProgressUpdate, updates)
    return written


def _new_action(writing: Writing, read: reader.Action, ref: str, order: int) -> Action:
    rating = writing.codes.get(read.rating or "")
    reported = rating is not None or bool(read.progress)
    return Action(
        plan_id=writing.plan.pk,
        objective_id=writing.objectives[objective_name(writing.reading.objective_of(read))].pk,
        order=order,
        ref=ref,
        activity=read.activity,
        outcome=read.outcome,
        milestones=read.milestones,
        timeline=read.timeline,
        starts_on=read.start,
        ends_on=read.end,
        marks=list(read.marks),
        rating_id=rating.pk if rating else None,
        progress=read.progress,
        reported_on=writing.as_at if reported else None,
    )


def _logged(action: Action, read: reader.Action, book: LeadBook) -> Values:
    """A new action as the log keeps it; rating and progress are in the update of the same moment."""
    return {
        "plan": action.plan_id,
        "objective": action.objective_id,
        "order": action.order,
        "ref": action.ref,
        "activity": action.activity,
        "outcome": action.outcome,
        "milestones": action.milestones,
        "timeline": action.timeline,
        "starts_on": action.starts_on,
        "ends_on": action.ends_on,
        "leads": book.as_logged(read.leads),
        "marks": action.marks,
    }


def _update(writing: Writing, action: Action, rating: int | None, progress: str) -> ProgressUpdate:
    return ProgressUpdate(
        action_id=action.pk,
        on=writing.as_at,
        rating_id=rating,
        narrative=progress,
        source=ProgressUpdate.Source.DOCUMENT,
        recorded_at=writing.now,
        by_id=writing.by.pk if writing.by else None,
        batch=writing.batch,
    )


def _change_action(
    writing: Writing, action: Action, read: reader.Action, old: Values, book: LeadBook
) -> list[ProgressUpdate]:
    """Bring an action that is there up to what the document says; returns its update, if it reports anything new."""
    said = action_values(writing.reading, read)
    new = {name: said[name] if name in writing.spoken_of else old[name] for name in said}
    if old == new:
        return []
    action.version += 1
    for name in WORDING:
        if old[name] != new[name]:
            _change_wording(writing, action, read, name, book)
    updates = []
    if (old["rating"], old["progress"]) != (new["rating"], new["progress"]):
        rating = writing.codes.get(new["rating"] or "")
        updates.append(_update(writing, action, rating.pk if rating else None, new["progress"]))
        for name in ("rating", "progress"):
            writing.log.changed(ACTION, action.pk, name, old[name], new[name], version=action.version)
        if action.reported_on is None or writing.as_at >= action.reported_on:
            action.rating, action.progress, action.reported_on = rating, new["progress"], writing.as_at
    action.save()
    return updates


def _change_wording(writing: Writing, action: Action, read: reader.Action, name: str, book: LeadBook) -> None:
    version, log = action.version, writing.log
    if name == "leads":
        old_leads = [_lead_values(lead) for lead in action.leads.order_by("order")]
        action.leads.all().delete()
        ActionLead.objects.bulk_create(book.leads_for(action, read.leads))
        log.changed(ACTION, action.pk, name, old_leads, book.as_logged(read.leads), version=version)
        return
    if name == "objective":
        objective = writing.objectives[objective_name(writing.reading.objective_of(read))]
        log.changed(ACTION, action.pk, name, action.objective_id, objective.pk, version=version)
        action.objective = objective
        return
    new = {"starts_on": read.start, "ends_on": read.end, "marks": list(read.marks)}
    value = new[name] if name in new else getattr(read, name)
    log.changed(ACTION, action.pk, name, getattr(action, name), value, version=version)
    setattr(action, name, value)


def _lead_values(lead: ActionLead) -> Values:
    return {"name": lead.name, "person": lead.person_id, "organisation": lead.organisation_id}


def _write_findings(writing: Writing, written: Mapping[str, Action], found: Difference) -> None:
    """Keep on the plan what nobody has answered, and ask about what the document no longer has."""
    reading, plan = writing.reading, writing.plan
    by_row: dict[tuple[int | None, int | None], Action] = {
        (read.table, read.row): written[read.key] for read in reading.actions
    }
    open_ones = [
        Finding(
            plan=plan,
            reading=writing.stored,
            action=by_row.get((finding.table, finding.row)),
            ref=(finding.ref or "")[:60],
            row=finding.row,
            column=(finding.column or "")[:100],
            code=finding.code.value,
            message=finding.message,
            suggestion=finding.suggested.label if finding.suggested else "",
        )
        for finding in reading.findings
        if finding.chosen is None
    ]
    actions = (
        {a.ref: a for a in Action.objects.filter(plan=plan, ref__in=found.missing)} if found.missing else {}
    )
    open_ones += [
        Finding(
            plan=plan,
            reading=writing.stored,
            action=actions[ref],
            ref=ref,
            code=MISSING,
            message=f"{ref} is in the plan and not in the document. It was left as it is.",
        )
        for ref in found.missing
    ]
    Finding.objects.filter(plan=plan, settled_at__isnull=True, reading__isnull=False).update(
        settled_at=writing.now, settled_how="A later document was read in"
    )
    insert_rows(Finding, open_ones)
