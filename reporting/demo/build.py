"""Making the invented council with its year: through the same services as life, at the moments it would have been."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from councils.models import Council, Organisation, Person, User
from councils.roles import Role
from councils.services import make_demo_accounts, save_organisation, save_person
from councils.services.demo import DEMO_NAMES
from history.services import ChangeLog
from notices.models import Event
from notices.queries import board_days
from notices.services import record_event
from plans import services
from plans.importing.writing import stored_values, write_reading
from plans.models import Plan
from reporting.demo.boards import DemoBoard
from reporting.demo.content import (
    BOARD,
    COUNCIL,
    HELD,
    LATE,
    ORGANISATIONS,
    PEOPLE,
    REFRESHED_AFTER,
    THIS_ROUND,
    Action,
    Calendar,
    Objective,
    Report,
    Theme,
    filled,
    read_themes,
)
from reporting.demo.coverage import link_plan
from reporting.demo.duties import meet_duties
from reporting.demo.notice import issue_notice
from reporting.demo.readings import first_reading, refreshed_reading
from reporting.demo.reports import DemoReports
from reporting.demo.scrutiny import publish_to_scrutiny

LEADS_WITH_ACCOUNT = DEMO_NAMES[Role.ACTION_LEAD]
HALF_A_YEAR = dt.timedelta(days=183)


@dataclass(frozen=True)
class Loaded:
    """The invented council, the day of its last board, and whether it was made just now."""

    council: Council
    last_board: dt.date | None
    made: bool


@transaction.atomic
def load_demo(*, today: dt.date) -> Loaded:
    """Make the invented council with a plan and a year of history that ends about today; again changes nothing.

    Demonstration accounts are made where settings.DEMO_ACCOUNTS is on. All of it or nothing.
    """
    calendar = Calendar.up_to(today)
    council = Council.objects.filter(code=COUNCIL["code"]).first()
    made = council is None
    if council is None:
        council = _council(calendar)
    accounts = _accounts(council, calendar)
    if made:
        year = Year(council, calendar, accounts)
        year.make()
        reports = DemoReports(year.board)
        meet_duties(council, by=year.manager, today=today, at=_at, but=reports.will_meet)
        reports.make()
        reports.begin(today=today)
    last_board, _ = board_days(council, today=today)
    return Loaded(council, last_board, made)


def _council(calendar: Calendar) -> Council:
    council = Council.objects.create(**COUNCIL, invented=True)
    log = ChangeLog(council_id=council.pk, by=None, on=calendar.inspection, now=_at(calendar.inspection, 9))
    log.made("councils.council", council.pk, COUNCIL)
    log.write()
    return council


def _accounts(council: Council, calendar: Calendar) -> Mapping[Role, User]:
    if not settings.DEMO_ACCOUNTS:
        return {}
    return make_demo_accounts(council, now=_at(calendar.inspection, 10), starts_on=calendar.inspection)


def _at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_current_timezone())


@dataclass
class Year:
    """The invented year under way: one council, its days, who acts in it."""

    council: Council
    calendar: Calendar
    accounts: Mapping[Role, User]

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        return read_themes()

    @cached_property
    def plan(self) -> Plan:
        return Plan.objects.get(council=self.council)

    @cached_property
    def board(self) -> DemoBoard:
        return DemoBoard(self.council, self.calendar, self.accounts)

    def objectives(self) -> Iterator[Objective]:
        for theme in self.themes:
            yield from theme.objectives

    def reports(self, board: int) -> Iterator[tuple[int, Action, Report]]:
        """The place in the plan, the action and what is reported of it for a board."""
        actions = (action for objective in self.objectives() for action in objective.actions)
        for order, action in enumerate(actions):
            for report in action.reports:
                if report.board == board:
                    yield order, action, report

    @property
    def manager(self) -> User | None:
        """The programme manager; None, the product itself, where there are no demonstration accounts."""
        return self.accounts.get(Role.PROGRAMME_MANAGER)

    def make(self) -> None:
        """Everything, in the order in which it happened."""
        self._people()
        issue_notice(
            self.council,
            issued=self.calendar.notice,
            inspected=self.calendar.inspection,
            by=self.manager,
            now=_at(self.calendar.notice, 10),
        )
        self._begin()
        self.board.found()
        for board in range(1, HELD + 1):
            self._round(board)
        self._reports(THIS_ROUND, late=False)
        self._review()
        for board in (THIS_ROUND, THIS_ROUND + 1):
            self.board.plan(board, said_on=self.calendar.last_board)
        self.board.now()
        publish_to_scrutiny(self.board)

    def _people(self) -> None:
        now = _at(self.calendar.notice, 11)
        organisations = {
            name: save_organisation(
                organisation=Organisation(council=self.council),
                values={"name": name, "kind": kind},
                by=self.manager,
                now=now,
            )
            for name, kind in ORGANISATIONS.items()
        }
        for name, post, organisation in PEOPLE:
            values = {"name": name, "post": post, "organisation": organisations.get(organisation)}
            save_person(person=Person(council=self.council), values=values, by=self.manager, now=now)

    def _begin(self) -> None:
        reading = first_reading(self.themes, self.calendar)
        begun = self.calendar.begun
        plan, _ = write_reading(
            reading, council=self.council, as_at=begun, by=self.manager, now=_at(begun, 14)
        )
        plan.scale.update(standing_confirmed=True)
        link_plan(plan, by=self.manager, now=_at(begun, 16), today=begun)

    def _refresh(self) -> None:
        day = self.calendar.refreshed
        reading = refreshed_reading(self.themes, self.calendar, stored_values(self.plan))
        write_reading(reading, council=self.council, as_at=day, by=self.manager, now=_at(day, 14))

    def _round(self, board: int) -> None:
        """Updates, the board itself with its judgements, the position it leaves, and what came in late."""
        day = self.calendar.board(board)
        self.board.plan(board, said_on=max(self.calendar.board(board - 1), self.calendar.notice))
        self._reports(board, late=False)
        self._judge(board)
        self.board.hold(board)
        self.board.testing_days(board)
        services.freeze_position(
            plan=self.plan,
            on=day,
            label=f"{BOARD}, meeting {board}",
            by=self.manager,
            now=_at(day, 17),
            today=day,
        )
        self._reports(board, late=True)
        if board == REFRESHED_AFTER:
            self._refresh()

    def _reports(self, board: int, *, late: bool) -> None:
        stands = {
            ref: (pk, version) for ref, pk, version in self.plan.actions.values_list("ref", "pk", "version")
        }
        due = dict(self.plan.actions.values_list("ref", "ends_on"))
        next_board = self.calendar.board(board + 1)
        for order, action, report in self.reports(board):
            if ((action.ref, board) in LATE) != late:
                continue
            on = self.calendar.reporting_day(board, order)
            recorded_on = self.calendar.board(board) + dt.timedelta(days=1) if late else on
            said, why, next_step = (
                filled(words, on=on, next_board=next_board, due=due[action.ref])
                for words in (report.said, report.why, report.next_step)
            )
            number, version = stands[action.ref]
            services.record_update(
                council=self.council,
                action_id=number,
                report=services.Report(on, report.rating, said, why, next_step),
                version=version,
                by=_actor(self._reporter(action, order)),
                now=_at(recorded_on, 9 + order % 8, order * 7 % 60),
                today=recorded_on,
            )

    def _reporter(self, action: Action, order: int) -> User | None:
        """Leads with an account report themselves; for the others the programme office does, or its manager."""
        if LEADS_WITH_ACCOUNT in action.leads:
            return self.accounts.get(Role.ACTION_LEAD)
        return self.manager if order % 4 == 0 else self.accounts.get(Role.PROGRAMME_OFFICE)

    def _judge(self, board: int) -> None:
        day = self.calendar.board(board)
        stands = {
            ref: (pk, version)
            for ref, pk, version in self.plan.objectives.values_list("ref", "pk", "version")
        }
        for objective in self.objectives():
            for judgement in objective.judgements:
                if judgement.board == board:
                    number, version = stands[objective.ref]
                    services.judge_objective(
                        council=self.council,
                        objective_id=number,
                        rating=judgement.rating,
                        reason=judgement.reason,
                        version=version,
                        by=_actor(self.manager),
                        now=_at(day, 16),
                        today=day,
                    )

    def _review(self) -> None:
        """DfE's review after half a year, and the council's report a week before it."""
        day = self.calendar.notice + HALF_A_YEAR
        self._event(
            Event.Kind.REPORT_SUBMITTED, day - dt.timedelta(days=7), "Progress report to the Department"
        )
        self._event(Event.Kind.REVIEW_HELD, day, "Review after six months")

    def _event(
        self,
        kind: Event.Kind,
        on: dt.date,
        note: str = "",
        *,
        state: Event.State = Event.State.HAPPENED,
        said_on: dt.date | None = None,
    ) -> None:
        """A dated fact, said on its own day unless said before."""
        said_on = said_on or on
        record_event(
            council=self.council,
            kind=kind,
            on=on,
            state=state,
            note=note,
            by=self.manager,
            now=_at(said_on, 17, 30),
            today=said_on,
        )


def _actor(user: User | None) -> User:
    """Who acts, as the services of `plans` have it: their `by` takes None, the product itself, where it is logged."""
    return cast("User", user)
