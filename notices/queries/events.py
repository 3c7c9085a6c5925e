"""Reads of dated facts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from councils.models import Council
from notices.models import Event


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
