"""What is exported, as plain data: which plan, of which day, which actions under which headings."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from plans.exporting.columns import Line, Shown, Value, columns_for, lines_of, title_of
from plans.reader import ColumnRole
from plans.table import Code, ObjectiveRow, PlanTable


@dataclass(frozen=True)
class Book:
    """A plan to be exported.

    `table` holds the actions that are wanted, `total` says how many the plan has. `position` are words for what it
    shows ("as typed until ...", a frozen position's name); `narrowed` says in words what was left out, or "".
    `stamp` names the plan and the site that it is kept in, so that a copy that comes back is known. `order` is one of
    plans.table.SORTS: anything but "plan" makes one list without rows for themes and objectives. `headings` are those
    of the council's own document by role, in its order. `first_ends` are the ends that actions first had, by number,
    where they moved.
    """

    council: str
    title: str
    table: PlanTable
    total: int
    position: str
    made_at: dt.datetime
    stamp: str
    narrowed: str = ""
    order: str = "plan"
    headings: Mapping[ColumnRole, str] | None = None
    first_ends: Mapping[int, dt.date] = field(default_factory=dict)

    @property
    def on(self) -> dt.date:
        """The day that it shows the plan of."""
        return self.table.on

    @property
    def flat(self) -> bool:
        """Whether it is one list in an order of its own."""
        return self.order != "plan"

    @cached_property
    def lines(self) -> list[Line]:
        """The actions in the order wanted."""
        lines = lines_of(self.table, self.first_ends)
        if not self.flat:
            return lines
        by_number = {line.action.id: line for line in lines}
        return [by_number[action.id] for action in self.table.sorted_actions(self.order)]

    def columns(self, *, groups_as_columns: bool | None = None) -> tuple[Shown, ...]:
        """The columns; theme and objective among them where there are no rows for these."""
        as_columns = self.flat if groups_as_columns is None else groups_as_columns
        return columns_for(self.lines, self.headings or {}, groups_as_columns=as_columns)

    def value(self, shown: Shown, line: Line) -> Value:
        """What a cell of an action's row says; what the row above it says of its objective is not said again."""
        return None if shown.column.group and not self.flat else shown.column.value(line)

    @cached_property
    def codes(self) -> dict[str, Code]:
        """The legend by code."""
        return {code.code: code for code in self.table.scale}

    @property
    def counts_words(self) -> str:
        """How many of the plan's actions are in it."""
        shown = len(self.lines)
        if shown == self.total:
            return f"{shown} {'action' if shown == 1 else 'actions'}"
        return f"{shown} of {self.total} actions"


def heading_of(objective: ObjectiveRow) -> str:
    """What the row above an objective's actions says: its title, and its text on a line of its own."""
    return "\n".join(filter(None, (title_of(objective), objective.text))) or "No objective"


def day_words(day: dt.date) -> str:
    """16 June 2015."""
    return f"{day.day} {day:%B %Y}"
