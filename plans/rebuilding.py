"""Making the stored current values again from the history they are caches of."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from history.queries import states_at
from plans.models import Action, ActionLead, Milestone, Objective, Plan, ScaleCode
from plans.queries import ACTION, MILESTONE, NO_REPORT, OBJECTIVE, assured_at, leads_of, reports_at
from plans.rows import Lead

END_OF_TIME = dt.date.max
_WORDS = ("order", "ref", "activity", "outcome", "milestones", "timeline", "marks")


@transaction.atomic
def rebuild(plan: Plan) -> list[str]:
    """Set every action, milestone and objective of a plan to what its history says; returns what had to be put right.

    The history alone is believed (design, *Two dates*); with nothing lost or tampered with, the list is empty.
    """
    codes = {code.code: code for code in ScaleCode.objects.filter(plan=plan)}
    return [*_objectives(plan, codes), *_actions(plan, codes), *_milestones(plan)]


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
    assured = assured_at(plan, on=END_OF_TIME)
    leads = leads_of(plan)
    righted = []
    for action in Action.objects.select_for_update().filter(plan=plan):
        state = states[action.pk]
        said = reports.get(action.pk, NO_REPORT)
        code, assured_on = assured.get(action.pk, (None, None))
        values: dict[str, Any] = {name: state[name] for name in _WORDS}
        values |= {name: _day(state.get(name)) for name in ("starts_on", "ends_on", "retired_on")}
        values |= {"evidence_words": state.get("evidence_words", ""), "recurs": state.get("recurs")}
        values |= {f"{name}_id": state.get(name) for name in ("objective", "merged_into", "split_from")}
        values |= {"rating": codes.get(said.rating or ""), "impact": codes.get(said.impact or "")}
        values |= {"progress": said.progress, "reported_on": said.on}
        values |= {"assured": codes.get(code or ""), "assured_on": assured_on}
        righted += _put_right(action, values, action.ref)
        righted += _leads(action, leads.get(action.pk, ()), [Lead(**lead) for lead in state["leads"]])
    return righted


def _leads(action: Action, stored: Sequence[Lead], told: Sequence[Lead]) -> list[str]:
    if list(stored) == list(told):
        return []
    action.leads.all().delete()
    ActionLead.objects.bulk_create(
        ActionLead(
            action=action,
            order=order,
            name=lead.name,
            person_id=lead.person,
            organisation_id=lead.organisation,
        )
        for order, lead in enumerate(told)
    )
    return [f"{action.ref} leads"]


def _milestones(plan: Plan) -> list[str]:
    states = states_at(MILESTONE, None, on=END_OF_TIME, council_id=plan.council_id)
    righted = []
    for step in Milestone.objects.select_for_update().filter(action__plan=plan).select_related("action"):
        state = states[step.pk]
        values: dict[str, Any] = {name: state[name] for name in ("order", "text")}
        values |= {name: _day(state.get(name)) for name in ("due_on", "reached_on", "dropped_on")}
        righted += _put_right(step, values, f"{step.action.ref} milestone")
    return righted


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _put_right(row: Action | Objective | Milestone, values: dict[str, Any], ref: str) -> list[str]:
    wrong = [name for name, value in values.items() if getattr(row, name) != value]
    for name in wrong:
        setattr(row, name, values[name])
    if wrong:
        row.save(update_fields=[name.removesuffix("_id") for name in wrong])
    return [f"{ref} {name.removesuffix('_id')}" for name in wrong]
