"""Many actions changed at once: a result for each row, and all that can be written in one batch.

A row that cannot be changed is refused with why and the others are written: nothing of a refused row is.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction

from councils.models import Council, User
from history.models import Change
from plans.answering.outcomes import (
    NOT_THERE,
    NOT_YOURS,
    MoveEnds,
    Outcome,
    Result,
    Run,
    SetLeads,
    SetRating,
    Wanted,
    change_one,
    day_of,
    outcome_of,
    result,
)
from plans.answering.ratings import NewRating, write_ratings
from plans.models import Action, Plan, ScaleCode
from plans.queries import ACTION
from plans.rag import Standing
from plans.rows import OWES_A_REASON, ActionRow
from plans.services import Conflict, Refused
from plans.services.positions import after_frozen


def change_many(
    *,
    council: Council,
    plan: Plan,
    rows: Mapping[int, ActionRow],
    chosen: Mapping[int, int],
    wanted: Wanted,
    may: Callable[[ActionRow], bool],
    by: User,
    now: dt.datetime,
    today: dt.date,
    batch: uuid.UUID,
    only_look: bool = False,
) -> Outcome:
    """Change the chosen actions ({number: version seen}) of a plan; says of each what became of it.

    `rows` is the plan as the user sees it, `may` whether they may change a row. The same `batch` sent twice is written
    once. With `only_look` everything is done and undone again, so that a preview keeps to the very same rules.
    Raises Refused for what holds of all rows: an unknown rating, a day in the future, a reason that is owed.
    """
    run = Run(council, by, now, today, batch)
    with transaction.atomic():
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        if Change.objects.filter(council_id=council.pk, batch=batch).exists():
            return outcome_of(council, batch)
        run.now = after_frozen(plan.pk, now)
        allowed = _allowed(run, rows, chosen, wanted, may)
        if isinstance(wanted, SetRating):
            _rate(run, plan, allowed, wanted)
        else:
            _one_by_one(run, allowed, wanted)
        run.note(plan)
        if only_look:
            transaction.set_rollback(True)
    return run.outcome()


def _allowed(
    run: Run,
    rows: Mapping[int, ActionRow],
    chosen: Mapping[int, int],
    wanted: Wanted,
    may: Callable[[ActionRow], bool],
) -> dict[int, tuple[ActionRow, int]]:
    found = {}
    for number, version in chosen.items():
        row = rows.get(number)
        if row is None:
            run.refused.append(Result(number, f"Action {number}", "", "", "", NOT_THERE))
        elif not may(row):
            run.refused.append(result(row, wanted, NOT_YOURS))
        else:
            found[number] = (row, version)
    return found


def _rate(run: Run, plan: Plan, allowed: Mapping[int, tuple[ActionRow, int]], wanted: SetRating) -> None:
    code = _checked(plan, wanted, run.today)
    held = Action.objects.select_for_update(of=("self",)).select_related("rating", "impact")
    actions = {action.pk: action for action in held.filter(pk__in=allowed, plan=plan)}
    stale = {number for number, (_, version) in allowed.items() if actions[number].version != version}
    overtaken = _rated_since(stale, {number: version for number, (_, version) in allowed.items()})
    new = []
    for number, (row, _) in allowed.items():
        action = actions[number]
        why_not = ""
        if number in overtaken:
            now_is = action.rating.label if action.rating else "not rated"
            why_not = f"{overtaken[number]} changed its rating to {now_is} meanwhile"
        elif action.retired_on is not None and action.retired_on <= wanted.on:
            why_not = "It is no longer part of the plan"
        elif action.reported_on is not None and action.reported_on > wanted.on:
            why_not = f"It was reported for a later day, {day_of(action.reported_on)}: choose that day or a later one"
        elif action.rating_id == (code.pk if code else None):
            why_not = f"It is rated {code.label} already" if code else "It is not rated already"
        if why_not:
            run.refused.append(result(row, wanted, why_not))
        else:
            new.append(NewRating(action, code, wanted.on, wanted.reason, wanted.next_step))
            run.done.append(result(row, wanted))
    write_ratings(new, council=run.council, by=run.by, now=run.now, batch=run.batch, reason=wanted.reason)


def _checked(plan: Plan, wanted: SetRating, today: dt.date) -> ScaleCode | None:
    errors = {}
    code = ScaleCode.objects.filter(plan=plan, code=wanted.rating, is_mark=False).first()
    if wanted.rating and code is None:
        errors["rating"] = f"“{wanted.rating}” is not a rating of this plan"
    if plan.closed_on is not None:
        errors["rating"] = "This plan is closed and can no longer be changed"
    if wanted.on > today:
        errors["on"] = "The day it speaks of must be today or in the past"
    elif wanted.on < plan.begun_on:
        began = f"{plan.begun_on.day} {plan.begun_on:%B %Y}"
        errors["on"] = f"The day it speaks of must be on or after the day the plan began, {began}"
    if code is not None and code.standing in OWES_A_REASON:
        owes = f"{code.label} means {Standing(code.standing).label.lower()}"
        if not wanted.reason.strip():
            errors["reason"] = f"Say what is in the way of all of them: {owes}"
        if not wanted.next_step.strip():
            errors["next_step"] = f"Say what the next step is: {owes}"
    if errors:
        raise Refused(errors)
    return code


def _rated_since(numbers: Iterable[int], versions: Mapping[int, int]) -> dict[int, str]:
    """Who changed the rating of an action since the version that was seen, by the action's number."""
    changes = Change.objects.filter(subject=ACTION, subject_id__in=numbers, field="rating").order_by("id")
    return {
        number: by_name
        for number, version, by_name in changes.values_list("subject_id", "version", "by_name")
        if version > versions[number]
    }


def _one_by_one(run: Run, allowed: Mapping[int, tuple[ActionRow, int]], wanted: SetLeads | MoveEnds) -> None:
    if not wanted.reason.strip():
        raise Refused({"reason": "Say why"})
    if isinstance(wanted, MoveEnds) and not wanted.approved_by.strip():
        raise Refused({"approved_by": "Say who approved the move"})
    for row, version in allowed.values():
        if _stands_already(row, wanted):
            run.refused.append(result(row, wanted, "It stands so already"))
            continue
        try:
            with transaction.atomic():
                change_one(run, row.id, version, wanted)
        except Refused as refused:
            run.refused.append(result(row, wanted, "; ".join(refused.errors.values())))
        except Conflict as conflict:
            run.refused.append(result(row, wanted, f"{conflict.by_name} changed it meanwhile"))
        else:
            run.done.append(result(row, wanted))


def _stands_already(row: ActionRow, wanted: SetLeads | MoveEnds) -> bool:
    if isinstance(wanted, MoveEnds):
        return row.ends_on == wanted.end
    return tuple(lead.name for lead in row.leads) == wanted.leads
