"""The plan as it is being typed, in few queries however many rows."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from plans.adding_up import in_force
from plans.models import Action, ActionLead, Evidence, Milestone, Objective, Plan, ScaleCode
from plans.rag import Palette, Standing
from plans.table import ActionRow, Code, Lead, ObjectiveRow, PlanTable, ThemeRow, assemble, is_overdue


def codes_of(plan: Plan) -> dict[int, Code]:
    """The plan's legend by the number of each entry, in the legend's order."""
    return {row.pk: _code(row) for row in ScaleCode.objects.filter(plan=plan).order_by("order")}


def _code(row: ScaleCode) -> Code:
    standing = Standing(row.standing) if row.standing else None
    return Code(row.code, row.name, row.meaning, Palette(row.colour), standing, row.is_mark)


def leads_of(plan: Plan) -> dict[int, tuple[Lead, ...]]:
    """Leads of every action of a plan, by the action's number, in order."""
    found: dict[int, list[Lead]] = {}
    rows = ActionLead.objects.filter(action__plan=plan).order_by("action_id", "order")
    for action_id, name, person, organisation in rows.values_list(
        "action_id", "name", "person_id", "organisation_id"
    ):
        found.setdefault(action_id, []).append(Lead(name, person, organisation))
    return {action_id: tuple(leads) for action_id, leads in found.items()}


_ACTION_FIELDS = (
    "id",
    "objective_id",
    "order",
    "ref",
    "activity",
    "outcome",
    "milestones",
    "timeline",
    "starts_on",
    "ends_on",
    "rating_id",
    "marks",
    "progress",
    "reported_on",
    "version",
    "impact_id",
    "assured_id",
    "assured_on",
    "recurs",
    "evidence_words",
    "evidence_here",
    "late_step",
)
_LEAD_FIELDS = ("leads__name", "leads__person_id", "leads__organisation_id")


def live_table(plan: Plan, *, today: dt.date, last_board: dt.date | None = None) -> PlanTable:
    """The plan as it is being typed, in three queries however many rows."""
    codes, rules = _legend(plan, today)
    objectives, themes = _live_objectives(plan, codes)
    return assemble(
        on=today,
        scale=list(codes.values()),
        themes=themes,
        objectives=objectives,
        actions=_live_actions(plan, codes, today),
        last_board=last_board,
        rules=rules,
    )


def _legend(plan: Plan, on: dt.date) -> tuple[dict[int, Code], frozenset[str]]:
    """The plan's legend, and the rules that hold on a day: both are short, so one query brings each beside each."""
    rows = ScaleCode.objects.filter(plan=plan).annotate(
        rule=F("plan__rules__rule"), from_on=F("plan__rules__from_on")
    )
    codes: dict[int, Code] = {}
    switches: dict[str, dt.date | None] = {}
    for row in rows.order_by("order", "pk"):
        if row.pk not in codes:
            codes[row.pk] = _code(row)
        if row.rule is not None:
            switches[row.rule] = row.from_on
    return codes, in_force(switches, on=on, begun_on=plan.begun_on)


def _live_objectives(plan: Plan, codes: dict[int, Code]) -> tuple[list[ObjectiveRow], list[ThemeRow]]:
    themes: dict[int, ThemeRow] = {}
    objectives = []
    for row in Objective.objects.filter(plan=plan).select_related("theme"):
        themes.setdefault(row.theme_id, ThemeRow(row.theme_id, row.theme.order, row.theme.title))
        rating = codes.get(row.rating_id) if row.rating_id else None
        objectives.append(
            ObjectiveRow(row.pk, row.theme_id, row.order, row.ref, row.title, row.text, rating, row.version)
        )
    return objectives, list(themes.values())


def _in_plan(plan: Plan, today: dt.date) -> "QuerySet[Action, Any]":
    """The actions that are part of a plan on a day, with what is counted of them."""
    evidence = Evidence.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today), action=OuterRef("pk"), on__lte=today
    )
    counted = evidence.order_by().values("action").annotate(here=Count("pk")).values("here")
    late = Milestone.objects.filter(
        Q(reached_on__isnull=True) | Q(reached_on__gt=today),
        Q(dropped_on__isnull=True) | Q(dropped_on__gt=today),
        action=OuterRef("pk"),
        due_on__lt=today,
    )
    first_late = late.order_by().values("action").annotate(first=Min("due_on")).values("first")
    return Action.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=today), plan=plan).annotate(
        evidence_here=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        late_step=Subquery(first_late),
    )


def _live_actions(plan: Plan, codes: dict[int, Code], today: dt.date) -> Iterable[ActionRow]:
    rows = _in_plan(plan, today).order_by("order", "id", "leads__order")
    # a row for each lead of an action, since one query costs less than the words that come twice
    for _, same in groupby(rows.values_list(*_ACTION_FIELDS, *_LEAD_FIELDS), key=itemgetter(0)):
        found = list(same)
        (
            number,
            objective,
            order,
            ref,
            activity,
            outcome,
            milestones,
            timeline,
            starts,
            ends,
            rating_id,
            marks,
            progress,
            reported,
            version,
            impact_id,
            assured_id,
            assured_on,
            recurs,
            evidence_words,
            evidence,
            late_step,
        ) = found[0][:-3]
        leads = tuple(Lead(*row[-3:]) for row in found if row[-3] is not None)
        rating = codes.get(rating_id) if rating_id else None
        yield ActionRow(
            number,
            objective,
            order,
            ref,
            activity,
            outcome,
            milestones,
            timeline,
            starts,
            ends,
            leads,
            rating,
            tuple(marks),
            progress,
            reported,
            version,
            is_overdue(ends_on=ends, rating=rating, on=today),
            codes.get(impact_id) if impact_id else None,
            codes.get(assured_id) if assured_id else None,
            assured_on,
            recurs,
            evidence,
            evidence_words,
            late_step,
        )
