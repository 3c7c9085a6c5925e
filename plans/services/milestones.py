"""Milestones of an action: added, reached, moved, dropped. Each says so in the log."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from councils.models import Council, User
from history.models import Change
from history.services import ChangeLog
from plans.models import Milestone
from plans.queries import MILESTONE
from plans.services.acting import Act, held_action, needed, refuse, refuse_overtaken


def add_milestone(
    *,
    council: Council,
    action_id: int,
    text: str,
    due_on: dt.date | None,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Milestone:
    """Give an action one more milestone, behind those it has. The same one sent twice is added once.

    Raises Action.DoesNotExist outside the council; Refused without words, in a closed plan, for a retired action.
    """
    act = Act(council, by, now, today)
    refuse(needed(("text", text, "Say what the milestone is")))
    with transaction.atomic():
        action = held_action(act, action_id)
        twin = action.steps.filter(text=text.strip(), due_on=due_on, dropped_on__isnull=True).first()
        if twin is not None:
            return twin
        last = action.steps.aggregate(last=Max("order"))["last"]
        step = Milestone.objects.create(
            action=action, order=0 if last is None else last + 1, text=text.strip(), due_on=due_on
        )
        log = act.log()
        values = {"plan": action.plan_id, "action": action.pk, "order": step.order}
        log.made(MILESTONE, step.pk, {**values, "text": step.text, "due_on": step.due_on})
        log.write()
        return step


def reach_milestone(
    *,
    council: Council,
    milestone_id: int,
    reached_on: dt.date | None,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Milestone:
    """Record the day on which a milestone was reached; None takes that back.

    Raises Milestone.DoesNotExist outside the council; Refused for a day to come; Conflict as any change.
    """
    act = Act(council, by, now, today)
    if reached_on and reached_on > today:
        refuse({"reached_on": "The day it was reached must be today or in the past"})
    with transaction.atomic():
        step = _held(act, milestone_id)
        # the first word on it counts from the day it speaks of; a correction from the day it is made
        said = Change.objects.filter(subject=MILESTONE, subject_id=step.pk, field="reached_on").exists()
        log = act.log(on=None if said else reached_on)
        _change(step, log, version, reached_on=reached_on)
        log.write()
        return step


def move_milestone(
    *,
    council: Council,
    milestone_id: int,
    due_on: dt.date | None,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Milestone:
    """Move the day of a milestone, with a reason; the log keeps the earlier day.

    Raises Milestone.DoesNotExist outside the council; Refused without a reason; Conflict as any change.
    """
    act = Act(council, by, now, today, reason.strip())
    refuse(needed(("reason", reason, "Say why the milestone moves")))
    with transaction.atomic():
        step = _held(act, milestone_id)
        log = act.log()
        _change(step, log, version, due_on=due_on)
        log.write()
        return step


def drop_milestone(
    *,
    council: Council,
    milestone_id: int,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Milestone:
    """Say that a milestone is none any longer from today, with a reason. It stays readable.

    Raises Milestone.DoesNotExist outside the council; Refused without a reason; Conflict as any change.
    """
    act = Act(council, by, now, today, reason.strip())
    refuse(needed(("reason", reason, "Say why it is no longer a milestone")))
    with transaction.atomic():
        step = _held(act, milestone_id)
        log = act.log()
        _change(step, log, version, dropped_on=today)
        log.write()
        return step


def _held(act: Act, number: int) -> Milestone:
    step = Milestone.objects.get(pk=number, action__plan__council=act.council)
    held_action(act, step.action_id)
    step.refresh_from_db()
    return step


def _change(step: Milestone, log: ChangeLog, version: int, **values: dt.date | None) -> None:
    stands = {name: getattr(step, name) for name in values}
    refuse_overtaken(MILESTONE, step.pk, version=version, current=step.version, sent=values, stands=stands)
    if stands == values:
        return
    step.version += 1
    for name, new in values.items():
        log.changed(MILESTONE, step.pk, name, stands[name], new, version=step.version)
        setattr(step, name, new)
    step.save(update_fields=[*values, "version"])
