"""Schedules that count from another obligation's deadlines."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from deadlines.events import Happening, Status
from deadlines.facts import Facts
from deadlines.months import NO_TIME, Period
from deadlines.occurrence import Fact, Occurrence, Resting
from deadlines.pace import Coming, coming
from deadlines.schedules.base import Link, Schedule, named
from deadlines.sentences import day_in_words, opened

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Before(Schedule):
    """A lead time before each occurrence of another obligation: a week before the review; before the review.

    `lead` of no time is on the day itself, or the day before it when `strictly` ("prior to"). Counts from the
    day the thing is held or planned for, else from its deadline; with `of_deadline` always from the deadline
    ("alongside the report"). `what` names one occurrence: "the review".
    """

    kind: ClassVar[str] = "before"
    obligation: str
    what: str
    lead: Period = NO_TIME
    strictly: bool = False
    of_deadline: bool = False

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """One for each of the other's, a forecast while the other is still to be held (Manchester 10, 17)."""
        # a review that both its interval and a request ask for is one review, and owes one report
        found = dict.fromkeys(self._occurrence(other) for other in facts.deadlines.get(self.obligation, ()))
        return tuple(sorted((one for one in found if one.due <= horizon), key=lambda one: one.due))

    def _occurrence(self, other: Occurrence) -> Occurrence:
        held = None if self.of_deadline else other.held
        day = held.on if held else other.due
        rest: Fact = held or Resting(self.obligation, other.due, self.what)
        firm = held.status is Status.HAPPENED if held else self.of_deadline and other.firm
        forecast = "" if firm else " (forecast)"
        return Occurrence(
            self._lead(day), f"{opened(self._words())} {rest.name}{forecast}.", (rest,), firm=firm
        )

    def _lead(self, day: date) -> date:
        due = self.lead.before(day)
        return due - _A_DAY if self.strictly and not self.lead else due

    def _words(self) -> str:
        if self.lead:
            return f"{self.lead} before"
        return "before" if self.strictly else "with"

    def sentence(self) -> str:
        """Such as "one week before each review"."""
        return f"{self._words()} each {self.what.removeprefix('the ')}"

    def links(self) -> tuple[Link, ...]:
        """The other obligation, known one lead time (and a day) past the horizon."""
        lead = self.lead
        return (
            Link(self.obligation, Period(months=lead.months, days=lead.days + 2 * lead.working_days + 1)),
        )

    def waits_for(self, facts: Facts) -> str | None:
        """The other obligation has no dates."""
        return None if facts.deadlines.get(self.obligation) else f"It waits for a date for {self.what}."


@dataclass(frozen=True, slots=True)
class AtLastBefore(Schedule):
    """At the last happening on or before each deadline of another obligation.

    The safeguarding board chair's report goes to the board that informs the chair's own report
    (Manchester 12f and 15). `cadence` foresees happenings neither held nor planned. A happening further
    back than two steps of the pace and a month (without a pace: three months) informs nothing any more;
    then, or while it is not known which will be the last, the deadline itself is the day.
    """

    kind: ClassVar[str] = "at_last_before"
    of: Happening
    obligation: str
    what: str
    cadence: Period | None = None

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """One for each of the other's deadlines; firm once no further happening can come before that one."""
        others = facts.deadlines.get(self.obligation, ())
        if not others:
            return ()
        seen = self._seen(facts, others[-1].due)
        last_held = max((event.on for event in facts.held(self.of)), default=date.min)
        found = dict.fromkeys(self._occurrence(other, seen, last_held) for other in others)
        return tuple(sorted((one for one in found if one.due <= horizon), key=lambda one: one.due))

    def _seen(self, facts: Facts, latest: date) -> list[Coming]:
        """Happenings up to the latest deadline and the first one after it."""
        seen = []
        for one in coming(self.of, self.cadence, facts):
            seen.append(one)
            if one.on > latest:
                break
        return seen

    def _occurrence(self, other: Occurrence, seen: Sequence[Coming], last_held: date) -> Occurrence:
        resting = Resting(self.obligation, other.due, self.what)
        place = bisect_right(seen, other.due, key=lambda one: one.on)
        at = seen[place - 1] if place else None
        settled = place < len(seen) or (at is not None and at.on == other.due)
        firm = other.firm and last_held >= other.due
        if at is None or not settled or at.on < self._reach().before(other.due):
            because = f"No {self.of.noun} is known to be the one before {resting.name}{_unless(firm)}."
            return Occurrence(other.due, because, (resting,), firm=firm)
        rests: tuple[Fact, ...] = tuple(fact for fact in (at.event or at.after, *at.agreed) if fact)
        where = at.event.name if at.event else f"the {self.of.noun} expected on {day_in_words(at.on)}"
        reckoned = "" if at.event else f", reckoned from {named(rests)}"
        because = f"At {where}{reckoned}, the last {self.of.noun} up to {resting.name}{_unless(firm)}."
        return Occurrence(at.on, because, (resting, *rests), firm=firm)

    def _reach(self) -> Period:
        pace = self.cadence or Period(months=1)
        return Period(months=2 * pace.months + 1, days=2 * pace.days + 3 * pace.working_days)

    def sentence(self) -> str:
        """Such as "at the last board on or before each deadline of the chair's report"."""
        return f"at the last {self.of.noun} on or before each deadline of {self.what}"

    def links(self) -> tuple[Link, ...]:
        """The other obligation, known as far past the horizon as a happening may lie before its deadline."""
        reach = self._reach()
        return (Link(self.obligation, Period(months=reach.months, days=reach.days + 4)),)

    def watches(self) -> frozenset[str]:
        """The happenings, and the notice from which they count."""
        return frozenset({self.of.kind, "notice_issued"})

    def waits_for(self, facts: Facts) -> str | None:
        """The other obligation has no dates."""
        return None if facts.deadlines.get(self.obligation) else f"It waits for a date for {self.what}."


def _unless(firm: bool) -> str:  # noqa: FBT001  one word after a sentence
    return "" if firm else " (forecast)"
