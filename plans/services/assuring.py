"""Assurance: what the chair or an independent validator accepts after testing, beside what is reported."""

import datetime as dt

from django.db import transaction

from councils.models import Council, User
from plans.models import Assurance, ScaleCode
from plans.queries import ACTION, ASSURANCE
from plans.services.acting import Act, held_action, needed, refuse


def assure(
    *,
    council: Council,
    action_id: int,
    rating: str,
    finding: str,
    on: dt.date,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    said_by: str = "",
    source: str = "",
) -> Assurance:
    """Record the rating that testing accepts of an action on a day, and what the testing showed.

    `rating` is a code of the plan's scale; "" says that testing accepts no rating. The reported rating stays as it
    is. Sent twice it is recorded once. The assurance of the latest day counts, of one day the last recorded. Raises
    Action.DoesNotExist outside the council; Refused without a finding, for an unknown code, for a day to come or
    before the plan began.
    """
    act = Act(council, by, now, today, finding.strip())
    with transaction.atomic():
        action = held_action(act, action_id)
        code = ScaleCode.objects.filter(plan_id=action.plan_id, code=rating, is_mark=False).first()
        errors = needed(("finding", finding, "Say what was tested and what it showed"))
        if rating and code is None:
            errors["rating"] = f"“{rating}” is not a rating of this plan"
        if on > today:
            errors["on"] = "The day of the testing must be today or in the past"
        elif on < action.plan.begun_on:
            errors["on"] = (
                f"The plan began on {action.plan.begun_on.day} {action.plan.begun_on:%B %Y}, after that day"
            )
        refuse(errors)
        last = action.assurances.order_by("-id").first()
        if last and (last.on, last.rating_id, last.finding, last.by_id) == (
            on,
            code.pk if code else None,
            act.reason,
            by.pk if by else None,
        ):
            return last
        made = Assurance.objects.create(
            action=action,
            on=on,
            rating=code,
            finding=act.reason,
            said_by=said_by[:200],
            source=source[:200],
            recorded_at=act.now,
            by=by,
        )
        log = act.log(on=on)
        values = {"plan": action.plan_id, "action": action.pk, "rating": rating or None, "on": on}
        log.made(ASSURANCE, made.pk, values)
        if action.assured_on is None or on >= action.assured_on:
            action.version += 1
            old = action.assured.code if action.assured else None
            log.changed(ACTION, action.pk, "assured", old, rating or None, version=action.version)
            action.assured, action.assured_on = code, on
            action.save(update_fields=["assured", "assured_on", "version"])
        log.write()
        return made
