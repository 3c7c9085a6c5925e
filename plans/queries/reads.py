"""Single things of a plan: the plan itself, an action, its updates, positions, documents, findings."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, QuerySet

from councils.models import Council, User
from plans.adding_up import RULES, Rule
from plans.models import (
    Action,
    Challenge,
    Evidence,
    Finding,
    Milestone,
    Plan,
    PlanVersion,
    Position,
    ProgressUpdate,
    Reading,
    RuleSwitch,
)
from plans.table import PlanTable


def open_plan(council: Council) -> Plan | None:
    """The council's plan that is being worked on: the latest begun that is not closed."""
    return Plan.objects.filter(council=council, closed_on__isnull=True).order_by("-begun_on", "-id").first()


def stored_action(pk: int) -> Action:
    """An action's own row, which the caller has already found in a table that the user may see."""
    return Action.objects.get(pk=pk)


def positions_of(plan: Plan | None) -> QuerySet[Position]:
    """The frozen positions of a plan, latest first."""
    return Position.objects.filter(plan=plan).select_related("frozen_by").order_by("-on", "-id")


def readings_of(council: Council) -> QuerySet[Reading]:
    """Documents that were sent for a council, latest first, without what was found in them."""
    return (
        Reading.objects.filter(council=council)
        .select_related("file", "begun_by")
        .defer("result")
        .order_by("-id")
    )


def reading_of(council: Council, pk: int) -> Reading | None:
    """One document of a council, or None."""
    return Reading.objects.filter(pk=pk, council=council).select_related("file", "council", "job").first()


def last_position(plan: Plan) -> Position | None:
    """The latest frozen position of a plan."""
    return Position.objects.filter(plan=plan).order_by("-on", "-recorded_until").first()


def updates_of(action: Action) -> QuerySet[ProgressUpdate]:
    """What was reported of an action, newest first."""
    return action.updates.select_related("rating", "impact", "by").order_by("-on", "-id")


def reports_in(updates: QuerySet[ProgressUpdate], position: Position | None) -> QuerySet[ProgressUpdate]:
    """Of some updates those that a position knows; all of them where the plan is seen live."""
    if position is None:
        return updates
    return updates.filter(on__lte=position.on, recorded_at__lte=position.recorded_until)


def open_findings(plan: Plan) -> QuerySet[Finding]:
    """What was found in documents and nobody has settled yet."""
    return (
        Finding.objects.filter(plan=plan, settled_at__isnull=True)
        .select_related("action")
        .order_by("row", "id")
    )


def people_of(user: User, council: Council) -> frozenset[int]:
    """The numbers of the people of a council that a user is: whose actions are "mine"."""
    return frozenset(council.people.filter(user=user).values_list("pk", flat=True))


def numbers_of_refs(table: PlanTable | None, refs: list[str]) -> tuple[list[int], list[str]]:
    """The numbers of the actions with these references, whatever their case and spaces; and those none has."""
    known = {_ref_key(action.ref): action.id for action in table.actions} if table else {}
    found = [known[_ref_key(ref)] for ref in refs if _ref_key(ref) in known]
    return found, [ref.strip() for ref in refs if _ref_key(ref) not in known]


def _ref_key(ref: str) -> str:
    return "".join(ref.split()).casefold()


def challenges_of(plan: Plan) -> QuerySet[Challenge]:
    """The challenges of a plan: open ones first, the latest first."""
    rows = Challenge.objects.filter(plan=plan).select_related("action", "asked_by")
    return rows.prefetch_related("action__leads").order_by(F("closed_on").desc(nulls_first=True), "-asked_at")


def unanswered_of(plan: Plan) -> QuerySet[Challenge]:
    """The questions about a plan that nobody has answered yet, the earliest first."""
    rows = Challenge.objects.filter(plan=plan, closed_on__isnull=True, answer="")
    return rows.select_related("asked_by").order_by("asked_at", "id")


def challenge_of(council: Council, pk: int) -> Challenge | None:
    """One challenge of a council, or None."""
    rows = Challenge.objects.filter(plan__council=council)
    return rows.select_related("action", "asked_by", "plan").filter(pk=pk).first()


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """The versions of a plan, the latest first."""
    return PlanVersion.objects.filter(plan=plan).order_by("-number")


def version_of(council: Council, pk: int) -> PlanVersion | None:
    """One version of a council's plans, or None."""
    return PlanVersion.objects.filter(pk=pk, plan__council=council).select_related("plan").first()


def milestone_of(council: Council, pk: int) -> Milestone | None:
    """One milestone of a council, or None."""
    return Milestone.objects.filter(pk=pk, action__plan__council=council).select_related("action").first()


def evidence_one(council: Council, pk: int) -> Evidence | None:
    """One piece of evidence of a council, or None."""
    return Evidence.objects.filter(pk=pk, action__plan__council=council).select_related("action").first()


@dataclass(frozen=True)
class RuleStands:
    """A rule, the day from which it holds for a plan (None: switched off), whether it does, its switch's version."""

    rule: Rule
    since: dt.date | None
    holds: bool
    version: int


def rules_standing(plan: Plan, *, on: dt.date) -> list[RuleStands]:
    """Every rule of adding up as it stands for a plan on a day, the most serious first."""
    switches = {switch.rule: switch for switch in RuleSwitch.objects.filter(plan=plan)}
    found = []
    for code, rule in RULES.items():
        switch = switches.get(code)
        since = switch.from_on if switch else rule.from_the_first(plan.begun_on)
        holds = since is not None and since <= on
        found.append(RuleStands(rule, since, holds, switch.version if switch else 0))
    return found
