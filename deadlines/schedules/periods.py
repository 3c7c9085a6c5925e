"""Schedules that count a period from an anchor: once, from then on, or again and again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import ClassVar

from deadlines.events import Happening
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.occurrence import Fact, Occurrence
from deadlines.pace import Step, steps
from deadlines.schedules.base import Anchor, AnchorPoint, Schedule, named
from deadlines.sentences import count_in_words, day_in_words, every, opened, ordinal


@dataclass(frozen=True, slots=True)
class Within(Schedule):
    """Within a period of an anchor, the last day included."""

    kind: ClassVar[str] = "within"
    period: Period
    anchor: Anchor

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """Once, by the period's last day (Salford: within two months; Manchester 13: within 18 months)."""
        point = self.anchor.find(facts)
        if point is None or (due := self.period.after(point.on)) > horizon:
            return ()
        because = f"{opened(str(self.period))} after {point.name}." if self.period else f"By {point.name}."
        return (Occurrence(due, because, point.facts, firm=point.firm),)

    def bounded(self) -> bool:
        """It comes once."""
        return True

    def sentence(self) -> str:
        """Such as "within two months of the notice"."""
        return f"within {self.period} of {self.anchor.noun}" if self.period else f"by {self.anchor.noun}"

    def watches(self) -> frozenset[str]:
        """The anchor's kind."""
        return self.anchor.watches()

    def waits_for(self, facts: Facts) -> str | None:
        """What there is to count from is not recorded."""
        return self.anchor.missing(facts)


@dataclass(frozen=True, slots=True)
class OnOrAfter(Schedule):
    """On or after an anchor plus a period. It opens then; it is late only past an agreed `tolerance`."""

    kind: ClassVar[str] = "on_or_after"
    period: Period
    anchor: Anchor
    tolerance: Period | None = None

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """Once: "after six months" opens then and is no time limit (issue 5, item 3)."""
        point = self.anchor.find(facts)
        if point is None:
            return ()
        opens = self.period.after(point.on)
        due = self.tolerance.after(opens) if self.tolerance else opens
        if due > horizon:
            return ()
        because = f"It opens on {day_in_words(opens)}, {self.period} after {point.name}; {self._limit(due)}."
        open_ended = self.tolerance is None
        return (
            Occurrence(due, because, point.facts, window_from=opens, firm=point.firm, open_ended=open_ended),
        )

    def _limit(self, due: date) -> str:
        if self.tolerance is None:
            return "no day is agreed after which it is late"
        return f"it is late after {day_in_words(due)}, past the {self.tolerance} agreed"

    def bounded(self) -> bool:
        """It comes once."""
        return True

    def sentence(self) -> str:
        """Such as "after six months from the notice"."""
        tolerance = f", and at most {self.tolerance} later" if self.tolerance else ""
        return f"after {self.period} from {self.anchor.noun}{tolerance}"

    def watches(self) -> frozenset[str]:
        """The anchor's kind."""
        return self.anchor.watches()

    def waits_for(self, facts: Facts) -> str | None:
        """What there is to count from is not recorded."""
        return self.anchor.missing(facts)


@dataclass(frozen=True, slots=True)
class EveryPeriod(Schedule):
    """Every period from an anchor, a number of `times` or until the notice ends.
    ValueError for no time or no times.
    """

    kind: ClassVar[str] = "every_period"
    period: Period
    anchor: Anchor
    times: int | None = None
    until: Happening | None = None

    def __post_init__(self) -> None:
        if not self.period or (self.times is not None and self.times < 1):
            raise ValueError("a recurring schedule needs a period and at least one time")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """At each step from the anchor, shortened months and all; steps before the notice are left out."""
        point = self.anchor.find(facts)
        if point is None:
            return ()
        end = self._end(facts, horizon)
        found = []
        for number, step in self._steps(point, facts):
            if step.on > end:
                break
            if facts.starts_on is None or step.on >= facts.starts_on:
                found.append(self._occurrence(number, step, point))
        return tuple(found)

    def _steps(self, point: AnchorPoint, facts: Facts) -> Iterator[tuple[int, Step]]:
        return enumerate(islice(steps(point.on, self.period, facts.agreed()), self.times), start=1)

    def _end(self, facts: Facts, horizon: date) -> date:
        ends = facts.held(self.until) if self.until else ()
        return min(horizon, ends[0].on) if ends else horizon

    def _occurrence(self, number: int, step: Step, point: AnchorPoint) -> Occurrence:
        because = f"The {ordinal(number)} time, {every(self.period)} from {point.name}"
        rests: tuple[Fact, ...] = (*point.facts, *step.agreed)
        if step.agreed:
            because += f", by {named(step.agreed)}"
        return Occurrence(step.on, because + ".", rests, firm=point.firm)

    def sentence(self) -> str:
        """Such as "every six months from the notice until the lifting of the notice"."""
        times = f", {count_in_words(self.times)} times" if self.times else ""
        until = f" until {self.until.noun}" if self.until else ""
        return f"{every(self.period)} from {self.anchor.noun}{times}{until}"

    def watches(self) -> frozenset[str]:
        """The anchor's kind and that of the end."""
        return self.anchor.watches() | ({self.until.kind} if self.until else frozenset())

    def waits_for(self, facts: Facts) -> str | None:
        """What there is to count from is not recorded."""
        return self.anchor.missing(facts)
