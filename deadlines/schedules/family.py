"""The members of the family: a schedule that is not here cannot be stored or read."""

from deadlines.schedules.base import Schedule
from deadlines.schedules.calendar import ByCalendar
from deadlines.schedules.counts import AmountInEachMonth, AtLeastInEachMonth
from deadlines.schedules.dates import Between, ByEndOfMonth, InMonth, OnDate
from deadlines.schedules.happenings import EveryNth, NoLongerThan, WithEach
from deadlines.schedules.linked import AtLastBefore, Before
from deadlines.schedules.open import NotYetAgreed, OnlyOnce, OnRequest, OnWorkingDay, Standing, Together, UpTo
from deadlines.schedules.periods import EveryPeriod, OnOrAfter, Within

__all__ = [
    "FAMILY",
    "AmountInEachMonth",
    "AtLastBefore",
    "AtLeastInEachMonth",
    "Before",
    "Between",
    "ByCalendar",
    "ByEndOfMonth",
    "EveryNth",
    "EveryPeriod",
    "InMonth",
    "NoLongerThan",
    "NotYetAgreed",
    "OnDate",
    "OnOrAfter",
    "OnRequest",
    "OnWorkingDay",
    "OnlyOnce",
    "Schedule",
    "Standing",
    "Together",
    "UpTo",
    "WithEach",
    "Within",
]

FAMILY: dict[str, type[Schedule]] = {
    member.kind: member
    for member in (
        OnDate, InMonth, ByEndOfMonth, Between,
        Within, OnOrAfter, EveryPeriod, ByCalendar,
        NoLongerThan, WithEach, EveryNth,
        AtLeastInEachMonth, AmountInEachMonth,
        Before, AtLastBefore,
        Standing, NotYetAgreed, OnlyOnce, OnRequest, Together, UpTo, OnWorkingDay,
    )
}  # fmt: skip
