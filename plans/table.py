"""The plan as a reader sees it, live or at a position: rows, counts, filters, order. Plain Python, no Django."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from plans.rag import Palette, Standing

UNRATED = "unrated"
OWES_A_REASON = frozenset({Standing.AT_RISK, Standing.OFF_TRACK})
SOON = dt.timedelta(days=28)
SORTS = ("plan", "due", "lead", "rating", "updated")
DUES = {"overdue": "Overdue", "soon": "Due in the next 28 days", "none": "No date that could be read"}


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the plan's legend."""

    code: str
    name: str
    meaning: str
    colour: Palette
    standing: Standing | None
    is_mark: bool

    @property
    def word(self) -> str:
        """The council's own word for it, as a tag says it after the letter; "" where the code is the word."""
        if self.name.casefold() == self.code.casefold():
            return ""
        return self.name.capitalize() if self.name.isupper() else self.name

    @property
    def owes_a_reason(self) -> bool:
        """At risk and off track owe a reason and a next step (design, *Ratings*)."""
        return self.standing in OWES_A_REASON


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads, as the plan names them; the number of the person where one is known."""

    name: str
    person: int | None = None
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as it stands. Dates are inclusive; `overdue` is worked out for the table's day."""

    id: int
    objective_id: int
    order: int
    ref: str
    activity: str
    outcome: str
    milestones: str
    timeline: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    leads: tuple[Lead, ...]
    rating: Code | None
    marks: tuple[str, ...]
    progress: str
    reported_on: dt.date | None
    version: int
    overdue: bool

    @property
    def lead_names(self) -> str:
        return ", ".join(lead.name for lead in self.leads)

    def led_by(self, person_ids: frozenset[int]) -> bool:
        """Whether one of these people leads it."""
        return any(lead.person in person_ids for lead in self.leads)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    id: int
    theme_id: int
    order: int
    ref: str
    title: str
    text: str
    rating: Code | None
    version: int
    actions: tuple[ActionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeRow:
    id: int
    order: int
    title: str
    objectives: tuple[ObjectiveRow, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How many actions there are of each kind; every number opens its list."""

    total: int
    ratings: tuple[tuple[Code, int], ...]
    unrated: int
    overdue: int
    not_updated: int | None


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
        """Whether nothing was reported of the action since the last board."""
        return self.last_board is not None and (
            action.reported_on is None or action.reported_on <= self.last_board
        )

    @cached_property
    def counts(self) -> Counts:
        carried = Counter(action.rating for action in self.actions)
        return Counts(
            total=len(self.actions),
            ratings=tuple((code, carried[code]) for code in self.ratings if carried[code]),
            unrated=carried[None],
            overdue=sum(action.overdue for action in self.actions),
            not_updated=sum(map(self.not_updated, self.actions)) if self.last_board else None,
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
    tests: list[_Test] = []
    if filters.theme is not None:
        tests.append(lambda theme, objective, action: theme.id == filters.theme)
    if filters.objective is not None:
        tests.append(lambda theme, objective, action: objective.id == filters.objective)
    if filters.lead:
        tests.append(lambda theme, objective, action: any(lead.name == filters.lead for lead in action.leads))
    if filters.rating:
        tests.append(lambda theme, objective, action: _rating_is(action, filters.rating))
    if filters.standing:
        tests.append(
            lambda theme, objective, action: bool(
                action.rating and action.rating.standing == filters.standing
            )
        )
    if filters.due in DUES:
        tests.append(lambda theme, objective, action: _due_is(table, action, filters.due))
    if filters.updated == "no":
        tests.append(lambda theme, objective, action: table.not_updated(action))
    if filters.mine:
        tests.append(lambda theme, objective, action: action.led_by(person_ids))
    if words := filters.words.casefold().split():
        tests.append(lambda theme, objective, action: _says(words, theme, objective, action))
    return tests


def _rating_is(action: ActionRow, rating: str) -> bool:
    return (
        action.rating is None if rating == UNRATED else bool(action.rating and action.rating.code == rating)
    )


def _due_is(table: PlanTable, action: ActionRow, due: str) -> bool:
    if due == "overdue":
        return action.overdue
    if due == "none":
        return action.ends_on is None
    done = (
        action.rating is not None and action.rating.standing is not None and action.rating.standing.finished
    )
    return not done and action.ends_on is not None and table.on <= action.ends_on <= table.on + SOON


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


_WORST_FIRST = {
    Standing.OFF_TRACK: 0,
    Standing.AT_RISK: 1,
    Standing.NOT_STARTED: 3,
    Standing.ON_TRACK: 4,
    Standing.COMPLETE: 5,
    Standing.EMBEDDED: 6,
}
_NO_STANDING = 2


def concern(code: Code | None) -> int:
    """How much a rating worries, 0 most; not rated or without a standing stands behind at risk."""
    return _NO_STANDING if code is None or code.standing is None else _WORST_FIRST[code.standing]


_ORDERS: dict[str, Callable[[PlanTable], Callable[[ActionRow], Any]]] = {
    "due": lambda table: lambda action: action.ends_on or dt.date.max,
    "lead": lambda table: lambda action: (not action.leads, action.lead_names.casefold()),
    "rating": lambda table: lambda action: concern(action.rating),
    "updated": lambda table: lambda action: action.reported_on or dt.date.min,
}


def is_overdue(*, ends_on: dt.date | None, rating: Code | None, on: dt.date) -> bool:
    """Past its end and not complete. Worked out from facts, never stored (design, *Ratings*)."""
    if ends_on is None or ends_on >= on:
        return False
    return rating is None or rating.standing is None or not rating.standing.finished


def assemble(
    *,
    on: dt.date,
    scale: Sequence[Code],
    themes: Iterable[ThemeRow],
    objectives: Iterable[ObjectiveRow],
    actions: Iterable[ActionRow],
    last_board: dt.date | None,
) -> PlanTable:
    """Put loose rows together into a table, in the plan's order."""
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
