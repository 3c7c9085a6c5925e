"""Changing the plan itself: rewording, moving between objectives, other leads, retiring. Each owes a reason."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from councils.models import Council, User
from plans.models import Action, Objective
from plans.queries import ACTION
from plans.services.acting import (
    Act,
    change_action,
    change_seen,
    held_action,
    held_with_retired,
    needed,
    refuse,
    refuse_overtaken,
)
from plans.services.leading import MOST, lead_values, leads_named, store_leads, stored_leads

WORDING = ("activity", "outcome", "milestones", "timeline", "evidence_words", "starts_on")
NO_REASON = "Say why the plan changes, and who agreed to it"


def reword(
    *,
    council: Council,
    action_id: int,
    values: Mapping[str, Any],
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Action:
    """Change the words of an action, or its start: any of the fields in `WORDING`, as they shall read.

    The end is moved by `move_end`. Raises Action.DoesNotExist outside the council; Refused without a reason or
    activity, and for a start after the end; Conflict where somebody else has changed one of the same fields since.
    """
    act = Act(council, by, now, today, reason.strip())
    with transaction.atomic():
        action = held_action(act, action_id)
        stands = {name: getattr(action, name) for name in WORDING}
        sent = {name: values[name] for name in WORDING if name in values}
        changed = {name: value for name, value in sent.items() if value != stands[name]}
        if not changed:
            return action
        errors = needed(
            ("reason", reason, NO_REASON),
            ("activity", sent.get("activity", "as it is"), "Say what is to be done"),
        )
        starts_on = sent.get("starts_on")
        if starts_on and action.ends_on and starts_on > action.ends_on:
            errors["starts_on"] = (
                f"The start must be on or before the end, {action.ends_on.day} {action.ends_on:%B %Y}"
            )
        refuse(errors)
        return change_seen(act, action, changed, version=version)


def change_leads(
    *,
    council: Council,
    action_id: int,
    leads: Sequence[str],
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    batch: uuid.UUID | None = None,
) -> Action:
    """Give an action other leads, by their names. A name that one person of the council bears is that person.

    Raises Action.DoesNotExist outside the council; Refused without a reason or for more than twenty; Conflict where
    somebody else has changed the leads since.
    """
    act = Act(council, by, now, today, reason.strip(), batch)
    with transaction.atomic():
        action = held_action(act, action_id)
        old, new = stored_leads(action), leads_named(council, leads)
        if old == new:
            return action
        errors = needed(("reason", reason, "Say why others lead it"))
        if len(new) > MOST:
            errors["leads"] = f"An action can have at most {MOST} leads"
        refuse(errors)
        refuse_overtaken(
            ACTION,
            action.pk,
            version=version,
            current=action.version,
            sent={"leads": lead_values(new)},
            stands={"leads": lead_values(old)},
        )
        store_leads(action, new)
        action.version += 1
        action.save(update_fields=["version"])
        log = act.log()
        log.changed(ACTION, action.pk, "leads", lead_values(old), lead_values(new), version=action.version)
        log.write()
        return action


def rehome(
    *,
    council: Council,
    action_id: int,
    objective_id: int,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Action:
    """Put an action under another objective of the plan, behind those that are there. Its reference stays.

    Raises Action.DoesNotExist outside the council; Refused without a reason or for an objective of another plan;
    Conflict where somebody else has moved it since.
    """
    act = Act(council, by, now, today, reason.strip())
    with transaction.atomic():
        action = held_action(act, action_id)
        objective = Objective.objects.filter(pk=objective_id, plan_id=action.plan_id).first()
        errors = needed(("reason", reason, NO_REASON))
        if objective is None:
            errors["objective"] = "Choose an objective of this plan"
        refuse(errors)
        if objective is None or objective.pk == action.objective_id:
            return action
        return change_seen(act, action, {"objective": objective}, version=version)


def retire(
    *,
    council: Council,
    action_id: int,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Action:
    """Take an action out of the plan from today. It stays readable, and its reference is never used again.

    Raises Action.DoesNotExist outside the council; Refused without a reason.
    """
    act = Act(council, by, now, today, reason.strip())
    refuse(needed(("reason", reason, "Say why it is no longer part of the plan")))
    with transaction.atomic():
        action = held_action(act, action_id)
        return change_seen(act, action, {"retired_on": today}, version=version)


def bring_back(
    *, council: Council, action_id: int, reason: str, by: User | None, now: dt.datetime, today: dt.date
) -> Action:
    """Take a retired action into the plan again from today, with everything it had.

    One that is in the plan stays as it is. Raises Action.DoesNotExist outside the council; Refused without a reason
    or in a closed plan.
    """
    act = Act(council, by, now, today, reason.strip())
    refuse(needed(("reason", reason, "Say why it is part of the plan again")))
    with transaction.atomic():
        action = held_with_retired(act, action_id)
        if action.plan.closed_on is not None:
            refuse({"version": "This plan is closed and can no longer be changed"})
        if action.retired_on is None:
            return action
        log = act.log()
        change_action(action, log, {"merged_into": None, "retired_on": None})
        log.write()
        return action
