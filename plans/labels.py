"""How plans and their parts read in the change log."""

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse

from history.labels import Find, Kind, Label, register
from plans.models import Action, Objective, Plan, Position, ScaleCode, Theme
from plans.queries import ACTION, OBJECTIVE, SCALE, THEME


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


_DATES = {"starts_on": "start", "ends_on": "end", "reported_on": "reported"}
register(ACTION, Kind("action", _finder(Action, "plan__council", _action), _DATES, {"objective": OBJECTIVE}))
register(OBJECTIVE, Kind("objective", _finder(Objective, "plan__council", _objective), {}, {"theme": THEME}))
register(THEME, Kind("theme", _finder(Theme, "plan__council", _theme)))
register(SCALE, Kind("rating", _finder(ScaleCode, "plan__council", _code)))
register("plans.plan", Kind("plan", _finder(Plan, "council", _plan), {"begun_on": "begun"}))
register("plans.position", Kind("position", _finder(Position, "plan__council", _position), {"on": "day"}))
