"""What overviews show, put together from the rooms above."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from councils.access import Access
from councils.models import Council
from councils.rights import Thing, Verb
from plans.models import Plan
from plans.queries import table_at
from plans.table import Movement, PlanTable, movement


def councils_for(access: Access) -> QuerySet[Council]:
    """The councils somebody may see, those with an open plan first."""
    councils = Council.objects.annotate(
        plans_open=Count("plans", filter=Q(plans__closed_on__isnull=True), distinct=True)
    )
    if not access.national:
        councils = councils.filter(pk__in=access.by_council)
    return councils.order_by("-plans_open", "short_name")


@dataclass(frozen=True)
class SinceLastBoard:
    """How ratings moved since the day of a board."""

    board: dt.date
    moved: Movement


def since_last_board(plan: Plan, table: PlanTable) -> SinceLastBoard | None:
    """Movement between the last board's day and the table; None before the first board of the plan."""
    if table.last_board is None or table.last_board < plan.begun_on:
        return None
    before = table_at(plan, on=table.last_board)
    return SinceLastBoard(table.last_board, movement(before, table))


def may_see_case(access: Access, council: Council) -> bool:
    """Whether a council's overview says anything to this user beyond that the council is here."""
    return access.may(Verb.READ, Thing.FROZEN_PLAN, council)
