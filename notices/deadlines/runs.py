"""From obligations as they stand in the versions of a notice to obligations that the engine works out. Plain Python.

A duty runs through time in pieces: an amendment ends one and begins the next, and so does an agreement that gives it
another schedule. A duty that counts from another is cut where that one is, so that history stays judged by what held
then (design, *The schedule engine*).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, cast

from deadlines.events import Happening
from deadlines.months import Period
from deadlines.obligations import Force, Obligation, ScheduleError, dependency_order
from deadlines.schedules.base import Schedule
from deadlines.schedules.family import EveryNth, NotYetAgreed, OnOrAfter


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation of a version that speaks: `number` is its own, `key` the same through all versions."""

    number: int
    key: str
    schedule: Schedule
    force: Force
    met_by: Happening | None = None
    starts_on: date | None = None
    superseded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed about the duty `key` on a day: a schedule, or a tolerance past its dates."""

    key: str
    on: date
    schedule: Schedule | None = None
    tolerance: Period | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One piece of a duty, as the engine gets it.

    `start` is inclusive, `end` exclusive; None: open. A piece that was only cut (not `closed` by an amendment) owes
    nothing on or after its end, and what it owed before stays owed. `follows` is the name of the piece before it.
    """

    row: Row
    schedule: Schedule
    name: str
    start: date | None = None
    end: date | None = None
    closed: bool = False
    follows: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day lies in this piece."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def owes(self, due: date) -> bool:
        """Whether a deadline on this day is this piece's: the next piece has those on and after a mere cut."""
        return self.closed or self.end is None or due < self.end

    @property
    def obligation(self) -> Obligation:
        """What the engine works out."""
        return Obligation(
            key=self.name,
            schedule=self.schedule,
            force=self.row.force,
            met_by=self.row.met_by,
            starts_on=self.start,
            superseded_on=self.end if self.closed else None,
            ends_before=None if self.closed else self.end,
            follows=self.follows,
        )


def runs_of(rows: Iterable[Row], agreed: Iterable[Agreed] = ()) -> tuple[Run, ...]:
    """The pieces of all duties, by key and then by time; their schedules name the pieces they count from."""
    pieces: dict[str, list[Run]] = {}
    for row in sorted(rows, key=lambda row: (row.key, row.starts_on or date.min, row.number)):
        closed = row.superseded_on is not None
        piece = Run(row, row.schedule, row.key, row.starts_on, row.superseded_on, closed)
        pieces.setdefault(row.key, []).append(piece)
    for one in sorted(agreed, key=lambda one: one.on):
        if one.key in pieces:
            pieces[one.key] = [part for piece in pieces[one.key] for part in _agreed(piece, one)]
    _cut_with_what_they_count_from(pieces)
    named = {key: _named(key, found) for key, found in pieces.items()}
    return tuple(_linked(piece, named) for found in named.values() for piece in found)


def _agreed(piece: Run, one: Agreed) -> list[Run]:
    """The piece before and from the day of an agreement. A duty reworded later is bound by its new words again."""
    if piece.end is not None and piece.end <= one.on:
        return [piece]
    later = replace(piece, schedule=with_agreed(piece.schedule, one))
    if piece.start is not None and one.on <= piece.start:
        reworded = piece.row.starts_on is not None and piece.row.starts_on > one.on
        return [piece if reworded and not leaves_open(piece.schedule) else later]
    return [replace(piece, end=one.on, closed=False), replace(later, start=one.on)]


def _cut_with_what_they_count_from(pieces: dict[str, list[Run]]) -> None:
    """Cut every duty where one that it counts from is cut, until nothing changes."""
    changed = True
    while changed:
        changed = False
        for key, found in pieces.items():
            cut = [part for piece in found for part in _cut(piece, _bounds(piece, pieces))]
            changed = changed or len(cut) != len(found)
            pieces[key] = cut


def _bounds(piece: Run, pieces: Mapping[str, Sequence[Run]]) -> list[date]:
    """The days inside the piece on which something that it counts from begins anew."""
    starts = {
        other.start
        for link in piece.schedule.links()
        for other in pieces.get(link.obligation, ())
        if other.start is not None
    }
    inside = (day for day in starts if piece.start is None or day > piece.start)
    return sorted(day for day in inside if piece.end is None or day < piece.end)


def _cut(piece: Run, days: Sequence[date]) -> list[Run]:
    parts = []
    for day in days:
        parts.append(replace(piece, end=day, closed=False))
        piece = replace(piece, start=day)
    return [*parts, piece]


def _named(key: str, found: Sequence[Run]) -> list[Run]:
    """Each piece with a name of its own, the last with the key itself, and the name of the piece before it."""
    names = [*(f"{key} until {piece.end}" for piece in found[:-1]), key]
    return [
        replace(piece, name=name, follows=before)
        for piece, name, before in zip(found, names, ["", *names], strict=False)
    ]


def _linked(piece: Run, named: Mapping[str, Sequence[Run]]) -> Run:
    names = {
        link.obligation: _piece_at(named[link.obligation], piece.start).name
        for link in piece.schedule.links()
        if link.obligation in named
    }
    return replace(piece, schedule=relinked(piece.schedule, names))


def _piece_at(found: Sequence[Run], start: date | None) -> Run:
    """The piece that holds from a day on; where none does, the nearest before it, else the first."""
    day = start or date.min
    earlier = [piece for piece in found if (piece.start or date.min) <= day]
    return earlier[-1] if earlier else found[0]


def relinked(schedule: Schedule, names: Mapping[str, str]) -> Schedule:
    """The schedule with the obligations that it names under other names."""
    if all(old == new for old, new in names.items()):
        return schedule
    return _with_parts(schedule, lambda part: relinked(part, names), names)


def _with_parts(schedule: Schedule, change: Any, names: Mapping[str, str]) -> Schedule:
    values: dict[str, Any] = {}
    for field in fields(cast("Any", schedule)):
        value = getattr(schedule, field.name)
        if isinstance(value, Schedule):
            values[field.name] = change(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Schedule):
            values[field.name] = tuple(change(part) for part in value)
        elif field.name == "obligation":
            values[field.name] = names.get(value, value)
    return cast("Schedule", replace(cast("Any", schedule), **values)) if values else schedule


def leaves_open(schedule: Schedule) -> bool:
    """Whether the schedule, or a part of it, is not yet agreed."""
    if isinstance(schedule, NotYetAgreed):
        return True
    values = (getattr(schedule, field.name) for field in fields(cast("Any", schedule)))
    groups = (value if isinstance(value, tuple) else (value,) for value in values)
    return any(leaves_open(part) for group in groups for part in group if isinstance(part, Schedule))


def happenings(schedule: Schedule) -> Iterator[Happening]:
    """The happenings that a schedule and its parts count."""
    for field in fields(cast("Any", schedule)):
        value = getattr(schedule, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Happening):
                yield part
            elif isinstance(part, Schedule):
                yield from happenings(part)


def with_agreed(schedule: Schedule, one: Agreed) -> Schedule:
    """The schedule under an agreement: its open part filled, all of it replaced, or days allowed past its dates."""
    if one.tolerance is not None:
        return _tolerant(schedule, one.tolerance)
    if one.schedule is None:
        return schedule
    return _filled(schedule, one.schedule) if leaves_open(schedule) else one.schedule


def _filled(schedule: Schedule, agreed: Schedule) -> Schedule:
    if isinstance(schedule, NotYetAgreed):
        return agreed
    return _with_parts(schedule, lambda part: _filled(part, agreed), {})


def _tolerant(schedule: Schedule, tolerance: Period) -> Schedule:
    if isinstance(schedule, OnOrAfter):
        return replace(schedule, tolerance=tolerance)
    if isinstance(schedule, EveryNth):
        return replace(schedule, days_allowed=tolerance.days)
    return _with_parts(schedule, lambda part: _tolerant(part, tolerance), {})


def workable(runs: Sequence[Run]) -> tuple[list[Run], dict[str, str]]:
    """The pieces that can be worked out, and why the others cannot, by name: they wait for each other or for nobody.

    One duty whose schedule names a missing one does not keep the others from being worked out.
    """
    try:
        dependency_order(run.obligation for run in runs)
    except ScheduleError:
        pass
    else:
        return list(runs), {}
    by_name = {run.name: run for run in runs}
    why: dict[str, str] = {}
    for name in by_name:
        try:
            dependency_order(by_name[each].obligation for each in _reachable(name, by_name))
        except ScheduleError as error:
            why[name] = str(error)
    return [run for run in runs if run.name not in why], why


def _reachable(name: str, by_name: Mapping[str, Run]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here in found or here not in by_name:
            continue
        found.add(here)
        waiting += [link.obligation for link in by_name[here].schedule.links()]
    return found
