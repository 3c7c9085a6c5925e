"""Freezing the plan as it stands."""

import datetime as dt

from django.db import transaction

from councils.models import User
from history.services import ChangeLog
from plans.models import Plan, Position
from plans.services.refusals import Refused


def freeze_position(
    *, plan: Plan, on: dt.date, label: str, by: User | None, now: dt.datetime, today: dt.date
) -> Position:
    """Freeze the plan as it stands on a day, as far as is known now. From then on those above the council read it.

    Raises Refused for a day in the future or before the plan began.
    """
    if on > today:
        raise Refused({"on": "A position can be frozen for today or an earlier day"})
    if on < plan.begun_on:
        raise Refused({"on": "The plan had not begun on that day"})
    with transaction.atomic():
        position = Position.objects.create(plan=plan, on=on, recorded_until=now, label=label, frozen_by=by)
        log = ChangeLog(council_id=plan.council_id, by=by, on=on, now=now)
        log.made("plans.position", position.pk, {"plan": plan.pk, "on": on, "label": label})
        log.write()
    return position
