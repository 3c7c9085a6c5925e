"""The facts of one reader's home page, in a number of queries that does not grow with what there is."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from boards.models import Board, Matter, Meeting, Membership, Minutes, Round, TermsOfReference, Test
from boards.models import Frequency as BoardFrequency
from boards.queries.bodies import main_board, seats_on
from boards.queries.rounds import counts_of
from boards.seen import Sight, sight_of
from councils.models import Invitation, RoleHolding
from councils.rights import Thing, Verb
from councils.roles import Role
from notices.deadlines.holders import answers_for, is_departments
from notices.deadlines.lines import Deadlines, Line
from notices.deadlines.queries import deadlines_of
from notices.models import Instrument
from plans.answering.asking import answers_for as actions_asked
from plans.answering.rounds import asked_now
from plans.models import Challenge
from plans.queries import open_findings, people_of
from plans.rows import concern
from plans.seen import Asker, Seen, plan_seen_by
from reporting.home import needs as providers
from reporting.home.needs import Need
from reporting.home.steps import Setup, Step, first_steps
from reporting.models import Pack, Report
from reporting.queries import SinceLastBoard, since_last_board
from reporting.reports.kinds import KINDS
from reporting.reports.reads import may_write, reports_seen

OFFICE = frozenset({Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE, Role.DIRECTOR})


@dataclass
class Home:
    """What one reader's home page shows of a council."""

    seen: Seen
    needs: list[Need] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    since: SinceLastBoard | None = None
    deadlines: Deadlines | None = None
    coming: providers.Sitting | None = None
    board: Board | None = None
    leads: bool = False  # the reader leads actions of the plan


def home_of(asker: Asker, *, today: dt.date) -> Home:
    """The home page of whoever asks, by what they may see and do."""
    return _Gatherer(asker, today).home()


class _Gatherer:
    def __init__(self, asker: Asker, today: dt.date) -> None:
        self.asker, self.council, self.today = asker, asker.council, today
        self.roles = asker.access.roles(asker.council)
        self.sight: Sight = sight_of(asker)
        self.people = people_of(asker.user, asker.council)

    def may(self, verb: Verb, thing: Thing) -> bool:
        return self.asker.access.may(verb, thing, self.council)

    def to(self, name: str, **numbers: Any) -> str:
        return reverse(name, kwargs={"council": self.council.slug, **numbers})

    def home(self) -> Home:
        home = Home(Seen(None, None, None, live=False))
        if self.may(Verb.READ, Thing.FROZEN_PLAN):
            home.seen = plan_seen_by(self.asker, today=self.today)
            home.since = self._since(home.seen)
        if self.may(Verb.READ, Thing.BOARD):
            home.board = main_board(self.council, today=self.today)
            home.coming = self._coming(home.board) if home.board else None
        if self.may(Verb.READ, Thing.DEADLINES):
            home.deadlines = deadlines_of(self.council, today=self.today)
        home.leads = self._leads(home.seen)
        home.needs = providers.in_order(self._needs(home))
        if self.may(Verb.WRITE, Thing.PLAN_SOURCE):
            home.steps = first_steps(self._setup(home), self.to)
        return home

    def _since(self, seen: Seen) -> SinceLastBoard | None:
        if seen.plan is None or seen.table is None:
            return None
        until = seen.position.recorded_until if seen.position else None
        return since_last_board(seen.plan, seen.table, recorded_until=until)

    def _leads(self, seen: Seen) -> bool:
        rows = seen.table.actions if seen.table and self.people else ()
        return any(row.led_by(self.people) for row in rows)

    def _needs(self, home: Home) -> list[Need]:
        found: list[Need] = []
        to, today = self.to, self.today
        if home.leads and self.may(Verb.WRITE, Thing.OWN_ACTIONS):
            found += self._own_actions(home.seen)
        found += self._questions(home)
        found += providers.own_matters(self._own_matters(), to)
        writing = self._writing(home.deadlines)
        found += providers.reports(writing, to)
        found += providers.duties(self._duties(home.deadlines, writing), to, today=today)
        if home.board is not None:
            found += providers.terms_to_read(self._terms(), to)
            business = self._business(home.board, home.coming) if self.sight.drafts else None
            if self.roles & OFFICE and business:
                found += providers.preparing(business, to, today=today)
            else:
                found += providers.reading(home.coming, to, today=today)
            if self.may(Verb.READ, Thing.CHAIRS_PAGE):
                found += providers.challenging(home.coming, to)
            if business:
                found += providers.recording(business, to)
            if self.may(Verb.WRITE, Thing.TESTING_NOTES):
                found += providers.testing(self._testing(home), to)
        if self.roles & OFFICE:
            found += providers.keeping(self._keeping(home), to)
        if self.sight.decides_frequency:
            found += providers.to_decide(self._asked_frequencies(), to)
        return found

    def _own_actions(self, seen: Seen) -> list[Need]:
        plan, table = seen.plan, seen.table
        if plan is None or table is None or not seen.live:
            return []
        asked = asked_now(plan, today=self.today)
        answers = actions_asked(
            plan, table, asked, leads=lambda row: row.led_by(self.people), today=self.today
        )
        pressing = sum(todo.row.overdue or concern(todo.row.rating) == 0 for todo in answers.open)
        own = providers.OwnActions(answers.total, answers.done, pressing, asked.answer_by, asked.label)
        return providers.own_actions(own, self.to)

    def _questions(self, home: Home) -> list[Need]:
        if home.seen.plan is None or not self.may(Verb.READ, Thing.CHALLENGE):
            return []
        accepts = self.may(Verb.WRITE, Thing.CHALLENGE)
        if not (accepts or home.leads):
            return []
        rows = Challenge.objects.filter(plan=home.seen.plan, closed_on__isnull=True).select_related("action")
        mine = (
            {row.id for row in home.seen.table.actions if row.led_by(self.people)}
            if home.seen.table
            else set()
        )
        asked = [
            providers.Question(
                row.pk, row.action.ref, row.question, bool(row.answered_on), row.action_id in mine
            )
            for row in rows.order_by("asked_at")
        ]
        return providers.questions(asked, self.to, accepts=accepts)

    def _own_matters(self) -> list[providers.OwedMatter]:
        if not self.people or not self.may(Verb.READ, Thing.BOARD):
            return []
        rows = Matter.objects.filter(
            board__council=self.council, owner__in=self.people, state=Matter.State.OPEN
        )
        if not self.sight.restricted:
            rows = rows.filter(restricted=False)
        rows = rows.order_by("due_on", "number")
        return [providers.OwedMatter(row.pk, row.number, row.text, row.due_on) for row in rows]

    def _writing(self, deadlines: Deadlines | None) -> list[providers.Writing]:
        if not self.may(Verb.WRITE, Thing.REPORTS):
            return []
        access, council = self.asker.access, self.council
        kinds = {kind.code: kind for kind in KINDS.values() if may_write(access, kind, council)}
        rows = reports_seen(access, council).filter(
            kind__in=list(kinds), state__in=[Report.State.DRAFT, Report.State.VALIDATED, Report.State.SIGNED]
        )
        soon = self.today + providers.SOON
        lapsed: dict[tuple[int | None, str, dt.date | None], str] = {
            (line.duty.instrument, line.duty.key, line.due): line.why
            for line in (deadlines.lines if deadlines else ())
            if line.lapsed
        }
        return [
            providers.Writing(
                row.pk,
                kinds[row.kind].title,
                row.state,
                row.due,
                row.obligation_key,
                lapsed.get((row.instrument_id, row.obligation_key, row.due), ""),
            )
            for row in rows
            if row.due is None or row.due <= soon
        ]

    def _duties(self, deadlines: Deadlines | None, writing: list[providers.Writing]) -> list[providers.Duty]:
        written = {(one.obligation, one.due) for one in writing}
        begun = {one.obligation for one in writing}
        return [
            providers.Duty(
                line.duty.deliverable,
                line.one.because,
                line.duty.number,
                line.due,
                line.overdue,
                after_another=line.duty.key in begun,
            )
            for line in (deadlines.lines if deadlines else ())
            # a meeting that is planned in time asks nothing of anybody
            if (line.overdue or (line.open and line.one.held is None)) and self._answers(line)
            # what is being written stands under reports
            if (line.duty.key, line.due) not in written
        ]

    def _answers(self, line: Line) -> bool:
        """Whether the reader answers for a duty: whoever's it is by its duty-holder, the office for the council's."""
        if is_departments(line.duty.duty_holder):
            return Role.DFE_OFFICIAL in self.roles
        return bool(self.roles & answers_for(line.duty.duty_holder))

    def _terms(self) -> list[providers.Terms]:
        if not self.people:
            return []
        own = (
            Membership.objects.on(self.today)
            .filter(board__council=self.council, person__in=self.people)
            .values_list("pk", "board_id")
        )
        by_board: dict[int, set[int]] = {}
        for pk, board in own:
            by_board.setdefault(board, set()).add(pk)
        if not by_board:
            return []
        rows = TermsOfReference.objects.filter(board__in=list(by_board)).select_related("board")
        latest = {terms.board_id: terms for terms in rows.order_by("number")}
        read = set(
            Membership.objects.filter(
                acknowledgements__terms__in=[terms.pk for terms in latest.values()]
            ).values_list("pk", flat=True)
        )
        return [
            providers.Terms(board, terms.board.name, terms.number)
            for board, terms in latest.items()
            if by_board[board] - read
        ]

    def _coming(self, board: Board) -> providers.Sitting | None:
        meeting = (
            board.meetings.filter(state=Meeting.State.PLANNED, on__gte=self.today).order_by("on").first()
        )
        if meeting is None:
            return None
        packs = Pack.objects.filter(meeting=meeting, state=Pack.State.READY)
        editions = set(packs.values_list("edition", flat=True))
        pack = next((name for name in ("published", "draft") if name in editions), "")
        values: dict[str, Any] = {"circulated": meeting.circulated_at is not None, "pack": pack}
        if self.sight.drafts:
            values["items"] = meeting.items.filter(withdrawn_at__isnull=True).count()
            opened = meeting.rounds.exclude(state=Round.State.DROPPED).first()
            if opened is not None:
                counts = counts_of(opened)
                values |= {
                    "round_state": opened.state,
                    "asked": counts.asked,
                    "answered": counts.answered,
                    "answer_by": opened.answer_by,
                    "position_on": opened.position_on,
                }
        return providers.Sitting(meeting.pk, meeting.on, **values)

    def _business(self, board: Board, coming: providers.Sitting | None) -> providers.Board:
        missed = board.meetings.filter(state=Meeting.State.PLANNED, on__lt=self.today).order_by("on")
        held = list(
            board.meetings.filter(state=Meeting.State.HELD).select_related("minutes").order_by("-on")[:4]
        )
        waiting = []
        for place, meeting in enumerate(held):
            minutes = getattr(meeting, "minutes", None)
            state = minutes.state if minutes else "none"
            # draft minutes are approved at the next meeting, so the last ones wait for nobody yet
            if state != Minutes.State.APPROVED and not (place == 0 and state == Minutes.State.CIRCULATED):
                waiting.append((meeting.pk, meeting.on, str(state)))
        empty = [
            f"{line.seat} ({line.seat.required_by})" for line in seats_on(board, self.today) if line.missing
        ]
        return providers.Board(
            coming=coming,
            to_record=tuple(missed.values_list("pk", "on")),
            minutes=tuple(waiting),
            empty_seats=tuple(empty),
            number=board.pk,
        )

    def _testing(self, home: Home) -> providers.Testing:
        assert home.board is not None  # noqa: S101 - asked by the caller
        tests = list(home.board.tests.exclude(state=Test.State.DROPPED).order_by("on"))
        table = home.seen.table
        claims = [row for row in table.actions if row.finished and row.assured is None] if table else []
        return providers.Testing(
            board=home.board.pk,
            planned=tuple(
                (test.pk, str(test), test.on)
                for test in tests
                if test.state == Test.State.PLANNED and test.on <= self.today
            ),
            unshared=tuple(
                (test.pk, str(test))
                for test in tests
                if test.state == Test.State.DONE and test.shared_at is None
            ),
            claims=len(claims),
        )

    def _keeping(self, home: Home) -> providers.Office:
        overdue = 0
        if home.board is not None:
            overdue = home.board.matters.filter(state=Matter.State.OPEN, due_on__lt=self.today).count()
        return providers.Office(
            findings=open_findings(home.seen.plan).count() if home.seen.plan else 0,
            matters_overdue=overdue,
            board=home.board.pk if home.board else None,
        )

    def _asked_frequencies(self) -> list[providers.Asked]:
        rows = BoardFrequency.objects.filter(
            board__council=self.council, state=BoardFrequency.State.ASKED
        ).select_related("board")
        return [providers.Asked(row.pk, row.board.name, str(row), row.from_on) for row in rows]

    def _setup(self, home: Home) -> Setup:
        board = home.board
        members = board is not None and board.memberships.on(self.today).exists()
        invited = Invitation.objects.filter(
            council=self.council, role=Role.ACTION_LEAD, revoked_at__isnull=True
        )
        holders = RoleHolding.objects.filter(council=self.council, role=Role.ACTION_LEAD)
        return Setup(
            plan=home.seen.plan is not None,
            notice=Instrument.objects.filter(council=self.council, versions__isnull=False).exists(),
            board=board.pk if board else None,
            ready=members and board is not None and board.meetings.exists(),
            leads=holders.exists() or invited.exists(),
            round=Round.objects.filter(meeting__board__council=self.council).exists(),
            coming=home.coming.pk if home.coming else None,
        )
