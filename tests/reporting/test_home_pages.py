"""Home pages by role: what needs the reader, as far as they may see it, in bounded queries."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.services.agenda import add_item, circulate
from boards.services.bodies import add_terms
from boards.services.frequency import ask_for_frequency
from boards.services.recording import add_matter, take_back_held
from boards.services.records import Refused
from councils.roles import Role
from reporting.home.gather import home_of
from reporting.models import Report
from tests.boards.build import act, board_of, hold, meeting_of, member_of, person_with
from tests.factories import CouncilFactory, member
from tests.plans.build import plan_of, read_action

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=10)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def board(council):
    return board_of(council)


def page(client, council, user):
    client.force_login(user)
    # scrutiny is taken on to its own page
    answer = client.get(reverse("reporting:overview", kwargs={"council": council.slug}), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_programme_manager_of_a_new_council_is_led_through_its_setting_up(client, council):
    said = page(client, council, member(Role.PROGRAMME_MANAGER, council))
    assert "Setting up" in said
    assert reverse("plans:add", kwargs={"council": council.slug}) in said
    assert "Setting up" not in page(client, council, member(Role.ACTION_LEAD, council))


def test_a_lead_is_told_of_their_own_actions_and_of_no_others(client, council):
    lead = member(Role.ACTION_LEAD, council)
    person_with(lead, council)
    plan_of(council, read_action("A1", leads=(lead.name,)), read_action("A2"), now=timezone.now())
    said = page(client, council, lead)
    assert "1 action of yours to update" in said
    assert "Make the pack" not in said


def test_a_member_is_told_to_read_owes_terms_and_matters_and_sees_nothing_restricted(client, council, board):
    reader = member(Role.BOARD_MEMBER, council)
    person = person_with(reader, council)
    member_of(board, user=reader, person=person)
    add_terms(
        act=act(council), board_id=board.pk, in_force_from=TODAY, text="We test", note="", document=None
    )
    meeting = meeting_of(board, SOON)
    add_item(act=act(council), meeting_id=meeting.pk, values={"title": "Progress"})
    circulate(act=act(council), meeting_id=meeting.pk)
    for text, restricted in (("Bring the figures", False), ("Say who was suspended", True)):
        matter = add_matter(act=act(council), board_id=board.pk, values={"text": text, "owner": person})
        type(matter).objects.filter(pk=matter.pk).update(restricted=restricted)
    said = page(client, council, reader)
    assert "Read agenda and papers" in said
    assert "Read the terms of reference of Improvement Board" in said
    assert "Bring the figures" in said
    assert "suspended" not in said
    assert "What to challenge" not in said


def test_the_chair_is_led_to_what_to_challenge(client, council, board):
    meeting = meeting_of(board, SOON)
    said = page(client, council, member(Role.BOARD_CHAIR, council))
    assert reverse("reporting:challenge", kwargs={"council": council.slug, "meeting": meeting.pk}) in said


def test_the_department_is_asked_to_decide_a_frequency(client, council, board):
    ask_for_frequency(
        act=act(council), board_id=board.pk, every=6, unit="weeks", from_on=SOON, because="It is going well"
    )
    assert "Agree or refuse" in page(client, council, member(Role.DFE_OFFICIAL))
    assert "Agree or refuse" not in page(client, council, member(Role.PROGRAMME_MANAGER, council))


@pytest.mark.parametrize("role", [Role.SCRUTINY_VIEWER, Role.MINISTERS_OFFICE, Role.ADMINISTRATOR])
def test_who_sees_no_case_gets_a_page_without_one(client, council, board, role):
    plan_of(council)
    meeting_of(board, SOON)
    said = page(client, council, member(role, council))
    assert "Where the plan stands" not in said
    assert "Next board" not in said


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.BOARD_CHAIR])
def test_three_times_as_much_takes_no_more_queries(council, board, role, django_assert_max_num_queries):
    user = member(role, council)
    person = person_with(user, council)
    member_of(board, user=user, person=person)
    actions = [read_action(f"A{n}", leads=(user.name,)) for n in range(3)]
    plan_of(council, *actions, now=timezone.now())
    asker = _Asker(council, user)
    meeting_of(board, SOON)
    with django_assert_max_num_queries(60) as few:
        home_of(asker, today=TODAY)
    for n in range(3):
        meeting_of(board, SOON + dt.timedelta(days=28 * (n + 1)))
        add_matter(act=act(council), board_id=board.pk, values={"text": f"Matter {n}", "owner": person})
    with django_assert_max_num_queries(len(few)):
        home = home_of(asker, today=TODAY)
    assert sum(need.what.startswith("Matter") for need in home.needs) == 3


class _Asker:
    def __init__(self, council, user):
        from councils.access import access_of

        self.council, self.user, self.access = council, user, access_of(user, today=TODAY)


def test_a_report_waits_for_its_author_alone_and_holds_the_meetings_it_counts(client, council, board):
    now = timezone.now()
    report = Report.objects.create(council=council, kind="chair", board=board, due=SOON, begun_at=now)
    said = page(client, council, member(Role.BOARD_CHAIR, council))
    assert "Write: Chair’s report to the Minister" in said
    assert reverse("reporting:report", kwargs={"council": council.slug, "report": report.pk}) in said
    assert "Write: Chair" not in page(client, council, member(Role.PROGRAMME_MANAGER, council))

    ada = member_of(board)
    day = dt.date(2015, 6, 1)
    meeting = hold(meeting_of(board, day), ada)
    Report.objects.filter(pk=report.pk).update(
        state="signed", signed_at=now, facts={}, as_at=day, frozen_at=now
    )
    with pytest.raises(Refused, match="Chair’s report to the Minister is signed"):
        take_back_held(act=act(council), meeting_id=meeting.pk, because="Wrong day")
