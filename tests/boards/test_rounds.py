"""A round: who is asked what, once; who has answered; what the board then sees."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.models import RoundMail
from boards.queries.rounds import asked_round, counts_of, progress_of, round_of
from boards.services.meetings import move_meeting
from boards.services.recording import add_matter
from boards.services.records import Refused
from boards.services.rounds import close_round, drop_round, nudge, open_round
from councils.models import Person
from councils.roles import Role
from notifications.models import Message
from plans.models import AnswerLink, Position
from plans.queries import table_at
from plans.services import Report, change_leads, record_update, retire
from tests.boards.build import TODAY, act, at, board_of, meeting_of
from tests.factories import CouncilFactory, PersonFactory, member
from tests.plans.build import action, plan_of, read_action

JUNE = dt.date(2015, 6, 16)
BY = dt.date(2015, 6, 10)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def pat(council):
    """A lead with an account."""
    user = member(Role.ACTION_LEAD, council)
    return PersonFactory(council=council, name="Pat Reed", post="", user=user)


@pytest.fixture
def plan(council, pat):
    return plan_of(
        council,
        read_action("P1.1"),
        read_action("P1.2", leads=("Pat Reed", "Kim Vale")),
        read_action("P1.3", rating="G"),
        read_action("P2.1", leads=("Head of Audit",), objective="o2"),
    )


@pytest.fixture
def meeting(council):
    return meeting_of(board_of(council), JUNE)


@pytest.fixture
def opened(council, plan, meeting, manager):
    return open_it(meeting, manager)


def open_it(meeting, by, **more):
    values = {"position_on": TODAY, "answer_by": BY, "message": "Be brief, please."}
    return open_round(act=act(meeting.board.council, by=by), meeting_id=meeting.pk, **(values | more))


def report(plan, ref, *, on=TODAY, hour=11, rating="A"):
    row = action(plan, ref)
    record_update(
        council=plan.council,
        action_id=row.pk,
        report=Report(on, rating, f"Said of {ref}", "Nobody is free", "Ask again by July"),
        version=row.version,
        by=None,
        now=at(on, hour),
        today=on,
    )


def test_every_action_that_is_not_complete_is_asked_about(opened):
    assert {row.action.ref for row in opened.asks.all()} == {"P1.1", "P1.2", "P2.1"}


def test_each_lead_with_an_address_gets_one_message_with_exactly_their_actions(opened, pat):
    message = Message.objects.get()
    assert message.address == pat.user.email
    assert "P1.1, P1.2" in message.body
    assert "P2.1" not in message.body
    assert "Be brief, please." in message.body
    assert "10 June 2015" in message.body


def test_a_lead_without_an_account_gets_a_link_of_their_own(council, plan, meeting, manager):
    kim = Person.objects.filter(council=council, name="Kim Vale").first()
    if kim is None:
        kim = PersonFactory(council=council, name="Kim Vale", post="")
        action(plan, "P1.2").leads.filter(name="Kim Vale").update(person=kim)
    Person.objects.filter(pk=kim.pk).update(email="kim@partner.example")
    open_it(meeting, manager)
    link = AnswerLink.objects.get()
    assert (link.lead, link.position_on) == ("Kim Vale", TODAY)
    body = Message.objects.get(address="kim@partner.example").body
    assert "You need no account" in body
    assert "/" in body.partition("pass it on.")[2]


def test_a_message_names_the_matters_its_reader_owes(council, plan, meeting, manager, pat):
    add_matter(act=act(council), board_id=meeting.board_id, values={"text": "Send the audit", "owner": pat})
    open_it(meeting, manager)
    assert "Send the audit" in Message.objects.get().body


def test_a_second_round_for_a_meeting_is_refused_and_writes_to_nobody(opened, meeting, manager):
    with pytest.raises(Refused, match="has a round already"):
        open_it(meeting, manager)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "days",
    [
        {"position_on": dt.date(2015, 6, 17)},
        {"answer_by": dt.date(2015, 5, 31)},
        {"answer_by": dt.date(2015, 6, 17)},
        {"position_on": dt.date(2014, 1, 1)},
    ],
    ids=["position after the board", "answers by yesterday", "answers after the board", "before the plan"],
)
def test_days_in_the_wrong_order_are_refused(plan, meeting, manager, days):
    with pytest.raises(Refused):
        open_it(meeting, manager, **days)
    assert round_of(meeting) is None


def test_a_council_without_a_plan_has_no_round(meeting, manager):
    with pytest.raises(Refused, match="no open plan"):
        open_it(meeting, manager)


def test_what_is_reported_since_it_opened_counts_as_answered(opened, plan):
    assert (counts_of(opened).answered, counts_of(opened).asked) == (0, 3)
    report(plan, "P1.2")
    progress = progress_of(opened)
    assert (progress.answered, progress.waiting) == (1, 2)
    by_lead = {line.lead: (line.answered, line.asked) for line in progress.leads}
    assert by_lead == {"Pat Reed": (1, 2), "Kim Vale": (1, 1), "Head of Audit": (0, 1)}


def test_the_plans_own_pages_follow_the_open_round(opened, plan, council):
    asked = asked_round(plan, TODAY)
    assert asked.label == "the board of 16 June 2015"
    assert (asked.position_on, asked.answer_by, len(asked.actions)) == (TODAY, BY, 3)
    close_round(act=act(council, hour=12), round_id=opened.pk)
    assert asked_round(plan, TODAY) is None


def test_an_action_that_is_not_asked_about_opens_with_what_was_said_last_too(client, opened, plan, pat):
    report(plan, "P1.3", rating="R")
    client.force_login(pat.user)
    kwargs = {"council": plan.council.slug, "pk": action(plan, "P1.3").pk}
    said = client.get(reverse("plans:my_action", kwargs=kwargs)).content.decode()
    assert "Nobody is free" in said
    assert "Ask again by July" in said


def test_a_nudge_goes_to_those_who_have_not_answered_once_a_day(council, opened, plan, pat, manager):
    day = TODAY + dt.timedelta(days=2)
    report(plan, "P1.1")
    assert nudge(act=act(council, day, by=manager), round_id=opened.pk) == 1
    assert nudge(act=act(council, day, by=manager, hour=15), round_id=opened.pk) == 0
    body = Message.objects.order_by("-pk").first().body
    assert "P1.2" in body
    assert "P1.1" not in body
    assert RoundMail.objects.filter(kind="nudged").count() == 1


def test_whoever_leads_an_action_now_is_nudged_and_nobody_about_what_left_the_plan(
    council, plan, meeting, manager
):
    kim = Person.objects.get(council=council, name="Kim Vale")
    Person.objects.filter(pk=kim.pk).update(email="kim@partner.example")
    opened = open_it(meeting, manager)
    day = TODAY + dt.timedelta(days=2)
    who = {"council": council, "by": manager, "now": at(day), "today": day}
    change_leads(action_id=action(plan, "P1.2").pk, leads=["Pat Reed"], reason="Kim left", version=1, **who)
    change_leads(action_id=action(plan, "P2.1").pk, leads=["Pat Reed"], reason="Kim left", version=1, **who)
    retire(action_id=action(plan, "P1.1").pk, reason="Not needed", version=1, **who)
    assert nudge(act=act(council, day, by=manager, hour=11), round_id=opened.pk) == 1
    assert "P1.2, P2.1" in Message.objects.order_by("-pk").first().body
    assert {line.lead: line.asked for line in progress_of(opened).leads} == {"Pat Reed": 2}
    assert (counts_of(opened).asked, counts_of(opened).answered) == (2, 0)
    closed = close_round(act=act(council, day, by=manager, hour=12), round_id=opened.pk)
    change_leads(action_id=action(plan, "P2.1").pk, leads=["Kim Vale"], reason="Back", version=2, **who)
    assert {line.lead: line.asked for line in progress_of(closed).leads} == {"Pat Reed": 2}


def test_a_lead_without_an_account_is_nudged_also_after_the_day_of_the_meeting(
    council, plan, meeting, manager
):
    Person.objects.filter(council=council, name="Kim Vale").update(email="kim@partner.example")
    opened = open_it(meeting, manager)
    day = JUNE + dt.timedelta(days=1)
    assert nudge(act=act(council, day, by=manager), round_id=opened.pk) == 2
    assert AnswerLink.objects.get(revoked_at=None).last_day == day


def test_nobody_is_nudged_once_all_is_answered(council, opened, plan, manager):
    report(plan, "P1.1")
    report(plan, "P1.2", hour=12)
    day = TODAY + dt.timedelta(days=2)
    assert nudge(act=act(council, day, by=manager), round_id=opened.pk) == 0


def test_closing_freezes_the_position_and_later_reports_do_not_alter_it(council, opened, plan, manager):
    report(plan, "P1.1", rating="R")
    closed = close_round(act=act(council, hour=13, by=manager), round_id=opened.pk)
    position = Position.objects.get()
    assert closed.position == position
    assert (position.on, position.label) == (TODAY, "Improvement Board, meeting 1")
    report(plan, "P1.1", hour=15, rating="G")
    table = table_at(plan, on=position.on, recorded_until=position.recorded_until)
    assert {row.ref: row.rating.code for row in table.actions if row.rating}["P1.1"] == "R"
    assert counts_of(closed).answered == 1


def test_a_round_is_closed_once_and_not_before_its_position_date(council, plan, meeting, manager):
    opened = open_it(meeting, manager, position_on=BY)
    with pytest.raises(Refused, match="10 June 2015"):
        close_round(act=act(council), round_id=opened.pk)
    close_round(act=act(council, BY), round_id=opened.pk)
    with pytest.raises(Refused, match="closed"):
        close_round(act=act(council, BY), round_id=opened.pk)
    assert Position.objects.count() == 1


def test_a_dropped_round_freezes_nothing_and_makes_room_for_another(council, opened, meeting, manager):
    with pytest.raises(Refused):
        drop_round(act=act(council), round_id=opened.pk, because=" ")
    drop_round(act=act(council), round_id=opened.pk, because="Wrong meeting")
    assert not Position.objects.exists()
    assert open_it(meeting, manager).state == "open"


def test_undelivered_mail_is_said_beside_its_lead_and_goes_again_to_a_corrected_address(
    council, opened, pat, manager
):
    Message.objects.filter(address=pat.user.email).update(problem="SMTPRecipientsRefused: no such user")
    (line,) = [line for line in progress_of(opened).leads if line.lead == "Pat Reed"]
    assert "no such user" in line.undelivered
    assert nudge(act=act(council, hour=12, by=manager), round_id=opened.pk) == 0
    pat.user.email = "pat.right@council.example"
    pat.user.save()
    assert nudge(act=act(council, hour=13, by=manager), round_id=opened.pk) == 1
    (line,) = [line for line in progress_of(opened).leads if line.lead == "Pat Reed"]
    assert line.undelivered == ""


def test_a_meeting_is_not_moved_before_the_position_of_its_open_round(council, plan, meeting, manager):
    open_it(meeting, manager, position_on=BY + dt.timedelta(days=2))
    with pytest.raises(Refused, match="drop that round first"):
        move_meeting(act=act(council), meeting_id=meeting.pk, to=BY, because="Snow")
