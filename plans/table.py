"""The plan as a reader sees it, live or at a position: rows, counts, filters, order. Plain Python, no Django."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from plans.adding_up import RULES, Contradiction, contradictions
from plans.expected import EVIDENCE_RULE, Expected, expected
from plans.rows import (
    OWES_A_REASON,
    ActionRow,
    Code,
    Lead,
    ObjectiveRow,
    ThemeRow,
    concern,
    is_overdue,
)

__all__ = [
    "OWES_A_REASON",
    "ActionRow",
    "Code",
    "Lead",
    "ObjectiveRow",
    "PlanTable",
    "ThemeRow",
    "assemble",
    "concern",
    "is_overdue",
]

UNRATED = "unrated"
SOON = dt.timedelta(days=28)
SORTS = ("plan", "due", "lead", "rating", "updated")
ADDS_UP = ("no", *RULES)
DUES = {"overdue": "Overdue", "soon": "Due in the next 28 days", "none": "No date that could be read"}


@dataclass(frozen=True)
class Counts:
    """How many actions there are of each kind; every number opens its list."""

    total: int
    ratings: tuple[tuple[Code, int], ...]
    unrated: int
    overdue: int
    not_updated: int | None
    contradictions: int = 0

    @property
    def overdue_words(self) -> str:
        """How many are late, in a phrase."""
        return f"{self.overdue} past {'its' if self.overdue == 1 else 'their'} end and not complete"


@dataclass(frozen=True)
class Filters:
    """What the URL asks for; an empty field asks for everything."""

    theme: int | None = None
    objective: int | None = None
    lead: str = ""
    rating: str = ""
    standing: str = ""
    due: str = ""
    updated: str = ""
    adds_up: str = ""  # "no", or the code of one rule
    mine: bool = False
    words: str = ""
    sort: str = "plan"

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order is asked for."""
        return self != Filters(sort=self.sort)


@dataclass(frozen=True)
class PlanTable:
    """A plan on a day: its scale, and its themes with their objectives and actions, in the plan's order."""

    on: dt.date
    scale: tuple[Code, ...]
    themes: tuple[ThemeRow, ...]
    last_board: dt.date | None = None
    rules: frozenset[str] = frozenset()

    @cached_property
    def expected(self) -> dict[int, Expected]:
        """What dates and facts imply of every action, by its number."""
        asked = EVIDENCE_RULE in self.rules
        return {
            action.id: expected(
                action, on=self.on, last_board=self.last_board, scale=self.scale, evidence_asked=asked
            )
            for action in self.actions
        }

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What does not add up by the rules that hold, the most serious rule first."""
        return contradictions(self, self.rules)

    @cached_property
    def flagged(self) -> dict[int, tuple[Contradiction, ...]]:
        """What does not add up of each action, by its number; actions that do add up are not in it."""
        found: dict[int, list[Contradiction]] = {}
        for contradiction in self.contradictions:
            if contradiction.action is not None:
                found.setdefault(contradiction.action, []).append(contradiction)
        return {number: tuple(of_action) for number, of_action in found.items()}

    @cached_property
    def objectives(self) -> tuple[ObjectiveRow, ...]:
        return tuple(objective for theme in self.themes for objective in theme.objectives)

    @cached_property
    def actions(self) -> tuple[ActionRow, ...]:
        return tuple(action for objective in self.objectives for action in objective.actions)

    @cached_property
    def ratings(self) -> tuple[Code, ...]:
        """The codes an action can be given; marks are none."""
        return tuple(code for code in self.scale if not code.is_mark)

    @cached_property
    def leads(self) -> tuple[str, ...]:
        """Every lead's name, once, in order."""
        return tuple(
            sorted({lead.name for action in self.actions for lead in action.leads}, key=str.casefold)
        )

    def not_updated(self, action: ActionRow) -> bool:
        """Whether nothing was reported of the action since the last board; on that day there was no time to yet."""
        board = self.last_board
        if board is None or board >= self.on:
            return False
        return action.reported_on is None or action.reported_on <= board

    @cached_property
    def counts(self) -> Counts:
        carried = Counter(action.rating for action in self.actions)
        return Counts(
            total=len(self.actions),
            ratings=tuple((code, carried[code]) for code in self.ratings if carried[code]),
            unrated=carried[None],
            overdue=sum(action.overdue for action in self.actions),
            not_updated=sum(map(self.not_updated, self.actions))
            if self.last_board and self.last_board < self.on
            else None,
            contradictions=len(self.contradictions),
        )

    def filtered(self, filters: Filters, *, person_ids: frozenset[int] = frozenset()) -> "PlanTable":
        """The table with only the actions asked for; objectives and themes left empty by that are left out.

        `person_ids` are the people that "mine" means.
        """
        if not filters.narrowed:
            return self
        tests = _tests(self, filters, person_ids)
        return self._kept(
            lambda theme, objective, action: all(test(theme, objective, action) for test in tests)
        )

    def only(self, ids: set[int]) -> "PlanTable":
        """The table with only these actions."""
        return self._kept(lambda theme, objective, action: action.id in ids)

    def _kept(self, wanted: "_Test") -> "PlanTable":
        themes = []
        for theme in self.themes:
            objectives = tuple(
                replace(objective, actions=kept)
                for objective in theme.objectives
                if (kept := tuple(action for action in objective.actions if wanted(theme, objective, action)))
            )
            if objectives:
                themes.append(replace(theme, objectives=objectives))
        return replace(self, themes=tuple(themes))

    def sorted_actions(self, sort: str) -> list[ActionRow]:
        """All actions in one list, in the order asked for; the plan's own order decides between equals."""
        return sorted(self.actions, key=_ORDERS[sort](self)) if sort in _ORDERS else list(self.actions)


_Test = Callable[[ThemeRow, ObjectiveRow, ActionRow], bool]


def _tests(table: PlanTable, filters: Filters, person_ids: frozenset[int]) -> list[_Test]:
    """The tests that an action must pass, of all that can be asked for."""
    words = filters.words.casefold().split()
    possible: list[tuple[Any, _Test]] = [
        (filters.theme is not None, lambda theme, objective, action: theme.id == filters.theme),
        (
            filters.objective is not None,
            lambda theme, objective, action: objective.id == filters.objective,
        ),
        (
            filters.lead,
            lambda theme, objective, action: any(lead.name == filters.lead for lead in action.leads),
        ),
        (filters.rating, lambda theme, objective, action: _rating_is(action, filters.rating)),
        (filters.standing, lambda theme, objective, action: _standing_is(action, filters.standing)),
        (filters.due in DUES, lambda theme, objective, action: _due_is(table, action, filters.due)),
        (filters.updated == "no", lambda theme, objective, action: table.not_updated(action)),
        (
            filters.adds_up,
            lambda theme, objective, action: _does_not_add_up(table, action, filters.adds_up),
        ),
        (filters.mine, lambda theme, objective, action: action.led_by(person_ids)),
        (words, lambda theme, objective, action: _says(words, theme, objective, action)),
    ]
    return [test for asked, test in possible if asked]


def _standing_is(action: ActionRow, standing: str) -> bool:
    return action.rating is not None and action.rating.standing == standing


def _rating_is(action: ActionRow, rating: str) -> bool:
    return (
        action.rating is None if rating == UNRATED else bool(action.rating and action.rating.code == rating)
    )


def _due_is(table: PlanTable, action: ActionRow, due: str) -> bool:
    if due == "overdue":
        return action.overdue
    if due == "none":
        return action.ends_on is None
    return (
        not action.finished and action.ends_on is not None and table.on <= action.ends_on <= table.on + SOON
    )


def _does_not_add_up(table: PlanTable, action: ActionRow, asked: str) -> bool:
    found = table.flagged.get(action.id, ())
    return any(asked in ("no", contradiction.rule.code) for contradiction in found)


def _says(words: list[str], theme: ThemeRow, objective: ObjectiveRow, action: ActionRow) -> bool:
    """Whether every word stands somewhere in the action or in what it belongs to."""
    texts = (
        action.ref,
        action.activity,
        action.outcome,
        action.timeline,
        action.lead_names,
        action.progress,
        objective.ref,
        objective.title,
        objective.text,
        theme.title,
    )
    said = "\n".join(texts).casefold()
    return all(word in said for word in words)


_ORDERS: dict[str, Callable[[PlanTable], Callable[[ActionRow], Any]]] = {
    "due": lambda table: lambda action: action.ends_on or dt.date.max,
    "lead": lambda table: lambda action: (not action.leads, action.lead_names.casefold()),
    "rating": lambda table: lambda action: concern(action.rating),
    "updated": lambda table: lambda action: action.reported_on or dt.date.min,
}


def assemble(
    *,
    on: dt.date,
    scale: Sequence[Code],
    themes: Iterable[ThemeRow],
    objectives: Iterable[ObjectiveRow],
    actions: Iterable[ActionRow],
    last_board: dt.date | None,
    rules: frozenset[str] = frozenset(),
) -> PlanTable:
    """Put loose rows together into a table, in the plan's order; `rules` are those of adding up that hold."""
    actions_of: dict[int, list[ActionRow]] = {}
    for action in sorted(actions, key=lambda row: row.order):
        actions_of.setdefault(action.objective_id, []).append(action)
    objectives_of: dict[int, list[ObjectiveRow]] = {}
    for objective in sorted(objectives, key=lambda row: row.order):
        filled = replace(objective, actions=tuple(actions_of.get(objective.id, ())))
        objectives_of.setdefault(objective.theme_id, []).append(filled)
    return PlanTable(
        on=on,
        scale=tuple(scale),
        themes=tuple(
            replace(theme, objectives=tuple(objectives_of.get(theme.id, ())))
            for theme in sorted(themes, key=lambda row: row.order)
        ),
        last_board=last_board,
        rules=rules,
    )


@dataclass(frozen=True)
class Movement:
    """How ratings moved between two tables of one plan."""

    better: tuple[ActionRow, ...]
    worse: tuple[ActionRow, ...]
    same: int
    new: tuple[ActionRow, ...]


def movement(before: PlanTable, after: PlanTable) -> Movement:
    """Compare ratings by their standing, action by action; a change of code within one standing is no movement."""
    then = {action.id: action.rating for action in before.actions}
    known = [action for action in after.actions if action.id in then]
    better = tuple(a for a in known if concern(a.rating) > concern(then[a.id]))
    worse = tuple(a for a in known if concern(a.rating) < concern(then[a.id]))
    return Movement(
        better=better,
        worse=worse,
        same=len(known) - len(better) - len(worse),
        new=tuple(action for action in after.actions if action.id not in then),
    )
