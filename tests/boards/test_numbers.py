"""Meetings are numbered in the order of their days; a number that somebody has been given stays."""

import datetime as dt

import pytest

from boards.models import Meeting
from boards.services.agenda import add_item, circulate
from boards.services.meetings import cancel_meeting, move_meeting, plan_meetings, reconvene
from notices.models import Event
from tests.boards.build import TODAY, act, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST, SEPTEMBER = (dt.date(2015, month, 16) for month in (6, 7, 8, 9))


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def board(council):
    board = board_of(council)
    hold(meeting_of(board), member_of(board))
    plan_meetings(act=act(council), board_id=board.pk, days=[JUNE, JULY, AUGUST])
    return board


def numbers(board):
    return dict(board.meetings.order_by("on").values_list("on", "number"))


def move(board, on, to):
    meeting = board.meetings.get(on=on)
    return move_meeting(act=act(board.council), meeting_id=meeting.pk, to=to, because="The chair is ill")


def given_papers(meeting):
    add_item(act=act(meeting.board.council), meeting_id=meeting.pk, values={"title": "Progress"})
    circulate(act=act(meeting.board.council), meeting_id=meeting.pk)


def test_an_extraordinary_meeting_between_two_others_takes_its_place_in_their_numbers(board):
    between = meeting_of(board, dt.date(2015, 7, 2), said_on=TODAY, kind="extraordinary")
    assert numbers(board) == {TODAY: 1, JUNE: 2, between.on: 3, JULY: 4, AUGUST: 5}
    assert between.number == 3


def test_a_meeting_moved_past_another_changes_numbers_with_it(board):
    moved = move(board, JUNE, SEPTEMBER)
    assert numbers(board) == {TODAY: 1, JULY: 2, AUGUST: 3, SEPTEMBER: 4}
    assert moved.number == 4


def test_a_number_that_members_have_been_given_stays(board):
    given_papers(board.meetings.get(on=JUNE))
    meeting_of(board, dt.date(2015, 6, 10), said_on=TODAY)
    move(board, JUNE, dt.date(2015, 7, 20))
    assert [*numbers(board).items()] == [
        (TODAY, 1),
        (dt.date(2015, 6, 10), 3),
        (JULY, 4),
        (dt.date(2015, 7, 20), 2),
        (AUGUST, 5),
    ]


def test_the_number_of_a_cancelled_meeting_is_not_used_again(council, board):
    cancelled = board.meetings.get(on=JUNE)
    cancel_meeting(act=act(council), meeting_id=cancelled.pk, because="Snow")
    again = reconvene(act=act(council), meeting_id=cancelled.pk, on=dt.date(2015, 6, 30))
    assert numbers(board) == {TODAY: 1, JUNE: 2, again.on: 3, JULY: 4, AUGUST: 5}


def test_the_deadlines_know_meetings_by_their_new_numbers(council, board):
    meeting_of(board, dt.date(2015, 7, 2), said_on=TODAY)
    planned = Event.objects.filter(council=council, replaced_by__isnull=True, state="planned")
    assert list(planned.order_by("on").values_list("label", flat=True)) == [
        f"Meeting {number}" for number in (2, 3, 4, 5)
    ]
    assert Meeting.objects.get(on=AUGUST).event.label == "Meeting 5"
