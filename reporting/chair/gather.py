"""The facts behind a chair's questions for a meeting, as far as the chair may see them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from boards.models import Board, Finding, Matter, Meeting
from boards.queries.attendance import attendance_over_time
from boards.queries.meetings import last_held
from councils.models import Organisation, Person
from notices.deadlines.queries import deadlines_of
from plans.models import MovedEnd, Plan, ProgressUpdate
from plans.rows import ActionRow
from plans.seen import Asker, plan_seen_by
from reporting.chair.questions import (
    ChairFacts,
    LateDuty,
    LateMatter,
    PartnerFacts,
    promises_of,
)
from reporting.packs.basis import Basis
from reporting.packs.collect import figures_of

BOARDS = 6


def facts_for(asker: Asker, meeting: Meeting, *, today: dt.date, now: dt.datetime) -> ChairFacts:
    """What the questions for a meeting are made of: the plan as whoever asks may see it, and the board's own log."""
    board = meeting.board
    seen = plan_seen_by(asker, today=today)
    # a position of a board's own day is compared with the board before that one
    before = last_held(board, before=min(meeting.on, seen.table.on if seen.table else meeting.on))
    facts: dict[str, Any] = {
        "on": today,
        "board": board.pk,
        "duties": tuple(
            LateDuty(
                line.duty.deliverable,
                line.duty.duty_holder,
                line.due,
                line.duty.number,
                of_department=line.duty.of_department,
            )
            for line in deadlines_of(board.council, today=today, until=today).lines
            if line.overdue
        ),
        "matters": tuple(_matters(board, today)),
    }
    rows: tuple[ActionRow, ...] = ()
    if seen.plan is not None and seen.table is not None:
        until = seen.until or now
        basis = Basis(seen.table.on, until)
        figures = figures_of(seen.plan, before, basis)
        rows = figures.table.actions
        facts |= {
            "table": figures.table,
            "before": figures.before,
            "before_on": figures.before_on,
            "slips": figures.slips,
            "moves": _moves(seen.plan, basis),
            "promises": promises_of(_next_steps(seen.plan, basis)),
            "tested": _tested(board),
        }
    facts["partners"] = tuple(_partners(board, rows, before))
    return ChairFacts(**facts)


def _matters(board: Board, today: dt.date) -> Iterable[LateMatter]:
    rows = board.matters.filter(state=Matter.State.OPEN, due_on__lt=today).annotate(said=Count("history"))
    for row in rows:
        if row.due_on is not None:
            yield LateMatter(row.pk, row.number, row.text, row.owner_name, row.asked_on, row.due_on, row.said)


def _moves(plan: Plan, basis: Basis) -> dict[int, int]:
    rows = MovedEnd.objects.counted(until=basis.recorded_until).filter(
        action__plan=plan, recorded_at__lte=basis.recorded_until, old__isnull=False
    )
    return dict(rows.values_list("action_id").annotate(times=Count("pk")).order_by())


def _next_steps(plan: Plan, basis: Basis) -> Iterable[tuple[int, dt.date, str]]:
    rows = ProgressUpdate.objects.counted(until=basis.recorded_until).filter(
        action__plan=plan, on__lte=basis.on, recorded_at__lte=basis.recorded_until
    )
    return rows.order_by("on", "id").values_list("action_id", "on", "next_step")


def _tested(board: Board) -> dict[int, dt.date]:
    rows = Finding.objects.filter(test__board=board, action__isnull=False)
    rows = rows.exclude(result=Finding.Result.WAITING).order_by("test__on")
    return dict(rows.values_list("action_id", "test__on"))


def _partners(board: Board, rows: Iterable[ActionRow], before: Meeting | None) -> Iterable[PartnerFacts]:
    by_name = {row.name: row for row in attendance_over_time(board, last=BOARDS).organisations}
    of_person = dict(
        Person.objects.filter(council=board.council, organisation__isnull=False).values_list(
            "pk", "organisation_id"
        )
    )
    late: dict[int, list[str]] = {}
    for row in rows:
        if before is None or row.finished or (row.reported_on and row.reported_on > before.on):
            continue
        bodies = {lead.organisation or of_person.get(lead.person or 0) for lead in row.leads}
        for body in bodies - {None}:
            late.setdefault(body or 0, []).append(row.ref)
    for organisation in Organisation.objects.filter(council=board.council).order_by("name"):
        there = by_name.get(organisation.name)
        yield PartnerFacts(
            organisation.pk,
            organisation.name,
            there.there if there else 0,
            there.recorded if there else 0,
            tuple(late.get(organisation.pk, ())),
        )
