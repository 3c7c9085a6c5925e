"""Recording dated facts."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db import transaction

from councils.models import Council, User
from deadlines.months import within_reach
from history.services import ChangeLog
from notices.models import BoardRename, Event, Inspection, Instrument
from notices.queries.boards import board_names
from notices.queries.events import kept_where
from notices.services.refusals import FAR, Refused

if TYPE_CHECKING:
    from files.models import StoredFile

EVENT = "notices.event"


class EventRefused(Refused):
    """A fact that cannot be; `field` says which part of it."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What more there is to say of an event: see the fields of `notices.models.Event`."""

    report: str = ""
    counts: bool = True
    counts_because: str = ""
    on_request: bool = False
    resets: bool = True
    amount: float = 0
    wanted_by: dt.date | None = None
    label: str = ""
    link: str = ""
    file: "StoredFile | None" = None
    instrument: Instrument | None = None
    inspection: Inspection | None = None

    def as_fields(self) -> dict[str, object]:
        """The values by the model's names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def as_logged(self) -> dict[str, object]:
        """What the change log keeps: the values that say something, things by their number."""
        said = {name: value for name, value in self.as_fields().items() if value != getattr(_NOTHING, name)}
        return {name: getattr(value, "pk", value) for name, value in said.items()}


_NOTHING = About()


def record_event(
    *,
    council: Council,
    kind: str,
    on: dt.date,
    state: str,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    board: str = "",
    note: str = "",
    about: About = _NOTHING,
    replaces: Event | None = None,
) -> Event:
    """Record that something is planned for, happened on or was cancelled for a day. Saying it twice records it once.

    Saying of the same thing on the same day something else (it counts after all, a link to its minutes) is a new row
    that replaces the old. Raises EventRefused for something that is said to have happened in the future, or planned
    for the past or for beyond a hundred years, for what a page of its own keeps (a meeting) said by anybody else, and
    for an event to replace that is another council's or has been replaced already.
    """
    if state != Event.State.CANCELLED and not within_reach(on, today):
        raise EventRefused("on", FAR)
    if state == Event.State.HAPPENED and on > today:
        raise EventRefused("on", "That day has not come yet: record it as planned")
    if state == Event.State.PLANNED and on < today:
        raise EventRefused("on", "That day has passed: record whether it happened")
    if not about.counts and not about.counts_because.strip():
        raise EventRefused("counts_because", "Say why it does not count for the notice")
    with transaction.atomic():
        Council.objects.select_for_update().get(pk=council.pk)
        named, alike = replaces, _alike(council, (kind, board, on), about, now)
        same = next((row for row in alike if row.state == state), None)
        if same is not None and (replaces is None or replaces.pk == same.pk):
            if _says_the_same(same, note, about):
                return same
            replaces = same
        if replaces is None and state != Event.State.PLANNED:
            replaces = next((row for row in alike if row.state != Event.State.CANCELLED), None)
        if named is None and replaces is not None and about.label != replaces.label and kept_where(replaces):
            raise EventRefused("on", f"{kept_where(replaces)}: look for it there")
        _check_replaced(replaces, council)
        event = Event.objects.create(
            council=council,
            kind=kind,
            board=board,
            on=on,
            state=state,
            note=note,
            replaces=replaces,
            recorded_at=now,
            by=by,
            **about.as_fields(),
        )
        log = ChangeLog(council_id=council.pk, by=by, on=on, now=now, reason=note)
        log.made(
            EVENT, event.pk, {"kind": kind, "board": board, "on": on, "state": state, **about.as_logged()}
        )
        log.write()
    return event


def _alike(council: Council, what: tuple[str, str, dt.date], about: About, now: dt.datetime) -> list[Event]:
    """The standing rows about the same thing (kind, board, day), by whatever name its board had then."""
    kind, board, on = what
    rows = Event.objects.filter(
        council=council,
        kind=kind,
        on=on,
        report=about.report,
        instrument=about.instrument,
        inspection=about.inspection,
        replaced_by__isnull=True,
    )
    names = board_names(council)
    called = names.now(board, now)
    return [row for row in rows.order_by("pk") if names.now(row.board, row.recorded_at) == called]


def rename_board(
    *, council: Council, was: str, name: str, by: User | None, now: dt.datetime
) -> BoardRename | None:
    """A board is called something else from now on: what was recorded under its earlier name stays its own."""
    if was == name:
        return None
    return BoardRename.objects.create(council=council, was=was, name=name, recorded_at=now, by=by)


def _says_the_same(event: Event, note: str, about: About) -> bool:
    """Whether a row says all that is said now; saying less than it does takes nothing back."""
    if (note and note != event.note) or about == _NOTHING:
        return not note or note == event.note
    return all(getattr(event, name) == value for name, value in about.as_fields().items())


def _check_replaced(replaces: Event | None, council: Council) -> None:
    if replaces is None:
        return
    if replaces.council_id != council.pk:
        raise EventRefused("replaces", "That key date is another council's")
    if Event.objects.filter(replaces=replaces).exists():
        raise EventRefused("replaces", "Somebody has corrected that key date already: look at it again")
