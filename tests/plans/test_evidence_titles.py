"""What a piece of evidence is called is for those who may open it; everybody else reads how much there is."""

import pytest
from django.test import Client
from django.utils import timezone

from councils.rights import Thing, Verb, allowed
from councils.roles import Role
from plans.evidenced import called, counted
from plans.models import Evidence
from plans.services import add_evidence, freeze_position
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, action, plan_of

LINK = Evidence(title="Audit of the Ashdown case", address="https://a.example/audit")
FILE = Evidence(title="ashdown-case.docx")
READERS = [role for role in Role if allowed([role], Verb.READ, Thing.FROZEN_PLAN)]


def test_evidence_goes_by_its_title_with_those_who_may_open_it():
    assert [called(one, may_open=True) for one in (LINK, FILE)] == [LINK.title, FILE.title]
    assert [called(one, may_open=False) for one in (LINK, FILE)] == ["a link", "a file"]


def test_the_others_are_told_how_much_there_is():
    assert [counted(kept) for kept in ([], [FILE], [FILE, LINK, FILE])] == [
        "",
        "1 file",
        "2 files and 1 link",
    ]


@pytest.fixture
def kept(db, settings, tmp_path):
    """An action with a link and a file, in a plan that was frozen after they came."""
    settings.MEDIA_ROOT = tmp_path
    council = CouncilFactory()
    plan = plan_of(council)
    now = timezone.now()
    who = {"council": council, "by": None, "now": now, "today": timezone.localdate(now), "on": BEGUN}
    number = action(plan, "P1.1").pk
    add_evidence(action_id=number, title=LINK.title, address=LINK.address, **who)
    add_evidence(action_id=number, title="", file=("ashdown-case.txt", b"Two files read"), **who)
    freeze_position(
        plan=plan, on=who["today"], label="Board", by=None, now=timezone.now(), today=who["today"]
    )
    return council, number


def test_the_page_of_an_action_keeps_to_that_for_every_role(kept):
    council, number = kept
    for role in READERS:
        client = Client()
        client.force_login(member(role, council))
        page = client.get(f"/councils/{council.slug}/plan/actions/{number}/").content.decode()
        may_open = allowed([role], Verb.READ, Thing.EVIDENCE)
        assert ("ashdown" in page.lower()) is may_open, role
        assert ("1 file and 1 link, kept by the council" in page) is not may_open, role
        assert ("Evidence: a file" in page) is not may_open, role
