"""What every change of a plan's parts shares: who acts, which row is held, what somebody else changed meanwhile."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from councils.models import Council, User
from history.models import Change
from history.services import Actor, ChangeLog
from plans.models import Action, Objective, Plan
from plans.queries import ACTION
from plans.services.positions import after_frozen
from plans.services.refusals import Conflict, Refused


@dataclass
class Sayer:
    """A lead without an account, as the change log names them."""

    name: str
    pk: Any = None

    def get_full_name(self) -> str:
        return self.name


def actor_of(by: User | None, said_by: str) -> Actor | None:
    """Who the change log names: the user, or else the lead who answered without an account."""
    return by or (Sayer(said_by) if said_by else None)


@dataclass
class Act:
    """One act upon a council's plan: by whom (None: the product, or the lead named by `said_by`), when, and why.

    Everything that the act records is recorded at `now`, which holding the plan or a part of it may put later, so read
    it from here and only then.
    """

    council: Council
    by: User | None
    now: dt.datetime
    today: dt.date
    reason: str = ""
    batch: uuid.UUID | None = None
    said_by: str = ""

    def log(self, *, on: dt.date | None = None) -> ChangeLog:
        """An empty log of this act; `on` is the day that its facts speak of (None: today)."""
        return ChangeLog(
            council_id=self.council.pk,
            by=actor_of(self.by, self.said_by),
            on=on or self.today,
            now=self.now,
            reason=self.reason,
            batch=self.batch,
        )


def held_plan(act: Act) -> Plan:
    """The council's open plan, held until the transaction ends. Raises Refused where there is none."""
    plan = (
        Plan.objects.select_for_update(no_key=True)
        .filter(council=act.council, closed_on__isnull=True)
        .order_by("-begun_on", "-id")
        .first()
    )
    if plan is None:
        raise Refused({"version": "There is no open plan to change"})
    act.now = after_frozen(plan.pk, act.now)
    return plan


def held_objective(act: Act, number: int) -> Objective:
    """An objective of the council, held until the transaction ends. Raises Objective.DoesNotExist outside it."""
    objective = (
        Objective.objects.select_for_update(of=("self",))
        .select_related("rating", "plan")
        .get(pk=number, plan__council=act.council)
    )
    act.now = after_frozen(objective.plan_id, act.now)
    return objective


def held_with_retired(act: Act, number: int) -> Action:
    """An action of the council, in the plan or not, held until the transaction ends.

    Raises Action.DoesNotExist outside the council.
    """
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("plan", "rating", "impact", "assured")
        .get(pk=number, plan__council=act.council)
    )
    act.now = after_frozen(action.plan_id, act.now)
    return action


def held_action(act: Act, number: int) -> Action:
    """An action of the council, held until the transaction ends.

    Raises Action.DoesNotExist outside the council, Refused in a closed plan and for an action that is retired.
    """
    action = held_with_retired(act, number)
    if action.plan.closed_on is not None:
        raise Refused({"version": "This plan is closed and can no longer be changed"})
    if action.retired_on is not None and action.retired_on <= act.today:
        raise Refused({"version": f"{action.ref} is no longer part of the plan"})
    return action


def needed(*fields: tuple[str, str, str]) -> dict[str, str]:
    """The errors of texts that were left empty: each field as its name, what was given, and what to say without it."""
    return {name: message for name, given, message in fields if not given.strip()}


def refuse(errors: Mapping[str, str]) -> None:
    """Raise Refused if there is anything to say."""
    if errors:
        raise Refused(dict(errors))


def refuse_overtaken(
    subject: str,
    number: int,
    *,
    version: int,
    current: int,
    sent: Mapping[str, Any],
    stands: Mapping[str, Any],
) -> None:
    """Refuse a change made from an older version where somebody else has changed one of the same fields since.

    `sent` and `stands` are by the log's field names. A field that now stands as it was sent is no conflict. Raises
    Conflict, and Refused for a version that was never handed out.
    """
    if version > current:
        raise Refused({"version": "This form was not made by this page: open it again"})
    if version == current:
        return
    since = Change.objects.filter(
        subject=subject, subject_id=number, version__gt=version, field__in=list(sent)
    )
    changed = dict(since.order_by("id").values_list("field", "by_name"))
    theirs = {name: stands[name] for name in changed if stands[name] != sent[name]}
    if theirs:
        raise Conflict(theirs, current, changed[next(iter(theirs))])


def change_action(action: Action, log: ChangeLog, values: Mapping[str, Any]) -> None:
    """Set fields of an action that is held, one version further, and put what changed into the log.

    Values are by field name; a relation is given as its row and logged as its number.
    """
    action.version += 1
    for name, new in values.items():
        old = getattr(action, name)
        log.changed(ACTION, action.pk, name, _logged(old), _logged(new), version=action.version)
        setattr(action, name, new)
    action.save(update_fields=[*values, "version"])


def change_seen(act: Act, action: Action, values: Mapping[str, Any], *, version: int) -> Action:
    """Change fields of an action that is held, as somebody asks who saw it at `version`; the log says so.

    Raises Conflict where somebody else has changed one of these fields since.
    """
    refuse_overtaken(
        ACTION,
        action.pk,
        version=version,
        current=action.version,
        sent={name: _logged(value) for name, value in values.items()},
        stands={name: _logged(getattr(action, name)) for name in values},
    )
    log = act.log()
    change_action(action, log, values)
    log.write()
    return action


def _logged(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value
