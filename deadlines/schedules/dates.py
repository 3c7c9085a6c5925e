"""Schedules whose dates the words of a notice give: a day, a month, its end, a stretch of days."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from deadlines.facts import Facts
from deadlines.months import month_end
from deadlines.occurrence import Occurrence
from deadlines.schedules.base import Schedule
from deadlines.sentences import day_in_words, month_in_words


def _once(schedule: Schedule, due: date, window_from: date | None, horizon: date) -> tuple[Occurrence, ...]:
    """The one occurrence that the words give; it rests on no fact but them."""
    because = f"The words give it: {schedule.sentence()}."
    return (Occurrence(due, because, window_from=window_from),) if due <= horizon else ()


@dataclass(frozen=True, slots=True)
class OnDate(Schedule):
    """On a day, or `by` it; done earlier, it is done."""

    kind: ClassVar[str] = "on_date"
    on: date
    by: bool = False

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """Once, on that day."""
        return _once(self, self.on, None, horizon)

    def bounded(self) -> bool:
        """It comes once."""
        return True

    def sentence(self) -> str:
        """Such as "on 8 September 2015"."""
        return f"{'by' if self.by else 'on'} {day_in_words(self.on)}"


@dataclass(frozen=True, slots=True)
class InMonth(Schedule):
    """In a calendar month. ValueError for a month that is none."""

    kind: ClassVar[str] = "in_month"
    year: int
    month: int

    def __post_init__(self) -> None:
        month_end(self.year, self.month)

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """Once, by the month's last day, the window opening on its first (Manchester, paragraph 14)."""
        return _once(self, month_end(self.year, self.month), date(self.year, self.month, 1), horizon)

    def bounded(self) -> bool:
        """It comes once."""
        return True

    def sentence(self) -> str:
        """Such as "in May 2015"."""
        return f"in {month_in_words(self.year, self.month)}"


@dataclass(frozen=True, slots=True)
class ByEndOfMonth(Schedule):
    """By the end of a calendar month. ValueError for a month that is none."""

    kind: ClassVar[str] = "by_end_of_month"
    year: int
    month: int

    def __post_init__(self) -> None:
        month_end(self.year, self.month)

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """Once, by the month's last day (Salford: by the end of December 2010)."""
        return _once(self, month_end(self.year, self.month), None, horizon)

    def bounded(self) -> bool:
        """It comes once."""
        return True

    def sentence(self) -> str:
        """Such as "by the end of December 2010"."""
        return f"by the end of {month_in_words(self.year, self.month)}"


@dataclass(frozen=True, slots=True)
class Between(Schedule):
    """In a stretch of days, both included: what "the start of January" was agreed to mean.
    ValueError when it ends early.
    """

    kind: ClassVar[str] = "between"
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a stretch of days cannot end before it begins")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """Once, by the last day, the window opening on the first."""
        return _once(self, self.last, self.first, horizon)

    def bounded(self) -> bool:
        """It comes once."""
        return True

    def sentence(self) -> str:
        """Such as "between 1 January 2011 and 7 January 2011"."""
        return f"between {day_in_words(self.first)} and {day_in_words(self.last)}"
