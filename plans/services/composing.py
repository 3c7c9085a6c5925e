"""New actions: added, split off another, or several merged into one. A reference is never used again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Min

from councils.models import Council, User
from history.services import ChangeLog
from plans.models import Action, Objective, Plan
from plans.queries import ACTION
from plans.services.acting import Act, change_action, held_action, held_plan, needed, refuse, refuse_overtaken
from plans.services.changing import NO_REASON
from plans.services.leading import MOST, lead_values, leads_named, store_leads


@dataclass(frozen=True)
class NewAction:
    """An action to come into the plan; the end is inclusive."""

    ref: str
    activity: str
    outcome: str = ""
    timeline: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    leads: tuple[str, ...] = ()


def add_action(
    *,
    council: Council,
    objective_id: int,
    new: NewAction,
    reason: str,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Action:
    """Add an action to the open plan under one of its objectives, behind those that are there.

    Raises Refused without a reason, activity or reference, for a reference that the plan has or had, for an end
    before the start, and for an objective that is not the plan's.
    """
    act = Act(council, by, now, today, reason.strip())
    with transaction.atomic():
        plan = held_plan(act)
        objective = Objective.objects.filter(pk=objective_id, plan=plan).first()
        errors = needed(("reason", reason, NO_REASON)) | _errors(plan, [new])
        if objective is None:
            errors["objective"] = "Choose an objective of this plan"
        refuse(errors)
        assert objective is not None  # noqa: S101 - refused above
        log = act.log()
        made = _make(plan, objective, new, log)
        log.write()
        return made


def split(
    *,
    council: Council,
    action_id: int,
    parts: Sequence[NewAction],
    keep: bool,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> list[Action]:
    """Split parts off an action into actions of their own, under the same objective.

    With `keep` the action itself stays; without it the parts take its place and it is retired from today. The parts
    stand behind it, or last where there is no room; a part without leads has those of the action.

    Raises as `add_action`, Action.DoesNotExist outside the council, Refused
    for fewer than two parts where the action does not stay, and Conflict where it was retired or reworded since.
    """
    act = Act(council, by, now, today, reason.strip())
    with transaction.atomic():
        action = held_action(act, action_id)
        errors = needed(("reason", reason, NO_REASON)) | _errors(action.plan, parts)
        if len(parts) < (1 if keep else 2):
            errors["parts"] = (
                "Say what the parts are" if keep else "Give two parts or more, each with its reference"
            )
        refuse(errors)
        refuse_overtaken(
            ACTION,
            action.pk,
            version=version,
            current=action.version,
            sent={"activity": "", "retired_on": today},
            stands={"activity": action.activity, "retired_on": action.retired_on},
        )
        log = act.log()
        names = tuple(action.leads.order_by("order").values_list("name", flat=True))
        places = _places_behind(action, len(parts))
        made = [
            _make(action.plan, action.objective, part, log, of=action, leads=names, place=place)
            for part, place in zip(parts, places, strict=True)
        ]
        if not keep:
            change_action(action, log, {"retired_on": today})
        log.write()
        return made


def merge(
    *,
    council: Council,
    action_id: int,
    others: Sequence[int],
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Action:
    """Merge other actions into this one: they are retired from today and point to it. What they had stays with them.

    Raises Action.DoesNotExist outside the council; Refused without a reason or without others, for others of another
    plan or retired ones.
    """
    act = Act(council, by, now, today, reason.strip())
    numbers = [number for number in dict.fromkeys(others) if number != action_id]
    errors = needed(("reason", reason, NO_REASON))
    if not numbers:
        errors["others"] = "Choose the actions that become part of this one"
    refuse(errors)
    with transaction.atomic():
        # always in one order, so that two merges the other way round do not wait for each other for ever
        held = {number: held_action(act, number) for number in sorted([action_id, *numbers])}
        action = held.pop(action_id)
        if any(other.plan_id != action.plan_id for other in held.values()):
            refuse({"others": "Only actions of one plan can be merged"})
        refuse_overtaken(
            ACTION,
            action.pk,
            version=version,
            current=action.version,
            sent={"activity": ""},
            stands={"activity": action.activity},
        )
        log = act.log()
        for other in held.values():
            change_action(other, log, {"retired_on": today, "merged_into": action})
        action.version += 1
        action.save(update_fields=["version"])
        refs = [other.ref for other in held.values()]
        log.changed(ACTION, action.pk, "merged", None, refs, version=action.version)
        log.write()
        return action


def ref_key(ref: str) -> str:
    """What two spellings of one reference have in common."""
    return "".join(ref.split()).casefold()


def _errors(plan: Plan, parts: Sequence[NewAction]) -> dict[str, str]:
    taken = {ref_key(ref) for ref in Action.objects.filter(plan=plan).values_list("ref", flat=True)}
    errors: dict[str, str] = {}
    for part in parts:
        errors |= needed(
            ("ref", part.ref, "Give it a reference"), ("activity", part.activity, "Say what is to be done")
        )
        key = ref_key(part.ref)
        if key and key in taken:
            errors["ref"] = (
                f"{part.ref.strip()} is or was another action of this plan: choose a new reference"
            )
        taken.add(key)
        if len(part.ref) > 60:  # noqa: PLR2004 - the longest that is stored
            errors["ref"] = "A reference has at most 60 characters"
        if part.starts_on and part.ends_on and part.ends_on < part.starts_on:
            errors["ends_on"] = (
                f"The end must be on or after the start, {part.starts_on.day} {part.starts_on:%B %Y}"
            )
        if len(part.leads) > MOST:
            errors["leads"] = f"An action can have at most {MOST} leads"
    return errors


def _places_behind(action: Action, many: int) -> list[int | None]:
    """Order numbers between an action and the next one of its plan; None for each where too few are free."""
    behind = Action.objects.filter(plan=action.plan, order__gt=action.order)
    following = behind.aggregate(first=Min("order"))["first"]
    if following is not None and following - action.order <= many:
        return [None] * many
    return [action.order + number for number in range(1, many + 1)]


def _make(
    plan: Plan,
    objective: Objective,
    new: NewAction,
    log: ChangeLog,
    *,
    of: Action | None = None,
    leads: tuple[str, ...] = (),
    place: int | None = None,
) -> Action:
    if place is None:
        last = Action.objects.filter(plan=plan).aggregate(last=Max("order"))["last"]
        place = 0 if last is None else last + 1
    made = Action.objects.create(
        plan=plan,
        objective=objective,
        order=place,
        ref=new.ref.strip(),
        activity=new.activity.strip(),
        outcome=new.outcome.strip(),
        timeline=new.timeline.strip(),
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        split_from=of,
    )
    led_by = leads_named(plan.council, new.leads or leads)
    store_leads(made, led_by)
    log.made(
        ACTION,
        made.pk,
        {
            "plan": plan.pk,
            "objective": objective.pk,
            "order": made.order,
            "ref": made.ref,
            "activity": made.activity,
            "outcome": made.outcome,
            "milestones": "",
            "timeline": made.timeline,
            "starts_on": made.starts_on,
            "ends_on": made.ends_on,
            "leads": lead_values(led_by),
            "marks": [],
            "split_from": of.pk if of else None,
        },
    )
    return made
