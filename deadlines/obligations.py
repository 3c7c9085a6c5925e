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
    `starts_on` it (it gives deadlines from that day, included).
    """

    key: str
    schedule: Schedule
    force: Force = Force.MUST
    met_by: Happening | None = None
    starts_on: date | None = None
    superseded_on: date | None = None


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
        found[key] = _of_one(by_key[key], facts.linked_to(shown, key), horizons[key])
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
    order[key] = None


def _horizons(by_key: dict[str, Obligation], order: Sequence[str], horizon: date) -> dict[str, date]:
    """How far each must be worked out, so that what rests on it is complete up to the horizon."""
    horizons = dict.fromkeys(order, horizon)
    for key in reversed(order):
        for link in by_key[key].schedule.links():
            needed = link.reach.after(horizons[key])
            horizons[link.obligation] = max(horizons[link.obligation], needed)
    return horizons


def _of_one(obligation: Obligation, facts: Facts, horizon: date) -> tuple[Occurrence, ...]:
    found: Sequence[Occurrence] = obligation.schedule.due(facts, horizon)
    if obligation.starts_on:
        found = [one for one in found if one.due >= obligation.starts_on]
    if obligation.met_by:
        found = _matched(found, facts.held(obligation.met_by))
    closed = closing_day(obligation, facts)
    return tuple(_closed(found, closed) if closed else found)


def _matched(found: Sequence[Occurrence], events: Sequence[Event]) -> list[Occurrence]:
    """Each event does the earliest occurrence still owed whose time has come;
    a report late is a report for then.
    """
    done: dict[int, Event] = {}
    opening = list(_openings(found))
    for event in events:
        owed = (
            place
            for place, one in enumerate(found)
            if place not in done and one.held is None and opening[place] <= event.on
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
