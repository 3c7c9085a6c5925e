"""Deadlines that a fact had met until the fact was put right: they are owed anew, and told of anew. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deadlines.events import Event, Status
from deadlines.facts import Facts
from deadlines.obligations import occurrences
from notices.deadlines.facts import Seen, happenings_of
from notices.deadlines.runs import Run

_SAME = ("kind", "board", "report", "on", "state", "counts")


@dataclass(frozen=True, slots=True)
class Undone:
    """What an event said until another row replaced it: `event` is its first row's number, `by` the other row's."""

    event: int
    former: Any
    by: int


def undone(rows: Iterable[Any], seen: Seen) -> list[Undone]:
    """What had happened and then was cancelled or put otherwise, as known on a day, the latest change first."""
    first: dict[int, int] = {}
    stands: dict[int, Any] = {}
    found = []
    for row in rows:
        number = first[row.pk] = first.get(row.replaces_id, row.pk) if row.replaces_id else row.pk
        if not seen.takes(row):
            continue
        before = stands.get(number)
        if before is not None and _happened(before) and _differ(before, row):
            found.append(Undone(number, before, row.pk))
        stands[number] = row
    return sorted(found, key=lambda one: -one.by)


def _happened(row: Any) -> bool:
    return bool(row.counts and row.state == Status.HAPPENED.value)


def _differ(one: Any, other: Any) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in _SAME)


def reopened_by(
    owed: Sequence[tuple[Run, date]], runs: Sequence[Run], facts: Facts, formers: Iterable[tuple[int, Event]]
) -> dict[tuple[str, date], int]:
    """Of deadlines that are owed, by their piece's name and day, the last change that took away what had met them.

    `formers` are changes with the event as it stood before, latest first: had it stood, it would have met them.
    """
    found: dict[tuple[str, date], int] = {}
    left = {(run.name, due): run for run, due in owed}
    for by, former in formers:
        asked = {key: run for key, run in left.items() if former.kind in happenings_of(run)}
        if not asked:
            continue
        events = [event for event in facts.events if event.key != former.key]
        as_it_was = Facts.of([*events, former], facts.variations)
        dated = occurrences([run.obligation for run in runs], as_it_was, max(due for _, due in asked))
        met = {(name, one.due) for name, ones in dated.items() for one in ones if one.held == former}
        for key in asked.keys() & met:
            found[key] = by
            del left[key]
    return found
