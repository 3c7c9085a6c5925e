"""Reads of dated facts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from councils.models import Council
from notices.models import Event, Instrument, Obligation
from notices.queries.boards import board_names

_OWN_PAGES = {"notice": "Changed with the notice", "inspection": "Changed with the inspection"}


def kept_where(event: Event) -> str:
    """Where a fact is changed instead, in words, where a page of its own keeps it; else nothing."""
    first = event.kind.partition("_")[0]
    if first in _OWN_PAGES:
        return _OWN_PAGES[first]
    kept = (Event.Kind.BOARD_HELD, Event.Kind.TESTING_PROVIDED)
    return "Changed with the board" if event.kind in kept and event.label else ""


@dataclass(frozen=True)
class KeyDate:
    """One dated fact as its page shows it; `report` in words, `note` why it does not count, where it does not."""

    event: Event
    report: str = ""
    note: str = ""

    @property
    def kept_where(self) -> str:
        """See `kept_where`."""
        return kept_where(self.event)

    @property
    def correctable(self) -> bool:
        """Whether it is put right here."""
        return not self.kept_where


def key_dates_of(council: Council) -> list[KeyDate]:
    """The facts that stand, oldest first, under the names that boards have now."""
    rows = board_names(council).on(standing_events(council).select_related("by", "file"))
    issued = list(
        Instrument.objects.filter(council=council, versions__isnull=False).values_list("on", flat=True)
    )
    first, reports = min(issued, default=None), dict(report_choices(council))
    return [KeyDate(row, reports.get(row.report, row.report), _why_not(row, first)) for row in rows]


def key_date(council: Council, number: int) -> KeyDate | None:
    """One that stands, by its number."""
    return next((one for one in key_dates_of(council) if one.event.pk == number), None)


def _why_not(row: Event, issued: dt.date | None) -> str:
    if not row.counts:
        return f"Does not count: {row.counts_because}"
    if issued is not None and row.on < issued and not row.kind.startswith(tuple(_OWN_PAGES)):
        return "Before the notice: it is kept, and counts only where a clause says so"
    return ""


def report_choices(council: Council) -> list[tuple[str, str]]:
    """The reports that notices in force ask for, by what an event calls them, each in words."""
    rows = (
        Obligation.objects.filter(
            notice_version__instrument__council=council,
            notice_version__instrument__ended_on__isnull=True,
            continued_by__isnull=True,
            superseded_on__isnull=True,
            withdrawn=False,
        )
        .select_related("requirement")
        .order_by("notice_version__number", "order")
    )
    asked = [
        row for row in rows if row.met_by is None or row.met_by.get("kind") == Event.Kind.REPORT_SUBMITTED
    ]
    return [(row.key, f"{row.requirement.ref}: {row.deliverable} ({row.duty_holder})"[:110]) for row in asked]


def standing_events(council: Council) -> QuerySet[Event]:
    """The events of a council that no later row has replaced, oldest first."""
    return Event.objects.filter(council=council, replaced_by__isnull=True).order_by("on", "id")


@dataclass(frozen=True)
class Boards:
    """The days of the boards held, each once and oldest first, and of the next one planned (None: there is none)."""

    held: tuple[dt.date, ...] = ()
    next: dt.date | None = None

    @property
    def last(self) -> dt.date | None:
        """The day of the last board held; None where none was."""
        return self.held[-1] if self.held else None


NO_BOARDS = Boards()


def boards_known(council: Council, *, today: dt.date, recorded_until: dt.datetime | None = None) -> Boards:
    """The boards of a council, held up to today (inclusive) and planned from today on.

    `recorded_until` is a moment (inclusive): events and replacements recorded after it are not known yet.
    """
    events = Event.objects.filter(council=council, kind=Event.Kind.BOARD_HELD)
    if recorded_until is None:
        events = events.filter(replaced_by__isnull=True)
    else:
        events = events.filter(recorded_at__lte=recorded_until).exclude(
            replaced_by__recorded_at__lte=recorded_until
        )
    boards = list(events.values_list("on", "state"))
    held = {on for on, state in boards if state == Event.State.HAPPENED and on <= today}
    planned = [on for on, state in boards if state == Event.State.PLANNED and on >= today]
    return Boards(tuple(sorted(held)), min(planned, default=None))


def boards_of_page(request: object, council: Council, *, today: dt.date) -> Boards:
    """`boards_known`, asked once for everything that one page shows.

    `request` is whatever asks; what it knows is kept for requests that only read, since others may change it.
    """
    if getattr(request, "method", "") not in ("GET", "HEAD"):
        return boards_known(council, today=today)
    kept: dict[tuple[int, dt.date], Boards] = request.__dict__.setdefault("boards_of_page", {})
    key = (council.pk, today)
    if key not in kept:
        kept[key] = boards_known(council, today=today)
    return kept[key]


def board_days(
    council: Council, *, today: dt.date, recorded_until: dt.datetime | None = None
) -> tuple[dt.date | None, dt.date | None]:
    """The day of the last board held (today inclusive) and of the next one planned, as in `boards_known`."""
    boards = boards_known(council, today=today, recorded_until=recorded_until)
    return boards.last, boards.next
