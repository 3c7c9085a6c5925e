"""The members of the family: a schedule that is not here cannot be stored or read."""

from deadlines.months import Period
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
    "cadence_of",
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


def cadence_of(schedule: Schedule, kind: str) -> Period | None:
    """How often a schedule asks for happenings of a kind, by the first of its parts that does; None for no other."""
    if isinstance(schedule, Together):
        return next(filter(None, (cadence_of(part, kind) for part in schedule.parts)), None)
    if isinstance(schedule, UpTo):
        return cadence_of(schedule.schedule, kind)
    if isinstance(schedule, NoLongerThan) and schedule.of.kind == kind:
        return schedule.period
    return Period(months=1) if isinstance(schedule, AtLeastInEachMonth) and schedule.of.kind == kind else None
