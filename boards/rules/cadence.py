"""When a board meets next: a series that keeps the usual weekday, avoids bank holidays and never passes the limit.

A notice asks that a board meets at least every so often, so the limit is the last meeting's day plus the agreed
period. A meeting that would fall on a bank holiday or at a weekend is moved to an earlier day, never a later one
(issue 6, part 2).
"""

import datetime as dt
from dataclasses import dataclass

from deadlines.months import Period
from deadlines.workdays import bank_holiday, is_working_day, working_day_on_or_before

_WEEK = 7
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Proposal:
    """One meeting of a proposed series: its day, the latest it could be, and why it is not the usual day."""

    on: dt.date
    limit: dt.date
    because: str = ""


def series(*, last: dt.date, every: Period, count: int, weekday: int | None = None) -> list[Proposal]:
    """The next `count` meetings after one on `last`; `weekday` (Monday 0) is the usual one, else that of `last`.

    Each is after the one before it and at most `every` later. ValueError for a period or a count of nothing.
    """
    if not every or count < 1:
        raise ValueError("a series needs a period and a count")
    weekday = last.weekday() if weekday is None else weekday
    found: list[Proposal] = []
    for _ in range(count):
        proposal = _next(last, every, weekday)
        found.append(proposal)
        last = proposal.on
    return found


def in_time(*, by: dt.date, today: dt.date, every: Period, count: int) -> list[Proposal]:
    """A series whose first meeting is the last one in time for a notice, never on a weekend or a bank holiday.

    `by` is the deadline's day (inclusive), today or later. ValueError for a period or a count of nothing.
    """
    first = max(working_day_on_or_before(by), today)
    because = f"the notice asks for a board by {by.day} {by:%B}"
    if first != by:
        because = f"{because}, which is no working day"
    return [
        Proposal(first, by, because),
        *(series(last=first, every=every, count=count - 1) if count > 1 else ()),
    ]


def _next(last: dt.date, every: Period, weekday: int) -> Proposal:
    limit = every.after(last)
    usual = limit - dt.timedelta(days=(limit.weekday() - weekday) % _WEEK)
    if usual <= last:  # less than a week apart: the weekday cannot be kept
        usual = limit
    day = working_day_on_or_before(usual)
    if day <= last:
        day = limit
    return Proposal(day, limit, _why(day, usual, limit))


def _why(day: dt.date, usual: dt.date, limit: dt.date) -> str:
    if day != usual:
        name = bank_holiday(usual)
        what = f"is {name}" if name else f"is a {WEEKDAYS[usual.weekday()]}"
        return f"{usual.day} {usual:%B} {what}; moved earlier"
    if day != limit:
        return f"the usual {WEEKDAYS[day.weekday()]}, as {limit.day} {limit:%B} would be too late to wait for"
    return "" if is_working_day(day) else "no working day is left before the limit"
