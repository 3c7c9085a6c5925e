"""Matters arising are chased between rounds: before they are due and after, once each, in the owner's digest."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.models import Matter
from boards.rules.chasing import chase
from boards.services.chasing import chase_matters
from boards.services.recording import add_matter, change_matter, note_matter
from councils.roles import Role
from notifications.models import MailChoices, Message, Note
from notifications.services.digests import write_digests
from tests.boards.build import act, at, board_of, member_of, person_with
from tests.factories import CouncilFactory, PersonFactory, member

DUE = dt.date(2015, 6, 17)


def day(after):
    return DUE + dt.timedelta(days=after)


def chased(after):
    return chase(matter=1, number=4, text="Bring figures", due_on=DUE, owner="9", today=day(after))


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (-8, None),
        (-7, "reminder 7"),
        (0, "reminder 7"),
        (1, "late 1"),
        (13, "late 1"),
        (14, "late 14"),
        (40, "late 28"),
    ],
)
def test_each_time_that_has_begun_is_told_once(after, told):
    found = chased(after)
    assert (found and found.key) == (told and f"matter:1:2015-06-17:{told}:9")


def test_a_reminder_is_worth_telling_until_its_day_and_an_overdue_one_stays():
    assert chased(-7).until == DUE
    assert chased(1).until is None


def test_it_says_when_and_what():
    assert chased(-1).words(day(-1)).endswith("is due by 17 June 2015, tomorrow: Bring figures")
    assert "was due on 17 June 2015, 3 days ago" in chased(3).words(day(3))


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def owner(council):
    return member(Role.BOARD_MEMBER, council)


@pytest.fixture
def matter(council, owner):
    board = board_of(council)
    person = person_with(owner, council)
    member_of(board, user=owner, person=person)
    return add_matter(
        act=act(council), board_id=board.pk, values={"text": "Bring figures", "owner": person, "due_on": DUE}
    )


def run(after):
    return chase_matters(today=day(after), clock=lambda: at(day(after), 7))


def digest(after):
    return write_digests(now=at(day(after), 8), today=day(after))


def test_the_owner_gets_it_with_the_digest_and_a_second_run_tells_nothing_twice(owner, matter):
    assert len(run(-7)) == 1
    assert run(-7) == run(-6) == []
    assert digest(-7) == 1
    message = Message.objects.get(recipient=owner)
    assert "Bring figures" in message.body
    assert f"/board/matters/{matter.pk}/" in message.body
    assert digest(-6) == 0
    assert len(run(1)) == 1
    assert Note.objects.get(key__contains="late 1:").kind == Note.Kind.BREACH


def test_a_matter_that_is_closed_before_the_digest_goes_is_told_no_more(council, matter):
    run(1)
    note_matter(act=act(council, day(1), hour=7), matter_id=matter.pk, text="Sent", state="done")
    assert digest(1) == 0
    assert run(14) == []
    assert Note.objects.get().left_out == "closed meanwhile"


def test_another_day_is_chased_anew_and_the_old_one_no_more(council, matter):
    run(-7)
    change_matter(
        act=act(council, day(-7)), matter_id=matter.pk, values={"due_on": day(2)}, made_from=matter.version
    )
    assert digest(-7) == 0
    assert [key.split(":")[2] for key in run(-5)] == [day(2).isoformat()]


def test_own_choices_are_kept_to(owner, matter):
    MailChoices.objects.create(user=owner, when="daily", breaches=True, reminders=False, news=True)
    run(-7)
    assert digest(-7) == 0
    run(1)
    assert digest(1) == 1


def test_an_owner_who_may_not_see_a_restricted_matter_is_not_told_of_it(matter):
    Matter.objects.update(restricted=True)
    run(1)
    assert digest(1) == 0


@pytest.fixture
def outsider(council, matter):
    """The owner of the matter and of a restricted one has an address and no account."""
    person = PersonFactory(council=council, name="Sam Outside", email="sam@police.example")
    support = PersonFactory(council=council, name="Jo Clerk", email="jo@council.example")
    member_of(matter.board, person=support, capacity="support")
    values = {"text": "Name the officer", "owner": person, "due_on": DUE}
    add_matter(act=act(council), board_id=matter.board_id, values=values)
    Matter.objects.update(owner=person)
    Matter.objects.filter(text="Name the officer").update(restricted=True)
    return person


def test_an_owner_without_an_account_is_written_to_once_for_each_time(outsider, matter):
    assert len(run(-7)) == 2
    assert run(-7) == run(-6) == []
    mail = Message.objects.get(address="sam@police.example")
    assert "2 things" in mail.subject
    assert f"* Matter {matter.number}, which is due by 17 June 2015, in 7 days: Bring figures" in mail.body
    assert "Name the officer" not in mail.body
    assert "Jo Clerk (jo@council.example)" in mail.body
    assert len(run(1)) == 2
    assert Message.objects.count() == matter.mails.count() == 2
    assert not Note.objects.exists()


def test_an_owner_without_an_account_gets_one_mail_a_day_and_none_at_the_weekend(council, outsider, matter):
    run(-7)
    values = {"text": "One more", "owner": outsider, "due_on": DUE}
    add_matter(act=act(council), board_id=matter.board_id, values=values)
    assert run(-7) == []
    assert len(run(-6)) == 1
    note_matter(act=act(council, day(0)), matter_id=matter.pk, text="Sent", state="done")
    saturday = 3
    assert run(saturday) == []
    assert len(run(saturday + 2)) == 2


def test_an_owner_without_account_and_address_is_not_written_to_and_the_page_leads_to_where_one_is_entered(
    council, client, outsider, matter
):
    type(outsider).objects.update(email="")
    assert run(1) == []
    here = reverse("boards:matter", kwargs={"council": council.slug, "matter": matter.pk})
    entered = reverse("councils:person", kwargs={"council": council.slug, "person": outsider.pk})
    for role, leads_there in ((Role.PROGRAMME_MANAGER, True), (Role.BOARD_CHAIR, False)):
        client.force_login(member(role, council))
        said = client.get(here).content.decode()
        assert "has no e-mail address of" in said
        assert (entered in said) is leads_there


def test_the_page_of_a_matter_says_when_its_owner_was_written_to(council, client, outsider, matter):
    run(1)
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    page = client.get(
        reverse("boards:matter", kwargs={"council": council.slug, "matter": matter.pk})
    ).content.decode()
    assert "sam@police.example" in page
    assert "as overdue" in page


def test_without_an_account_a_day_or_an_open_board_nobody_is_told(council, owner, matter):
    for values in ({"due_on": None}, {"owner": None}):
        Matter.objects.update(due_on=DUE, owner=matter.owner)
        Matter.objects.update(**values)
        assert run(1) == []
    Matter.objects.update(owner=matter.owner)
    type(owner).objects.update(is_active=False)
    assert run(1) == []
