"""Schedules that the calendar drives: in each September, by the 10th of each month, on its first Monday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import ClassVar

from deadlines.events import Happening, Variation
from deadlines.facts import Facts
from deadlines.months import NO_TIME, Period, month_end
from deadlines.occurrence import Occurrence
from deadlines.pace import Step, steps
from deadlines.schedules.base import Anchor, AnchorPoint, Schedule, named
from deadlines.sentences import MONTHS, WEEKDAYS, day_in_words, listed, nth, opened, ordinal

QUARTERS = (3, 6, 9, 12)
LAST = 5
END = 31
_YEAR = Period(months=12)


@dataclass(frozen=True, slots=True)
class ByCalendar(Schedule):
    """On the same day of the calendar again and again, counted from an anchor (its own day is not).

    `months` names the calendar months, none is every one; the quarters of the calendar and of the financial
    year end with the same four. `day` is the day of the month, its last where it is shorter (31: the end);
    without one any day of the month will do. With a `weekday` (0 is Monday) `day` says which: 1 the first, 5
    the last. `by` that day, or on it; `after` is the time allowed once it has passed ("within ten working days
    of the end of each quarter"). ValueError for months, days or weekdays that there are not, or told twice.
    """

    kind: ClassVar[str] = "by_calendar"
    anchor: Anchor
    months: tuple[int, ...] = ()
    day: int | None = None
    weekday: int | None = None
    by: bool = False
    after: Period = NO_TIME
    until: Happening | None = None

    def __post_init__(self) -> None:
        if list(self.months) != sorted(set(self.months)) or not set(self.months) <= set(range(1, 13)):
            raise ValueError("the months of a year are 1 to 12, each once and in their order")
        if self.weekday is not None and (self.day is None or not 0 <= self.weekday < len(WEEKDAYS)):
            raise ValueError("a weekday is 0 (Monday) to 6, with the number of the one that is meant")
        if self.day is not None and not 1 <= self.day <= (END if self.weekday is None else LAST):
            raise ValueError("a month has no such day")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """On that day of each month named, none before the notice; another pace holds once it is agreed."""
        point = self.anchor.find(facts)
        if point is None:
            return ()
        ends = facts.held(self.until) if self.until else ()
        end = min(horizon, ends[0].on) if ends else horizon
        found = []
        for step in self._steps(point, facts):
            due = self.after.after(step.on)
            if due > end:
                break
            if facts.starts_on is None or due >= facts.starts_on:
                found.append(self._occurrence(step, due, point))
        return tuple(found)

    def _steps(self, point: AnchorPoint, facts: Facts) -> Iterator[Step]:
        """The days of the calendar; from the agreement of a new frequency on, those of that pace."""
        agreed = facts.agreed()
        change = next((variation for variation in agreed if variation.period), None)
        gaps = [variation for variation in agreed if not variation.period]
        previous = point.on
        skipped: tuple[Variation, ...] = ()
        for day in self._days(point.on):
            if change and day >= change.counts_from:
                yield from steps(previous, _YEAR, agreed)
                return
            previous = day
            covering = next((gap for gap in gaps if gap.covers(day)), None)
            if covering is None:
                yield Step(day, skipped)
                skipped = ()
            elif covering not in skipped:
                skipped = (*skipped, covering)

    def _days(self, start: date) -> Iterator[date]:
        months = self.months or tuple(range(1, 13))
        for year in count(start.year):
            yield from (day for day in (self._day(year, month) for month in months) if day > start)

    def _day(self, year: int, month: int) -> date:
        last = month_end(year, month)
        if self.weekday is None:
            return last.replace(day=min(self.day or END, last.day))
        if self.day == LAST:
            return last - timedelta(days=(last.weekday() - self.weekday) % 7)
        first = last.replace(day=1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * ((self.day or 1) - 1))

    def _occurrence(self, step: Step, due: date, point: AnchorPoint) -> Occurrence:
        because = f"{opened(self._words())}, counted from {point.name}"
        if self.after:
            because += f": {self.after} after {day_in_words(step.on)}"
        if step.agreed:
            because += f", by {named(step.agreed)}"
        paced = any(variation.period for variation in step.agreed)
        opens = step.on.replace(day=1) if self.day is None and not paced else None
        return Occurrence(due, f"{because}.", (*point.facts, *step.agreed), opens, firm=point.firm)

    def sentence(self) -> str:
        """Such as "by the 10th of each month from the notice until the lifting of the notice"."""
        until = f" until {self.until.noun}" if self.until else ""
        return f"{self._words()} from {self.anchor.noun}{until}"

    def _words(self) -> str:
        named_months = listed([MONTHS[month - 1] for month in self.months])
        of = (
            f"each {named_months or 'month'}" if self.months != QUARTERS else f"each quarter ({named_months})"
        )
        if self.day is None:
            plain = f"in each {named_months}" if self.months else "in each month"
            return f"within {self.after} of the end of {of}" if self.after else plain
        if self.weekday is not None:
            which = "last" if self.day == LAST else ordinal(self.day)
            day = f"the {which} {WEEKDAYS[self.weekday]} of {of}"
        else:
            end = "end" if self.by or self.after else "last day"
            day = f"the {end} of {of}" if self.day == END else f"the {nth(self.day)} of {of}"
            if self.day < END and len(self.months) == 1:
                day = f"{self.day} {named_months} each year"
        return f"within {self.after} of {day}" if self.after else f"{'by' if self.by else 'on'} {day}"

    def watches(self) -> frozenset[str]:
        """The anchor's kind, that of the end, and the notice, before which nothing is due."""
        ends = {self.until.kind} if self.until else set()
        return self.anchor.watches() | ends | {"notice_issued"}

    def waits_for(self, facts: Facts) -> str | None:
        """What there is to count from is not recorded."""
        return self.anchor.missing(facts)
