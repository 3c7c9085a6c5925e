"""A plan the way one person may see it: what pages and the API share (design, *Who sees what*)."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from councils.access import Access
from councils.models import Council, User
from councils.rights import Thing, Verb
from notices.queries import board_days
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
    """A plan the way one user may see it: live, or as last frozen (design, *Who sees what*)."""

    plan: Plan | None
    table: PlanTable | None
    position: Position | None
    live: bool

    def action(self, number: int) -> ActionRow | None:
        """The action with this number, if it is in the plan that is seen."""
        actions = self.table.actions if self.table else ()
        return next((row for row in actions if row.id == number), None)

    def objective(self, number: int) -> ObjectiveRow | None:
        """The objective with this number, if it is in the plan that is seen."""
        objectives = self.table.objectives if self.table else ()
        return next((row for row in objectives if row.id == number), None)


def plan_seen_by(asker: Asker, *, today: dt.date) -> Seen:
    """The council's open plan for whoever asks: live for those with that right, else as last frozen.

    Without a plan, or without a position for those who need one, there is no table.
    """
    plan = open_plan(asker.council)
    live = asker.access.may(Verb.READ, Thing.LIVE_PLAN, asker.council)
    if plan is None:
        return Seen(None, None, None, live)
    if live:
        last_board, _ = board_days(asker.council, today=today)
        return Seen(plan, live_table(plan, today=today, last_board=last_board), None, live=True)
    position = last_position(plan)
    if position is None:
        return Seen(plan, None, None, live=False)
    last_board, _ = board_days(asker.council, today=position.on, recorded_until=position.recorded_until)
    table = table_at(plan, on=position.on, recorded_until=position.recorded_until, last_board=last_board)
    return Seen(plan, table, position, live=False)


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


def reports_seen(seen: Seen, row: ActionRow) -> QuerySet[ProgressUpdate]:
    """What was reported of an action, newest first, as far as the plan that is seen knows of it."""
    return reports_in(updates_of(Action.objects.get(pk=row.id)), seen.position)
