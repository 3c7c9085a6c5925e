"""Reads of dated facts."""

import datetime as dt

from django.db.models import QuerySet

from councils.models import Council
from notices.models import Event


def standing_events(council: Council) -> QuerySet[Event]:
    """The events of a council that no later row has replaced, oldest first."""
    return Event.objects.filter(council=council, replaced_by__isnull=True).order_by("on", "id")


def board_days(
    council: Council, *, today: dt.date, recorded_until: dt.datetime | None = None
) -> tuple[dt.date | None, dt.date | None]:
    """The day of the last board held (today inclusive) and of the next one planned; None where there is none.

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
    held = [on for on, state in boards if state == Event.State.HAPPENED and on <= today]
    planned = [on for on, state in boards if state == Event.State.PLANNED and on >= today]
    return (max(held, default=None), min(planned, default=None))
