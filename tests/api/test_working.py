"""Working the plan through the API: changes with reasons, what does not add up, assurance, questions."""

import datetime as dt

import pytest
from django.utils import timezone

from councils.roles import Role
from plans.models import Assurance, MovedEnd
from plans.services import freeze_position
from tests.api.conftest import TODAY, calls, made_plan, ok
from tests.factories import CouncilFactory, member
from tests.plans.build import action as action_of
from tests.plans.build import objective as objective_of


@pytest.fixture
def office(council):
    return calls(member(Role.PROGRAMME_MANAGER, council))


def test_an_action_shows_what_is_expected_beside_what_is_reported(office, action):
    shown = ok(office.get(action))
    why = "Past its end, 30 June 2015, and not complete"
    assert (shown["rating"], shown["expected"]) == (
        "R",
        {"rating": "R", "standing": "off_track", "why": why},
    )
    assert (shown["assured"], shown["impact"], shown["evidence"]) == (None, None, 0)


def test_what_does_not_add_up_is_listed_by_rule(office, here, plan):
    found = ok(office.get(f"{here}/contradictions"))["results"]
    assert [(c["ref"], c["rule"]) for c in found] == [
        ("2.1", "started_not_begun"),
        ("2.1", "no_readable_date"),
    ]
    narrowed = ok(office.get(f"{here}/contradictions?rule=no_readable_date&as_at=2015-06-20"))["results"]
    assert [c["ref"] for c in narrowed] == ["2.1"]
    assert office.get(f"{here}/contradictions?rule=no_such").status_code == 400
    assert ok(office.get(f"{here}/actions?adds_up=no"))["count"] == 1


def test_an_action_is_changed_whole_or_not_at_all(office, action, plan):
    etag = office.get(action)["ETag"]
    change = {"activity": "Do it sooner", "ends_on": "2015-12-31", "reason": "The tender was late"}
    assert office.write("patch", action, change).status_code == 428
    refused = office.write("patch", action, change, etag=etag)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "approved_by")
    assert action_of(plan, "1.2").activity != "Do it sooner"
    shown = ok(office.write("patch", action, change | {"approved_by": "The board"}, etag=etag))
    assert (shown["activity"], shown["ends_on"]) == ("Do it sooner", "2015-12-31")
    assert MovedEnd.objects.get().source == "api"
    stale = office.write("patch", action, {"activity": "Mine", "reason": "x"}, etag=etag)
    assert (stale.status_code, stale.json()["conflicts"][0]["field"]) == (412, "activity")
    led = office.write("patch", action, {"leads": ["Ada Brightwell"], "reason": "Shared"}, etag=etag)
    assert ok(led)["leads"] == ["Ada Brightwell"]


def test_actions_are_added_split_merged_and_taken_out_with_reasons(office, here, plan, action):
    new = {"objective": objective_of(plan, "1").pk, "ref": "1.3", "activity": "Do more", "reason": "Agreed"}
    made = ok(office.write("post", f"{here}/actions", new), 201)
    assert made["ref"] == "1.3"
    assert office.write("post", f"{here}/actions", new).status_code == 400
    etag = office.get(action)["ETag"]
    parts = [{"ref": "1.2a", "activity": "Half"}, {"ref": "1.2b", "activity": "Rest"}]
    split = ok(
        office.write("post", f"{action}/split", {"parts": parts, "reason": "Two teams"}, etag=etag), 201
    )
    assert [part["ref"] for part in split] == ["1.2a", "1.2b"]
    into = f"{here}/actions/{made['id']}"
    merge = {"others": [split[0]["id"]], "reason": "The same"}
    ok(office.write("post", f"{into}/merge", merge, etag=office.get(into)["ETag"]))
    gone = office.write("post", f"{into}/retire", {"reason": "Done"}, etag=office.get(into)["ETag"])
    assert gone.status_code == 204
    assert office.get(into).status_code == 404
    ok(office.write("post", f"{into}/bring-back", {"reason": "Needed"}))
    whys = [act["why"] for act in ok(office.get(f"{here}/plan-changes?since=2015-06-16"))["results"]]
    assert {"Agreed", "Two teams", "The same", "Done", "Needed"} <= set(whys)
    compared = ok(office.get(f"{here}/comparison?since=2015-06-16"))
    assert (compared["actions_before"], compared["actions_after"]) == (3, 4)
    assert compared["gone"] == ["1.2"]
    assert ok(office.get(f"{here}/plan-versions"))["results"][0]["number"] == 1


def test_milestones_and_links_as_evidence_are_added(office, action):
    assert ok(office.write("post", f"{action}/milestones", {"text": "Advertise"}), 201)["text"] == "Advertise"
    assert ok(office.get(f"{action}/milestones"))["count"] == 1
    link = {"address": "https://files.example/audit", "on": "2015-07-20"}
    ok(office.write("post", f"{action}/evidence", link), 201)
    assert office.write("post", f"{action}/evidence", link | {"address": "ftp:x"}).status_code == 400
    assert ok(office.get(action))["evidence"] == 1


def test_only_who_tests_assures(council, plan, office, action):
    said = {"on": "2015-07-20", "rating": "R", "finding": "Files read"}
    assert office.write("post", f"{action}/assurances", said).status_code == 403
    now = timezone.now()
    freeze_position(plan=plan, on=dt.date(2015, 7, 1), label="Board", by=None, now=now, today=TODAY)
    chair = calls(member(Role.BOARD_CHAIR, council))
    ok(chair.write("post", f"{action}/assurances", said), 201)
    assert Assurance.objects.get().rating.code == "R"
    assert ok(office.get(action))["assured"] == "R"
    assert ok(calls(member(Role.BOARD_MEMBER, council)).get(f"{action}/assurances"))["count"] == 0


def test_a_question_is_answered_and_settled(council, here, office, action):
    made = ok(office.write("post", f"{action}/challenges", {"question": "What shows it?"}), 201)
    at = f"{here}/challenges/{made['id']}"
    etag = office.get(at)["ETag"]
    assert office.write("patch", at, {"accept": True}, etag=etag).status_code == 400
    assert office.write("patch", at, {}, etag=etag).status_code == 400
    answered = office.write("patch", at, {"answer": "The audit"}, etag=etag)
    assert ok(answered)["answer"] == "The audit"
    other = calls(member(Role.PROGRAMME_OFFICE, council))
    assert other.write("patch", at, {"accept": True}, etag=answered["ETag"]).status_code == 403
    assert ok(office.write("patch", at, {"accept": True}, etag=answered["ETag"]))["closed_on"] == "2015-07-20"
    assert calls(member(Role.BOARD_MEMBER, council)).get(f"{here}/challenges").status_code == 403


def test_things_of_another_council_are_not_there(here, office):
    elsewhere = made_plan(CouncilFactory())
    number = action_of(elsewhere, "1.1").pk
    for path in ("milestones", "evidence", "assurances"):
        assert office.get(f"{here}/actions/{number}/{path}").status_code == 404
    assert office.write("post", f"{here}/actions/{number}/bring-back", {"reason": "x"}).status_code == 404
