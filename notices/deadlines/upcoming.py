"""The next deadline of a council, cheap enough for the strip on every page.

The cached value is the same for all who may see deadlines. Whatever deadlines are worked out from makes it anew once
it is saved (`notices.signals`); ten minutes later it is made anew in any case.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache

from councils.models import Council
from notices.deadlines.queries import deadlines_of

LASTS = dt.timedelta(minutes=10)
_AHEAD = dt.timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What is owed next (None: nothing in half a year), and how much is overdue, the Department's own apart."""

    due: dt.date | None = None
    what: str = ""
    obligation: int = 0
    firm: bool = True
    overdue: int = 0
    in_force: bool = False


def upcoming(council: Council, *, today: dt.date) -> Upcoming:
    """The next deadline of a council on a day."""
    key = _key(council.pk, today)
    found: Upcoming | None = cache.get(key)
    if found is None:
        found = _worked_out(council, today)
        cache.set(key, found, LASTS.total_seconds())
    return found


def forget(council_id: int, *, today: dt.date) -> None:
    """Let it be made anew: something that it rests on has changed."""
    cache.delete(_key(council_id, today))


def _key(council_id: int, today: dt.date) -> str:
    return f"upcoming-deadline-{council_id}-{today.isoformat()}"


def _worked_out(council: Council, today: dt.date) -> Upcoming:
    found = deadlines_of(council, today=today, until=today + _AHEAD)
    overdue, in_force = len(found.overdue), found.issued_on is not None
    for line in found.coming(1):
        return Upcoming(line.due, line.duty.deliverable, line.duty.number, line.firm, overdue, in_force)
    return Upcoming(overdue=overdue, in_force=in_force)
