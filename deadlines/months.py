"""Periods of months and days, added the way a notice means them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from deadlines.sentences import counted
from deadlines.workdays import add_working_days

LONGEST_MONTHS = 1200
LONGEST_DAYS = 36_525


def month_end(year: int, month: int) -> date:
    """The last day of a month. ValueError when the month is not 1 to 12."""
    if not 1 <= month <= 12:  # noqa: PLR2004
        raise ValueError(f"{month} is not a month")
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier when negative), or that month's last day.

    31 August and six months is the last day of February: Interpretation practice follows the
    corresponding date rule (Dodds v Walker [1981] UKHL), which issue 5 asks for by that example.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within_reach(day: date, today: date) -> bool:
    """Whether a day is no further away than the longest period. One that is, such as the year 9999, is a slip of the
    hand, and has no days after it to step to.
    """
    return abs(day.year - today.year) * 12 <= LONGEST_MONTHS


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: calendar months and days, or working days of England alone.

    ValueError for a negative length, one over a hundred years, or working days mixed with others.
    """

    months: int = 0
    days: int = 0
    working_days: int = 0

    def __post_init__(self) -> None:
        if min(self.months, self.days, self.working_days) < 0:
            raise ValueError("a period cannot be negative")
        if self.months > LONGEST_MONTHS or max(self.days, self.working_days) > LONGEST_DAYS:
            raise ValueError("a period cannot be longer than a hundred years")
        if self.working_days and (self.months or self.days):
            raise ValueError("a period is in working days alone, or in months and days")

    @classmethod
    def weeks(cls, count: int) -> Self:
        """A period of whole weeks."""
        return cls(days=7 * count)

    def __bool__(self) -> bool:
        return bool(self.months or self.days or self.working_days)

    def after(self, anchor: date, steps: int = 1) -> date:
        """The day `steps` of this period after `anchor` (the anchor's own day is not counted).

        Steps count from the anchor, never from a shortened date: 31 August, 28 February, 31 August.
        """
        if self.working_days:
            return add_working_days(anchor, self.working_days * steps)
        return add_months(anchor, self.months * steps) + timedelta(days=self.days * steps)

    def before(self, anchor: date) -> date:
        """The day this period before `anchor`."""
        if self.working_days:
            return add_working_days(anchor, -self.working_days)
        return add_months(anchor, -self.months) - timedelta(days=self.days)

    def __str__(self) -> str:
        if self.working_days:
            return counted(self.working_days, "working day")
        parts = []
        if self.months:
            years, months = divmod(self.months, 12)
            whole_years = years > 1 and not months
            parts.append(counted(years, "year") if whole_years else counted(self.months, "month"))
        if self.days:
            weeks, days = divmod(self.days, 7)
            parts.append(counted(self.days, "day") if days else counted(weeks, "week"))
        return " and ".join(parts) or "no time"


NO_TIME = Period()
