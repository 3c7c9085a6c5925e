"""Which plan somebody wants to take out, as far as they may see it, made ready for any format."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from councils.rights import Thing, Verb
from notices.queries import board_days
from plans.exporting.book import Book, day_words
from plans.models import Plan, Position, Reading
from plans.queries import live_table, open_plan, people_of, positions_of, table_at
from plans.reader import ColumnRole
from plans.seen import Asker
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
    """The council's open plan as at a day (None: as it stands) for whoever asks.

    Live, or as it was at the end of that day, for those with the right to the live plan; for others the latest
    position that was frozen for that day or an earlier one. Raises NothingToExport, in words for whoever asked.
    """
    plan = open_plan(asker.council)
    if plan is None:
        raise NothingToExport("There is no plan here yet.")
    if as_at is not None and as_at > today:
        raise NothingToExport("The day must be today or in the past.")
    if asker.access.may(Verb.READ, Thing.LIVE_PLAN, asker.council):
        return _live(asker, plan, as_at, today)
    position = _position(plan, as_at)
    if position is None:
        words = (
            f"No position was frozen for {day_words(as_at)} or before." if as_at else "None is frozen yet."
        )
        raise NothingToExport(words)
    last_board, _ = board_days(asker.council, today=position.on, recorded_until=position.recorded_until)
    table = table_at(plan, on=position.on, recorded_until=position.recorded_until, last_board=last_board)
    words = f"As at {day_words(position.on)}, frozen as “{position.label}”"
    return Found(plan, table, words, Thing.FROZEN_PLAN)


def _live(asker: Asker, plan: Plan, as_at: dt.date | None, today: dt.date) -> Found:
    if as_at is None or as_at == today:
        last_board, _ = board_days(asker.council, today=today)
        table = live_table(plan, today=today, last_board=last_board)
        return Found(plan, table, f"As it stands on {day_words(today)}", Thing.LIVE_PLAN)
    if as_at < plan.begun_on:
        raise NothingToExport(f"The plan began on {day_words(plan.begun_on)}.")
    last_board, _ = board_days(asker.council, today=as_at)
    table = table_at(plan, on=as_at, last_board=last_board)
    return Found(plan, table, f"As at {day_words(as_at)}", Thing.LIVE_PLAN)


def _position(plan: Plan, as_at: dt.date | None) -> Position | None:
    positions = positions_of(plan)
    return (
        (positions.filter(on__lte=as_at) if as_at else positions).order_by("-on", "-recorded_until").first()
    )


def book_of(found: Found, asker: Asker, *, filters: Filters, narrowed: str, now: dt.datetime) -> Book:
    """The plan ready for any format, narrowed to what the filters ask for; `narrowed` says that in words."""
    people = people_of(asker.user, asker.council) if filters.mine else frozenset()
    return Book(
        council=asker.council.name,
        title=found.plan.title,
        table=found.table.filtered(filters, person_ids=people),
        total=len(found.table.actions),
        position=found.position,
        made_at=timezone.localtime(now),
        stamp=stamp_of(found.plan),
        narrowed=narrowed,
        order=filters.sort,
        headings=headings_of(found.plan),
    )


def stamp_of(plan: Plan) -> str:
    """What names a plan among others, also after the service has moved to another address."""
    return f"{plan.council.slug} plan {plan.pk} begun {plan.begun_on.isoformat()}"


def headings_of(plan: Plan) -> Mapping[ColumnRole, str]:
    """The headings of the document that the plan was last read from, by role, in that document's order."""
    columns = (
        Reading.objects.filter(plan=plan, state=Reading.State.WRITTEN, result__isnull=False)
        .order_by("-written_at", "-pk")
        .values_list("result__columns", flat=True)
        .first()
    )
    found: dict[ColumnRole, str] = {}
    tables = [column["table"] for column in columns or () if column["role"] == ColumnRole.ACTIVITY]
    for column in sorted(columns or (), key=lambda column: column["index"]):
        role, heading = ColumnRole(column["role"]), " ".join(column["heading"].split())[:80]
        if heading and role is not ColumnRole.OTHER and column["table"] == tables[0] and role not in found:
            found[role] = heading
    return found
