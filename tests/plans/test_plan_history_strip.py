"""How a rating went from board to board, beside the rating of today."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.roles import Role
from notices.models import Event
from notices.services import record_event
from plans.queries import ratings_at
from plans.services import Report, freeze_position, record_update
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, action, plan_of, read_action

pytestmark = pytest.mark.django_db
BOARDS = [BEGUN + dt.timedelta(days=28 * number) for number in range(1, 8)]
TODAY = BOARDS[-1] + dt.timedelta(days=3)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    """One action, amber when the plan begins, red from the second board and green from the sixth."""
    plan = plan_of(council, read_action("P1.1", rating="A"))
    reported(plan, "R", BOARDS[1])
    reported(plan, "G", BOARDS[5])
    return plan


@pytest.fixture
def boards(council):
    for day in BOARDS:
        record_event(
            council=council,
            kind=Event.Kind.BOARD_HELD,
            on=day,
            state=Event.State.HAPPENED,
            by=None,
            now=moment(day),
            today=day,
        )


def moment(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def reported(plan, rating, day, *, now=None):
    row = action(plan, "P1.1")
    report = Report(day, rating, f"{rating} on {day}", reason="Vacant posts", next_step="Advertise")
    record_update(
        council=plan.council,
        action_id=row.pk,
        report=report,
        version=row.version,
        by=None,
        now=now or moment(day),
        today=TODAY,
    )


def strip(client, council, **query):
    page = client.get(reverse("plans:plan", args=[council.slug]), query).content.decode()
    cell = page.partition('nb-went" aria-hidden="true">')[2].partition("</td>")[0]
    return re.findall(r"<i [^>]*>([^<]*)</i>", cell), cell


@pytest.fixture
def seen_by(client, council, time_machine):
    def sign_in(role):
        client.force_login(member(role, council))
        return client

    time_machine.move_to(moment(TODAY))
    return sign_in


def test_the_rating_at_a_day_is_the_last_one_reported_by_its_end(plan):
    number = action(plan, "P1.1").pk
    before = BEGUN - dt.timedelta(days=1)
    days = [before, BEGUN, BOARDS[1] - dt.timedelta(days=1), BOARDS[1], BOARDS[5]]
    assert ratings_at([number], days) == {number: (None, "A", "A", "R", "G")}


def test_what_was_recorded_later_is_not_known_yet(plan):
    number = action(plan, "P1.1").pk
    reported(plan, "G", BOARDS[0], now=moment(BOARDS[3]))
    assert ratings_at([number], [BOARDS[0]]) == {number: ("G",)}
    assert ratings_at([number], [BOARDS[0]], recorded_until=moment(BOARDS[2])) == {number: ("A",)}


def test_a_row_shows_the_rating_at_each_of_the_last_five_boards_in_letters_and_words(
    council, plan, boards, seen_by
):
    letters, cell = strip(seen_by(Role.PROGRAMME_MANAGER), council)
    assert letters == ["R", "R", "R", "G", "G"]
    said = cell.partition("govuk-visually-hidden")[2]
    assert "R Red" in said
    assert f"{BOARDS[-1].day} {BOARDS[-1]:%b %Y} G Green" in said


def test_a_kept_row_is_drawn_again_when_an_earlier_day_is_reported_late(council, plan, boards, seen_by):
    client = seen_by(Role.PROGRAMME_MANAGER)
    assert strip(client, council)[0] == ["R", "R", "R", "G", "G"]
    reported(plan, "A", BOARDS[3], now=moment(TODAY))
    assert strip(client, council)[0] == ["R", "A", "A", "G", "G"]


def test_looking_back_shows_the_boards_before_that_day(council, plan, boards, seen_by):
    client = seen_by(Role.PROGRAMME_MANAGER)
    assert strip(client, council, as_at=BOARDS[2].isoformat())[0] == ["A", "R", "R"]


def test_a_position_shows_what_was_known_when_it_was_frozen(council, plan, boards, seen_by):
    client = seen_by(Role.DFE_OFFICIAL)
    freeze_position(plan=plan, on=BOARDS[2], label="Third", by=None, now=moment(BOARDS[2]), today=BOARDS[2])
    reported(plan, "G", BOARDS[0], now=moment(TODAY))
    assert strip(client, council)[0] == ["A", "R", "R"]


def test_without_a_board_there_is_nothing_to_show(council, plan, seen_by):
    assert strip(seen_by(Role.PROGRAMME_MANAGER), council)[0] == []
