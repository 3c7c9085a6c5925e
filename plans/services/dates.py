"""When an action falls due: moving its end, and how it recurs. A change with a reason, and the earlier kept."""

import datetime as dt
import uuid

from django.db import transaction

from councils.models import Council, User
from deadlines.codec import to_json
from deadlines.schedules.base import Schedule
from plans.models import Action, MovedEnd
from plans.services.acting import Act, change_seen, held_action, needed, refuse


def move_end(
    *,
    council: Council,
    action_id: int,
    end: dt.date | None,
    reason: str,
    approved_by: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    source: str = MovedEnd.Source.PAGE,
    batch: uuid.UUID | None = None,
    undoes: MovedEnd | None = None,
) -> Action:
    """Move the end of an action (inclusive; None takes it away), and keep the earlier one.

    `undoes` is the move that this one puts back, so that neither counts as slippage. Moving it to where it stands
    already changes nothing. Raises Action.DoesNotExist outside the council; Refused without a reason or an approver,
    for an end before the start, in a closed plan and for a retired action; Conflict where somebody else has moved the
    end since `version`.
    """
    act = Act(council, by, now, today, reason.strip(), batch)
    with transaction.atomic():
        action = held_action(act, action_id)
        if end == action.ends_on:
            return action
        errors = needed(
            ("reason", reason, "Say why the end moves"), ("approved_by", approved_by, "Say who approved it")
        )
        if end and action.starts_on and end < action.starts_on:
            errors["end"] = (
                f"The end must be on or after the start, {action.starts_on.day} {action.starts_on:%B %Y}"
            )
        refuse(errors)
        old = action.ends_on
        change_seen(act, action, {"ends_on": end}, version=version)
        MovedEnd.objects.create(
            action=action,
            old=old,
            new=end,
            on=today,
            reason=act.reason,
            approved_by=approved_by.strip()[:300],
            source=source,
            recorded_at=act.now,
            by=by,
            batch=batch,
            undoes=undoes,
        )
        return action


def set_recurrence(
    *,
    council: Council,
    action_id: int,
    schedule: Schedule | None,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Action:
    """Say by which schedule an action recurs; None: it does not. Its end, if it has one, stays.

    Raises Action.DoesNotExist outside the council; Refused without a reason, in a closed plan and for a retired
    action; Conflict where somebody else has changed how it recurs since `version`.
    """
    act = Act(council, by, now, today, reason.strip())
    recurs = to_json(schedule) if schedule else None
    with transaction.atomic():
        action = held_action(act, action_id)
        if recurs == action.recurs:
            return action
        refuse(needed(("reason", reason, "Say why that changes, and who agreed to it")))
        return change_seen(act, action, {"recurs": recurs}, version=version)
