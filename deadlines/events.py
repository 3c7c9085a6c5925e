"""What deadlines rest on: dated events, and what the Department has agreed to vary."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deadlines.kinds import words
from deadlines.months import Period
from deadlines.sentences import day_in_words, every


class Status(StrEnum):
    """How far an event has come. Only what happened counts; what is planned is forecast from."""

    PLANNED = "planned"
    HAPPENED = "happened"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact. Rows with the same `key` are one event's history: the one recorded last holds.

    `which` tells boards and reports apart; `counts` is False for a meeting that is not the notice's (an
    inquorate or extraordinary one says so itself); `on_request` and `resets` belong to a review held on
    request, which says whether it starts the interval again; `wanted_by` is the day a request names.
    """

    kind: str
    on: date
    status: Status = Status.HAPPENED
    which: str = ""
    counts: bool = True
    on_request: bool = False
    resets: bool = True
    amount: float = 0
    wanted_by: date | None = None
    recorded_at: datetime | None = None
    key: str = ""

    @property
    def name(self) -> str:
        """The event in a sentence: "the board of 14 July 2015"; one that has not happened says so."""
        planned = " (planned)" if self.status is Status.PLANNED else ""
        return words(self.kind).dated.format(day_in_words(self.on)) + planned


@dataclass(frozen=True, slots=True)
class Variation:
    """Something the Department agreed on a day, with its letter:
    a new frequency, or one gap (both days included).

    `target` is a kind of event ("board_held"), one of them ("board_held:improvement"), or an obligation's
    key. A frequency may be agreed for a later day, `from_on`: it counts from then, else from the day it was agreed.
    ValueError unless it gives exactly one of a frequency and a gap, the gap not ending before it begins.
    """

    agreed_on: date
    target: str
    period: Period | None = None
    gap_from: date | None = None
    gap_to: date | None = None
    letter: str = ""
    recorded_at: datetime | None = None
    from_on: date | None = None

    def __post_init__(self) -> None:
        gap = self.gap_from is not None and self.gap_to is not None
        if gap == bool(self.period) or (self.gap_from is None) != (self.gap_to is None):
            raise ValueError("a variation is either a new frequency or a gap with its first and last day")
        if self.gap_from and self.gap_to and self.gap_to < self.gap_from:
            raise ValueError("a gap cannot end before it begins")

    @property
    def name(self) -> str:
        """The agreement in a sentence, with its day."""
        agreed = f"the agreement of {day_in_words(self.agreed_on)}"
        if self.gap_from and self.gap_to:
            return f"{agreed} to a gap from {day_in_words(self.gap_from)} to {day_in_words(self.gap_to)}"
        later = f" from {day_in_words(self.counts_from)}" if self.counts_from > self.agreed_on else ""
        return f"{agreed} to {every(self.period)}{later}"

    @property
    def counts_from(self) -> date:
        """The first day on which it holds."""
        return max(self.agreed_on, self.from_on or self.agreed_on)

    def covers(self, day: date) -> bool:
        """Whether this is a gap with `day` in it, agreed on or before that day."""
        return bool(
            self.gap_from and self.gap_to and self.gap_from <= day <= self.gap_to and self.agreed_on <= day
        )


@dataclass(frozen=True, slots=True)
class Happening:
    """Which events a schedule counts: of a kind, `which` one of them (empty: any).

    Events before the notice do not count unless the clause says so (`before_notice`).
    """

    kind: str
    which: str = ""
    before_notice: bool = False

    @property
    def noun(self) -> str:
        """One of them: "board"."""
        return words(self.kind).noun

    @property
    def plural(self) -> str:
        """Several of them: "boards"."""
        return words(self.kind).plural

    def targets(self) -> frozenset[str]:
        """The targets of variations that bear on these events."""
        return frozenset({self.kind, f"{self.kind}:{self.which}"} if self.which else {self.kind})
