"""Links sent to many leads at once: all of them, or none and why."""

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.models import Person
from councils.roles import Role
from history.models import Change
from notifications.models import Message
from plans.models import AnswerLink
from plans.services import Report, record_update
from tests.factories import CouncilFactory, member
from tests.plans.build import action, plan_of, read_action

pytestmark = pytest.mark.django_db
LAST = f"{timezone.localdate():%d/%m/%Y}"


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    plan = plan_of(
        council,
        read_action("P1.1", leads=("Kim Vale",)),
        read_action("P1.2", leads=("Sol Marsh",)),
        read_action("P2.1", leads=("Head of Safeguarding",), objective="o2"),
    )
    Person.objects.filter(council=council, name="Kim Vale").update(email="kim@example.org")
    return plan


@pytest.fixture
def office(client, council, plan):
    client.force_login(member(Role.PROGRAMME_OFFICE, council))
    return client


@pytest.fixture
def keys(plan):
    leads = {ref: action(plan, ref).leads.get() for ref in ("P1.1", "P1.2", "P2.1")}
    return {
        ref: f"p{lead.person_id}"
        if lead.person_id
        else f"o{lead.organisation_id}"
        if lead.organisation_id
        else f"n:{lead.name}"
        for ref, lead in leads.items()
    }


def send(client, council, to, **fields):
    """Send to these leads, by key, at these addresses."""
    url = reverse("plans:make_links", kwargs={"council": council.slug})
    typed = {f"email {key}": address for key, address in to.items()}
    return client.post(url, {"who": list(to), "expires_on": LAST, **typed, **fields}, follow=True)


def text(response):
    return response.content.decode()


def test_those_with_an_address_are_chosen_and_the_others_can_be_given_one(office, council, keys):
    page = text(office.get(reverse("plans:make_links", kwargs={"council": council.slug})))
    assert page.count("checked") == 1
    assert 'value="kim@example.org"' in page
    assert page.count("no address known") == 2
    answer = send(office, council, {keys["P1.1"]: "kim@example.org", keys["P2.1"]: "head@example.org"})
    assert "2 links sent" in text(answer)
    assert set(Message.objects.values_list("address", flat=True)) == {"kim@example.org", "head@example.org"}
    # an address that was typed is known the next time
    assert 'value="head@example.org"' in text(
        office.get(reverse("plans:make_links", kwargs={"council": council.slug}))
    )


def test_of_many_addresses_with_bad_ones_nothing_is_sent_and_each_bad_one_is_named(office, council, keys):
    to = {keys["P1.1"]: "kim@example.org", keys["P1.2"]: "sol at example", keys["P2.1"]: ""}
    answer = send(office, council, to)
    page = text(answer)
    assert answer.status_code == 422
    assert "Sol Marsh: “sol at example” is not an e-mail address" in page
    assert "Enter an e-mail address for Head of Safeguarding, or untick them" in page
    assert (AnswerLink.objects.count(), Message.objects.count()) == (0, 0)
    assert not Change.objects.filter(subject="plans.answerlink").exists()
    # what was typed and chosen stays
    assert 'value="sol at example"' in page
    assert page.count(" checked") == 3
    assert "1 link sent" in text(send(office, council, {keys["P1.2"]: "sol@example.org"}))


def test_nobody_chosen_and_a_day_that_has_passed_are_said(office, council, keys):
    assert "Choose whom to send a link to" in text(send(office, council, {}))
    answer = send(office, council, {keys["P1.1"]: "kim@example.org"}, expires_on="1/1/2015")
    assert answer.status_code == 422
    assert "must be today or later" in text(answer)
    assert AnswerLink.objects.count() == 0


def test_who_answered_in_the_meantime_is_sent_nothing(office, council, plan, keys):
    row = action(plan, "P1.1")
    said = Report(on=timezone.localdate(), rating="G", narrative="Done")
    now = timezone.now()
    record_update(
        council=council,
        action_id=row.pk,
        report=said,
        version=1,
        by=None,
        now=now,
        today=timezone.localdate(now),
    )
    answer = send(office, council, {keys["P1.1"]: "kim@example.org", keys["P1.2"]: "sol@example.org"})
    assert "1 link sent" in text(answer)
    assert "1 of those chosen has nothing left to answer" in text(answer)
    assert AnswerLink.objects.get().lead == "Sol Marsh"


def test_a_link_that_the_mail_server_refused_is_said_beside_its_lead(office, council, keys):
    send(office, council, {keys["P1.1"]: "kim@example.org", keys["P1.2"]: "sol@example.org"})
    Message.objects.filter(address="sol@example.org").update(problem="550 no such mailbox")
    page = text(office.get(reverse("plans:answers", kwargs={"council": council.slug})))
    assert page.count("not delivered") == 2, "beside the lead, and in the list of all links"
    assert "550 no such mailbox" in page
    send(office, council, {keys["P1.2"]: "sol.marsh@example.org"})
    page = text(office.get(reverse("plans:answers", kwargs={"council": council.slug})))
    assert page.count("not delivered") == 1, "the new link is on its way"
