"""One pace after another: "monthly for three months and quarterly thereafter"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deadlines.months import NO_TIME, Period, month_end
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import ByEndOfMonth, InMonth, OnDate
from notices.reader.mention import Mention, period_of

NOTICE = Anchor("notice_issued")
_ENDS = ("first", "lasting", "until_day")
_NEXT = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """An interval that the words name, what it counts from, and how long it holds or up to when."""

    mention: Mention
    since: Anchor
    lasting: Period | None = None
    end: Anchor | None = None

    @property
    def over(self) -> Anchor | None:
        """When it gives way to the next one; None where the words do not say."""
        return self.end or (_later(self.since, self.lasting) if self.lasting else None)


def paces_of(times: Sequence[Mention]) -> list[Pace]:
    """The intervals in their order, each counted from the end of the one before it where that has an end."""
    intervals = [one for one in times if one.kind in ("every", "times")]
    found: list[Pace] = []
    for place, mention in enumerate(intervals):
        following = intervals[place + 1].start if place + 1 < len(intervals) else None
        since = found[-1].over if found and found[-1].over else _since(mention, times)
        found.append(_bounded(Pace(mention, since), times, place, following))
    return found


def is_followed(times: Sequence[Mention]) -> bool:
    """Whether the words say that one interval follows another: "then", "thereafter"."""
    return any(one.kind == "thereafter" for one in times)


def _bounded(pace: Pace, times: Sequence[Mention], place: int, following: int | None) -> Pace:
    """The pace with its end: after the interval and before the next one, or before the first of all."""
    start = pace.mention.start if place else 0
    ends = [
        one
        for one in times
        if one.kind in _ENDS
        and start <= one.start
        and (following is None or one.start < following)
        and (one.kind != "lasting" or 0 <= one.start - pace.mention.end < _NEXT)
    ]
    if not ends:
        return pace
    if ends[0].kind == "until_day":
        return replace(pace, end=ends[0].anchor)
    return replace(pace, lasting=ends[0].period)


def _since(mention: Mention, times: Sequence[Mention]) -> Anchor:
    """What an interval counts from: the date or time that it goes on from "thereafter", else the notice."""
    before = [one for one in times if one.start < mention.start and is_followed(times)]
    return next((since for one in reversed(before) if (since := starting(one))), NOTICE)


def starting(mention: Mention) -> Anchor | None:
    """The day that a date or a time within something names, as what later ones count from."""
    schedule = mention.schedule
    if mention.kind == "since":
        return mention.anchor
    if mention.kind == "opens":
        return _later(mention.anchor or NOTICE, period_of(mention.target.split()[-1], mention.unit))
    if mention.kind == "within" and mention.anchor and mention.period:
        return _later(mention.anchor, mention.period)
    if isinstance(schedule, OnDate):
        return Anchor(on=schedule.on)
    if isinstance(schedule, InMonth | ByEndOfMonth):
        return Anchor(on=month_end(schedule.year, schedule.month))
    return None


def _later(anchor: Anchor, period: Period) -> Anchor | None:
    """The anchor a period later; None where working days and others cannot be put together."""
    one = anchor.after
    if one == NO_TIME:
        return replace(anchor, after=period)
    if one.working_days or period.working_days:
        return None
    return replace(anchor, after=Period(months=one.months + period.months, days=one.days + period.days))
