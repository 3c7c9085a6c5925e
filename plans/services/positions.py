"""Freezing the plan as it stands."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from councils.models import User
from history.services import ChangeLog
from plans.models import Action, Objective, Plan, Position
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
        # what is being written at this moment is waited for, since whoever writes holds the plan, an action or an
        # objective; what waits for this comes after it (`after_frozen`). no_key: whoever holds an action that this
        # waits for may still put a new one into the plan
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        list(Action.objects.select_for_update(no_key=True).filter(plan=plan).order_by("pk").values_list("pk"))
        list(
            Objective.objects.select_for_update(no_key=True)
            .filter(plan=plan)
            .order_by("pk")
            .values_list("pk")
        )
        position = Position.objects.create(plan=plan, on=on, recorded_until=now, label=label, frozen_by=by)
        log = ChangeLog(council_id=plan.council_id, by=by, on=on, now=now)
        log.made("plans.position", position.pk, {"plan": plan.pk, "on": on, "label": label})
        log.write()
    return position


def after_frozen(plan_id: int, now: dt.datetime) -> dt.datetime:
    """`now`, or the moment after what the plan's last frozen position knows, where that is later.

    Asked once what is to be written is held (`acting.held_plan` and its like ask it for every service): what was sent
    before a position was frozen, and waited for it, does not slip into what the board has been shown.
    """
    frozen = Position.objects.filter(plan=plan_id, recorded_until__gte=now)
    last = frozen.aggregate(last=Max("recorded_until"))["last"]
    return now if last is None else last + dt.timedelta.resolution
