"""Writing a document's actions: new ones, what it has otherwise of those that are there, ends that it moves."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from deadlines.codec import to_json
from plans import reader
from plans.importing.difference import REPORTED, FieldChange, Values
from plans.importing.frame import Writing
from plans.importing.leads import LeadBook
from plans.importing.ordering import STEP, numbered
from plans.importing.recurring import schedule_in_words
from plans.importing.rows import insert_rows
from plans.models import Action, ActionLead, MovedEnd, ProgressUpdate
from plans.queries import ACTION

if TYPE_CHECKING:
    import datetime as dt


def write_actions(writing: Writing) -> dict[str, Action]:
    """Write new and changed actions with their leads and updates; returns every one by its key in the document."""
    plan, found = writing.plan, writing.difference
    matched = found.matched
    actions = Action.objects.filter(plan=plan).select_related("rating", "impact")
    existing = {action.ref: action for action in actions} if matched.known else {}
    book = LeadBook(plan.council, writing.log)
    written = [action for action in writing.reading.actions if action.key not in matched.left]
    book.learn(lead for action in written for lead in action.leads)
    changes: dict[str, list[FieldChange]] = {}
    for change in found.changed:
        changes.setdefault(change.ref, []).append(change)
    rehomed = {move.ref for move in found.moved if move.what == "objective"}
    by_key: dict[str, Action] = {}
    fresh: list[tuple[Action, reader.Action]] = []
    updates: list[ProgressUpdate] = []
    touched: dict[int, Action] = {}
    for read in written:
        ref = matched.refs[read.key]
        if read.key not in matched.known:
            made = _new_action(writing, read, ref)
            fresh.append((made, read))
            by_key[read.key] = made
            continue
        action = by_key[read.key] = existing[ref]
        if ref in changes or ref in rehomed or ref in found.again:
            touched[action.pk] = action
            action.version += 1
            if ref in rehomed:
                _rehome(writing, action, read)
            updates += _change_action(writing, action, read, changes.get(ref, ()), book)
    _write_order(writing, by_key, touched)
    for action in touched.values():
        action.save()
    _insert(writing, fresh, updates, book)
    _write_moved_ends(writing, by_key)
    return by_key


def _insert(
    writing: Writing,
    fresh: list[tuple[Action, reader.Action]],
    updates: list[ProgressUpdate],
    book: LeadBook,
) -> None:
    insert_rows(Action, [action for action, _ in fresh])
    numbers = dict(Action.objects.filter(plan=writing.plan).values_list("ref", "pk")) if fresh else {}
    leads: list[ActionLead] = []
    for action, read in fresh:
        action.pk = numbers[action.ref]
        leads += book.leads_for(action, read.leads)
        writing.log.made(ACTION, action.pk, _logged(action, read, book))
        if action.reported_on:
            updates.append(_update(writing, action, action.rating_id, action.impact_id, read.progress))
    insert_rows(ActionLead, leads)
    insert_rows(ProgressUpdate, updates)


def _new_action(writing: Writing, read: reader.Action, ref: str) -> Action:
    rating, impact = writing.codes.get(read.rating or ""), writing.codes.get(read.impact_rating or "")
    reported = rating is not None or impact is not None or bool(read.progress)
    return Action(
        plan_id=writing.plan.pk,
        objective_id=writing.objective_of(read).pk,
        order=0,
        ref=ref,
        activity=read.activity,
        outcome=read.outcome,
        milestones=read.milestones,
        evidence_words=read.evidence,
        timeline=read.timeline,
        starts_on=read.start,
        ends_on=read.end,
        recurs=_recurs(writing, read),
        marks=list(read.marks),
        rating_id=rating.pk if rating else None,
        impact_id=impact.pk if impact else None,
        progress=read.progress,
        reported_on=writing.as_at if reported else None,
    )


def _recurs(writing: Writing, read: reader.Action) -> dict[str, Any] | None:
    """The schedule of a timeline that recurs; it counts from the action's start, else from the plan's first day."""
    schedule = (
        schedule_in_words(read.schedule, read.start or writing.plan.begun_on) if read.schedule else None
    )
    return to_json(schedule) if schedule else None


def _logged(action: Action, read: reader.Action, book: LeadBook) -> Values:
    """A new action as the log keeps it; rating, impact and progress are in the update of the same moment."""
    values: Values = {
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
    # as others that make an action do: what it does not have is not said
    said = {"evidence_words": action.evidence_words, "recurs": action.recurs}
    return values | {name: value for name, value in said.items() if value}


def _update(
    writing: Writing, action: Action, rating: int | None, impact: int | None, progress: str
) -> ProgressUpdate:
    return ProgressUpdate(
        action_id=action.pk,
        on=writing.as_at,
        rating_id=rating,
        impact_id=impact,
        narrative=progress,
        source=ProgressUpdate.Source.DOCUMENT,
        recorded_at=writing.now,
        by_id=writing.by.pk if writing.by else None,
        batch=writing.batch,
    )


def _change_action(
    writing: Writing,
    action: Action,
    read: reader.Action,
    changes: Iterable[FieldChange],
    book: LeadBook,
) -> list[ProgressUpdate]:
    """Bring an action that is there up to what the document says; returns its update, if it reports anything new."""
    fields = {change.field: change for change in changes}
    if action.ref in writing.difference.again:
        for name, old in (("retired_on", action.retired_on), ("merged_into", action.merged_into_id)):
            _log(writing, action, name, old, None)
        action.retired_on = action.merged_into = None
    for name in fields.keys() - set(REPORTED) - {"leads"}:
        value = list(fields[name].new) if name == "marks" else fields[name].new
        _log(writing, action, name, getattr(action, name), value)
        setattr(action, name, value)
    if fields.keys() & {"timeline", "starts_on"}:
        recurs = _recurs(writing, read)
        _log(writing, action, "recurs", action.recurs, recurs)
        action.recurs = recurs
    if "leads" in fields:
        old_leads = [
            {"name": lead.name, "person": lead.person_id, "organisation": lead.organisation_id}
            for lead in action.leads.order_by("order")
        ]
        action.leads.all().delete()
        ActionLead.objects.bulk_create(book.leads_for(action, read.leads))
        _log(writing, action, "leads", old_leads, book.as_logged(read.leads))
    return _report(writing, action, {name: fields[name] for name in REPORTED if name in fields})


def _rehome(writing: Writing, action: Action, read: reader.Action) -> None:
    objective = writing.objective_of(read)
    _log(writing, action, "objective", action.objective_id, objective.pk)
    action.objective = objective


def _log(writing: Writing, action: Action, name: str, old: Any, new: Any) -> None:
    writing.log.changed(ACTION, action.pk, name, old, new, version=action.version)


def _report(writing: Writing, action: Action, said: Mapping[str, FieldChange]) -> list[ProgressUpdate]:
    """What the document reports otherwise, as an update of its day; what it leaves alone stands as it is."""
    if not said:
        return []
    rating = writing.codes.get(said["rating"].new or "") if "rating" in said else action.rating
    impact = writing.codes.get(said["impact"].new or "") if "impact" in said else action.impact
    progress = said["progress"].new if "progress" in said else action.progress
    for name, change in said.items():
        _log(writing, action, name, change.old, change.new)
    if action.reported_on is None or writing.as_at >= action.reported_on:
        action.rating, action.impact, action.progress = rating, impact, progress
        action.reported_on = writing.as_at
    return [_update(writing, action, rating.pk if rating else None, impact.pk if impact else None, progress)]


def _write_order(writing: Writing, by_key: Mapping[str, Action], touched: dict[int, Action]) -> None:
    """Give new and moved actions their place under their objective, as the document has it.

    Of a copy, which may be sorted, only what is new has a place: at the end.
    """
    plan = writing.plan
    stored = list(
        Action.objects.filter(plan=plan).order_by("order", "pk").values_list("ref", "objective_id", "order")
    )
    orders = {ref: order for ref, _, order in stored}
    moved = {move.ref for move in writing.difference.moved}
    if not stored:
        for place, action in enumerate(by_key.values()):
            action.order = place * STEP
        return
    homes = {action.ref: action.objective_id for action in by_key.values()}
    was: dict[int, list[str]] = {}
    for ref, objective, _ in stored:
        if homes.get(ref, objective) == objective:
            was.setdefault(objective, []).append(ref)
    now: dict[int, list[Action]] = {}
    for action in by_key.values():
        now.setdefault(action.objective_id, []).append(action)
    for objective, actions in now.items():
        fresh = {action.ref for action in actions if action.ref not in orders}
        if not fresh and not moved & {action.ref for action in actions}:
            continue
        here = {action.ref: action for action in actions}
        if writing.reading.copy is not None:
            sequence = [*was.get(objective, ()), *(ref for ref in here if ref in fresh)]
        else:
            sequence = _sequence(was.get(objective, ()), list(here))
        own = set(was.get(objective, ()))
        others = {ref: order for ref, order in orders.items() if ref in own}
        fixed = numbered(sequence, others, moved=[ref for ref in sequence if ref in moved])
        _renumber(writing, fixed, here, fresh, touched)


def _renumber(
    writing: Writing,
    orders: Mapping[str, int],
    here: Mapping[str, Action],
    fresh: set[str],
    touched: dict[int, Action],
) -> None:
    for ref, order in orders.items():
        action = here.get(ref) or Action.objects.get(plan=writing.plan, ref=ref)
        if ref in fresh:
            action.order = order
            continue
        if action.pk not in touched:
            touched[action.pk] = action
            action.version += 1
        _log(writing, action, "order", action.order, order)
        action.order = order


def _sequence(was: Iterable[str], said: list[str]) -> list[str]:
    """The document's order, with what only the plan has kept behind what it stood behind."""
    in_document = set(said)
    sequence, before = list(said), None
    for ref in was:
        if ref not in in_document:
            sequence.insert(0 if before is None else sequence.index(before) + 1, ref)
        before = ref
    return sequence


def _write_moved_ends(writing: Writing, by_key: Mapping[str, Action]) -> None:
    """Keep the ends that a document changes, and those that it says an action had before; each once."""
    changed = {change.ref: change for change in writing.difference.changed if change.field == "ends_on"}
    told = {
        read.key: read
        for read in writing.reading.actions
        if read.key in by_key and (read.earlier_ends or by_key[read.key].ref in changed)
    }
    if not told:
        return
    numbers = [by_key[key].pk for key in told]
    known = set(MovedEnd.objects.filter(action__in=numbers).values_list("action_id", "old", "new"))
    rows = []
    for key, read in told.items():
        action = by_key[key]
        change = changed.get(action.ref)
        moves: dict[tuple[dt.date | None, dt.date | None], dt.date | None] = {}
        ends = [*read.earlier_ends, read.end]
        for old, new in pairwise(ends):
            moves[old, new] = None
        if change is not None and change.old is not None:
            moves[change.old, change.new] = writing.as_at
        rows += [
            MovedEnd(
                action_id=action.pk,
                old=old,
                new=new,
                on=on,
                source=MovedEnd.Source.DOCUMENT,
                recorded_at=writing.now,
                by_id=writing.by.pk if writing.by else None,
                batch=writing.batch,
            )
            for (old, new), on in moves.items()
            if old != new and (action.pk, old, new) not in known
        ]
    insert_rows(MovedEnd, rows)
