"""Making the stored current values again from the history they are caches of."""

import datetime as dt
from typing import Any

from django.db import transaction

from history.queries import states_at
from plans.models import Action, Objective, Plan, ScaleCode
from plans.queries import ACTION, NO_REPORT, OBJECTIVE, reports_at

END_OF_TIME = dt.date.max


@transaction.atomic
def rebuild(plan: Plan) -> list[str]:
    """Set every action and objective of a plan to what its history says; returns what had to be put right.

    The history alone is believed (design, *Two dates*); with nothing lost or tampered with, the list is empty.
    """
    codes = {code.code: code for code in ScaleCode.objects.filter(plan=plan)}
    return [*_objectives(plan, codes), *_actions(plan, codes)]


def _objectives(plan: Plan, codes: dict[str, ScaleCode]) -> list[str]:
    states = states_at(OBJECTIVE, None, on=END_OF_TIME, council_id=plan.council_id)
    righted = []
    for objective in Objective.objects.select_for_update().filter(plan=plan):
        state = states[objective.pk]
        values = {name: state[name] for name in ("order", "ref", "title", "text")}
        values |= {"theme_id": state["theme"], "rating": codes.get(state["rating"] or "")}
        righted += _put_right(objective, values, objective.ref)
    return righted


def _actions(plan: Plan, codes: dict[str, ScaleCode]) -> list[str]:
    states = states_at(ACTION, None, on=END_OF_TIME, council_id=plan.council_id)
    reports = reports_at(plan, on=END_OF_TIME)
    righted = []
    for action in Action.objects.select_for_update().filter(plan=plan):
        state = states[action.pk]
        code, progress, reported_on = reports.get(action.pk, NO_REPORT)
        words = ("order", "ref", "activity", "outcome", "milestones", "timeline", "marks")
        values: dict[str, Any] = {name: state[name] for name in words}
        values |= {name: _day(state[name]) for name in ("starts_on", "ends_on")}
        values |= {"objective_id": state["objective"], "rating": codes.get(code or "")}
        values |= {"progress": progress, "reported_on": reported_on}
        righted += _put_right(action, values, action.ref)
    return righted


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _put_right(row: Action | Objective, values: dict[str, Any], ref: str) -> list[str]:
    wrong = [name for name, value in values.items() if getattr(row, name) != value]
    for name in wrong:
        setattr(row, name, values[name])
    if wrong:
        row.save(update_fields=[name.removesuffix("_id") for name in wrong])
    return [f"{ref} {name.removesuffix('_id')}" for name in wrong]
