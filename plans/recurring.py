"""Timelines that recur, on the schedule engine. Plain Python, no Django.

What is stored is a schedule as `deadlines.codec` writes it. Boards are known by the day of the last one alone, which
is enough to say whether an action was seen to since it last fell due.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from deadlines.codec import ScheduleJsonError, from_json
from deadlines.events import Event
from deadlines.facts import Facts
from deadlines.schedules.base import Schedule

AHEAD = dt.timedelta(days=400)


@dataclass(frozen=True)
class Recurrence:
    """When an action falls due again and again; `before` and `last` are days up to the one asked about."""

    sentence: str
    before: dt.date | None
    last: dt.date | None
    next: dt.date | None


def schedule_of(recurs: dict[str, Any] | None) -> Schedule | None:
    """The stored schedule; None without one or where it was written by a version that is not known here."""
    if not recurs:
        return None
    try:
        return from_json(recurs)
    except ScheduleJsonError:
        return None


def recurrence(
    recurs: dict[str, Any] | None, *, on: dt.date, last_board: dt.date | None = None
) -> Recurrence | None:
    """When a recurring action fell due last and falls due next, seen from a day (inclusive), if it recurs."""
    schedule = schedule_of(recurs)
    if schedule is None:
        return None
    events = [Event("board_held", last_board)] if last_board else []
    days = sorted({occurrence.due for occurrence in schedule.due(Facts.of(events), on + AHEAD)})
    past = [day for day in days if day <= on]
    return Recurrence(
        sentence=schedule.sentence(),
        before=past[-2] if len(past) > 1 else None,
        last=past[-1] if past else None,
        next=next((day for day in days if day > on), None),
    )
