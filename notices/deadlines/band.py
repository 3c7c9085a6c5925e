"""A year of deadlines as a band, and a month of them as a calendar. Plain Python: layout, no words."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.months import add_months, month_end
from notices.deadlines.lines import Line

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Lane:
    """One duty-holder's year: for each month the deadlines due in it, soonest first."""

    holder: str
    cells: tuple[tuple[Line, ...], ...]
    overdue: int


@dataclass(frozen=True, slots=True)
class Band:
    """Twelve months across, a lane for each duty-holder; who has something overdue stands first."""

    months: tuple[date, ...]
    lanes: tuple[Lane, ...]

    @property
    def first(self) -> date:
        """Its first day (inclusive)."""
        return self.months[0]

    @property
    def last(self) -> date:
        """Its last day (inclusive)."""
        return month_end(self.months[-1].year, self.months[-1].month)

    @property
    def earlier(self) -> date:
        """The first month of the band half a year before."""
        return add_months(self.first, -6)

    @property
    def later(self) -> date:
        """The first month of the band half a year after."""
        return add_months(self.first, 6)


def band_from(first: date) -> Band:
    """An empty band of twelve months from the month that a day lies in."""
    start = first.replace(day=1)
    return Band(tuple(add_months(start, number) for number in range(MONTHS)), ())


def filled(band: Band, lines: Iterable[Line]) -> Band:
    """The band with its deadlines; those due on other days are left out."""
    by_holder: dict[str, list[Line]] = {}
    for line in lines:
        if band.first <= line.due <= band.last:
            by_holder.setdefault(line.duty.duty_holder, []).append(line)
    lanes = [_lane(holder, found, band.months) for holder, found in by_holder.items()]
    lanes.sort(key=lambda lane: (-lane.overdue, lane.holder.casefold()))
    return Band(band.months, tuple(lanes))


def _lane(holder: str, lines: Sequence[Line], months: Sequence[date]) -> Lane:
    cells = tuple(
        tuple(line for line in lines if (line.due.year, line.due.month) == (month.year, month.month))
        for month in months
    )
    return Lane(holder, cells, sum(line.overdue for line in lines))


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month's calendar; `inside` is False for the days around the month that fill its weeks."""

    on: date
    inside: bool
    lines: tuple[Line, ...]


def weeks_of(year: int, month: int, lines: Iterable[Line]) -> list[list[Day]]:
    """The weeks of a month, Monday first, with what is due on each day."""
    due: dict[date, list[Line]] = {}
    for line in lines:
        due.setdefault(line.due, []).append(line)
    return [
        [Day(day, day.month == month, tuple(due.get(day, ()))) for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]


def days_in_view(year: int, month: int) -> tuple[date, date]:
    """The first and the last day (inclusive) that a month's calendar shows."""
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return weeks[0][0], weeks[-1][0] + timedelta(days=6)
