"""Recording dated facts."""

import datetime as dt

from django.db import transaction

from councils.models import Council, User
from history.services import ChangeLog
from notices.models import Event

EVENT = "notices.event"


class EventRefused(Exception):  # noqa: N818
    """A fact that cannot be; `field` says which part of it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


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
    replaces: Event | None = None,
) -> Event:
    """Record that something is planned for, happened on or was cancelled for a day. Saying it twice records it once.

    Raises EventRefused for something that is said to have happened in the future, or planned for the past.
    """
    if state == Event.State.HAPPENED and on > today:
        raise EventRefused("on", "That day has not come yet: record it as planned")
    if state == Event.State.PLANNED and on < today:
        raise EventRefused("on", "That day has passed: record whether it happened")
    with transaction.atomic():
        Council.objects.select_for_update().get(pk=council.pk)
        same = Event.objects.filter(
            council=council, kind=kind, on=on, state=state, board=board, replaced_by__isnull=True
        ).first()
        if same is not None:
            return same
        if replaces is None and state != Event.State.PLANNED:
            replaces = Event.objects.filter(
                council=council,
                kind=kind,
                on=on,
                board=board,
                state__in=[Event.State.PLANNED, Event.State.HAPPENED],
                replaced_by__isnull=True,
            ).first()
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
        )
        log = ChangeLog(council_id=council.pk, by=by, on=on, now=now, reason=note)
        log.made(EVENT, event.pk, {"kind": kind, "board": board, "on": on, "state": state})
        log.write()
    return event
