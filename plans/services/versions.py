"""Versions of the plan's wording: kept as a draft, endorsed by a board's decision."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from councils.models import Council, User
from plans.models import PlanVersion
from plans.queries import VERSION
from plans.services.acting import Act, held_plan, needed, refuse


def draft_version(
    *, council: Council, note: str, by: User | None, now: dt.datetime, today: dt.date
) -> PlanVersion:
    """Keep the open plan's wording as it stands now as its next version, a draft until a board endorses it.

    Raises Refused without a note or without a plan.
    """
    act = Act(council, by, now, today)
    refuse(needed(("note", note, "Say what this version is")))
    with transaction.atomic():
        plan = held_plan(act)
        last = plan.versions.aggregate(last=Max("number"))["last"] or 0
        made = PlanVersion.objects.create(
            plan=plan, number=last + 1, on=today, recorded_until=now, note=note.strip()[:300]
        )
        log = act.log()
        log.made(VERSION, made.pk, {"plan": plan.pk, "number": made.number, "on": today, "note": made.note})
        log.write()
        return made


def endorse_version(
    *,
    council: Council,
    version_id: int,
    endorsed_on: dt.date,
    endorsed_by: str,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> PlanVersion:
    """Record that a board endorsed a version: on which day, which board, by which decision.

    One that is endorsed stays as it is. Raises PlanVersion.DoesNotExist outside the council; Refused for a day to
    come, one before the version, or without the board.
    """
    act = Act(council, by, now, today, endorsed_by.strip())
    with transaction.atomic():
        version = PlanVersion.objects.select_for_update().get(pk=version_id, plan__council=council)
        if version.state == PlanVersion.State.ENDORSED:
            return version
        errors = needed(("endorsed_by", endorsed_by, "Say which board endorsed it, and by which decision"))
        if endorsed_on > today:
            errors["endorsed_on"] = "The day of the decision must be today or in the past"
        elif endorsed_on < version.on:
            errors["endorsed_on"] = (
                f"This version is of {version.on.day} {version.on:%B %Y}: a board cannot have seen it before"
            )
        refuse(errors)
        version.state = PlanVersion.State.ENDORSED
        version.endorsed_on, version.endorsed_by = endorsed_on, act.reason[:300]
        version.save(update_fields=["state", "endorsed_on", "endorsed_by"])
        log = act.log(on=endorsed_on)
        log.changed(VERSION, version.pk, "state", "draft", "endorsed", version=2)
        log.write()
        return version
