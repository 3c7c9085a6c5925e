"""Reading plans: the live table, and the table as it stood at a position."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from councils.models import Council, User
from history.queries import states_at
from plans.models import (
    Action,
    ActionLead,
    Finding,
    Objective,
    Plan,
    Position,
    ProgressUpdate,
    Reading,
    ScaleCode,
)
from plans.rag import Palette, Standing
from plans.table import ActionRow, Code, Lead, ObjectiveRow, PlanTable, ThemeRow, assemble, is_overdue

# how the change log names the parts of a plan
ACTION, OBJECTIVE, THEME, SCALE = "plans.action", "plans.objective", "plans.theme", "plans.scalecode"

NO_REPORT = (None, "", None)


def open_plan(council: Council) -> Plan | None:
    """The council's plan that is being worked on: the latest begun that is not closed."""
    return Plan.objects.filter(council=council, closed_on__isnull=True).order_by("-begun_on", "-id").first()


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
)
_LEAD_FIELDS = ("leads__name", "leads__person_id", "leads__organisation_id")


def live_table(plan: Plan, *, today: dt.date, last_board: dt.date | None = None) -> PlanTable:
    """The plan as it is being typed, in three queries however many rows."""
    codes = codes_of(plan)
    objectives, themes = _live_objectives(plan, codes)
    return assemble(
        on=today,
        scale=list(codes.values()),
        themes=themes,
        objectives=objectives,
        actions=_live_actions(plan, codes, today),
        last_board=last_board,
    )


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


def _live_actions(plan: Plan, codes: dict[int, Code], today: dt.date) -> Iterable[ActionRow]:
    rows = Action.objects.filter(plan=plan).order_by("order", "id", "leads__order")
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
        )


def table_at(
    plan: Plan, *, on: dt.date, recorded_until: dt.datetime | None = None, last_board: dt.date | None = None
) -> PlanTable:
    """The plan as it stood at the end of a day, as far as had been recorded by a moment (None: all known now).

    Built from the change log alone (design, *Two dates*), so a later back-dated update never alters a frozen position.
    """
    council_id = plan.council_id

    def states(subject: str) -> dict[int, dict[str, Any]]:
        found = states_at(subject, None, on=on, recorded_until=recorded_until, council_id=council_id)
        return {number: state for number, state in found.items() if state.get("plan") == plan.pk}

    reports = reports_at(plan, on=on, recorded_until=recorded_until)
    entries = sorted(states(SCALE).values(), key=lambda state: int(state["order"]))
    by_code = {state["code"]: _code_at(state) for state in entries}
    return assemble(
        on=on,
        scale=list(by_code.values()),
        themes=[ThemeRow(number, s["order"], s["title"]) for number, s in states(THEME).items()],
        objectives=[
            ObjectiveRow(
                number,
                s["theme"],
                s["order"],
                s["ref"],
                s["title"],
                s["text"],
                by_code.get(s["rating"] or ""),
                0,
            )
            for number, s in states(OBJECTIVE).items()
        ],
        actions=[
            _row_at(number, s, reports.get(number, NO_REPORT), by_code, on)
            for number, s in states(ACTION).items()
        ],
        last_board=last_board,
    )


def reports_at(
    plan: Plan, *, on: dt.date, recorded_until: dt.datetime | None = None
) -> dict[int, tuple[str | None, str, dt.date | None]]:
    """Rating code, text and day of the report that stands for each action at the end of a day.

    The latest day wins; of several reports for one day the last recorded.
    """
    updates = ProgressUpdate.objects.filter(action__plan=plan, on__lte=on)
    if recorded_until is not None:
        updates = updates.filter(recorded_at__lte=recorded_until)
    rows = updates.order_by("on", "id").values_list("action_id", "rating__code", "narrative", "on")
    return {action_id: (code, narrative, day) for action_id, code, narrative, day in rows}


def _code_at(state: dict[str, Any]) -> Code:
    standing = Standing(state["standing"]) if state["standing"] else None
    return Code(
        state["code"], state["name"], state["meaning"], Palette(state["colour"]), standing, state["is_mark"]
    )


def _row_at(
    number: int,
    state: dict[str, Any],
    report: tuple[str | None, str, dt.date | None],
    codes: dict[str, Code],
    on: dt.date,
) -> ActionRow:
    code, progress, reported_on = report
    rating, ends_on = codes.get(code or ""), _date(state["ends_on"])
    return ActionRow(
        number,
        state["objective"],
        state["order"],
        state["ref"],
        state["activity"],
        state["outcome"],
        state["milestones"],
        state["timeline"],
        _date(state["starts_on"]),
        ends_on,
        tuple(Lead(**lead) for lead in state["leads"]),
        rating,
        tuple(state["marks"]),
        progress,
        reported_on,
        0,
        is_overdue(ends_on=ends_on, rating=rating, on=on),
    )


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def stored_action(pk: int) -> Action:
    """An action's own row, which the caller has already found in a table that the user may see."""
    return Action.objects.get(pk=pk)


def positions_of(plan: Plan | None) -> QuerySet[Position]:
    """The frozen positions of a plan, latest first."""
    return Position.objects.filter(plan=plan).select_related("frozen_by").order_by("-on", "-id")


def readings_of(council: Council) -> QuerySet[Reading]:
    """Documents that were sent for a council, latest first, without what was found in them."""
    return (
        Reading.objects.filter(council=council)
        .select_related("file", "begun_by")
        .defer("result")
        .order_by("-id")
    )


def reading_of(council: Council, pk: int) -> Reading | None:
    """One document of a council, or None."""
    return Reading.objects.filter(pk=pk, council=council).select_related("file", "council", "job").first()


def last_position(plan: Plan) -> Position | None:
    """The latest frozen position of a plan."""
    return Position.objects.filter(plan=plan).order_by("-on", "-recorded_until").first()


def updates_of(action: Action) -> QuerySet[ProgressUpdate]:
    """What was reported of an action, newest first."""
    return action.updates.select_related("rating", "by").order_by("-on", "-id")


def reports_in(updates: QuerySet[ProgressUpdate], position: Position | None) -> QuerySet[ProgressUpdate]:
    """Of some updates those that a position knows; all of them where the plan is seen live."""
    if position is None:
        return updates
    return updates.filter(on__lte=position.on, recorded_at__lte=position.recorded_until)


def open_findings(plan: Plan) -> QuerySet[Finding]:
    """What was found in documents and nobody has settled yet."""
    return (
        Finding.objects.filter(plan=plan, settled_at__isnull=True)
        .select_related("action")
        .order_by("row", "id")
    )


def people_of(user: User, council: Council) -> frozenset[int]:
    """The numbers of the people of a council that a user is: whose actions are "mine"."""
    return frozenset(council.people.filter(user=user).values_list("pk", flat=True))
