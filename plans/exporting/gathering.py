"""Which plan somebody wants to take out, as far as they may see it, made ready for any format."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from councils.models import Council
from councils.rights import Thing
from notices.queries import board_days
from plans.exporting.book import Book, day_words
from plans.models import Plan, Reading
from plans.queries import first_ends_of, live_table, open_plan, people_of
from plans.reader import ColumnRole
from plans.seen import Asker, plan_seen_by, table_as_at
from plans.table import Filters, PlanTable


class NothingToExport(Exception):  # noqa: N818 - the domain's word
    """There is no plan, or none of the day asked for that whoever asks may see; the message says which."""


@dataclass(frozen=True)
class Found:
    """A plan as somebody may see it on a day. `thing` is what one must be allowed to read to get what is made of it."""

    plan: Plan
    table: PlanTable
    position: str
    thing: Thing


def find_table(asker: Asker, *, as_at: dt.date | None, today: dt.date) -> Found:
    """The council's open plan as at a day (None: as it stands) for whoever asks, as `plans.seen` has it.

    Raises NothingToExport, in words for whoever asked.
    """
    if as_at is not None and as_at > today:
        raise NothingToExport("The day must be today or in the past.")
    seen = plan_seen_by(asker, today=today, as_at=as_at)
    if seen.plan is None:
        raise NothingToExport("There is no plan here yet.")
    if seen.as_at and seen.as_at < seen.plan.begun_on:
        raise NothingToExport(f"The plan began on {day_words(seen.plan.begun_on)}.")
    if seen.table is None:
        raise NothingToExport("No position of the plan has been frozen yet.")
    words = f"As at {day_words(seen.table.on)}"
    if seen.position is None:
        return Found(seen.plan, seen.table, words, Thing.LIVE_PLAN)
    if seen.as_at is None:
        words += f", frozen as “{seen.position.label}”"
    return Found(seen.plan, seen.table, words, Thing.FROZEN_PLAN)


def book_of(found: Found, asker: Asker, *, filters: Filters, narrowed: str, now: dt.datetime) -> Book:
    """The plan ready for any format, narrowed to what the filters ask for; `narrowed` says that in words."""
    people = people_of(asker.user, asker.council) if filters.mine else frozenset()
    return _book(asker.council, found, filters=filters, people=people, narrowed=narrowed, now=now)


def _book(
    council: Council,
    found: Found,
    *,
    filters: Filters,
    people: frozenset[int],
    narrowed: str,
    now: dt.datetime,
) -> Book:
    headings = headings_of(found.plan)
    two_ends = ColumnRole.REVISED_END in headings
    return Book(
        council=council.name,
        title=found.plan.title,
        table=found.table.filtered(filters, person_ids=people),
        total=len(found.table.actions),
        position=found.position,
        made_at=timezone.localtime(now),
        stamp=stamp_of(found.plan),
        narrowed=narrowed,
        order=filters.sort,
        headings=headings,
        first_ends=first_ends_of(found.table) if two_ends else {},
    )


def stamp_of(plan: Plan) -> str:
    """What names a plan among others, also after the service has moved to another address."""
    return f"{plan.council.slug} plan {plan.pk} begun {plan.begun_on.isoformat()}"


def headings_of(plan: Plan) -> Mapping[ColumnRole, str]:
    """The headings of the document that the plan was last read from, by role, in that document's order.

    A copy of the plan need not have every column: what it lacks keeps its heading and its neighbour.
    """
    written = Reading.objects.filter(plan=plan, state=Reading.State.WRITTEN, result__isnull=False)
    found: dict[ColumnRole, str] = {}
    for columns, copy in (
        written.order_by("-written_at", "-pk").values_list("result__columns", "result__copy").iterator()
    ):
        found = _filled(found, _headings(columns))
        if copy is None:
            break
    return found


def _filled(newer: Mapping[ColumnRole, str], older: Mapping[ColumnRole, str]) -> dict[ColumnRole, str]:
    """The headings of a newer document, and of an older one those that it lacks, each after what it stood after."""
    order = list(newer)
    before: ColumnRole | None = None
    for role in older:
        if role not in newer:
            order.insert(order.index(before) + 1 if before else 0, role)
        before = role
    return {role: newer.get(role) or older[role] for role in order}


def _headings(columns: Sequence[Mapping[str, Any]] | None) -> dict[ColumnRole, str]:
    found: dict[ColumnRole, str] = {}
    tables = [column["table"] for column in columns or () if column["role"] == ColumnRole.ACTIVITY]
    for column in sorted(columns or (), key=lambda column: column["index"]):
        role, heading = ColumnRole(column["role"]), " ".join(column["heading"].split())[:80]
        if heading and role is not ColumnRole.OTHER and column["table"] == tables[0] and role not in found:
            found[role] = heading
    return found


def whole_plan(council: Council, *, as_at: dt.date | None, today: dt.date, now: dt.datetime) -> Book:
    """The council's whole plan, as somebody with every right sees it: for the command line.

    `as_at` is inclusive; None is today. Raises NothingToExport.
    """
    if as_at is not None and as_at > today:
        raise NothingToExport("The day must be today or in the past.")
    plan = open_plan(council)
    if plan is None:
        raise NothingToExport(f"{council.short_name} has no open plan")
    if as_at is not None and as_at < plan.begun_on:
        raise NothingToExport(f"The plan began on {day_words(plan.begun_on)}.")
    if as_at is None or as_at == today:
        last_board, _ = board_days(council, today=today)
        table = live_table(plan, today=today, last_board=last_board)
    else:
        table = table_as_at(plan, on=as_at)
    words = f"As at {day_words(table.on)}"
    found = Found(plan, table, words, Thing.LIVE_PLAN)
    return _book(council, found, filters=Filters(), people=frozenset(), narrowed="", now=now)
