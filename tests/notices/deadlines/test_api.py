"""Deadlines in the API: the same rows and the same rules as the pages."""

import pytest
import time_machine
from rest_framework.test import APIClient

from councils.roles import Role
from deadlines.schedules.family import OnDate
from notices.models import DeadlineMark
from tests.factories import CouncilFactory, member
from tests.notices.deadlines.build import day, instrument, owe, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2015-06-16 09:00 +0100", tick=False):
        yield


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def report(council):
    return owe(version(instrument(council, "2015-01-15")), "14", OnDate(day("2015-05-31"), by=True))


@pytest.fixture
def office(council):
    return signed_in(Role.PROGRAMME_MANAGER, council)


def signed_in(role, council):
    client = APIClient()
    client.force_login(member(role, council))
    return client


def here(council, more=""):
    return f"/api/v1/councils/{council.slug}/deadlines{more}"


def test_the_list_says_when_and_why(council, report, office):
    (row,) = office.get(here(council)).json()["results"]
    assert {name: row[name] for name in ("requirement", "due", "state", "firm", "breach", "because")} == {
        "requirement": "14",
        "due": "2015-05-31",
        "state": "overdue",
        "firm": True,
        "breach": True,
        "because": "The words give it: by 31 May 2015.",
    }


def test_the_list_is_narrowed_and_refuses_what_it_does_not_know(council, report, office):
    assert office.get(here(council, "?state=met")).json()["count"] == 0
    assert office.get(here(council, "?as_at=2015-05-20&state=due_soon")).json()["count"] == 1
    assert office.get(here(council, "?colour=red")).status_code == 400


def test_meeting_waiving_and_opening_again(council, report, office):
    one = f"/{report.pk}/2015-05-31"
    answer = office.post(here(council, f"{one}/met"), {"on": "2015-05-30", "label": "Letter"})
    assert (answer.status_code, answer.json()["state"], answer.json()["met_by"]) == (201, "met", "Letter")
    assert (
        office.post(
            here(council, f"{one}/waive"), {"on": "2015-06-01", "reason": "r", "approver": "a"}
        ).status_code
        == 400
    )
    assert (
        office.post(here(council, f"{one}/reopen"), {"reason": "Another letter"}).json()["state"] == "overdue"
    )
    waived = office.post(
        here(council, f"{one}/waive"), {"on": "2015-06-01", "reason": "Merged", "approver": "DfE"}
    )
    assert waived.json()["state"] == "waived"


def test_what_cannot_be_is_refused(council, report, office):
    one = f"/{report.pk}/2015-05-31"
    assert office.post(here(council, f"{one}/met"), {"on": "2015-06-17", "label": "x"}).status_code == 400
    assert office.post(here(council, f"{one}/met"), {"on": "2015-06-01"}).status_code == 400
    assert (
        office.post(
            here(council, f"/{report.pk}/2015-06-01/met"), {"on": "2015-06-01", "label": "x"}
        ).status_code
        == 404
    )
    assert (
        office.post(here(council, f"/{report.pk}/soon/met"), {"on": "2015-06-01", "label": "x"}).status_code
        == 404
    )
    reader = signed_in(Role.BOARD_CHAIR, council)
    assert reader.post(here(council, f"{one}/met"), {"on": "2015-06-01", "label": "x"}).status_code == 403
    assert DeadlineMark.objects.count() == 0
