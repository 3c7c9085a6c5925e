"""Schedules that ask for so many happenings, or so much of something, in each stretch of months."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import ClassVar

from deadlines.events import Event, Happening, Variation
from deadlines.facts import Facts
from deadlines.months import Period, add_months
from deadlines.occurrence import Fact, Occurrence
from deadlines.pace import steps
from deadlines.schedules.base import Anchor, AnchorPoint, Schedule, named
from deadlines.schedules.happenings import NoLongerThan
from deadlines.sentences import count_in_words, counted, day_in_words, month_in_words, opened

_NO_PACE = Period(months=12)
"""Longer than any month: between two happenings nothing else than an agreed frequency asks for one."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of days, both included, with its name."""

    first: date
    last: date
    name: str


def _calendar_months(point: AnchorPoint) -> Iterator[_Stretch]:
    """Whole calendar months from the anchor on: the month it falls in only when it falls on the first."""
    first = point.on.replace(day=1) if point.on.day == 1 else add_months(point.on.replace(day=1), 1)
    while True:
        following = add_months(first, 1)
        yield _Stretch(first, following - timedelta(days=1), month_in_words(first.year, first.month))
        first = following


def _months_from(point: AnchorPoint) -> Iterator[_Stretch]:
    """Months counted from the anchor: each ends on the corresponding day, which belongs to it."""
    first = point.on
    for step in steps(point.on, Period(months=1)):
        yield _Stretch(first, step.on, f"the month from {day_in_words(first)} to {day_in_words(step.on)}")
        first = step.on + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AtLeastInEachMonth(Schedule):
    """At least `count` happenings in each calendar month, or (not `calendar`) in each month from the anchor.

    "On a monthly basis" is so read: 7 September, then 12 October complies (design). `times` bounds it.
    ValueError for a count or times below one.
    """

    kind: ClassVar[str] = "at_least_in_each_month"
    count: int
    of: Happening
    anchor: Anchor
    times: int | None = None
    calendar: bool = True

    def __post_init__(self) -> None:
        if self.count < 1 or (self.times is not None and self.times < 1):
            raise ValueError("at least one happening, at least one time")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """By the last day of each month, met by its happenings;
        a month that an agreed gap ends in is left out.

        Once another frequency is agreed, months not yet over on that day give way to it.
        """
        point = self.anchor.find(facts)
        if point is None:
            return ()
        agreed = facts.agreed(self.of)
        change = next((variation for variation in agreed if variation.period), None)
        gaps = [variation for variation in agreed if not variation.period]
        found: list[Occurrence] = []
        for stretch in self._stretches(point):
            if stretch.last > horizon or (change and stretch.last >= change.counts_from):
                break
            if not any(gap.covers(stretch.last) for gap in gaps):
                found.append(self._occurrence(stretch, point, facts))
        return (*found, *(self._varied(facts, horizon, change) if change else ()))

    def _stretches(self, point: AnchorPoint) -> Iterator[_Stretch]:
        stretches = _calendar_months(point) if self.calendar else _months_from(point)
        for number, stretch in enumerate(stretches):
            if self.times is not None and number >= self.times:
                return
            yield stretch

    def _occurrence(self, stretch: _Stretch, point: AnchorPoint, facts: Facts) -> Occurrence:
        inside = _inside(facts.held(self.of), stretch)
        done = inside[self.count - 1] if len(inside) >= self.count else None
        because = f"{opened(self._amount())} in {stretch.name}, counted from {point.name}"
        counted_events = inside[: self.count]
        if counted_events:
            because += f"; {named(counted_events)}"
        rests = tuple(dict.fromkeys((*point.facts, *counted_events)))
        return Occurrence(stretch.last, f"{because}.", rests, stretch.first, firm=point.firm, held=done)

    def _varied(self, facts: Facts, horizon: date, change: Variation) -> tuple[Occurrence, ...]:
        """The agreed frequency instead: as long as it says between two, history judged by months."""
        since = change.counts_from
        gaps = NoLongerThan(_NO_PACE, self.of, self.anchor).due(facts, _NO_PACE.after(horizon))
        return tuple(
            gap for gap in gaps if since <= gap.due <= horizon and (gap.held is None or gap.held.on > since)
        )

    def _amount(self) -> str:
        return f"at least {counted(self.count, self.of.noun, self.of.plural)}"

    def sentence(self) -> str:
        """Such as "at least one board in each calendar month, from the notice"."""
        months = "calendar month" if self.calendar else "month"
        times = f" for {counted(self.times, 'month')}" if self.times else ""
        return f"{self._amount()} in each {months}{times}, from {self.anchor.noun}"

    def watches(self) -> frozenset[str]:
        """The happenings, the anchor, and the notice from which they count."""
        return self.anchor.watches() | {self.of.kind, "notice_issued"}

    def waits_for(self, facts: Facts) -> str | None:
        """What there is to count from is not recorded."""
        return self.anchor.missing(facts)


@dataclass(frozen=True, slots=True)
class AmountInEachMonth(Schedule):
    """An amount of something in each calendar month, summed over the events that provide it.

    Provision is asked for, not use: "at least 2 days every month" to be provided (Manchester 3d); using
    fewer is no breach, so only events that provide are summed. ValueError unless the amount is positive.
    """

    kind: ClassVar[str] = "amount_in_each_month"
    amount: float
    unit: str
    of: Happening
    anchor: Anchor

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("the amount must be more than nothing")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """By the last day of each whole calendar month from the anchor, met when the sum reaches the
        amount.
        """
        point = self.anchor.find(facts)
        if point is None:
            return ()
        found = []
        for stretch in _calendar_months(point):
            if stretch.last > horizon:
                break
            found.append(self._occurrence(stretch, point, facts))
        return tuple(found)

    def _occurrence(self, stretch: _Stretch, point: AnchorPoint, facts: Facts) -> Occurrence:
        inside = _inside(facts.held(self.of), stretch)
        sums = accumulate(event.amount for event in inside)
        done = next((event for event, total in zip(inside, sums, strict=True) if total >= self.amount), None)
        because = f"{opened(self._wanted())} in {stretch.name}, counted from {point.name}"
        if inside:
            because += f"; {named(inside)}"
        rests: tuple[Fact, ...] = tuple(dict.fromkeys((*point.facts, *inside)))
        return Occurrence(stretch.last, f"{because}.", rests, stretch.first, firm=point.firm, held=done)

    def _wanted(self) -> str:
        whole = self.amount == int(self.amount)
        return f"at least {count_in_words(int(self.amount)) if whole else self.amount} {self.unit}"

    def sentence(self) -> str:
        """Such as "at least two days in each calendar month, from the notice"."""
        return f"{self._wanted()} in each calendar month, from {self.anchor.noun}"

    def watches(self) -> frozenset[str]:
        """What provides it, the anchor, and the notice from which events count."""
        return self.anchor.watches() | {self.of.kind, "notice_issued"}

    def waits_for(self, facts: Facts) -> str | None:
        """What there is to count from is not recorded."""
        return self.anchor.missing(facts)


def _inside(events: Sequence[Event], stretch: _Stretch) -> tuple[Event, ...]:
    return tuple(event for event in events if stretch.first <= event.on <= stretch.last)
