"""Timelines that recur, on the schedule engine. Plain Python, no Django.

What is stored is a schedule as `deadlines.codec` writes it. Boards are known by the day of the last one alone, which
is enough to say whether an action was seen to since it last fell due.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from deadlines.codec import ScheduleJsonError, from_json
from deadlines.events import Event, Happening, Status
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.happenings import WithEach
from deadlines.schedules.periods import EveryPeriod
from deadlines.sentences import listed

AHEAD, FURTHER = dt.timedelta(days=400), dt.timedelta(days=4000)
COMING = 3
BOARD = "board"
UNITS = {
    "day": Period(days=1),
    "week": Period.weeks(1),
    "month": Period(months=1),
    "year": Period(months=12),
}
MOST = 60
"""No more than so many units between two times."""


@dataclass(frozen=True)
class Plain:
    """How a timeline recurs, as people choose it: with each board, or every so many units counted from a day."""

    each: str  # BOARD or one of UNITS
    number: int = 1
    from_on: dt.date | None = None

    def schedule(self) -> Schedule:
        """The schedule that this is. ValueError with what is wrong, for a person to read."""
        if self.each == BOARD:
            return WithEach(of=Happening("board_held"))
        if self.each not in UNITS:
            raise ValueError(f"It recurs with each board, or every {', '.join(UNITS)}")
        if not 1 <= self.number <= MOST:
            raise ValueError(f"The number between two times must be 1 to {MOST}")
        if self.from_on is None:
            raise ValueError("Enter the day that it counts from")
        unit = UNITS[self.each]
        period = Period(months=unit.months * self.number, days=unit.days * self.number)
        return EveryPeriod(period, Anchor(on=self.from_on))

    @classmethod
    def of(cls, schedule: Schedule | None) -> "Plain | None":
        """The plain choices that make a schedule; None for one that they cannot say."""
        if isinstance(schedule, WithEach):
            return cls(BOARD)
        if not isinstance(schedule, EveryPeriod):
            return None
        for each, unit in reversed(UNITS.items()):
            size, period = unit.months or unit.days, schedule.period
            length = period.months if unit.months else period.days
            if length and length % size == 0 and not (period.months and period.days):
                found = cls(each, length // size, schedule.anchor.on)
                return found if found.number <= MOST and found.schedule() == schedule else None
        return None


@dataclass(frozen=True)
class Recurrence:
    """When an action falls due again and again; `before` and `last` are days up to the one asked about."""

    sentence: str
    before: dt.date | None
    last: dt.date | None
    coming: tuple[dt.date, ...]

    @property
    def next(self) -> dt.date | None:
        """When it falls due next, as far as that is known."""
        return self.coming[0] if self.coming else None

    @property
    def said(self) -> str:
        """The sentence with the days to come: "every month from 1 May 2015, next on 1 June 2015, ..."."""
        days = [f"{day.day} {day:%B %Y}" for day in self.coming]
        return f"{self.sentence}, next on {listed(days)}" if days else self.sentence


def schedule_of(recurs: dict[str, Any] | None) -> Schedule | None:
    """The stored schedule; None without one or where it was written by a version that is not known here."""
    if not recurs:
        return None
    try:
        return from_json(recurs)
    except ScheduleJsonError:
        return None


def in_words(recurs: dict[str, Any] | None) -> str:
    """The stored schedule as a sentence without its stop; "" where it does not recur."""
    schedule = schedule_of(recurs)
    return schedule.sentence() if schedule else ""


def recurrence(
    recurs: dict[str, Any] | None,
    *,
    on: dt.date,
    last_board: dt.date | None = None,
    next_board: dt.date | None = None,
) -> Recurrence | None:
    """When a recurring action fell due last and falls due next, seen from a day (inclusive), if it recurs."""
    schedule = schedule_of(recurs)
    if schedule is None:
        return None
    boards = ((last_board, Status.HAPPENED), (next_board, Status.PLANNED))
    facts = Facts.of([Event("board_held", day, status) for day, status in boards if day])
    days = sorted({occurrence.due for occurrence in schedule.due(facts, on + AHEAD)})
    if not any(day > on for day in days):  # every so many years
        days = sorted({occurrence.due for occurrence in schedule.due(facts, on + FURTHER)})
    past = [day for day in days if day <= on]
    return Recurrence(
        sentence=schedule.sentence(),
        before=past[-2] if len(past) > 1 else None,
        last=past[-1] if past else None,
        coming=tuple(day for day in days if day > on)[:COMING],
    )
