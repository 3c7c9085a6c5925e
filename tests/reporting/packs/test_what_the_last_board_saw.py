"""Movement since the last board counts from what that board saw: its published pack, else its round."""

import datetime as dt

import pytest

from boards.services.agenda import add_item, circulate
from boards.services.meetings import plan_meeting
from boards.services.rounds import close_round, open_round
from jobs.services import run_job
from plans.queries import live_table, open_plan
from plans.services import Report, move_end, record_update
from reporting.packs.basis import Basis
from reporting.packs.collect import figures_of
from reporting.packs.making import ask_for_pack
from reporting.queries import since_last_board
from tests.boards.build import act, at, board_of, hold, member_of
from tests.factories import CouncilFactory
from tests.plans.build import plan_of, read_action

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BOARD = dt.date(2015, 5, 4)
SEEN = dt.date(2015, 4, 27)
NEXT = dt.date(2015, 6, 1)


@pytest.fixture
def council():
    council = CouncilFactory()
    plan_of(council, read_action("A1"))
    return council


@pytest.fixture
def meeting(council):
    """Planned; its pack or its round is made by the test, then it is held."""
    board = board_of(council)
    member_of(board, capacity="chair")
    return plan_meeting(act=act(council, SEEN - 10 * DAY), board_id=board.pk, on=BOARD, values={})


def reported(council, on, rating):
    action = council.plans.get().actions.get()
    record_update(
        council=council,
        action_id=action.pk,
        report=Report(on=on, rating=rating, narrative="How it stands", reason="Late", next_step="Ask"),
        version=action.version,
        by=None,
        now=at(on),
        today=on,
    )


def published(meeting, on):
    council = meeting.board.council
    add_item(act=act(council, on), meeting_id=meeting.pk, values={"title": "Progress"})
    circulate(act=act(council, on, hour=11), meeting_id=meeting.pk)
    for edition in ("draft", "published"):
        pack = ask_for_pack(act=act(council, on, hour=12), meeting_id=meeting.pk, edition=edition)
        run_job(pack.job_id, clock=lambda: at(on, 12))


def figures(meeting):
    return figures_of(open_plan(meeting.board.council), meeting, Basis(NEXT, at(NEXT)))


def test_what_changed_between_the_pack_and_its_board_has_moved_since_that_board(council, meeting):
    reported(council, SEEN - DAY, "R")
    published(meeting, SEEN)
    reported(council, SEEN + DAY, "G")
    hold(meeting, *meeting.board.memberships.all())
    found = figures(meeting)
    assert [row.ref for row in found.moved.better] == ["A1"]
    plan = open_plan(council)
    since = since_last_board(plan, live_table(plan, today=NEXT, last_board=BOARD))
    assert [row.ref for row in since.moved.better] == ["A1"]


def test_without_a_pack_it_is_the_position_that_the_round_froze(council, meeting):
    reported(council, SEEN - DAY, "R")
    opened = open_round(act=act(council, SEEN - DAY), meeting_id=meeting.pk, position_on=SEEN, answer_by=SEEN)
    close_round(act=act(council, SEEN, hour=12), round_id=opened.pk)
    reported(council, SEEN + DAY, "G")
    hold(meeting, *meeting.board.memberships.all())
    assert [row.ref for row in figures(meeting).moved.better] == ["A1"]


def test_without_either_it_is_the_plan_on_the_day_of_the_board(council, meeting):
    reported(council, SEEN - DAY, "R")
    reported(council, SEEN + DAY, "G")
    hold(meeting, *meeting.board.memberships.all())
    assert figures(meeting).moved.better == ()


def test_an_end_moved_between_the_pack_and_its_board_is_told_to_the_next_one(council, meeting):
    published(meeting, SEEN)
    action = council.plans.get().actions.get()
    move_end(
        council=council,
        action_id=action.pk,
        end=dt.date(2015, 12, 31),
        reason="The contract is late",
        approved_by="Director",
        version=action.version,
        by=None,
        now=at(SEEN + DAY),
        today=SEEN + DAY,
    )
    hold(meeting, *meeting.board.memberships.all())
    assert [slip.reason for slip in figures(meeting).slips] == ["The contract is late"]
