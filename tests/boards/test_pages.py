"""The room's pages: who sees what of a meeting, and the way from a round to approved minutes by forms alone."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from boards.models import Board, Matter, Meeting, Minutes, Paper
from boards.services.agenda import add_item, circulate
from boards.services.bodies import save_standing_item
from boards.services.meetings import cancel_meeting
from boards.services.recording import add_matter
from boards.services.records import Act
from boards.services.testing import change_test, plan_test
from councils.roles import Role
from plans.models import Position
from tests.boards.build import board_of, meeting_of, member_of, person_with
from tests.boards.test_papers import pdf
from tests.factories import CouncilFactory, PersonFactory, member
from tests.plans.build import plan_of, read_action

READERS = [
    Role.PROGRAMME_MANAGER,
    Role.PROGRAMME_OFFICE,
    Role.DIRECTOR,
    Role.ACTION_LEAD,
    Role.COUNCIL_LEADER,
    Role.LEAD_MEMBER,
    Role.CHIEF_EXECUTIVE,
    Role.COUNCIL_VIEWER,
    Role.BOARD_CHAIR,
    Role.CHAIRS_SUPPORT,
    Role.BOARD_MEMBER,
    Role.INDEPENDENT_VALIDATOR,
    Role.SAFEGUARDING_CHAIR,
    Role.DFE_OFFICIAL,
    Role.DFE_ADVISER,
    Role.COMMISSIONER,
]
DRAFTERS = {
    Role.PROGRAMME_MANAGER,
    Role.PROGRAMME_OFFICE,
    Role.DIRECTOR,
    Role.BOARD_CHAIR,
    Role.CHAIRS_SUPPORT,
}
UNRESTRICTED = DRAFTERS | {
    Role.COUNCIL_LEADER,
    Role.LEAD_MEMBER,
    Role.CHIEF_EXECUTIVE,
    Role.SAFEGUARDING_CHAIR,
    Role.DFE_OFFICIAL,
    Role.DFE_ADVISER,
    Role.COMMISSIONER,
}
TESTERS = {Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT, Role.INDEPENDENT_VALIDATOR}


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def board(council):
    return board_of(council)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def meeting(board, today):
    return meeting_of(board, today)


def now_act(council, by=None):
    return Act(council, by, timezone.now())


def url(council, name, **numbers):
    return reverse(f"boards:{name}", kwargs={"council": council.slug, **numbers})


def page(client, council, name, **numbers):
    response = client.get(url(council, name, **numbers))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize("role", READERS)
def test_an_agenda_is_a_draft_until_circulated_and_restricted_items_stay_hidden(
    client, council, meeting, role
):
    for title, restricted in (("Open item", False), ("Secret item", True)):
        values = {"title": title, "restricted": restricted}
        add_item(act=now_act(council), meeting_id=meeting.pk, values=values)
    secret = {"title": "Secret item", "presenter": "Mr Secret", "restricted": True}
    standing = save_standing_item(act=now_act(council), board_id=meeting.board_id, values=secret)
    part = {"title": "Secret part", "under": standing}
    save_standing_item(act=now_act(council), board_id=meeting.board_id, values=part)
    client.force_login(member(role, council))
    template = page(client, council, "template", board=meeting.board_id)
    assert ("Secret" in template) == (role in UNRESTRICTED)
    before = page(client, council, "meeting", meeting=meeting.pk)
    assert ("Open item" in before) == (role in DRAFTERS)
    circulate(act=now_act(council), meeting_id=meeting.pk)
    after = page(client, council, "meeting", meeting=meeting.pk)
    assert "Open item" in after
    assert ("Secret item" in after) == (role in UNRESTRICTED)
    assert ("Restricted item" in after) == (role not in UNRESTRICTED)
    to_work_on = client.get(url(council, "agenda", meeting=meeting.pk))
    if role in DRAFTERS:
        assert to_work_on.status_code == 200
    else:
        assert to_work_on.url == url(council, "meeting", meeting=meeting.pk) + "#agenda"


@pytest.mark.parametrize("role", READERS)
def test_a_restricted_matter_is_seen_by_those_who_may_and_is_no_page_to_others(client, council, board, role):
    meeting = meeting_of(board, timezone.localdate())
    item = add_item(
        act=now_act(council), meeting_id=meeting.pk, values={"title": "Staffing", "restricted": True}
    )
    values = {"text": "Settle the dispute", "owner_name": "Director", "item": item}
    matter = add_matter(act=now_act(council), board_id=board.pk, values=values, meeting_id=meeting.pk)
    client.force_login(member(role, council))
    sees = role in UNRESTRICTED
    for name in ("board", "matters"):
        assert ("Settle the dispute" in page(client, council, name, board=board.pk)) == sees
    assert client.get(url(council, "matter", matter=matter.pk)).status_code == (200 if sees else 404)


@pytest.mark.parametrize("role", READERS)
def test_a_test_is_the_testers_until_shared(client, council, board, role):
    plan = plan_of(council, read_action("P1.1", rating="G"))
    values = {"title": "First visits", "tester": "Cy Chair", "on": timezone.localdate()}
    sample = [(plan.actions.get().pk, "claimed complete")]
    test = plan_test(act=now_act(council), board_id=board.pk, values=values, sample=sample)
    change_test(act=now_act(council), test_id=test.pk, values={"notes": "Own words"}, made_from=1)
    client.force_login(member(role, council))
    response = client.get(url(council, "test", test=test.pk))
    assert response.status_code == (200 if role in TESTERS else 404)
    assert ("First visits" in page(client, council, "testing", board=board.pk)) == (role in TESTERS)
    log = client.get(f"/councils/{council.slug}/changes/")
    assert "Own words" not in log.content.decode()


def test_what_is_shared_for_good_is_asked_about_first(client, council, board, today):
    plan = plan_of(council, read_action("P1.1", rating="G"))
    values = {"title": "First visits", "tester": "Cy Chair", "on": today}
    sample = [(plan.actions.get().pk, "claimed complete")]
    test = plan_test(act=now_act(council), board_id=board.pk, values=values, sample=sample)
    client.force_login(member(Role.BOARD_CHAIR, council))
    share = url(council, "share_test", test=test.pk)
    assert "This cannot be taken back" in client.get(share).content.decode()
    refused = client.post(share)
    assert refused.status_code == 422
    assert "Say first that the test is done" in refused.content.decode()
    done = {"state": "done", "days": Decimal(1)}
    change_test(act=now_act(council), test_id=test.pk, values=done, made_from=1)
    assert client.post(share).status_code == 302
    test.refresh_from_db()
    assert test.shared_at is not None
    assert "is shared already" in client.get(share, follow=True).content.decode()


LISTS = (
    "board",
    "members",
    "frequency",
    "template",
    "meetings",
    "matters",
    "decisions",
    "attendance",
    "risks",
    "forward",
    "testing",
)


def test_every_list_opens_empty(client, council, board):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    for name in LISTS:
        page(client, council, name, board=board.pk)


@pytest.mark.parametrize("role", READERS)
def test_every_list_opens_filled(client, council, board, meeting, role):
    client.force_login(member(role, council))
    member_of(board)
    for name in LISTS:
        page(client, council, name, board=board.pk)


@pytest.mark.parametrize("role", [Role.MINISTERS_OFFICE, Role.SCRUTINY_VIEWER, Role.ADMINISTRATOR])
def test_some_roles_see_no_board(client, council, board, role):
    client.force_login(member(role, council))
    assert client.get(url(council, "board", board=board.pk)).status_code == 403


def test_another_councils_board_is_not_there(client, council, board, meeting):
    elsewhere = CouncilFactory()
    client.force_login(member(Role.PROGRAMME_MANAGER, elsewhere))
    assert client.get(url(elsewhere, "board", board=board.pk)).status_code == 404
    assert client.get(url(elsewhere, "meeting", meeting=meeting.pk)).status_code == 404
    moved = client.post(
        url(elsewhere, "move_meeting", meeting=meeting.pk), {"to": "1/1/2030", "because": "x"}
    )
    assert moved.status_code == 404


def test_a_board_is_made_and_its_meetings_planned_by_forms_alone(client, council, today):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    assert "No board is here yet" in page(client, council, "index")
    typed = {
        "name": "Improvement Board",
        "kind": "improvement",
        "of_notice": "on",
        "begun_on": f"{today:%d/%m/%Y}",
        "every": "4",
        "unit": "weeks",
        "usual_minutes": "120",
    }
    refused = client.post(url(council, "add"), typed | {"every": "", "name": ""})
    assert refused.status_code == 422
    assert "Enter the board’s name" in refused.content.decode()
    assert client.post(url(council, "add"), typed).status_code == 302
    board = Board.objects.get()
    assert client.get(url(council, "index")).headers["Location"] == url(council, "board", board=board.pk)
    group = typed | {"name": "Operational group", "kind": "operational", "of_notice": ""}
    there = client.post(url(council, "add"), group).headers["Location"]
    assert there == url(council, "board", board=Board.objects.get(name="Operational group").pk)
    words = page(client, council, "plan", board=board.pk)
    assert "The board meets every 4 weeks" in words
    assert client.post(url(council, "plan", board=board.pk), {}).status_code == 422
    days = list(words.split('name="days" type="checkbox" value="')[1:])
    chosen = [row[:10] for row in days[:2]]
    assert client.post(url(council, "plan", board=board.pk), {"days": chosen}).status_code == 302
    assert [str(row.on) for row in Meeting.objects.order_by("on")] == chosen
    page(client, council, "board", board=board.pk)


def test_a_council_without_a_template_begins_with_the_usual_items(client, council, board, meeting):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    assert "Begin with an agenda template" in page(client, council, "agenda", meeting=meeting.pk)
    begin = url(council, "begin_template", board=board.pk)
    said = client.post(begin, follow=True).content.decode()
    assert "4 (ii)" in said
    assert "Any other business and next meeting" in said
    assert "has items already" in client.post(begin, follow=True).content.decode()
    onto = url(council, "begin_agenda", meeting=meeting.pk)
    assert onto in page(client, council, "agenda", meeting=meeting.pk)
    client.post(onto)
    assert "had some that can be put back" in client.post(onto, follow=True).content.decode()
    assert meeting.items.count() == board.standing_items.count() == 12
    assert meeting.items.get(section="exceptions").under.title == "Progress of the improvement plan"


def test_from_the_round_to_approved_minutes_by_forms_alone(  # noqa: PLR0915 - one way, step by step
    client, council, board, meeting, today
):
    manager = member(Role.PROGRAMME_MANAGER, council)
    plan = plan_of(council, read_action("P1.1"))
    ada = member_of(board)
    client.force_login(manager)
    here = {"meeting": meeting.pk}
    day = f"{today:%d/%m/%Y}"
    assert "No round is open" in page(client, council, "round", **here)
    assert client.post(url(council, "open_round", **here), {"position_on": day}).status_code == 422
    client.post(url(council, "open_round", **here), {"position_on": day, "answer_by": day})
    assert "0 of 1 actions answered" in page(client, council, "round", **here)
    page(client, council, "round", **here)
    client.post(url(council, "nudge", **here))
    client.post(url(council, "close_round", **here))
    assert Position.objects.get(plan=plan).on == today

    client.post(url(council, "add_item", **here), {"title": "Progress", "purpose": "decide", "minutes": "20"})
    item = meeting.items.get()
    paper = {"document": SimpleUploadedFile("report.pdf", pdf(2)), "title": "Report"}
    client.post(url(council, "paper", item=item.pk), paper)
    assert Paper.objects.get().pages == 2
    assert "Report" in page(client, council, "agenda", **here)
    client.post(url(council, "circulate", **here))

    too_soon = client.post(url(council, "held", **here), {})
    assert too_soon.status_code == 422
    assert "who was there first" in too_soon.content.decode()
    client.post(
        url(council, "record_attendance", **here), {f"state-{ada.pk}": "present", f"was-{ada.pk}": ""}
    )
    typed = {"version": item.version, "notes": "Said.", "decision": "Agreed.", "text": "Report back"}
    refused = client.post(url(council, "record_item", item=item.pk), typed)
    assert refused.status_code == 422
    assert "Report back" in refused.content.decode()
    assert "Say who is to do it" in refused.content.decode()
    item.refresh_from_db()
    typed |= {"version": item.version, "decision": "", "owner_name": "Police", "due_on": "1/1/2030"}
    said = client.post(url(council, "record_item", item=item.pk), typed, follow=True).content.decode()
    assert f'id="saved-{item.pk}" role="status" tabindex="-1">Saved: matter 1.</p>' in said
    assert Matter.objects.get().due_on == dt.date(2030, 1, 1)
    assert meeting.decisions.count() == 1
    assert client.post(url(council, "held", **here), {"counts": ""}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.held

    client.post(url(council, "draft_minutes", **here))
    section = Minutes.objects.get().sections.get()
    client.post(url(council, "section", section=section.pk, **here), {"text": "In short.", "version": "1"})
    stale = client.post(url(council, "section", section=section.pk, **here), {"text": "Mine", "version": "1"})
    assert stale.status_code == 409
    assert "In short." in stale.content.decode()
    assert "Mine" in stale.content.decode()
    client.post(url(council, "circulate_minutes", **here))
    assert client.post(url(council, "approve_minutes", **here), {}).status_code == 422
    assert "can still be put right until the minutes are approved" in page(client, council, "record", **here)
    Minutes.objects.update(state="approved", approved_on=timezone.localdate())
    assert "only read from now on" in page(client, council, "record", **here)
    Minutes.objects.update(state="circulated", approved_on=None)
    client.force_login(member(Role.BOARD_MEMBER, council))
    words = page(client, council, "minutes", **here)
    assert "In short." in words
    assert "Decision 1/1:" in words


def test_a_member_says_that_they_read_the_terms(client, council, board):
    user = member(Role.BOARD_MEMBER, council)
    member_of(board, person=person_with(user, council))
    office = member(Role.PROGRAMME_OFFICE, council)
    client.force_login(office)
    typed = {"in_force_from": "1/2/2015", "text": "Meet often."}
    client.post(url(council, "add_terms", board=board.pk), typed)
    client.force_login(user)
    assert "You have not said yet" in page(client, council, "board", board=board.pk)
    client.post(url(council, "acknowledge", board=board.pk))
    assert "You have not said yet" not in page(client, council, "board", board=board.pk)


def test_a_matter_is_answered_by_whoever_owes_it_and_by_no_other_member(client, council, board):
    user = member(Role.BOARD_MEMBER, council)
    mine = add_matter(
        act=now_act(council), board_id=board.pk, values={"text": "Mine", "owner": person_with(user, council)}
    )
    other = add_matter(
        act=now_act(council),
        board_id=board.pk,
        values={"text": "Other", "owner": PersonFactory(council=council)},
    )
    client.force_login(user)
    typed = {"note": "Done it", "state": "done"}
    assert client.post(url(council, "note_matter", matter=other.pk), typed).status_code == 403
    assert client.post(url(council, "note_matter", matter=mine.pk), {"note": ""}).status_code == 422
    assert client.post(url(council, "note_matter", matter=mine.pk), typed).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "done"


def test_only_the_department_decides_on_a_frequency(client, council, board):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    typed = {"every": "6", "unit": "weeks", "from_on": "1/6/2015", "because": "Half the members"}
    client.post(url(council, "ask_frequency", board=board.pk), typed)
    row = board.frequencies.get(state="asked")
    answer = {"agree": "yes", "answer": "Agreed"}
    assert client.post(url(council, "decide_frequency", frequency=row.pk), answer).status_code == 403
    client.force_login(member(Role.DFE_OFFICIAL))
    assert "Agree or refuse" in page(client, council, "board", board=board.pk)
    client.post(url(council, "decide_frequency", frequency=row.pk), answer)
    row.refresh_from_db()
    assert row.state == "agreed"


def test_a_cancelled_meeting_is_not_said_to_count_for_the_notice(client, council, meeting):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    said = "Counts as a board for the notice"
    assert said in page(client, council, "meeting", meeting=meeting.pk)
    cancel_meeting(act=now_act(council), meeting_id=meeting.pk, because="Snow")
    assert said not in page(client, council, "meeting", meeting=meeting.pk)
