"""Undoing a change of many actions: a batch of its own that gives every row the value back that it had before.

What was put back is as if it had not been said: it counts neither as an answer nor as an update.
Undoing the undoing says it anew.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

from django.db import transaction

from councils.models import User
from history.models import Change
from plans.answering.outcomes import (
    NOT_THERE,
    NOT_YOURS,
    Batch,
    MoveEnds,
    Outcome,
    Result,
    Run,
    SetLeads,
    change_one,
    outcome_of,
    said,
)
from plans.answering.ratings import NewRating, write_ratings
from plans.models import Action, MovedEnd, Plan, ProgressUpdate, ScaleCode
from plans.queries import ACTION
from plans.rows import ActionRow
from plans.services import Conflict, Refused
from plans.services.positions import after_frozen


def undo_batch(
    found: Batch,
    *,
    plan: Plan,
    rows: Mapping[int, ActionRow],
    may: Callable[[ActionRow], bool],
    by: User,
    now: dt.datetime,
    today: dt.date,
    batch: uuid.UUID,
) -> Outcome:
    """Give every row of a batch the value back that it had before, as a batch of its own.

    A row that was changed since, or that the user may not change, is left as it is and says why.
    """
    run = Run(found.council, by, now, today, batch)
    with transaction.atomic():
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        if Change.objects.filter(council_id=found.council.pk, batch=batch).exists():
            return outcome_of(found.council, batch)
        run.now = after_frozen(plan.pk, now)
        wanted = {change.subject_id: change for change in found.changes}
        stand = {row.id: row for row in rows.values() if row.id in wanted}
        since = _reported_since(found) if found.field == "rating" else _changed_since(found)
        back: list[tuple[ActionRow, Change]] = []
        for number, change in wanted.items():
            row = stand.get(number)
            why_not = ""
            if row is None:
                why_not = NOT_THERE
            elif not may(row):
                why_not = NOT_YOURS
            elif number in since:
                why_not = f"{since[number]} has changed it since"
            if row is None or why_not:
                run.refused.append(_back(row, change, why_not))
            else:
                back.append((row, change))
        if found.field == "rating":
            _rate_back(run, plan, found, back)
        else:
            moves = _moves_of(found)
            for row, change in back:
                _put_back(run, row, change, moves.get(row.id))
        run.note(plan, puts_back=not found.puts_back)
    return run.outcome()


def _changed_since(found: Batch) -> dict[int, str]:
    versions = {change.subject_id: change.version for change in found.changes}
    later = Change.objects.filter(subject=ACTION, subject_id__in=versions, field=found.field)
    return {
        number: name
        for number, version, name in later.values_list("subject_id", "version", "by_name")
        if version > versions[number]
    }


def _reported_since(found: Batch) -> dict[int, str]:
    """Who reported something of an action after the batch rated it, by the action's number."""
    numbers = _updates_of(found)
    later = ProgressUpdate.objects.filter(action__in=numbers).order_by("id").select_related("by")
    return {
        update.action_id: update.said_by or str(update.by or "Noticeboard")
        for update in later
        if update.pk > numbers[update.action_id].pk
    }


def _updates_of(found: Batch) -> dict[int, ProgressUpdate]:
    rows = ProgressUpdate.objects.filter(batch=found.batch, action__plan__council=found.council)
    return {update.action_id: update for update in rows.select_related("undoes")}


def _moves_of(found: Batch) -> dict[int, MovedEnd]:
    """The moves that putting a batch back undoes. Undoing an undoing moves the ends anew."""
    if found.puts_back:
        return {}
    rows = MovedEnd.objects.filter(batch=found.batch, action__plan__council=found.council)
    return {moved.action_id: moved for moved in rows}


def _back(row: ActionRow | None, change: Change, why_not: str = "") -> Result:
    ref = row.ref if row else f"Action {change.subject_id}"
    activity = row.activity if row else ""
    old, new = said(change.field, change.new), said(change.field, change.old)
    return Result(change.subject_id, ref, activity, old, new, why_not)


def _rate_back(run: Run, plan: Plan, found: Batch, back: list[tuple[ActionRow, Change]]) -> None:
    numbers = [row.id for row, _ in back]
    codes = {code.code: code for code in ScaleCode.objects.filter(plan=plan)}
    held = Action.objects.select_for_update(of=("self",)).select_related("rating", "impact")
    actions = {action.pk: action for action in held.filter(pk__in=numbers)}
    said_now = _updates_of(found)
    others = ProgressUpdate.objects.counted().filter(action__in=numbers).exclude(batch=found.batch)
    before = {update.action_id: update for update in others.order_by("on", "id")}
    new = []
    for row, change in back:
        action, undone = actions[row.id], said_now[row.id]
        code = codes.get(change.old or "")
        if undone.undoes is not None:  # what was put back is said anew
            again = undone.undoes
            on = max(run.today, action.reported_on or run.today)
            new.append(NewRating(action, code, on, again.reason, again.next_step))
        else:
            stands = before.get(row.id)
            reason, step, day = (stands.reason, stands.next_step, stands.on) if stands else ("", "", None)
            new.append(NewRating(action, code, undone.on, reason, step, undoes=undone, reported_on=day))
        run.done.append(_back(row, change))
    write_ratings(
        new,
        council=run.council,
        by=run.by,
        now=run.now,
        batch=run.batch,
        reason=f"Undoes the change of {len(found.changes)} actions at once",
    )


def _put_back(run: Run, row: ActionRow, change: Change, undoes: MovedEnd | None) -> None:
    reason = f"Undoes a change of many actions at once: {change.reason}"
    wanted: SetLeads | MoveEnds
    if change.field == "leads":
        wanted = SetLeads(tuple(lead["name"] for lead in change.old or []), reason)
    else:
        wanted = MoveEnds(
            dt.date.fromisoformat(change.old) if change.old else None, reason, run.by.get_full_name()
        )
    try:
        with transaction.atomic():
            change_one(run, row.id, row.version, wanted, undoes=undoes)
    except Refused as refused:
        run.refused.append(_back(row, change, "; ".join(refused.errors.values())))
    except Conflict as conflict:
        run.refused.append(_back(row, change, f"{conflict.by_name} changed it meanwhile"))
    else:
        run.done.append(_back(row, change))
