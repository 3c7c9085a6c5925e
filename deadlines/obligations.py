"""Obligations, and the working out of all their occurrences in the order in which they rest on each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from deadlines.events import Event, Happening
from deadlines.facts import Facts
from deadlines.occurrence import Occurrence
from deadlines.schedules.base import Schedule


class Force(StrEnum):
    """How strongly the words bind. Only a "must" missed is a breach; an aim passed is no more than that."""

    MUST = "must"
    SHOULD = "should"
    EXPECTED = "expected"
    AIM = "aim"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is owed and when. `key` is how other schedules and agreed variations name it.

    `met_by` says which events do it by being recorded; a schedule of happenings knows that itself. After an
    amendment the old one is `superseded_on` that day (its deadlines from then on are closed) and the new one
    `starts_on` it (it gives deadlines from that day, included). A new one `follows` the old one (its key): what
    the old one was done by does not do the new one as well. Of an old one that was not superseded but cut, the
    deadlines from `ends_before` on are the new one's.
    """

    key: str
    schedule: Schedule
    force: Force = Force.MUST
    met_by: Happening | None = None
    starts_on: date | None = None
    superseded_on: date | None = None
    ends_before: date | None = None
    follows: str = ""


class ScheduleError(ValueError):
    """Obligations that cannot be scheduled as they stand; the message says which and why."""


class CircularScheduleError(ScheduleError):
    """Obligations whose deadlines wait for each other."""


class UnknownObligationError(ScheduleError):
    """A schedule that counts from an obligation which is not there."""


def occurrences(
    obligations: Iterable[Obligation], facts: Facts, horizon: date
) -> dict[str, tuple[Occurrence, ...]]:
    """The occurrences of every obligation due up to `horizon` (included), by key, earliest first.

    Pure: the same obligations and facts, in any order, give the same dates. Raises ScheduleError when a key
    is
    used twice, UnknownObligationError and CircularScheduleError when schedules cannot be resolved.
    """
    by_key = _by_key(obligations)
    order = dependency_order(by_key.values())
    horizons = _horizons(by_key, order, horizon)
    found: dict[str, tuple[Occurrence, ...]] = {}
    shown = MappingProxyType(found)
    for key in order:
        taken = _taken(by_key[key], by_key, found)
        found[key] = _of_one(by_key[key], facts.linked_to(shown, key), horizons[key], taken)
    return {key: tuple(one for one in found[key] if one.due <= horizon) for key in sorted(found)}


def dependency_order(obligations: Iterable[Obligation]) -> list[str]:
    """The keys, each after those it counts from; raises as `occurrences` does."""
    by_key = _by_key(obligations)
    order: dict[str, None] = {}
    for key in sorted(by_key):
        _visit(key, by_key, order, ())
    return list(order)


def _by_key(obligations: Iterable[Obligation]) -> dict[str, Obligation]:
    by_key: dict[str, Obligation] = {}
    for obligation in obligations:
        if obligation.key in by_key:
            raise ScheduleError(f"two obligations have the key “{obligation.key}”")
        by_key[obligation.key] = obligation
    return by_key


def _visit(key: str, by_key: dict[str, Obligation], order: dict[str, None], path: tuple[str, ...]) -> None:
    if key in order:
        return
    if key in path:
        circle = " → ".join((*path[path.index(key) :], key))
        raise CircularScheduleError(f"these obligations wait for each other: {circle}")
    for link in by_key[key].schedule.links():
        if link.obligation not in by_key:
            raise UnknownObligationError(f"“{key}” counts from “{link.obligation}”, which is not there")
        _visit(link.obligation, by_key, order, (*path, key))
    before = by_key[key].follows
    if before in by_key and before not in path:
        _visit(before, by_key, order, (*path, key))
    order[key] = None


def _horizons(by_key: dict[str, Obligation], order: Sequence[str], horizon: date) -> dict[str, date]:
    """How far each must be worked out, so that what rests on it is complete up to the horizon."""
    horizons = dict.fromkeys(order, horizon)
    for key in reversed(order):
        for link in by_key[key].schedule.links():
            needed = link.reach.after(horizons[key])
            horizons[link.obligation] = max(horizons[link.obligation], needed)
    return horizons


@dataclass(frozen=True, slots=True)
class _Taken:
    """What an obligation may not be done by: events that did the one it follows, and those before that one closed."""

    events: frozenset[Event] = frozenset()
    until: date = date.min

    def leaves(self, event: Event) -> bool:
        return event.on >= self.until and event not in self.events


def _taken(
    obligation: Obligation, by_key: dict[str, Obligation], found: dict[str, tuple[Occurrence, ...]]
) -> _Taken:
    used: set[Event] = set()
    until = date.min
    key = obligation.follows
    while key in found:
        before = by_key[key]
        until = max(until, before.superseded_on or date.min)
        used |= {one.held for one in found[key] if one.held is not None and _owns(before, one)}
        key = before.follows
    return _Taken(frozenset(used), until)


def _owns(obligation: Obligation, one: Occurrence) -> bool:
    return obligation.ends_before is None or one.due < obligation.ends_before


def _of_one(
    obligation: Obligation, facts: Facts, horizon: date, taken: _Taken = _Taken()
) -> tuple[Occurrence, ...]:
    found: Sequence[Occurrence] = obligation.schedule.due(facts, horizon)
    if obligation.starts_on:
        found = [one for one in found if one.due >= obligation.starts_on]
    found = [one for one in found if one.held is None or one.held not in taken.events]
    if obligation.met_by:
        events = [event for event in facts.held(obligation.met_by) if taken.leaves(event)]
        found = _matched(found, events, obligation)
    if obligation.superseded_on:
        found = [_as_closed(one, obligation.superseded_on) for one in found]
    closed = closing_day(obligation, facts)
    return tuple(_closed(found, closed) if closed else found)


def _as_closed(one: Occurrence, day: date) -> Occurrence:
    """From the day that an amendment closed it nothing does the old obligation any more: that does the new one."""
    return replace(one, held=None) if one.held is not None and one.held.on >= day else one


def _matched(
    found: Sequence[Occurrence], events: Sequence[Event], obligation: Obligation
) -> list[Occurrence]:
    """Each event does the earliest occurrence still owed whose time has come;
    a report late is a report for then.
    """
    done: dict[int, Event] = {}
    opening = list(_openings(found))
    for event in events:
        if obligation.superseded_on and event.on >= obligation.superseded_on:
            break
        owed = (
            place
            for place, one in enumerate(found)
            if place not in done
            and one.held is None
            and opening[place] <= event.on
            and _owns(obligation, one)
        )
        place = next(owed, None)
        if place is not None:
            done[place] = event
    return [replace(one, held=done[place]) if place in done else one for place, one in enumerate(found)]


def _openings(found: Sequence[Occurrence]) -> Iterator[date]:
    """From when each can be done: its window, else the day after the deadline before it, else any day."""
    previous = date.min
    for one in found:
        yield one.window_from or previous
        previous = one.due + timedelta(days=1)


def closing_day(obligation: Obligation, facts: Facts) -> date | None:
    """The day on which its open deadlines closed: superseded by an amendment, or the notice ended;
    or None.
    """
    days = [day for day in (obligation.superseded_on, facts.ended.on if facts.ended else None) if day]
    return min(days, default=None)


def _closed(found: Sequence[Occurrence], day: date) -> Iterator[Occurrence]:
    """Deadlines before the day, and the first one that was still open then: nothing is owed after it."""
    for one in found:
        done = one.held is not None and one.held.on <= day
        if one.due < day or done:
            yield one
        else:
            yield one
            return
