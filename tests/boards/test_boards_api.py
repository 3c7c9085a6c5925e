"""Boards through the API: the same rights and rules as on pages."""

import datetime as dt

import pytest

from boards.models import Meeting
from boards.services.agenda import add_item, circulate
from boards.services.recording import add_matter
from councils.roles import Role
from notices.models import Event
from tests.api.conftest import calls, clock  # noqa: F401 - the day stands still here too
from tests.boards.build import act, board_of, meeting_of
from tests.factories import CouncilFactory, member

DAY = dt.date(2015, 8, 11)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def board(council):
    return board_of(council)


@pytest.fixture
def here(council):
    return f"/api/v1/councils/{council.slug}"


def test_a_meeting_is_planned_and_moved(council, board, here):
    caller = calls(member(Role.PROGRAMME_MANAGER, council))
    made = caller.write("post", f"{here}/boards/{board.pk}/meetings", {"on": "2015-08-11", "place": "Hall"})
    assert (made.status_code, made.json()["on"], made.json()["state"]) == (201, "2015-08-11", "planned")
    again = caller.write("post", f"{here}/boards/{board.pk}/meetings", {"on": "2015-08-11"})
    assert again.status_code == 400
    number = made.json()["id"]
    move, asked = f"{here}/meetings/{number}/move", {"to": "2015-08-18", "because": "Leave"}
    assert caller.write("post", move, asked).status_code == 428
    read = made.headers["ETag"]
    moved = caller.write("post", move, asked, etag=read)
    assert moved.json()["on"] == "2015-08-18"
    meanwhile = caller.write("post", move, asked | {"to": "2015-08-25"}, etag=read)
    assert meanwhile.status_code == 412
    standing = Event.objects.get(council=council, replaced_by__isnull=True)
    assert standing.on == dt.date(2015, 8, 18)
    assert [row["id"] for row in caller.get(f"{here}/boards/{board.pk}/meetings").json()["results"]] == [
        number
    ]


def test_an_agenda_is_empty_to_members_until_circulated_and_hides_restricted_titles(council, board, here):
    meeting = meeting_of(board, DAY)
    add_item(act=act(council), meeting_id=meeting.pk, values={"title": "Secret", "restricted": True})
    caller = calls(member(Role.BOARD_MEMBER, council))
    assert caller.get(f"{here}/meetings/{meeting.pk}/agenda").json()["results"] == []
    circulate(act=act(council), meeting_id=meeting.pk)
    rows = caller.get(f"{here}/meetings/{meeting.pk}/agenda").json()["results"]
    assert [(row["number"], row["title"]) for row in rows] == [("1", "Restricted item")]


def test_a_matter_is_added_and_closed(council, board, here):
    caller = calls(member(Role.PROGRAMME_OFFICE, council))
    refused = caller.write("post", f"{here}/boards/{board.pk}/matters", {"text": "Report", "owner_name": ""})
    assert refused.status_code == 400
    made = caller.write(
        "post", f"{here}/boards/{board.pk}/matters", {"text": "Report", "owner_name": "Police"}
    )
    number = made.json()["id"]
    noted = caller.write("post", f"{here}/matters/{number}/notes", {"note": "Sent", "state": "done"})
    assert (noted.json()["state"], noted.json()["closed_on"]) == ("done", "2015-07-20")


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.ACTION_LEAD, Role.DFE_OFFICIAL])
def test_readers_write_nothing(role, council, board, here):
    matter = add_matter(
        act=act(council), board_id=board.pk, values={"text": "Report", "owner_name": "Police"}
    )
    caller = calls(member(role, council))
    assert caller.get(f"{here}/boards/{board.pk}/decisions").json()["results"] == []
    assert len(caller.get(f"{here}/boards/{board.pk}/matters").json()["results"]) == 1
    for url, body in (
        (f"{here}/boards/{board.pk}/meetings", {"on": "2015-08-11"}),
        (f"{here}/boards/{board.pk}/matters", {"text": "x", "owner_name": "y"}),
        (f"{here}/matters/{matter.pk}/notes", {"note": "x", "state": "done"}),
    ):
        assert caller.write("post", url, body).status_code == 403
    assert not Meeting.objects.exists()


def test_another_councils_meeting_is_not_there(council, board, here):
    elsewhere = CouncilFactory()
    meeting = meeting_of(board_of(elsewhere), DAY)
    caller = calls(member(Role.PROGRAMME_MANAGER, council))
    assert caller.get(f"{here}/meetings/{meeting.pk}").status_code == 404
    assert caller.get(f"{here}/boards/{meeting.board_id}/matters").status_code == 404
