"""A plan the way one person may see it: what pages and the API share (design, *Who sees what*)."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from councils.access import Access
from councils.models import Council, User
from councils.rights import Thing, Verb
from notices.queries import NO_BOARDS, Boards, boards_known, boards_of_page
from plans.models import Action, Plan, Position, ProgressUpdate
from plans.queries import last_position, live_table, open_plan, people_of, reports_in, table_at, updates_of
from plans.table import ActionRow, ObjectiveRow, PlanTable


class Asker(Protocol):
    """Whoever asks about one council: a page's request that passed its guard, or an endpoint."""

    @property
    def access(self) -> Access: ...
    @property
    def council(self) -> Council: ...
    @property
    def user(self) -> User: ...


@dataclass(frozen=True)
class Seen:
    """A plan the way one user may see it: live, as at an earlier day, or as last frozen (design, *Who sees what*).

    Only a live plan is written to. `as_at` is the earlier day that was asked for, `position` the one that bounds what
    is known to those who read frozen positions.
    """

    plan: Plan | None
    table: PlanTable | None
    position: Position | None
    live: bool
    as_at: dt.date | None = None
    boards: Boards = NO_BOARDS

    @property
    def until(self) -> dt.datetime | None:
        """The moment up to which facts are known (inclusive); None: all that is known now."""
        return self.position.recorded_until if self.position else None

    def action(self, number: int) -> ActionRow | None:
        """The action with this number, if it is in the plan that is seen."""
        actions = self.table.actions if self.table else ()
        return next((row for row in actions if row.id == number), None)

    def objective(self, number: int) -> ObjectiveRow | None:
        """The objective with this number, if it is in the plan that is seen."""
        objectives = self.table.objectives if self.table else ()
        return next((row for row in objectives if row.id == number), None)


def plan_seen_by(asker: Asker, *, today: dt.date, as_at: dt.date | None = None) -> Seen:
    """The council's open plan for whoever asks: live for those with that right, else as last frozen.

    With `as_at` as it stood at the end of that day: for those who see it live as far as is known now, for all others
    as far as was known when the last position was frozen. A day that is not past (or not before the position) asks
    for nothing else than none. Without a plan, or without a position for those who need one, there is no table.
    """
    plan = open_plan(asker.council)
    live = asker.access.may(Verb.READ, Thing.LIVE_PLAN, asker.council)
    if plan is None:
        return Seen(None, None, None, live)
    if live:
        if as_at is None or as_at >= today:
            boards = boards_of_page(asker, asker.council, today=today)
            table = live_table(plan, today=today, last_board=boards.last)
            return Seen(plan, table, None, live=True, boards=boards)
        table, boards = _table_and_boards(plan, as_at, None)
        return Seen(plan, table, None, live=False, as_at=as_at, boards=boards)
    position = last_position(plan)
    if position is None:
        return Seen(plan, None, None, live=False)
    if as_at is not None and as_at >= position.on:
        as_at = None
    table, boards = _table_and_boards(plan, as_at or position.on, position.recorded_until)
    return Seen(plan, table, position, live=False, as_at=as_at, boards=boards)


def table_as_at(
    plan: Plan, *, on: dt.date, recorded_until: dt.datetime | None = None, keep: int | None = None
) -> PlanTable:
    """The plan as it stood at the end of a day, with the board that was the last one then; `keep` as `table_at`."""
    return _table_and_boards(plan, on, recorded_until, keep)[0]


def _table_and_boards(
    plan: Plan, on: dt.date, recorded_until: dt.datetime | None, keep: int | None = None
) -> tuple[PlanTable, Boards]:
    boards = boards_known(plan.council, today=on, recorded_until=recorded_until)
    table = table_at(plan, on=on, recorded_until=recorded_until, last_board=boards.last, keep=keep)
    return table, boards


def retired_seen(seen: Seen, number: int) -> tuple[Seen, ActionRow] | None:
    """An action that has left the plan that is seen, as it last stood; None if it never was in it.

    That is at the end of the day it left: one that came and went on one day has no day before.
    """
    if seen.plan is None or seen.table is None:
        return None
    left = Action.objects.filter(pk=number, plan=seen.plan, retired_on__isnull=False).first()
    if left is None or left.retired_on is None or left.retired_on > seen.table.on:
        return None
    day = left.retired_on
    then = Seen(
        seen.plan,
        table_as_at(seen.plan, on=day, recorded_until=seen.until, keep=number),
        seen.position,
        live=False,
        as_at=day,
    )
    row = then.action(number)
    return (then, row) if row else None


def may_judge(asker: Asker, seen: Seen) -> bool:
    """Whether somebody may judge objectives: only who sees the live plan writes to it."""
    return seen.live and asker.access.may(Verb.WRITE, Thing.LIVE_PLAN, asker.council)


def may_update(asker: Asker, row: ActionRow) -> bool:
    """The programme office updates every action, a lead their own."""
    may = asker.access.may
    if may(Verb.WRITE, Thing.LIVE_PLAN, asker.council):
        return True
    own = may(Verb.WRITE, Thing.OWN_ACTIONS, asker.council)
    return own and row.led_by(people_of(asker.user, asker.council))


def may_share(asker: Asker) -> bool:
    """Shared lists are the council's own: seen by those who see its live plan."""
    return asker.access.may(Verb.READ, Thing.LIVE_PLAN, asker.council)


def reports_seen(seen: Seen, row: ActionRow) -> QuerySet[ProgressUpdate]:
    """What was reported of an action, newest first, as far as the plan that is seen knows of it."""
    updates = reports_in(updates_of(Action.objects.get(pk=row.id)), seen.position)
    return updates.filter(on__lte=seen.as_at) if seen.as_at else updates
