"""Steps from one happening to the next: the agreed pace, and what is still to come at that pace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.events import Event, Happening, Variation
from deadlines.facts import Facts
from deadlines.months import Period


@dataclass(frozen=True, slots=True)
class Step:
    """A day reached by stepping, with the agreements it rests on."""

    on: date
    agreed: tuple[Variation, ...] = ()


@dataclass(slots=True)
class _Walk:
    """Where stepping has got to: `count` steps of `period` from `anchor`."""

    anchor: date
    period: Period
    changes: list[Variation]
    in_force: tuple[Variation, ...] = ()
    count: int = 0

    @classmethod
    def starting(cls, start: date, period: Period, variations: Sequence[Variation]) -> "_Walk":
        changes = [variation for variation in variations if variation.period]
        earlier = [change for change in changes if change.counts_from <= start]
        later = [change for change in changes if change.counts_from > start]
        if earlier and earlier[-1].period:
            return cls(start, earlier[-1].period, later, (earlier[-1],))
        return cls(start, period, later)

    def next_after(self, previous: date) -> date:
        """The next day, by the old pace unless a new one was agreed while it was still to come."""
        self.count += 1
        day = self.period.after(self.anchor, self.count)
        while self.changes and self.changes[0].counts_from <= day:
            day = self._change(self.changes.pop(0), previous, day)
        return day

    def _change(self, change: Variation, previous: date, day: date) -> date:
        """A new pace counts from the day it was agreed, or was agreed for:
        a date it would already have missed is not asked for.
        """
        assert change.period is not None  # noqa: S101  only frequencies are kept as changes
        changed = change.period.after(previous)
        self.period, self.in_force = change.period, (change,)
        if changed >= change.counts_from:
            self.anchor, self.count = previous, 1
            return changed
        fair = min(day, change.period.after(change.counts_from))
        self.anchor, self.count = fair, 0
        return fair


def steps(start: date, period: Period, variations: Sequence[Variation] = ()) -> Iterator[Step]:
    """Days at the agreed pace, counted from `start` (not itself given), without end.

    A new frequency applies to dates not yet passed on the day it was agreed; a date inside an agreed gap is
    left out and the next one stands (design, 'The schedule engine'). ValueError for a pace of no time.
    """
    if not period:
        raise ValueError("a pace cannot be of no time")
    walk = _Walk.starting(start, period, variations)
    gaps = [variation for variation in variations if not variation.period]
    previous = start
    skipped: tuple[Variation, ...] = ()
    while True:
        day = walk.next_after(previous)
        previous = day
        gap = next((gap for gap in gaps if gap.covers(day)), None)
        if gap is not None:
            skipped = (*skipped, gap) if gap not in skipped else skipped
            continue
        yield Step(day, (*walk.in_force, *skipped))
        skipped = ()


@dataclass(frozen=True, slots=True)
class Coming:
    """A happening seen or foreseen: the event, or a day that the pace leads to from `after`."""

    on: date
    event: Event | None = None
    after: Event | None = None
    agreed: tuple[Variation, ...] = ()


def coming(of: Happening, cadence: Period | None, facts: Facts) -> Iterator[Coming]:
    """Happenings in order: those held, those planned, then days at the pace from the last of them, without
    end.

    Planned ones beat the pace: it speaks only after the last plan (design). Without a pace it ends there.
    """
    events = (*facts.held(of), *facts.planned(of))
    yield from (Coming(event.on, event) for event in events)
    after = events[-1] if events else facts.issued
    if cadence is None or after is None:
        return
    for step in steps(after.on, cadence, facts.agreed(of)):
        yield Coming(step.on, None, after, step.agreed)
