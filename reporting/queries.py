"""What overviews show, put together from the rooms above."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Min, Q

from boards.models import Meeting
from councils.access import Access
from councils.models import Council
from councils.rights import Thing, Verb
from notices.queries import board_days
from plans.models import Plan
from plans.queries import table_at
from plans.table import Movement, PlanTable, movement
from reporting.models import Report
from reporting.packs.basis import seen_by
from reporting.reports.reads import submitted_everywhere


@dataclass(frozen=True)
class CouncilLine:
    """One council in a list: whether it has an open plan, and what of it the reader may open: its case, its people,
    what is published to scrutiny.
    """

    council: Council
    has_plan: bool
    opens: bool
    people: bool
    scrutiny: bool


def councils_for(access: Access) -> list[CouncilLine]:
    """The councils somebody may see, by name."""
    councils = Council.objects.all() if access.national else Council.objects.filter(pk__in=access.by_council)
    with_plan = set(Plan.objects.filter(closed_on__isnull=True).values_list("council_id", flat=True))
    return [
        CouncilLine(
            council,
            council.pk in with_plan,
            access.may(Verb.READ, Thing.FROZEN_PLAN, council),
            access.may(Verb.READ, Thing.PEOPLE, council),
            access.may(Verb.READ, Thing.SCRUTINY, council),
        )
        for council in councils.order_by("short_name")
    ]


@dataclass(frozen=True)
class Lately:
    """What happened lately in a council, for those who look after many: boards of the notice, the last report."""

    last_board: dt.date | None = None
    next_board: dt.date | None = None
    report: Report | None = None


def lately(access: Access, councils: Collection[int], *, today: dt.date) -> dict[int, Lately]:
    """What happened lately in each of some councils, as far as somebody may see it; in two queries."""
    of_notice = Meeting.objects.filter(board__council__in=councils, board__of_notice=True)
    held = Max("on", filter=Q(state=Meeting.State.HELD, on__lte=today))
    planned = Min("on", filter=Q(state=Meeting.State.PLANNED, on__gte=today))
    boards = {
        number: (last, coming)
        for number, last, coming in of_notice.values_list("board__council").annotate(
            last=held, coming=planned
        )
    }
    reports: dict[int, Report] = {}
    for report in submitted_everywhere(access).filter(council__in=councils):
        reports.setdefault(report.council_id, report)
    return {number: Lately(*boards.get(number, (None, None)), reports.get(number)) for number in councils}


@dataclass(frozen=True)
class SinceLastBoard:
    """How ratings moved since what a board saw."""

    board: dt.date
    moved: Movement


def since_last_board(
    plan: Plan, table: PlanTable, *, recorded_until: dt.datetime | None = None
) -> SinceLastBoard | None:
    """Movement between what the last board saw and the table; None before the first board of the plan.

    `recorded_until` is the moment a position was frozen (None: the live plan): neither end knows anything later. A
    position of a board's own day is compared with the board before that one.
    """
    board = table.last_board
    if recorded_until is not None and board == table.on:
        board, _ = board_days(
            plan.council, today=table.on - dt.timedelta(days=1), recorded_until=recorded_until
        )
    if board is None or board < plan.begun_on:
        return None
    sittings = Meeting.objects.filter(board__council=plan.council_id, board__of_notice=True, on=board)
    sitting = sittings.filter(state=Meeting.State.HELD).first()
    seen = seen_by(sitting, plan) if sitting else None
    before = (
        table_at(plan, on=seen.on, recorded_until=seen.recorded_until)
        if seen
        else table_at(plan, on=board, recorded_until=recorded_until)
    )
    return SinceLastBoard(board, movement(before, table))
