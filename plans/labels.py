"""How plans and their parts read in the change log."""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from history.labels import Find, Kind, Label, register
from plans.adding_up import RULES
from plans.coverage.queries import COVERAGE, decision_of
from plans.models import (
    Action,
    Assurance,
    Challenge,
    CoverageDecision,
    Evidence,
    Milestone,
    Objective,
    Plan,
    PlanVersion,
    Position,
    RuleSwitch,
    ScaleCode,
    Theme,
)
from plans.queries import (
    ACTION,
    ASSURANCE,
    CHALLENGE,
    EVIDENCE,
    MILESTONE,
    OBJECTIVE,
    RULE,
    SCALE,
    THEME,
    VERSION,
)
from plans.recurring import in_words


def _of_plan(name: str, council: Any, **kwargs: Any) -> str:
    return reverse(name, kwargs={"council": council.slug, **kwargs})


def _finder(model: Any, path: str, label: Callable[[Any], Label]) -> Find:
    """Labels of rows whose council is at the end of `path`, in one query."""

    def find(numbers: Collection[int]) -> dict[int, Label]:
        return {row.pk: label(row) for row in model.objects.filter(pk__in=numbers).select_related(path)}

    return find


def _action(row: Action) -> Label:
    return Label(row.ref, _of_plan("plans:action", row.plan.council, pk=row.pk))


def _objective(row: Objective) -> Label:
    return Label(str(row), _of_plan("plans:objective", row.plan.council, pk=row.pk))


def _plan(row: Plan) -> Label:
    return Label(row.title, _of_plan("plans:plan", row.council))


def _position(row: Position) -> Label:
    return Label(str(row), _of_plan("plans:positions", row.plan.council))


def _theme(row: Theme) -> Label:
    return Label(row.title or "no theme", _of_plan("plans:plan", row.plan.council))


def _code(row: ScaleCode) -> Label:
    return Label(str(row), _of_plan("plans:plan", row.plan.council))


def _about(row: Milestone | Assurance | Evidence) -> Label:
    """Something that stands on an action's page."""
    action = row.action
    return Label(f"{action.ref}: {row}"[:80], _of_plan("plans:action", action.plan.council, pk=action.pk))


def _assurance(row: Assurance) -> Label:
    return Label(row.action.ref, _of_plan("plans:action", row.action.plan.council, pk=row.action_id))


def _challenge(row: Challenge) -> Label:
    return Label(str(row)[:80], _of_plan("plans:challenge", row.plan.council, pk=row.pk))


def _rule(row: RuleSwitch) -> Label:
    title = RULES[row.rule].title if row.rule in RULES else row.rule
    return Label(title, _of_plan("plans:rules", row.plan.council))


def _version(row: PlanVersion) -> Label:
    return Label(f"version {row.number}", _of_plan("plans:versions", row.plan.council))


def _coverage(row: CoverageDecision) -> Label:
    place = urlencode({"of": str(decision_of(row).source), "key": row.key})
    return Label(f"provision {row.ref}", f"{_of_plan('plans:coverage_one', row.council)}?{place}")


_DATES = {
    "starts_on": "start",
    "ends_on": "end",
    "reported_on": "reported",
    "retired_on": "no longer part of the plan",
    "recurs": "falls due",
}
register(
    ACTION,
    Kind(
        "action",
        _finder(Action, "plan__council", _action),
        _DATES,
        {"objective": OBJECTIVE, "merged_into": ACTION, "split_from": ACTION},
        {"recurs": in_words},
    ),
)
register(OBJECTIVE, Kind("objective", _finder(Objective, "plan__council", _objective), {}, {"theme": THEME}))
register(THEME, Kind("theme", _finder(Theme, "plan__council", _theme)))
register(SCALE, Kind("rating", _finder(ScaleCode, "plan__council", _code)))
register("plans.plan", Kind("plan", _finder(Plan, "council", _plan), {"begun_on": "begun"}))
register("plans.position", Kind("position", _finder(Position, "plan__council", _position), {"on": "day"}))
_STEP = {"due_on": "due", "reached_on": "reached", "dropped_on": "dropped"}
_REFERS = {"action": ACTION}
register(MILESTONE, Kind("milestone", _finder(Milestone, "action__plan__council", _about), _STEP, _REFERS))
register(ASSURANCE, Kind("assurance", _finder(Assurance, "action__plan__council", _assurance), {}, _REFERS))
register(EVIDENCE, Kind("evidence", _finder(Evidence, "action__plan__council", _about), {}, _REFERS))
register(CHALLENGE, Kind("question", _finder(Challenge, "plan__council", _challenge), {}, _REFERS))
register(RULE, Kind("rule", _finder(RuleSwitch, "plan__council", _rule), {"from_on": "holds from"}))
register(VERSION, Kind("version", _finder(PlanVersion, "plan__council", _version)))
register(
    COVERAGE,
    Kind(
        "decision on coverage",
        _finder(CoverageDecision, "council", _coverage),
        {},
        {"action": ACTION, "objective": OBJECTIVE},
    ),
)
