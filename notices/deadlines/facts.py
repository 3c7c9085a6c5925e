"""From stored rows to what the engine takes: events, agreements and marks of one instrument as they stood on a day.

Plain Python: rows come in as their models give them, but any object with those names will do.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deadlines.codec import ScheduleJsonError, from_json
from deadlines.events import Event, Happening, Status, Variation
from deadlines.kinds import ENDS, NOTICE_ISSUED
from deadlines.marks import Mark, MarkKind
from deadlines.months import Period
from deadlines.obligations import Force
from notices.deadlines.runs import Agreed, Row, Run, happenings

REPORT = "report_submitted"
# facts of one instrument alone; `Instrument` itself says when they were
_ITS_OWN = ENDS | {NOTICE_ISSUED, "notice_amended"}
_INSPECTION = frozenset({"inspection_published", "inspection_reported", "inspection_ended"})


@dataclass(frozen=True, slots=True)
class Seen:
    """The day that is looked at (facts up to it, inclusive), and the last moment at which one was recorded, or None."""

    day: dt.date
    recorded_until: dt.datetime | None
    local_date: Callable[[dt.datetime], dt.date]

    def knows(self, recorded_at: dt.datetime) -> bool:
        """Whether something was recorded by then."""
        return self.recorded_until is None or recorded_at <= self.recorded_until

    def takes(self, row: Any) -> bool:
        """Whether an event's row bears on this day: what it says lies by then, or its plan was known by then."""
        if not self.knows(row.recorded_at):
            return False
        planned = row.state != Status.HAPPENED.value and self.local_date(row.recorded_at) <= self.day
        return bool(row.on <= self.day or planned)


def standing(rows: Iterable[Any], seen: Seen) -> dict[int, Any]:
    """Of each event's history the row that holds, by the number of its first row. `rows` come in their own order."""
    first: dict[int, int] = {}
    holds: dict[int, Any] = {}
    for row in rows:
        first[row.pk] = first.get(row.replaces_id, row.pk) if row.replaces_id else row.pk
        if seen.takes(row):
            holds[first[row.pk]] = row
    return holds


def events_of(
    instrument: Any, holds: Mapping[int, Any], rests_on: Iterable[int], reports: Mapping[str, str], seen: Seen
) -> list[Event]:
    """The events that bear on one instrument.

    Its issue and end are its own. Of inspections only those that it `rests_on` count, or, where none of those is dated
    so, the last one up to its day. `reports` translates what an event calls a report.
    """
    inspections = _inspections(instrument, holds.values(), frozenset(rests_on))
    found = [Event(NOTICE_ISSUED, instrument.on, key="issued")]
    if instrument.ended_on is not None and instrument.ended_on <= seen.day:
        found.append(Event(f"notice_{instrument.end}", instrument.ended_on, key="ended"))
    for number, row in holds.items():
        if row.kind in _ITS_OWN or (row.kind in _INSPECTION and row.pk not in inspections):
            continue
        found.append(event_of(number, row, reports))
    return found


def _inspections(instrument: Any, rows: Iterable[Any], rests_on: frozenset[int]) -> set[int]:
    """The numbers of the rows about inspections that count for the instrument."""
    dated = [row for row in rows if row.kind in _INSPECTION]
    chosen: set[int] = set()
    for kind in _INSPECTION:
        of_kind = [row for row in dated if row.kind == kind]
        named = {row.pk for row in of_kind if row.inspection_id in rests_on}
        before = [row for row in of_kind if row.on <= instrument.on]
        if named:
            chosen |= named
        elif before:
            chosen.add(max(before, key=lambda row: (row.on, row.pk)).pk)
    return chosen


def event_of(number: int, row: Any, reports: Mapping[str, str]) -> Event:
    """A stored row as the engine takes it, under the number of its event's first row."""
    which = row.board or (reports.get(row.report, row.report) if row.kind == REPORT else row.report)
    return Event(
        kind=row.kind,
        on=row.on,
        status=Status(row.state),
        which=which,
        counts=row.counts,
        on_request=row.on_request,
        resets=row.resets,
        amount=row.amount,
        wanted_by=row.wanted_by,
        recorded_at=row.recorded_at,
        key=str(number),
    )


def happenings_of(run: Run) -> frozenset[str]:
    """The kinds of event that can meet a duty: what its words name, and those that its schedule counts."""
    counted = {of.kind for of in happenings(run.schedule)}
    return frozenset(counted | ({run.row.met_by.kind} if run.row.met_by else set()))


def read_rows(stored: Iterable[Any], seen: Seen) -> tuple[list[Row], dict[int, str]]:
    """The obligations that speak on that day, and why a schedule could not be read, by the obligation's number.

    What a later version changed is superseded only once that version is in force. One schedule that cannot be read
    does not keep the others from being worked out.
    """
    rows: list[Row] = []
    unread: dict[int, str] = {}
    for each in stored:
        try:
            schedule = from_json(each.schedule)
        except ScheduleJsonError as error:
            unread[each.pk] = f"Its schedule cannot be read: {error}."
            continue
        ends = each.superseded_on
        rows.append(
            Row(
                number=each.pk,
                key=each.key,
                schedule=schedule,
                force=Force(each.force),
                met_by=met_by_of(each.met_by, each.key),
                starts_on=each.starts_on,
                superseded_on=ends if ends is not None and ends <= seen.day else None,
            )
        )
    return rows, unread


def met_by_of(stored: Mapping[str, Any] | None, key: str) -> Happening:
    """Which events do it: those that were read from the notice, else a report recorded under the duty's own key."""
    if not stored:
        return Happening(REPORT, key)
    return Happening(stored["kind"], stored.get("which", ""))


def report_names(rows: Sequence[Row], references: Mapping[int, Sequence[str]]) -> dict[str, str]:
    """What an event may call a report, and which one it then is: a duty's key or its provision's reference.

    A report without a name is the only one that the notice names as such, where it names only one.
    """
    named = [row for row in rows if row.met_by is not None and row.met_by.kind == REPORT]
    own = {row.met_by.which for row in named if row.met_by and row.met_by.which != row.key}
    names: dict[str, str] = {}
    by_reference: dict[str, set[str]] = {}
    for row in named:
        assert row.met_by is not None  # noqa: S101 - only those were kept
        for reference in references.get(row.number, ()):
            by_reference.setdefault(reference, set()).add(row.met_by.which)
        names[row.key] = row.met_by.which
    for reference, found in by_reference.items():
        if len(found) == 1:
            names.setdefault(reference, *found)
    if len(own) == 1:
        names.setdefault("", *own)
    return names


def period_of(stored: Mapping[str, Any] | None) -> Period | None:
    """A period as agreements keep it: {"months": 2}, {"days": 42} or {"working_days": 5}."""
    return Period(**{name: int(value) for name, value in stored.items()}) if stored else None


def agreements_in_force(rows: Iterable[Any], seen: Seen) -> list[Any]:
    """The agreements that stand on that day, oldest first: made by then, not replaced by then, not withdrawn."""
    known = [row for row in rows if row.agreed_on <= seen.day and seen.knows(row.recorded_at)]
    replaced = {row.replaces_id for row in known}
    return sorted(
        (row for row in known if row.pk not in replaced and not row.withdrawn),
        key=lambda row: (row.agreed_on, row.pk),
    )


def agreed_schedules(rows: Iterable[Any]) -> list[Agreed]:
    """The agreements that give a duty a schedule or days past its dates."""
    found = []
    for row in rows:
        if row.kind == "interval":
            found.append(Agreed(row.obligation_key, row.agreed_on, schedule=from_json(row.schedule)))
        elif row.kind == "tolerance":
            found.append(Agreed(row.obligation_key, row.agreed_on, tolerance=period_of(row.period)))
    return found


def variations_of(rows: Iterable[Any], runs: Sequence[Run]) -> list[Variation]:
    """The agreements on another frequency or a single gap, for each piece of a duty where they name one.

    One about a board bears on the schedules that name that board, else on all that count the notice's boards.
    """
    named = {(of.kind, of.which) for run in runs for of in happenings(run.schedule)}
    found = []
    for row in rows:
        if row.kind not in ("frequency", "gap"):
            continue
        one_board = bool(row.board) and (row.event_kind, row.board) in named
        target = f"{row.event_kind}:{row.board}" if one_board else row.event_kind
        variation = Variation(
            agreed_on=row.agreed_on,
            target=target,
            period=period_of(row.period) if row.kind == "frequency" else None,
            from_on=row.from_on if row.kind == "frequency" else None,
            gap_from=row.gap_from if row.kind == "gap" else None,
            gap_to=row.gap_to if row.kind == "gap" else None,
            letter=row.label,
            recorded_at=row.recorded_at,
        )
        if row.obligation_key:
            found += [
                replace(variation, target=run.name) for run in runs if run.row.key == row.obligation_key
            ]
        else:
            found.append(variation)
    return found


def marks_of(rows: Iterable[Any], runs: Sequence[Run], seen: Seen) -> tuple[list[Mark], list[Any]]:
    """What people recorded of single deadlines up to that day, at the right piece of each duty; and what fits none."""
    marks, strays = [], []
    for row in rows:
        if row.on > seen.day or not seen.knows(row.recorded_at):
            continue
        pieces = [run for run in runs if run.row.key == row.obligation_key]
        if not pieces:
            strays.append(row)
            continue
        piece = next((run for run in pieces if run.covers(row.due)), pieces[-1])
        marks.append(
            Mark(
                obligation=piece.name,
                due=row.due,
                kind=MarkKind(row.kind),
                on=row.on,
                label=row.label,
                reason=row.reason,
                approver=row.approver,
                sequence=row.pk,
            )
        )
    return marks, strays
