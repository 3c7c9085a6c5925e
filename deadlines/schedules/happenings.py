"""Schedules that happenings drive: the longest gap between two, with each one, every n-th."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import ClassVar

from deadlines.events import Event, Happening, Status, Variation
from deadlines.facts import Facts
from deadlines.months import NO_TIME, Period
from deadlines.occurrence import Fact, Occurrence
from deadlines.pace import Coming, coming, steps
from deadlines.schedules.base import Anchor, Link, Schedule, named
from deadlines.sentences import day_in_words, every, listed, opened, ordinal


@dataclass(frozen=True, slots=True)
class _From:
    """What a gap is measured from: a day, its name, the facts, and whether it is certain."""

    on: date
    name: str
    facts: tuple[Fact, ...]
    firm: bool


@dataclass(frozen=True, slots=True)
class NoLongerThan(Schedule):
    """No longer than a period between two happenings, the first counted from the anchor.
    ValueError for no time.

    Counts from what really happened (issue 5: "at least every"): each one starts the period again, unless
    it was held on request and does not reset it. `before_notice` on the happening starts from the last one
    held before the anchor instead; `lasting` bounds it ("for the first twelve months").
    """

    kind: ClassVar[str] = "no_longer_than"
    period: Period
    of: Happening
    anchor: Anchor
    lasting: Period | None = None

    def __post_init__(self) -> None:
        if not self.period:
            raise ValueError("the gap between two happenings cannot be of no time")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """One after each happening, met by the next; after the last it is firm, after a plan a forecast."""
        point = self.anchor.find(facts) if self.lasting else None
        last = min(horizon, self.lasting.after(point.on)) if self.lasting and point else horizon
        return tuple(takewhile(lambda occurrence: occurrence.due <= last, self._gaps(facts)))

    def _gaps(self, facts: Facts) -> Iterator[Occurrence]:
        events = [event for event in (*facts.held(self.of), *facts.planned(self.of)) if event.resets]
        start = self._start(facts, events)
        if start is None:
            return
        agreed = facts.agreed(self.of)
        for event in events:
            if event.on > start.on or (event.on == start.on and event not in start.facts):
                yield self._gap(start, agreed, event)
                start = _From(event.on, event.name, (event,), event.status is Status.HAPPENED)
        pending = self._gap(start, agreed, None)
        yield pending
        yield from self._forecast(start, agreed)

    def _start(self, facts: Facts, events: Sequence[Event]) -> _From | None:
        point = self.anchor.find(facts)
        if point is None:
            first = events[0] if events else None
            return _From(first.on, first.name, (first,), first.status is Status.HAPPENED) if first else None
        earlier = [event for event in events if event.on <= point.on] if self.of.before_notice else []
        if earlier:
            return _From(earlier[-1].on, earlier[-1].name, (earlier[-1],), firm=True)
        return _From(point.on, point.name, point.facts, point.firm)

    def _gap(self, start: _From, agreed: Sequence[Variation], event: Event | None) -> Occurrence:
        # what was agreed once the next one had been held came too late to move this deadline
        held = event if event is not None and event.status is Status.HAPPENED else None
        in_time = [variation for variation in agreed if held is None or variation.counts_from < held.on]
        step = next(steps(start.on, self.period, in_time))
        because = f"At most {_pace(self.period, step.agreed)} after {start.name}"
        if step.agreed:
            because += f", by {named(step.agreed)}"
        return Occurrence(step.on, f"{because}.", (*start.facts, *step.agreed), firm=start.firm, held=event)

    def _forecast(self, start: _From, agreed: Sequence[Variation]) -> Iterator[Occurrence]:
        """After the pending deadline: the latest days, if each is held on its last day."""
        for number, step in enumerate(steps(start.on, self.period, agreed), start=1):
            if number > 1:
                because = f"Forecast at {_pace(self.period, step.agreed)} from {start.name}"
                if step.agreed:
                    because += f", by {named(step.agreed)}"
                yield Occurrence(step.on, f"{because}.", (*start.facts, *step.agreed), firm=False)

    def sentence(self) -> str:
        """Such as "at least one board every four weeks, from the notice"."""
        lasting = f" for {self.lasting}" if self.lasting else ""
        return f"at least one {self.of.noun} {every(self.period)}{lasting}, from {self.anchor.noun}"

    def watches(self) -> frozenset[str]:
        """The happenings, the anchor, and the notice that they count from."""
        return self.anchor.watches() | {self.of.kind, "notice_issued"}

    def waits_for(self, facts: Facts) -> str | None:
        """There is nothing to count from, and nothing has happened."""
        return None if facts.held(self.of) else self.anchor.missing(facts)


def _pace(period: Period, agreed: Sequence[Variation]) -> str:
    """The period in words: the one agreed last, else the notice's."""
    return str(next((variation.period for variation in agreed if variation.period), period))


@dataclass(frozen=True, slots=True)
class WithEach(Schedule):
    """With each happening, or `after` a period from it. `cadence` foresees those neither held nor planned."""

    kind: ClassVar[str] = "with_each"
    of: Happening
    cadence: Period | None = None
    after: Period = NO_TIME

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """One for each, firm once it happened (Manchester 6b: to the board, each meeting)."""
        found = []
        for seen in coming(self.of, self.cadence, facts):
            if seen.on > horizon:
                break
            due = self.after.after(seen.on)
            if due <= horizon:
                found.append(self._occurrence(seen, due))
        return tuple(found)

    def _occurrence(self, seen: Coming, due: date) -> Occurrence:
        lag = f"{self.after} after" if self.after else "with"
        event = seen.event
        if event is not None:
            firm = event.status is Status.HAPPENED
            return Occurrence(due, f"{opened(lag)} {event.name}.", (event,), firm=firm)
        rests = _foreseen_from([seen])
        what = f"a {self.of.noun} expected on {day_in_words(seen.on)}"
        return Occurrence(due, f"{opened(lag)} {what}{_reckoned(rests)}.", rests, firm=False)

    def sentence(self) -> str:
        """Such as "with each board"."""
        return f"{self.after} after each {self.of.noun}" if self.after else f"with each {self.of.noun}"

    def watches(self) -> frozenset[str]:
        """The happenings, and the notice from which they count."""
        return frozenset({self.of.kind, "notice_issued"})


def _foreseen_from(seen: Sequence[Coming]) -> tuple[Fact, ...]:
    """The facts that foreseen happenings rest on: the last event known, and what was agreed."""
    facts: list[Fact] = []
    for one in seen:
        if one.event is None:
            rests: list[Fact] = [one.after] if one.after else []
            facts += [fact for fact in (*rests, *one.agreed) if fact not in facts]
    return tuple(facts)


def _reckoned(facts: Sequence[Fact]) -> str:
    return f", reckoned from {named(facts)}" if facts else ""


@dataclass(frozen=True, slots=True)
class EveryNth(Schedule):
    """Every n-th happening, counted after the previous occurrence's deadline, after a `first` occurrence.

    Without a `first` one, counting begins with the notice.
    `days_allowed` is what was agreed for a report that rests on the n-th happening (design: default 0).
    ValueError for n below one, negative days, or a `first` that recurs.
    """

    kind: ClassVar[str] = "every_nth"
    n: int
    of: Happening
    first: Schedule | None = None
    cadence: Period | None = None
    days_allowed: int = 0

    def __post_init__(self) -> None:
        if self.n < 1 or self.days_allowed < 0:
            raise ValueError("an n-th happening needs n of one or more, and days allowed of none or more")
        if self.first is not None and not self.first.bounded():
            raise ValueError("what comes first must come once, not again and again")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """First the `first`, then the day of each n-th happening since the last deadline (Manchester 14)."""
        found = list(self.first.due(facts, date.max)) if self.first else []
        previous = found[-1] if found else self._begun(facts)
        if previous is None:
            return ()
        batch: list[Coming] = []
        for seen in coming(self.of, self.cadence, facts):
            if seen.on > horizon:
                break
            if seen.on <= previous.due:
                continue
            batch.append(seen)
            if len(batch) == self.n:
                previous = self._occurrence(batch, previous)
                found.append(previous)
                batch = []
        return tuple(occurrence for occurrence in found if occurrence.due <= horizon)

    def _begun(self, facts: Facts) -> Occurrence | None:
        """What counting begins with where nothing comes first: the notice itself."""
        issued = facts.issued if self.first is None else None
        return Occurrence(issued.on, issued.name, (issued,)) if issued else None

    def _occurrence(self, batch: Sequence[Coming], previous: Occurrence) -> Occurrence:
        held = all(seen.event is not None and seen.event.status is Status.HAPPENED for seen in batch)
        events: tuple[Fact, ...] = tuple(seen.event for seen in batch if seen.event)
        foreseen = _foreseen_from(batch)
        rests = tuple(dict.fromkeys((*events, *foreseen)))
        due = Period(days=self.days_allowed).after(batch[-1].on)
        parts = [
            seen.event.name if seen.event else f"one expected on {day_in_words(seen.on)}" for seen in batch
        ]
        reckoned = _reckoned(foreseen) if any(seen.event is None for seen in batch) else ""
        allowed = f"{Period(days=self.days_allowed)} after the " if self.days_allowed else "The "
        counted_from = f"{ordinal(self.n)} {self.of.noun} after {day_in_words(previous.due)}"
        because = f"{opened(allowed)}{counted_from}: {listed(parts)}{reckoned}."
        return Occurrence(due, because, rests, firm=held and previous.firm)

    def sentence(self) -> str:
        """Such as "in May 2015, and with every third board thereafter"."""
        allowed = f", {Period(days=self.days_allowed)} allowed" if self.days_allowed else ""
        every = f"with every {ordinal(self.n)} {self.of.noun}"
        return (
            f"{self.first.sentence()}, and {every} thereafter{allowed}" if self.first else f"{every}{allowed}"
        )

    def watches(self) -> frozenset[str]:
        """The happenings, what the first one watches, and the notice from which they count."""
        return (self.first.watches() if self.first else frozenset()) | {self.of.kind, "notice_issued"}

    def links(self) -> tuple[Link, ...]:
        """What the first one counts from."""
        return self.first.links() if self.first else ()

    def waits_for(self, facts: Facts) -> str | None:
        """What the first one waits for."""
        if self.first is None:
            return None if facts.issued else "The date of the notice is not recorded."
        return self.first.waits_for(facts)
