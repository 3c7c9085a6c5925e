"""Milestones on a day, evidence, how an action recurs, and many actions at once, through the API."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from councils.roles import Role
from files.models import StoredFile
from plans.models import Evidence
from plans.services import add_milestone, reach_milestone
from tests.api.conftest import AS_AT, TODAY, calls, ok
from tests.factories import CouncilFactory, member
from tests.plans.build import action as action_of

pytestmark = pytest.mark.django_db


def chosen(plan, *refs):
    rows = [action_of(plan, ref) for ref in refs]
    return [{"action": row.pk, "version": row.version} for row in rows]


def test_milestones_are_read_as_they_stood_on_a_day(council, plan, office, action):
    given = {"council": council, "by": None}
    first, second = AS_AT + dt.timedelta(days=2), AS_AT + dt.timedelta(days=10)
    step = add_milestone(
        action_id=action_of(plan, "1.2").pk,
        text="Advertise",
        due_on=second,
        now=timezone.now(),
        today=first,
        **given,
    )
    reach_milestone(
        milestone_id=step.pk, reached_on=second, version=1, now=timezone.now(), today=TODAY, **given
    )

    def on(day):
        found = ok(office.get(f"{action}/milestones?as_at={day.isoformat()}"))["results"]
        return [(one["text"], one["reached_on"]) for one in found]

    assert on(AS_AT) == []
    assert on(first) == [("Advertise", None)]
    assert on(second) == [("Advertise", second.isoformat())]


def test_a_file_is_sent_as_evidence_and_withdrawn_with_a_reason(here, office, action):
    audit = SimpleUploadedFile("audit.txt", b"Twelve files read", "text/plain")
    made = ok(office.post(f"{action}/evidence", {"file": audit, "on": "2015-07-20"}), 201)
    assert (made["title"], made["address"]) == ("audit.txt", "")
    assert str(StoredFile.objects.get().pk) == made["file"]
    at = f"{here}/evidence/{made['id']}/withdraw"
    assert office.write("post", at, {"reason": ""}).status_code == 400
    assert office.write("post", at, {"reason": "It was the wrong audit"}).status_code == 204
    assert ok(office.get(f"{action}/evidence"))["count"] == 0
    assert Evidence.objects.get().withdrawn_because == "It was the wrong audit"


@pytest.mark.parametrize(
    "sent",
    [
        {"file": SimpleUploadedFile("run.exe", b"MZ" + b"\0" * 200), "on": "2015-07-20"},
        {"file": SimpleUploadedFile("empty.txt", b""), "on": "2015-07-20"},
        {"file": SimpleUploadedFile("a.txt", b"a"), "address": "https://a.example/", "on": "2015-07-20"},
        {"file": SimpleUploadedFile("a.txt", b"a"), "on": "2015-07-21"},
        {"on": "2015-07-20"},
    ],
    ids=["a program", "an empty file", "a file and a link", "a day to come", "neither"],
)
def test_evidence_that_a_page_refuses_is_refused(office, action, sent):
    assert office.post(f"{action}/evidence", sent).status_code == 400
    assert not StoredFile.objects.exists()


def test_evidence_is_given_and_withdrawn_by_those_who_may_report(council, here, plan, office, lead):
    theirs, other = (f"{here}/actions/{action_of(plan, ref).pk}/evidence" for ref in ("1.1", "2.1"))
    link = {"address": "https://files.example/audit", "on": "2015-07-20"}
    ok(lead.write("post", theirs, link), 201)
    assert lead.write("post", other, link).status_code == 403
    made = ok(office.write("post", other, link), 201)
    assert lead.write("post", f"{here}/evidence/{made['id']}/withdraw", {"reason": "x"}).status_code == 403
    stranger = calls(member(Role.PROGRAMME_OFFICE, CouncilFactory()))
    assert (
        stranger.write("post", f"{here}/evidence/{made['id']}/withdraw", {"reason": "x"}).status_code == 404
    )


def test_how_an_action_recurs_is_changed_with_a_reason(office, action):
    etag = office.get(action)["ETag"]
    weekly = {"each": "week", "number": 2, "from_on": "2015-07-06"}
    assert office.write("patch", action, {"recurs": weekly}, etag=etag).status_code == 400
    shown = ok(office.write("patch", action, {"recurs": weekly, "reason": "Agreed"}, etag=etag))
    assert shown["recurs"] == {
        "sentence": "every two weeks from 6 July 2015",
        "coming": ["2015-08-03", "2015-08-17", "2015-08-31"],
    }
    without_day = {"recurs": {"each": "month"}, "reason": "Agreed"}
    assert office.write("patch", action, without_day, etag=etag).status_code == 400
    once = {"recurs": None, "reason": "Done once"}
    assert ok(office.write("patch", action, once, etag=office.get(action)["ETag"]))["recurs"] is None


def test_many_actions_get_other_leads_and_another_end(here, plan, office, lead):
    rows = chosen(plan, "1.1", "1.2")
    leads = {"actions": rows, "leads": ["Ada Brightwell", "Cara Dunmore"], "reason": "A new team"}
    told = ok(office.write("post", f"{here}/actions/leads", leads))
    assert [(one["ref"], one["new"]) for one in told["done"]] == [
        ("1.1", "Ada Brightwell, Cara Dunmore"),
        ("1.2", "Ada Brightwell, Cara Dunmore"),
    ]
    early = chosen(plan, "1.1")
    end = {"actions": [*rows[1:], *early], "ends_on": "2015-12-31", "reason": "Agreed"}
    assert office.write("post", f"{here}/actions/end", end).status_code == 400
    told = ok(office.write("post", f"{here}/actions/end", end | {"approved_by": "The board"}))
    assert {one["new"] for one in told["done"]} == {"31 Dec 2015"}
    moved = action_of(plan, "1.1")
    assert (moved.ends_on, moved.moved_ends.get().approved_by) == (dt.date(2015, 12, 31), "The board")
    for name, sent in (("leads", leads), ("end", end | {"approved_by": "I"})):
        assert lead.write("post", f"{here}/actions/{name}", sent).status_code == 403


def test_a_row_that_cannot_be_moved_says_why_and_the_others_are(here, plan, office):
    sent = {"actions": chosen(plan, "1.1", "1.2"), "reason": "Agreed", "approved_by": "The board"}
    told = ok(office.write("post", f"{here}/actions/end", sent | {"ends_on": "2015-09-30"}))
    assert [one["ref"] for one in told["done"]] == ["1.2"]
    early = {"actions": chosen(plan, "1.1", "1.2"), "ends_on": "2015-01-01"}
    told = ok(office.write("post", f"{here}/actions/end", sent | early))
    assert told["done"] == []
    assert all("on or after the start" in one["why_not"] for one in told["refused"])
