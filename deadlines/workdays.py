"""Working days and bank holidays of England. They are advice:
no legal date moves unless its schedule says so.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from deadlines.sentences import WEEKDAYS, day_in_words

_SATURDAY = 5


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=[year], expand=False))


def bank_holiday(day: date) -> str | None:
    """The name of the English bank holiday on that day, or None. Source: the `holidays` library, GB-ENG."""
    return _bank_holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Whether a day is neither Saturday, Sunday nor an English bank holiday."""
    return day.weekday() < _SATURDAY and bank_holiday(day) is None


def working_day_on_or_before(day: date) -> date:
    """The last working day up to `day`, `day` included."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_day_on_or_after(day: date) -> date:
    """The first working day from `day`, `day` included."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it when negative);
    `day` itself is not counted.
    """
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def advice(due: date) -> str | None:
    """What to know when a deadline is no working day, or None. It advises and never moves the date."""
    if is_working_day(due):
        return None
    name = bank_holiday(due)
    weekday = WEEKDAYS[due.weekday()]
    what = f"{weekday}, {name}" if name else f"a {weekday}"
    before = working_day_on_or_before(due)
    return (
        f"{day_in_words(due)} is {what}. The deadline stands; "
        f"the last working day before it is {WEEKDAYS[before.weekday()]} {day_in_words(before)}."
    )
