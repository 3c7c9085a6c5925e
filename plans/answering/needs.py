"""What one lead is asked, in order of need, and how far they are. Plain Python."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.rag import Standing
from plans.rows import ActionRow, concern


@dataclass(frozen=True)
class Last:
    """What was said of an action last, beside rating and text: what an answer of "no change" repeats."""

    reason: str = ""
    next_step: str = ""
    recorded_at: dt.datetime | None = None
    said_by: str = ""


@dataclass(frozen=True)
class Todo:
    """One action that a lead is asked about."""

    row: ActionRow
    last: Last
    answered: bool
    on: dt.date  # the day the list is for

    @property
    def why(self) -> str:
        """Why it comes where it comes: the most pressing thing first; "" where nothing presses."""
        row = self.row
        if row.overdue and row.ends_on:
            return f"Overdue since {row.ends_on.day} {row.ends_on:%b %Y}"
        if row.rating is not None and row.rating.standing in {Standing.OFF_TRACK, Standing.AT_RISK}:
            return row.rating.standing.label
        if row.ends_on is not None and not row.finished:
            days = (row.ends_on - self.on).days
            return "Due today" if days == 0 else f"Due in {days} day{'' if days == 1 else 's'}"
        return ""

    @property
    def can_stay(self) -> bool:
        """Whether "no change" can be said in one step: what the rating owes was said the last time."""
        rating = self.row.rating
        if self.row.reported_on is None:
            return False
        return rating is None or not rating.owes_a_reason or bool(self.last.reason and self.last.next_step)

    @property
    def need(self) -> tuple[bool, int, int, dt.date, int]:
        """The smaller the more it needs an answer: unanswered, then overdue and off track, then by due date."""
        worry = concern(self.row.rating)
        pressing = self.row.overdue or worry == 0
        return (self.answered, 0 if pressing else 1, worry, self.row.ends_on or dt.date.max, self.row.order)


@dataclass(frozen=True)
class Answers:
    """Everything that is asked of one lead, in order of need, and what is complete and asked no more."""

    todos: tuple[Todo, ...]
    complete: tuple[ActionRow, ...]

    @property
    def total(self) -> int:
        return len(self.todos)

    @property
    def done(self) -> int:
        return sum(todo.answered for todo in self.todos)

    @property
    def open(self) -> tuple[Todo, ...]:
        return tuple(todo for todo in self.todos if not todo.answered)

    def todo(self, number: int) -> Todo | None:
        return next((todo for todo in self.todos if todo.row.id == number), None)

    def after(self, number: int | None) -> Todo | None:
        """The next action to answer once one was answered or passed over; None when all are answered.

        What was passed over comes round again after the others.
        """
        waiting = [todo for todo in self.open if todo.row.id != number]
        if not waiting:
            return None
        left = self.todo(number) if number is not None else None
        if left is None or left.answered:
            return waiting[0]
        return next((todo for todo in waiting if todo.need > left.need), waiting[0])


def answers_of(
    rows: Iterable[ActionRow],
    *,
    lasts: Mapping[int, Last],
    answered: frozenset[int],
    asked: frozenset[int] | None,
    on: dt.date,
) -> Answers:
    """Sort a lead's actions into what is asked and what is complete.

    `asked` are the actions asked about; None asks about all but those complete before this time round.
    """
    todos, complete = [], []
    for row in rows:
        is_answered = row.id in answered
        wanted = row.id in asked if asked is not None else (is_answered or not row.finished)
        if wanted:
            todos.append(Todo(row, lasts.get(row.id, Last()), is_answered, on))
        else:
            complete.append(row)
    return Answers(tuple(sorted(todos, key=lambda todo: todo.need)), tuple(complete))
