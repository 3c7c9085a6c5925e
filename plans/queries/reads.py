"""Single things of a plan: the plan itself, an action, its updates, positions, documents, findings."""

from django.db.models import QuerySet

from councils.models import Council, User
from plans.models import Action, Finding, Plan, Position, ProgressUpdate, Reading


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
    return action.updates.select_related("rating", "by").order_by("-on", "-id")


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
