"""What figures rest on: the position that a board sees, and the one that a board has seen.

The one home of the rule what a board saw of a plan: the position its published pack shows; without one, the position
its round froze; without either, the plan as it stood at the end of the board's day.
"""

import datetime as dt
from dataclasses import dataclass

from boards.models import Meeting
from boards.queries.rounds import round_of
from plans.models import Plan, Position
from reporting.models import Pack


@dataclass(frozen=True)
class Basis:
    """What figures rest on: the plan at the end of a day, as far as was known at a moment."""

    on: dt.date
    recorded_until: dt.datetime


def basis_of(meeting: Meeting, *, today: dt.date, now: dt.datetime) -> tuple[Basis, Position | None]:
    """What a pack for the meeting rests on: the position frozen for it, else the plan as it stands today."""
    position = frozen_for(meeting)
    if position is not None:
        return Basis(position.on, position.recorded_until), position
    return Basis(min(today, meeting.on), now), None


def seen_by(meeting: Meeting, plan: Plan) -> Basis | None:
    """What a board that was held saw of a plan; None where nothing was frozen for it: the plan as at its day."""
    position = frozen_for(meeting)
    if position is None or position.plan_id != plan.pk:
        return None
    return Basis(position.on, position.recorded_until)


def frozen_for(meeting: Meeting) -> Position | None:
    """The position that a meeting's published pack shows, else the one its round froze; None without either."""
    packs = Pack.objects.filter(meeting=meeting, edition=Pack.Edition.PUBLISHED, position__isnull=False)
    pack = packs.exclude(state=Pack.State.REFUSED).select_related("position").first()
    if pack is not None:
        return pack.position
    opened = round_of(meeting)
    return opened.position if opened else None
