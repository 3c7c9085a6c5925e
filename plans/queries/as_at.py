"""The plan as it stood on a day, from its history alone (design, *Two dates*)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from history.queries import states_at
from plans.adding_up import in_force
from plans.models import Action, Assurance, Evidence, Plan, ProgressUpdate
from plans.queries.names import ACTION, MILESTONE, OBJECTIVE, RULE, SCALE, THEME
from plans.rag import Palette, Standing
from plans.table import ActionRow, Code, Lead, ObjectiveRow, PlanTable, ThemeRow, assemble, is_overdue

# what is reported of an action stands in its updates, many times as often as its own words change
REPORTED = ("rating", "progress", "impact", "assured")

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reported:
    """The report that stands for an action: codes of rating and impact, text, and the day it speaks of."""

    rating: str | None = None
    progress: str = ""
    on: dt.date | None = None
    impact: str | None = None


NO_REPORT = Reported()


@dataclass(frozen=True)
class _Known:
    """What was known of every action by a moment, besides its own fields."""

    on: dt.date
    codes: dict[str, Code]
    reports: dict[int, Reported]
    assured: dict[int, tuple[str | None, dt.date]]
    evidence: Counter[int]
    late_steps: dict[int, dt.date]


def table_at(
    plan: Plan,
    *,
    on: dt.date,
    recorded_until: dt.datetime | None = None,
    last_board: dt.date | None = None,
    keep: int | None = None,
) -> PlanTable:
    """The plan as it stood at the end of a day, as far as had been recorded by a moment (None: all known now).

    Built from the change log and the append-only tables alone, so a later back-dated entry never alters a frozen
    position. An action retired on or before the day is not in it, but for the one whose number is `keep`.
    """

    def states(subject: str, without: Collection[str] = ()) -> dict[int, dict[str, Any]]:
        found = states_at(
            subject,
            None,
            on=on,
            recorded_until=recorded_until,
            council_id=plan.council_id,
            without=without,
        )
        return {number: state for number, state in found.items() if state.get("plan") == plan.pk}

    entries = sorted(states(SCALE).values(), key=lambda state: int(state["order"]))
    codes = {state["code"]: _code_at(state) for state in entries}
    known = _Known(
        on=on,
        codes=codes,
        reports=reports_at(plan, on=on, recorded_until=recorded_until),
        assured=assured_at(plan, on=on, recorded_until=recorded_until),
        evidence=_evidence_at(plan, on=on, recorded_until=recorded_until),
        late_steps=_late_steps(states(MILESTONE), on),
    )
    switches = {state["rule"]: day_in(state["from_on"]) for state in states(RULE).values()}
    return assemble(
        on=on,
        scale=list(codes.values()),
        themes=[ThemeRow(number, s["order"], s["title"]) for number, s in states(THEME).items()],
        objectives=[_objective_at(number, s, codes) for number, s in states(OBJECTIVE).items()],
        actions=[
            _row_at(number, s, known)
            for number, s in states(ACTION, REPORTED).items()
            if in_plan(s, on) or number == keep
        ],
        last_board=last_board,
        rules=in_force(switches, on=on, begun_on=plan.begun_on),
    )


def in_plan(state: State, on: dt.date) -> bool:
    """Whether an action of this state is part of the plan on a day: the day it is retired on, it no longer is."""
    retired = day_in(state.get("retired_on"))
    return retired is None or retired > on


def reports_at(plan: Plan, *, on: dt.date, recorded_until: dt.datetime | None = None) -> dict[int, Reported]:
    """The report that stands for each action at the end of a day.

    The latest day wins; of several reports for one day the last recorded.
    """
    updates = ProgressUpdate.objects.counted(until=recorded_until).filter(action=OuterRef("pk"), on__lte=on)
    if recorded_until is not None:
        updates = updates.filter(recorded_at__lte=recorded_until)
    # the index finds the last report of each action; the long texts of all the others are not read
    last = updates.order_by("-on", "-id").values("pk")[:1]
    numbers = Action.objects.filter(plan=plan).annotate(last=Subquery(last)).values("last")
    rows = ProgressUpdate.objects.filter(pk__in=numbers).values_list(
        "action_id", "rating__code", "narrative", "on", "impact__code"
    )
    return {number: Reported(code, text, day, impact) for number, code, text, day, impact in rows}


def assured_at(
    plan: Plan, *, on: dt.date, recorded_until: dt.datetime | None = None
) -> dict[int, tuple[str | None, dt.date]]:
    """The assured code of each action at the end of a day, and the day of that assurance."""
    found = Assurance.objects.filter(action__plan=plan, on__lte=on)
    if recorded_until is not None:
        found = found.filter(recorded_at__lte=recorded_until)
    rows = found.order_by("on", "id").values_list("action_id", "rating__code", "on")
    return {action_id: (code, day) for action_id, code, day in rows}


def _evidence_at(plan: Plan, *, on: dt.date, recorded_until: dt.datetime | None) -> Counter[int]:
    """How many files and links support each action on a day, as far as was known."""
    withdrawn = Q(withdrawn_on__lte=on)
    found = Evidence.objects.filter(action__plan=plan, on__lte=on)
    if recorded_until is not None:
        found = found.filter(recorded_at__lte=recorded_until)
        withdrawn &= Q(withdrawn_at__lte=recorded_until)
    return Counter(found.exclude(withdrawn).values_list("action_id", flat=True))


def _late_steps(steps: Mapping[int, State], on: dt.date) -> dict[int, dt.date]:
    """The first milestone of each action that has passed and was not reached."""
    found: dict[int, dt.date] = {}
    for step in steps.values():
        due = day_in(step.get("due_on"))
        if due is None or due >= on or _by(step.get("reached_on"), on) or _by(step.get("dropped_on"), on):
            continue
        number = step["action"]
        found[number] = min(due, found.get(number, due))
    return found


def _by(value: str | None, on: dt.date) -> bool:
    day = day_in(value)
    return day is not None and day <= on


def _objective_at(number: int, state: State, codes: dict[str, Code]) -> ObjectiveRow:
    return ObjectiveRow(
        number,
        state["theme"],
        state["order"],
        state["ref"],
        state["title"],
        state["text"],
        codes.get(state["rating"] or ""),
        0,
    )


def _code_at(state: State) -> Code:
    standing = Standing(state["standing"]) if state["standing"] else None
    return Code(
        state["code"], state["name"], state["meaning"], Palette(state["colour"]), standing, state["is_mark"]
    )


def _row_at(number: int, state: State, known: _Known) -> ActionRow:
    said = known.reports.get(number, NO_REPORT)
    rating, ends_on = known.codes.get(said.rating or ""), day_in(state["ends_on"])
    assured, assured_on = known.assured.get(number, (None, None))
    return ActionRow(
        number,
        state["objective"],
        state["order"],
        state["ref"],
        state["activity"],
        state["outcome"],
        state["milestones"],
        state["timeline"],
        day_in(state["starts_on"]),
        ends_on,
        tuple(Lead(**lead) for lead in state["leads"]),
        rating,
        tuple(state["marks"]),
        said.progress,
        said.on,
        0,
        is_overdue(ends_on=ends_on, rating=rating, on=known.on),
        known.codes.get(said.impact or ""),
        known.codes.get(assured or ""),
        assured_on,
        state.get("recurs"),
        known.evidence[number],
        state.get("evidence_words", ""),
        known.late_steps.get(number),
    )


def day_in(value: str | None) -> dt.date | None:
    """The day that a value of the change log names; None for nothing."""
    return dt.date.fromisoformat(value) if value else None
