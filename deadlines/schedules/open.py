"""Schedules without a date of their own:
standing, conditional, on request, not yet agreed, and several together.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import ClassVar, Literal

from deadlines.events import Event, Happening, Status
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.occurrence import Occurrence
from deadlines.schedules.base import Anchor, Link, Schedule
from deadlines.sentences import day_in_words, listed
from deadlines.workdays import is_working_day, working_day_on_or_after, working_day_on_or_before

# no run of weekend and bank holidays in England is longer
_LONGEST_CLOSURE = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Standing(Schedule):
    """At all times: kept, never delivered, so it has no deadline (Manchester 6a: kept up to date)."""

    kind: ClassVar[str] = "standing"

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """None."""
        return ()

    def sentence(self) -> str:
        """Such as "at all times"."""
        return "at all times"


@dataclass(frozen=True, slots=True)
class NotYetAgreed(Schedule):
    """When is not agreed yet: the notice's own `words`, and who has to agree it."""

    kind: ClassVar[str] = "not_yet_agreed"
    words: str = ""
    agreed_by: str = ""

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """None: a date is never invented."""
        return ()

    def sentence(self) -> str:
        """Such as "when is not yet agreed (the notice says “regular”)"."""
        says = f" (the notice says “{self.words}”)" if self.words else ""
        return f"when is not yet agreed{says}"

    def waits_for(self, facts: Facts) -> str | None:
        """The agreement itself."""
        by = f" by {self.agreed_by}" if self.agreed_by else ""
        says = f": the notice says “{self.words}” and gives no interval" if self.words else ""
        return f"An interval or a date has to be agreed{by} and recorded{says}."


@dataclass(frozen=True, slots=True)
class OnlyOnce(Schedule):
    """Only once an event has happened, by the schedule that then holds (Manchester 16:
    should an adviser be placed).
    """

    kind: ClassVar[str] = "only_once"
    event: Happening
    then: Schedule

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """None before the event; afterwards what the inner schedule gives from that day on (included)."""
        held = facts.held(self.event)
        if not held:
            return ()
        first = held[0]
        return tuple(
            replace(
                one, because=f"{one.because} It holds since {first.name}.", rests_on=(*one.rests_on, first)
            )
            for one in self.then.due(facts, horizon)
            if one.due >= first.on
        )

    def sentence(self) -> str:
        """Such as "only after the placing of an adviser: with each board"."""
        return f"only after {self.event.noun}: {self.then.sentence()}"

    def watches(self) -> frozenset[str]:
        """The event, the notice from which it counts, and what the inner schedule watches."""
        return self.then.watches() | {self.event.kind, "notice_issued"}

    def links(self) -> tuple[Link, ...]:
        """Those of the inner schedule."""
        return self.then.links()

    def waits_for(self, facts: Facts) -> str | None:
        """The event; once it is there, what the inner schedule waits for."""
        return (
            self.then.waits_for(facts)
            if facts.held(self.event)
            else f"It holds only after {self.event.noun}."
        )


@dataclass(frozen=True, slots=True)
class UpTo(Schedule):
    """Another schedule, up to an anchor's day (included): fortnightly until 31 March, then by another one."""

    kind: ClassVar[str] = "up_to"
    schedule: Schedule
    end: Anchor

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """The inner occurrences up to that day; all of them while it is not known."""
        point = self.end.find(facts)
        return self.schedule.due(facts, min(horizon, point.on) if point else horizon)

    def bounded(self) -> bool:
        """It is bounded when the inner schedule is."""
        return self.schedule.bounded()

    def sentence(self) -> str:
        """Such as "every two weeks from the notice, up to 31 March 2016"."""
        return f"{self.schedule.sentence()}, up to {self.end.noun}"

    def watches(self) -> frozenset[str]:
        """What the inner schedule watches, and the end."""
        return self.schedule.watches() | self.end.watches()

    def links(self) -> tuple[Link, ...]:
        """Those of the inner schedule."""
        return self.schedule.links()

    def waits_for(self, facts: Facts) -> str | None:
        """What the inner schedule waits for."""
        return self.schedule.waits_for(facts)


@dataclass(frozen=True, slots=True)
class OnRequest(Schedule):
    """On request: by the day the request names, else `within` a period of it, else without a limit.

    Whether a review held on request starts the interval again is the event's own fact (`Event.resets`);
    `resets` is what the notice or the parties say it usually does, proposed when such a review is recorded.
    """

    kind: ClassVar[str] = "on_request"
    of: Happening
    request: Happening
    within: Period | None = None
    resets: bool | None = None

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """One for each request, met by the first happening marked as on request since (Manchester 17).

        One marked so whose request was never recorded stands for itself.
        """
        answers = [event for event in (*facts.held(self.of), *facts.planned(self.of)) if event.on_request]
        found = []
        for request in facts.held(self.request):
            held = next((event for event in answers if event.on >= request.on), None)
            if held is not None:
                answers.remove(held)
            found.append(self._occurrence(request, held))
        found += [_unasked(event) for event in answers]
        return tuple(sorted((one for one in found if one.due <= horizon), key=_by_due))

    def _occurrence(self, request: Event, held: Event | None) -> Occurrence:
        limit = request.wanted_by or (self.within.after(request.on) if self.within else None)
        if limit is None:
            because = f"Asked for by {request.name}; no day was named."
            return Occurrence(request.on, because, (request,), request.on, open_ended=True, held=held)
        how = "which names the day" if request.wanted_by else f"within {self.within}"
        because = f"Asked for by {request.name}, {how}: {day_in_words(limit)}."
        return Occurrence(limit, because, (request,), request.on, held=held)

    def sentence(self) -> str:
        """Such as "on request; each says whether it starts the interval again"; a report starts none."""
        within = f", within {self.within}" if self.within else ""
        if self.of.kind == "report_submitted":
            return f"on request{within}"
        says = {None: "each says whether it starts", True: "each starts", False: "none starts"}[self.resets]
        return f"on request{within}; {says} the interval again"

    def watches(self) -> frozenset[str]:
        """Requests, what answers them, and the notice from which they count."""
        return frozenset({self.of.kind, self.request.kind, "notice_issued"})


@dataclass(frozen=True, slots=True)
class Together(Schedule):
    """Several schedules of one obligation: two months after the notice and at the start of January.
    ValueError for none.
    """

    kind: ClassVar[str] = "together"
    parts: tuple[Schedule, ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("several schedules together need at least one")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """The occurrences of all parts by date; two parts' occurrences on a day stay two."""
        return tuple(
            sorted(chain.from_iterable(part.due(facts, horizon) for part in self.parts), key=_by_due)
        )

    def bounded(self) -> bool:
        """It is bounded when all its parts are."""
        return all(part.bounded() for part in self.parts)

    def sentence(self) -> str:
        """The parts' sentences joined by "and"."""
        return listed([part.sentence() for part in self.parts])

    def watches(self) -> frozenset[str]:
        """What any part watches."""
        return frozenset().union(*(part.watches() for part in self.parts))

    def links(self) -> tuple[Link, ...]:
        """Those of all parts."""
        return tuple(chain.from_iterable(part.links() for part in self.parts))

    def waits_for(self, facts: Facts) -> str | None:
        """What the parts wait for, in their order."""
        return " ".join(filter(None, (part.waits_for(facts) for part in self.parts))) or None


@dataclass(frozen=True, slots=True)
class OnWorkingDay(Schedule):
    """Another schedule whose words say that its day must be a working day. ValueError for another `roll`.

    Only this moves a legal date because of a weekend or bank holiday; everywhere else that is advice (issue
    5).
    """

    kind: ClassVar[str] = "on_working_day"
    schedule: Schedule
    roll: Literal["earlier", "later"] = "earlier"

    def __post_init__(self) -> None:
        if self.roll not in ("earlier", "later"):
            raise ValueError("a working day is found earlier or later")

    def due(self, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
        """The inner occurrences, those on no working day moved to the one before or after."""
        moved = [self._moved(one) for one in self.schedule.due(facts, horizon + _LONGEST_CLOSURE)]
        return tuple(one for one in moved if one.due <= horizon)

    def _moved(self, one: Occurrence) -> Occurrence:
        if is_working_day(one.due):
            return one
        day = (
            working_day_on_or_before(one.due) if self.roll == "earlier" else working_day_on_or_after(one.due)
        )
        because = f"{one.because} {day_in_words(one.due)} is no working day, so {day_in_words(day)}."
        return replace(one, due=day, because=because)

    def sentence(self) -> str:
        """The inner sentence, and which working day."""
        side = "before" if self.roll == "earlier" else "after"
        return f"{self.schedule.sentence()}, or the working day {side} it"

    def watches(self) -> frozenset[str]:
        """What the inner schedule watches."""
        return self.schedule.watches()

    def links(self) -> tuple[Link, ...]:
        """Those of the inner schedule."""
        return self.schedule.links()

    def waits_for(self, facts: Facts) -> str | None:
        """What the inner schedule waits for."""
        return self.schedule.waits_for(facts)


def _unasked(event: Event) -> Occurrence:
    firm = event.status is Status.HAPPENED
    return Occurrence(event.on, f"On request: {event.name}.", (event,), firm=firm, held=event)


def _by_due(occurrence: Occurrence) -> date:
    return occurrence.due
