"""All deadlines of a council, worked out from what is stored: what pages, API, feeds and sweep call."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from councils.models import Council, User
from councils.queries import hash_of
from councils.roles import Role
from deadlines.checks import too_early
from deadlines.events import Event as EngineEvent
from deadlines.facts import Facts
from deadlines.marks import Mark
from deadlines.obligations import Force
from deadlines.sentences import day_in_words
from deadlines.states import State, work_out
from notices.deadlines import facts as from_rows
from notices.deadlines.effects import DEFAULTS, Rule
from notices.deadlines.lines import Deadlines, Duty, Line, Proof, Stray, Waiting
from notices.deadlines.runs import leaves_open, runs_of, workable
from notices.deadlines.undone import Undone, reopened_by, undone
from notices.models import (
    Agreement,
    CalendarFeed,
    Correction,
    DeadlineMark,
    Event,
    Instrument,
    Obligation,
    ReminderSetting,
)
from notices.queries.boards import board_names

A_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True)
class _Stored:
    """All that is stored of a council's deadlines, in a fixed number of queries."""

    instruments: list[Instrument]
    rests_on: dict[int, list[int]]
    obligations: dict[int, list[Obligation]]
    events: dict[int, Event]
    undone: list[Undone]
    agreements: list[Agreement]
    marks: list[DeadlineMark]


def deadlines_of(
    council: Council,
    *,
    today: dt.date,
    recorded_until: dt.datetime | None = None,
    until: dt.date | None = None,
) -> Deadlines:
    """The deadlines of a council due up to `until` (inclusive; None: a year ahead) as they stand at the end of `today`.

    Facts of `today` or before count; plans as they were known then. With `recorded_until` (a moment, inclusive)
    nothing that was recorded later. The number of queries does not depend on how much there is. Raises nothing: an
    obligation that cannot be worked out stands in `problems` with the reason, beside all the others.
    """
    until = max(until or today + A_YEAR, today)
    seen = from_rows.Seen(today, recorded_until, timezone.localdate)
    stored = _stored(council, seen)
    parts = [_of_instrument(instrument, stored, seen, until) for instrument in stored.instruments]
    lines = sorted(
        (line for part in parts for line in part.lines), key=lambda line: (line.due, line.duty.number)
    )
    return Deadlines(
        today=today,
        until=until,
        lines=tuple(lines),
        duties=tuple(duty for part in parts for duty in part.duties),
        waiting=tuple(one for part in parts for one in part.waiting),
        problems=tuple(one for part in parts for one in part.problems),
        strays=tuple(one for part in parts for one in part.strays),
        unsaid=tuple(_unsaid(stored.events.values(), today)),
        issued_on=max((one.on for one in stored.instruments), default=None),
        ended_on=_ended(stored.instruments, today),
    )


def _ended(instruments: Sequence[Instrument], today: dt.date) -> dt.date | None:
    ends = [one.ended_on for one in instruments if one.ended_on is not None and one.ended_on <= today]
    return max(ends) if ends and len(ends) == len(instruments) else None


def _stored(council: Council, seen: from_rows.Seen) -> _Stored:
    instruments = list(
        Instrument.objects.filter(council=council, on__lte=seen.day, versions__isnull=False)
        .distinct()
        .order_by("on", "pk")
    )
    if not instruments:
        return _Stored([], {}, {}, {}, [], [], [])
    rests_on: dict[int, list[int]] = {}
    through = Instrument.rests_on.through.objects.filter(instrument__in=instruments)
    for instrument, inspection in through.values_list("instrument_id", "inspection_id"):
        rests_on.setdefault(instrument, []).append(inspection)
    names = board_names(council)
    events = list(names.on(Event.objects.filter(council=council).select_related("file").order_by("pk")))
    agreements = names.on(Agreement.objects.filter(council=council))
    return _Stored(
        instruments=instruments,
        rests_on=rests_on,
        obligations=_speaking(council, seen),
        events=from_rows.standing(events, seen),
        undone=undone(events, seen),
        agreements=from_rows.agreements_in_force(agreements, seen),
        marks=list(DeadlineMark.objects.filter(council=council).select_related("file", "by").order_by("pk")),
    )


def _speaking(council: Council, seen: from_rows.Seen) -> dict[int, list[Obligation]]:
    """The obligations that speak on that day, by instrument: of those that continue each other the newest."""
    rows = (
        Obligation.objects.filter(
            notice_version__instrument__council=council, notice_version__in_force_from__lte=seen.day
        )
        .select_related("notice_version__instrument", "requirement")
        .prefetch_related("also")
        .order_by("notice_version__number", "order")
    )
    if seen.recorded_until is not None:
        rows = rows.filter(notice_version__confirmed_at__lte=seen.recorded_until)
    known = [row for row in _as_read_then(rows, seen.recorded_until) if not row.withdrawn]
    continued = {row.continues_id for row in known}
    found: dict[int, list[Obligation]] = {}
    for row in known:
        if row.pk not in continued:
            found.setdefault(row.notice_version.instrument_id, []).append(row)
    return found


def _as_read_then(rows: Iterable[Obligation], until: dt.datetime | None) -> list[Obligation]:
    """The rows with what was put right after a moment (None: nothing) as it stood before, in memory alone."""
    known = list(rows)
    if until is None:
        return known
    later = Correction.objects.filter(obligation__in=known, recorded_at__gt=until)
    by_number = {row.pk: row for row in known}
    for one in later.order_by("-pk"):
        row = by_number[one.obligation_id]
        for name, value in one.before.items():
            if name != "requirement":
                setattr(row, name, value)
    return known


def _of_instrument(
    instrument: Instrument, stored: _Stored, seen: from_rows.Seen, until: dt.date
) -> Deadlines:
    obligations = stored.obligations.get(instrument.pk, [])
    several = len(stored.instruments) > 1
    duties = {row.pk: _duty(row, seen, several=several) for row in obligations}
    rows, unread = from_rows.read_rows(obligations, seen)
    agreements = [row for row in stored.agreements if row.instrument_id in (None, instrument.pk)]
    all_runs = runs_of(rows, from_rows.agreed_schedules(agreements))
    runs, stuck = workable(all_runs)
    references = {number: (duty.requirement, *duty.also) for number, duty in duties.items()}
    reports = from_rows.report_names(rows, references)
    rests_on = stored.rests_on.get(instrument.pk, [])
    events = from_rows.events_of(instrument, stored.events, rests_on, reports, seen)
    facts = Facts.of(events, from_rows.variations_of(agreements, all_runs))
    own_marks = [row for row in stored.marks if row.instrument_id == instrument.pk]
    marks, strays = from_rows.marks_of(own_marks, all_runs, seen)
    worked = work_out([run.obligation for run in runs], facts, marks, today=seen.day, horizon=until)
    by_name = {run.name: run for run in runs}
    proofs = _Proofs(stored, {row.pk: row for row in own_marks})
    owed = [(by_name[one.obligation], one.occurrence.due) for one in worked.deadlines if one.breach]
    formers = [(one.by, from_rows.event_of(one.event, one.former, reports)) for one in stored.undone]
    again = reopened_by(owed, runs, facts, formers) if owed and formers else {}
    lines = [
        Line(
            duty=duties[by_name[one.obligation].row.number],
            deadline=one,
            proof=proofs.of(one.mark, one.occurrence.held),
            undone_by=again.get((one.obligation, one.occurrence.due), 0),
        )
        for one in worked.deadlines
        if by_name[one.obligation].owes(one.occurrence.due)
    ]
    latest = {run.row.key: run for run in all_runs}
    said = [
        (latest[by_name[name].row.key], why)
        for name, why in worked.waiting.items()
        if latest[by_name[name].row.key].name == name
    ]
    cannot = [(run, stuck[run.name]) for run in all_runs if run.name in stuck]
    early = {
        one.obligation: why
        for one in reversed(worked.deadlines)
        if (why := too_early(one.occurrence, instrument.on))
    }
    cannot += [(by_name[name], why) for name, why in early.items()]
    return Deadlines(
        today=seen.day,
        until=until,
        lines=tuple(_without_twins(lines)),
        duties=tuple(duties.values()),
        waiting=tuple(
            Waiting(duties[run.row.number], why, leaves_open(run.schedule))
            for run, why in said
            if not run.closed and facts.ended is None
        ),
        problems=(
            *(Waiting(duties[run.row.number], why) for run, why in cannot),
            *(Waiting(duties[number], why) for number, why in unread.items()),
        ),
        strays=(
            *(_stray(row, None) for row in strays),
            *(
                _stray(proofs.marks[mark.sequence], duties[by_name[mark.obligation].row.number])
                for mark in worked.unplaced
                if mark.obligation in by_name
            ),
        ),
    )


def _duty(row: Obligation, seen: from_rows.Seen, *, several: bool) -> Duty:
    ends = row.superseded_on
    return Duty(
        number=row.pk,
        instrument=row.notice_version.instrument_id,
        key=row.key,
        requirement=row.requirement.ref,
        words=row.requirement.text,
        duty_holder=row.duty_holder,
        recipient=row.recipient,
        deliverable=row.deliverable,
        force=Force(row.force),
        sentence=row.sentence,
        quote=row.quote,
        also=tuple(requirement.ref for requirement in row.also.all()),
        agreed_by=row.agreed_by,
        superseded_on=ends if ends is not None and ends <= seen.day else None,
        notice=_called(row.notice_version.instrument) if several else "",
    )


def _called(instrument: Instrument) -> str:
    return f"{instrument.get_kind_display()} of {day_in_words(instrument.on)}"


@dataclass(frozen=True)
class _Proofs:
    """What met deadlines: people's marks and the events that did it."""

    stored: _Stored
    marks: dict[int, DeadlineMark]

    def of(self, mark: Mark | None, held: EngineEvent | None) -> Proof | None:
        """What is shown as having met (or waived) one; None where nothing has."""
        row: DeadlineMark | Event | None = None
        if mark is not None:
            row = self.marks[mark.sequence]
        elif held is not None and held.key.isdigit():
            row = self.stored.events.get(int(held.key))
        if row is None:
            return None
        label = row.label or (held.name if held is not None and mark is None else "")
        file = str(row.file.pk) if row.file else ""
        by = row.by.get_full_name() if isinstance(row, DeadlineMark) and row.by else ""
        return Proof(label, row.link, file, by)


def _stray(row: DeadlineMark, duty: Duty | None) -> Stray:
    what = f"{row.get_kind_display()} on {day_in_words(row.on)}"
    return Stray(duty, row.obligation_key, row.due, f"{what}: {row.label}" if row.label else what)


def _without_twins(lines: Sequence[Line]) -> list[Line]:
    """Without what an amendment closed and asked for again on the same day."""
    again = {(line.duty.key, line.due) for line in lines if line.state is not State.SUPERSEDED}
    return [
        line for line in lines if line.state is not State.SUPERSEDED or (line.duty.key, line.due) not in again
    ]


def _unsaid(events: Iterable[Event], today: dt.date) -> list[str]:
    """The planned events whose day has passed and of which nobody has said whether they were."""
    late = sorted(
        (event for event in events if event.state == Event.State.PLANNED and event.on < today),
        key=lambda event: event.on,
    )
    return [f"{event.get_kind_display()} planned for {day_in_words(event.on)}" for event in late]


def latest_row(number: int, council: Council) -> Obligation | None:
    """An obligation of the council by its number; of one that a later version continues, the row that speaks now."""
    rows = Obligation.objects.filter(notice_version__instrument__council=council)
    row = rows.filter(pk=number).first()
    while row is not None:
        later = rows.filter(continues=row).first()
        if later is None:
            return row
        row = later
    return None


def find(deadlines: Deadlines, number: int, due: dt.date) -> list[Line]:
    """The deadlines of one obligation (by the number of the row that speaks) that are due on a day."""
    return [line for line in deadlines.lines if line.duty.number == number and line.due == due]


def said_of(council: Council, line: Line) -> list[DeadlineMark]:
    """All that people recorded of one deadline, latest first."""
    marks = DeadlineMark.objects.filter(
        council=council,
        instrument=line.duty.instrument,
        obligation_key=line.duty.key,
    )
    latest = line.deadline.mark.sequence if line.deadline.mark else line.deadline.reopened
    found = list(marks.select_related("by", "file").order_by("-pk"))
    own = {line.due, *(mark.due for mark in found if mark.pk == latest)}
    return [mark for mark in found if mark.due in own]


def feed_of(user: User, council: Council) -> CalendarFeed | None:
    """Somebody's calendar of a council, if there is one that still opens something."""
    return CalendarFeed.objects.filter(user=user, council=council, revoked_at__isnull=True).first()


def feed_by_token(token: str) -> CalendarFeed | None:
    """The calendar behind a token, unless it was ended."""
    return (
        CalendarFeed.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True)
        .select_related("user", "council")
        .first()
    )


def reminder_settings(council: Council) -> dict[Role, tuple[Rule, int]]:
    """How each role is told in a council, as it has set or by default, with the setting's version (0: none)."""
    stands: dict[Role, tuple[Rule, int]] = {role: (rule, 0) for role, rule in DEFAULTS.items()}
    for row in ReminderSetting.objects.filter(council=council):
        stands[Role(row.role)] = (Rule(tuple(row.days_before), row.escalate_after), row.version)
    return stands
