"""How an objective is judged: by a person, with a reason."""

import datetime as dt

from django.db import transaction

from councils.models import Council, User
from history.queries import fields_changed_since
from plans.models import Objective, ScaleCode
from plans.queries import OBJECTIVE
from plans.services.acting import Act, held_objective
from plans.services.refusals import Conflict, Refused


def judge_objective(
    *,
    council: Council,
    objective_id: int,
    rating: str,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Objective:
    """Set the judged rating of an objective: a person's judgement with its reason, never a roll-up.

    Raises Objective.DoesNotExist outside the council, Refused without a reason or for a code the scale does not have,
    Conflict if somebody else judged it since `version`.
    """
    act = Act(council, by, now, today, reason)
    with transaction.atomic():
        objective = held_objective(act, objective_id)
        code = ScaleCode.objects.filter(plan=objective.plan, code=rating, is_mark=False).first()
        old = objective.rating.code if objective.rating else None
        if "rating" in fields_changed_since(OBJECTIVE, objective.pk, version) and old != (rating or None):
            raise Conflict({"rating": old}, objective.version, "Somebody else")
        errors = {}
        if version > objective.version:
            errors["version"] = "This form was not made by this page: open the objective again"
        if rating and code is None:
            errors["rating"] = f"“{rating}” is not a rating of this plan"
        if not reason.strip():
            errors["reason"] = "Say why the objective is judged so"
        if errors:
            raise Refused(errors)
        objective.version += 1
        objective.rating = code
        objective.save(update_fields=["rating", "version"])
        log = act.log()
        log.changed(OBJECTIVE, objective.pk, "rating", old, rating or None, version=objective.version)
        if old == (rating or None):  # the judgement stands, with a new reason
            log.changed(OBJECTIVE, objective.pk, "judgement", None, reason, version=objective.version)
        log.write()
        return objective
