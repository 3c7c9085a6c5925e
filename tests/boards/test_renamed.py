"""A board that is renamed keeps what was recorded of it, and what was agreed about it holds on."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from boards.services.changing import change_board
from boards.services.frequency import ask_for_frequency, decide_frequency
from deadlines.events import Happening
from deadlines.months import Period
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import NoLongerThan
from notices.deadlines.queries import deadlines_of
from notices.models import BoardRename, Event
from notices.queries import board_names
from notices.services import record_event
from tests.boards.build import TODAY, act, at, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory
from tests.notices.deadlines.build import instrument, owe, version

MAY = dt.date(2015, 5, 4)
LATER = dt.date(2015, 5, 20)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def board(council):
    return board_of(council)


def rename(board, name, on=LATER):
    board.refresh_from_db()
    values = {"name": name}
    return change_board(act=act(board.council, on), board_id=board.pk, values=values, made_from=board.version)


def due_days(council, which=""):
    schedule = NoLongerThan(Period.weeks(4), Happening("board_held", which), Anchor("notice_issued"))
    owe(version(instrument(council, "2015-04-20")), "3a", schedule)
    found = deadlines_of(council, today=TODAY, until=dt.date(2015, 8, 1))
    return [line.due.isoformat() for line in found.lines]


def agree_to_six_weeks(council, board, from_on=LATER):
    asked = ask_for_frequency(
        act=act(council, LATER), board_id=board.pk, every=6, unit="weeks", from_on=from_on, because="Summer"
    )
    decide_frequency(act=act(council, LATER), frequency_id=asked.pk, agree=True, answer="Agreed")


def test_a_frequency_agreed_for_the_notices_board_moves_its_deadlines(council, board):
    hold(meeting_of(board, MAY), member_of(board))
    agree_to_six_weeks(council, board)
    assert due_days(council)[1] == "2015-06-15"


def test_a_frequency_agreed_for_a_later_day_moves_no_deadline_before_that_day(council, board):
    hold(meeting_of(board, MAY), member_of(board))
    agree_to_six_weeks(council, board, from_on=dt.date(2015, 6, 10))
    assert due_days(council)[1:3] == ["2015-06-01", "2015-07-13"]


def test_a_frequency_of_a_board_that_is_the_notices_no_longer_moves_none(council, board):
    hold(meeting_of(board, MAY), member_of(board))
    asked = ask_for_frequency(
        act=act(council, LATER), board_id=board.pk, every=6, unit="weeks", from_on=LATER, because="Summer"
    )
    board.refresh_from_db()
    change_board(
        act=act(council, LATER),
        board_id=board.pk,
        values={"name": board.name, "of_notice": False},
        made_from=board.version,
    )
    decide_frequency(act=act(council, LATER), frequency_id=asked.pk, agree=True, answer="Agreed")
    assert due_days(council)[1] == "2015-06-01"


def test_a_meeting_before_the_renaming_and_an_agreement_after_are_about_one_board(council, board):
    hold(meeting_of(board, MAY), member_of(board))
    rename(board, "Getting to Good Board")
    board.refresh_from_db()
    agree_to_six_weeks(council, board)
    assert due_days(council, "Getting to Good Board")[:2] == ["2015-05-18", "2015-06-15"]


def test_the_same_meeting_told_again_under_the_new_name_is_recorded_once(council, board):
    hold(meeting_of(board, MAY), member_of(board))
    rename(board, "Getting to Good Board")
    again = {"council": council, "kind": "board_held", "on": MAY, "state": "happened", "by": None}
    record_event(**again, board="Getting to Good Board", now=at(TODAY), today=TODAY)
    assert Event.objects.filter(replaced_by__isnull=True).count() == 1


def test_a_name_given_to_another_board_later_is_that_boards(council, board):
    rename(board, "Getting to Good Board", LATER)
    names = board_names(council)
    assert names.now("Improvement Board", at(MAY)) == "Getting to Good Board"
    assert names.now("Improvement Board", at(TODAY)) == "Improvement Board"


def test_renamings_before_they_were_facts_are_taken_from_the_change_log(council, board):
    rename(board, "Getting to Good Board")
    rename(board, "Continuous Improvement Board", TODAY)
    known = list(BoardRename.objects.order_by("pk").values("was", "name", "recorded_at"))
    import_module("boards.migrations.0003_earlier_names").tell_renames(apps, None)
    assert list(BoardRename.objects.order_by("pk").values("was", "name", "recorded_at"))[2:] == known
