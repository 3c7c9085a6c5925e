"""The plan as it stood on a day, from its history alone."""

import datetime as dt
from typing import Any

from history.queries import states_at
from plans.models import Plan, ProgressUpdate
from plans.queries.names import ACTION, OBJECTIVE, SCALE, THEME
from plans.rag import Palette, Standing
from plans.table import ActionRow, Code, Lead, ObjectiveRow, PlanTable, ThemeRow, assemble, is_overdue

NO_REPORT = (None, "", None)


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
