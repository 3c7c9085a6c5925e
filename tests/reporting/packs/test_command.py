"""`manage.py board_pack`: a draft of the pack as a file, or why there is none."""

import datetime as dt
import io

import pdfplumber
import pytest
from django.core.management import CommandError, call_command

from boards.services.meetings import cancel_meeting
from tests.boards.build import act, board_of, meeting_of
from tests.factories import CouncilFactory
from tests.plans.build import plan_of

pytestmark = pytest.mark.django_db
ON = dt.date(2015, 6, 3)


@pytest.fixture
def council():
    council = CouncilFactory()
    plan_of(council)
    return council


@pytest.fixture
def board(council):
    return board_of(council)


def pack(council, target, **options):
    said = io.StringIO()
    given = {"meeting": ON.isoformat(), "output": target, "stdout": said}
    call_command("board_pack", str(council), **given | options)
    return said.getvalue()


def test_a_draft_is_written_without_an_agenda_too(council, board, tmp_path):
    meeting_of(board, ON)
    assert str(board) in pack(council, tmp_path / "pack.pdf", as_at="2015-05-20")
    with pdfplumber.open(tmp_path / "pack.pdf") as pdf:
        said = "\n".join(page.extract_text() for page in pdf.pages)
    assert "The plan as at 20 May 2015" in said
    assert "No agenda has been made for this meeting" in said


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"meeting": "2015-06-04"}, "has no meeting of a board on 2015-06-04$"),
        ({"meeting": "3 June 2015"}, "is not a day written YYYY-MM-DD"),
        ({"as_at": "2999-01-01"}, "2999-01-01 has not come yet"),
        ({"board": "Executive"}, "has no meeting of Executive"),
    ],
)
def test_why_there_is_none(council, board, tmp_path, options, why):
    meeting_of(board, ON)
    with pytest.raises(CommandError, match=why):
        pack(council, tmp_path / "pack.pdf", **options)


def test_a_cancelled_meeting_says_so(council, board, tmp_path):
    cancel_meeting(act=act(council), meeting_id=meeting_of(board, ON).pk, because="Snow")
    with pytest.raises(CommandError, match="it was cancelled"):
        pack(council, tmp_path / "pack.pdf")


def test_a_file_that_cannot_be_written_is_said_before_anything_is_drawn(council, board, tmp_path):
    meeting_of(board, ON)
    with pytest.raises(CommandError, match="is a folder"):
        pack(council, tmp_path)
    with pytest.raises(CommandError, match="no folder"):
        pack(council, tmp_path / "missing" / "pack.pdf")


def test_of_two_boards_on_a_day_the_notices_is_meant_or_the_one_that_is_named(council, board, tmp_path):
    executive = board_of(council, name="Executive", of_notice=False)
    operational = board_of(council, name="Operational", of_notice=False)
    meeting_of(executive, ON)
    meeting_of(operational, ON)
    with pytest.raises(CommandError, match="say with --board which of them: Executive, Operational"):
        pack(council, tmp_path / "pack.pdf")
    assert "Operational, " in pack(council, tmp_path / "pack.pdf", board="operational")
    meeting_of(board, ON)
    assert f"{board}, " in pack(council, tmp_path / "pack.pdf")
