"""What every schedule is, and the anchors that schedules count from."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from deadlines.events import Happening, Status
from deadlines.facts import Facts
from deadlines.kinds import words
from deadlines.months import NO_TIME, Period
from deadlines.occurrence import Fact, Occurrence
from deadlines.sentences import day_in_words, listed


@dataclass(frozen=True, slots=True)
class Link:
    """Another obligation that a schedule looks at, and how far past the horizon it must know of it."""

    obligation: str
    reach: Period = NO_TIME


class Schedule(ABC):
    """When an obligation falls due. Frozen, comparable, and serialised by `codec` under its `kind`."""

    __slots__ = ()
    kind: ClassVar[str]

    @abstractmethod
    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """The occurrences due up to `horizon` (included), earliest first.
        The same facts give the same ones.
        """

    @abstractmethod
    def sentence(self) -> str:
        """The schedule in plain English, to be read after the obligation: "every six months until ..."."""

    def bounded(self) -> bool:
        """Whether it gives a known number of occurrences, so that others may follow the last of them."""
        return False

    def watches(self) -> frozenset[str]:
        """The kinds of event that its own dates rest on; those of linked obligations are not repeated."""
        return frozenset()

    def links(self) -> tuple[Link, ...]:
        """The obligations whose deadlines it counts from."""
        return ()

    def waits_for(self, facts: Facts) -> str | None:
        """Why there is no date yet, in a sentence; None where nothing is missing."""
        return None


@dataclass(frozen=True, slots=True)
class AnchorPoint:
    """A day to count from, the fact it rests on, and whether it has happened."""

    on: date
    name: str
    facts: tuple[Fact, ...] = ()
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a schedule counts from: the first event of a kind that counts, its `last` one, or a fixed day.

    `after` a time, counting begins only then: "quarterly" after "monthly for the first three months".
    The inspection lies before the notice, so anchors look at events of any date.
    ValueError unless it has exactly one of a kind and a fixed day.
    """

    kind: str = ""
    which: str = ""
    last: bool = False
    on: date | None = None
    after: Period = NO_TIME

    def __post_init__(self) -> None:
        if bool(self.kind) == (self.on is not None):
            raise ValueError("an anchor is a kind of event or a fixed day, one of the two")

    @property
    def noun(self) -> str:
        """The anchor in a sentence: "the notice", "the last review", "three months after the notice"."""
        return self._later(self._counted)

    @property
    def _counted(self) -> str:
        if self.on is not None:
            return day_in_words(self.on)
        noun = words(self.kind).noun
        bare = noun.removeprefix("the ")
        return f"the last {bare}" if self.last else f"the {bare}"

    def _later(self, name: str) -> str:
        return f"{self.after} after {name}" if self.after else name

    def watches(self) -> frozenset[str]:
        """The kind of event it looks at."""
        return frozenset({self.kind}) if self.kind else frozenset()

    def find(self, facts: Facts) -> AnchorPoint | None:
        """The day to count from: what happened, else the first plan (not firm), else None."""
        if self.on is not None:
            return AnchorPoint(self.after.after(self.on), self.noun)
        of = Happening(self.kind, self.which, before_notice=True)
        held, planned = facts.held(of), facts.planned(of)
        if not held and not planned:
            return None
        event = (held[-1] if self.last else held[0]) if held else planned[0]
        happened = event.status is Status.HAPPENED
        return AnchorPoint(self.after.after(event.on), self._later(event.name), (event,), happened)

    def missing(self, facts: Facts) -> str | None:
        """Why there is nothing to count from yet, or None."""
        return None if self.find(facts) else f"The date of {self._counted} is not recorded."


def named(events: Iterable[Fact]) -> str:
    """Facts as a list in a sentence."""
    return listed([event.name for event in events])
