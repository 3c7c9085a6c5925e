"""Small invented boards for tests, made by the services that the product uses."""

import datetime as dt

from django.utils import timezone

from boards.models import Board, Meeting
from boards.services.bodies import add_member, make_board
from boards.services.meetings import plan_meeting
from boards.services.recording import Presence, record_attendance, record_held
from boards.services.records import Act
from councils.models import Person
from tests.factories import PersonFactory

TODAY = dt.date(2015, 6, 1)
BEGUN = dt.date(2015, 1, 6)


def at(day, hour=10):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=timezone.get_default_timezone())


def act(council, day=TODAY, *, by=None, hour=10):
    """Somebody does something on a day."""
    return Act(council, by, at(day, hour))


def board_of(council, *, every=4, unit="weeks", of_notice=True, **values) -> Board:
    """A board of the notice that meets every four weeks."""
    fields = {"name": "Improvement Board", "begun_on": BEGUN, "of_notice": of_notice, "kind": "improvement"}
    return make_board(act=act(council, BEGUN), values=fields | values, every=every, unit=unit)


def member_of(
    board, name="Ada Brightwell", *, capacity="member", user=None, person=None, organisation=None, **more
):
    """Somebody on the board from its first day."""
    person = person or PersonFactory(
        council=board.council,
        name=name,
        user=user,
        email="" if user else f"{name.split()[0].lower()}@x.example",
    )
    values = {
        "person": person,
        "capacity": capacity,
        "organisation": organisation,
        "from_on": BEGUN,
        "approved_by": "The Minister" if capacity == "chair" else "",
    }
    return add_member(act=act(board.council, BEGUN), board_id=board.pk, values=values | more)


def meeting_of(board, on=TODAY, *, said_on=BEGUN, **values) -> Meeting:
    """A meeting planned for a day."""
    return plan_meeting(act=act(board.council, said_on), board_id=board.pk, on=on, values=values)


def attend(meeting, *memberships, state="present", said_on=None):
    """These members were there."""
    record_attendance(
        act=act(meeting.board.council, said_on or meeting.on),
        meeting_id=meeting.pk,
        presences=[Presence(row.pk, state) for row in memberships],
    )


def hold(meeting, *memberships, **fields) -> Meeting:
    """A meeting that was held, with these members there."""
    attend(meeting, *memberships)
    return record_held(act=act(meeting.board.council, meeting.on, hour=17), meeting_id=meeting.pk, **fields)


def person_with(user, council) -> Person:
    """The person that somebody with an account is to the council."""
    return PersonFactory(council=council, user=user, name=user.name)
