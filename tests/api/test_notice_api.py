"""The notice and its coverage through the API: the same rows, services and rights as the pages."""

import datetime as dt

import pytest

from councils.roles import Role
from history.models import Change
from notices.models import Agreement, Event
from notices.services import InspectionFacts, record_inspection
from plans.models import CoverageDecision
from plans.services import freeze_position
from tests.api.conftest import calls
from tests.factories import CouncilFactory, member
from tests.plans.build import TODAY
from tests.plans.coverage.build import act, issue, of, planned, said

OFFICE = {Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE, Role.DIRECTOR}
NO_CASE = {Role.MINISTERS_OFFICE, Role.SCRUTINY_VIEWER, Role.ADMINISTRATOR}
NOON = dt.datetime(2015, 7, 20, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def plan(council):
    return planned(council)


@pytest.fixture
def notice(council):
    return issue(council)


@pytest.fixture
def inspection(council):
    return record_inspection(
        council=council,
        facts=InspectionFacts(body="Ofsted", kind="inspection", published_on=dt.date(2015, 1, 14)),
        judgements=[("Front door", "inadequate")],
        recommendations=[("1", "Make caseloads manageable")],
        by=None,
        now=NOON,
        today=TODAY,
    )


def lists(notice):
    own = f"instruments/{notice.pk}"
    return [
        "instruments",
        f"{own}/requirements",
        f"{own}/obligations",
        "agreements",
        "events",
        "inspections",
        "coverage",
    ]


def writes(notice, plan):
    agreed = {
        "kind": "other",
        "words": "Agreed",
        "agreed_on": "2015-06-01",
        "agreed_by": "Department for Education",
    }
    target = {"part": "action", "id": act(plan, "P1.1").number}
    return {
        f"instruments/{notice.pk}/agreements": agreed,
        "events": {"kind": "board_held", "on": "2015-07-01", "state": "happened"},
        "coverage/decisions": {
            "of": str(of(notice)),
            "key": "1a",
            "decision": "linked",
            "seen": 0,
            "target": target,
        },
    }


def results(caller, here, path):
    answer = caller.get(f"{here}/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_the_chain_and_what_it_says(office, here, notice, inspection):
    (chain,) = results(office, here, "instruments")
    assert (chain["kind"], chain["on"], [one["number"] for one in chain["versions"]]) == (
        "notice",
        "2015-03-02",
        [1],
    )
    said = results(office, here, f"instruments/{notice.pk}/requirements")
    assert [(one["key"], one["part_of"]) for one in said][:3] == [("1", None), ("1a", "1"), ("1b", "1")]
    owed = results(office, here, f"instruments/{notice.pk}/obligations?version=1")
    assert {(one["requirement"], one["duty_holder"], one["force"]) for one in owed} >= {
        ("3", "Council", "must")
    }
    seen = results(office, here, "inspections")
    assert [one["recommendations"] for one in seen if one["recommendations"]] == [
        [{"ref": "1", "text": "Make caseloads manageable"}]
    ]
    assert office.get(f"{here}/instruments/{notice.pk}/requirements?version=9").status_code == 404


def test_a_dated_fact_is_recorded_once_and_one_to_come_only_as_planned(office, here, plan, notice):
    sent = {"kind": "board_held", "on": "2015-07-01", "state": "happened", "board": "Improvement board"}
    first, again = (office.write("post", f"{here}/events", sent).json()["id"] for _ in range(2))
    assert first == again
    assert [one["id"] for one in results(office, here, "events?kind=board_held")] == [first]
    refused = office.write("post", f"{here}/events", sent | {"on": "2015-08-01"})
    assert refused.status_code == 400
    assert refused.json()["errors"] == [
        {"field": "on", "detail": "That day has not come yet: record it as planned"}
    ]


def test_what_was_agreed_is_entered_by_the_rules_of_the_page(office, here, notice):
    url = f"{here}/instruments/{notice.pk}/agreements"
    sent = {
        "kind": "frequency",
        "event_kind": "board_held",
        "period": {"days": 42},
        "words": "Every six weeks from now on",
        "agreed_on": "2015-06-01",
        "agreed_by": "Department for Education",
    }
    assert office.write("post", url, sent).status_code == 201
    assert [(one["kind"], one["period"]) for one in results(office, here, "agreements")] == [
        ("frequency", {"days": 42})
    ]
    for wrong, field in (
        ({"period": None}, "length"),
        ({"agreed_on": "2015-02-01"}, "agreed_on"),
        ({"period": {"fortnights": 1}}, "period"),
        ({"kind": "interval", "schedule": {"kind": "nonsense"}}, "schedule"),
        ({"period": {"days": True}}, "period"),
    ):
        refused = office.write("post", url, sent | wrong)
        assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (400, [field])
    assert Agreement.objects.count() == 1


def test_coverage_is_told_with_its_gaps_and_decided(office, here, council, plan, notice):
    url = f"{here}/coverage/decisions"
    sent = writes(notice, plan)["coverage/decisions"]
    assert office.write("post", url, sent).status_code == 201
    assert office.write("post", url, sent).status_code == 204
    rows = {row["key"]: row for row in results(office, here, "coverage")}
    assert {key: row["gap"] for key, row in rows.items()} == {
        "1": None,
        "1a": "late",  # its end was in March, and it is July
        **dict.fromkeys(("1b", "1c", "2", "3"), "nothing"),
    }
    assert [link["ref"] for link in rows["1a"]["links"]] == ["P1.1"]
    assert rows["2"]["proposals"][0]["target"] is None
    assert [row["key"] for row in results(office, here, "coverage?show=gaps&q=foster")] == ["1b"]
    refused = office.write("post", url, sent | {"decision": "unlinked"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "reason")
    assert Change.objects.filter(subject="plans.coverage").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"of": "nonsense"},
        {"key": "99"},
        {"target": {"part": "theme", "id": 1}},
        {"decision": "maybe"},
        {"x": 1},
    ],
)
def test_a_decision_that_cannot_be_is_a_400(office, here, plan, notice, wrong):
    sent = writes(notice, plan)["coverage/decisions"] | wrong
    assert office.write("post", f"{here}/coverage/decisions", sent).status_code == 400
    assert not CoverageDecision.objects.exists()


def test_those_above_the_council_read_the_links_of_the_position_and_no_proposals(here, council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    freeze_position(plan=plan, on=TODAY, label="March", by=None, now=NOON, today=TODAY)
    later = {"now": NOON + dt.timedelta(hours=1), "today": TODAY}
    said(council, notice, "1b", act(plan, "P2.1"), **later)
    rows = {row["key"]: row for row in results(calls(member(Role.BOARD_CHAIR, council)), here, "coverage")}
    assert [bool(rows[key]["links"]) for key in ("1a", "1b")] == [True, False]
    assert not any(row["proposals"] for row in rows.values())


@pytest.mark.parametrize("role", sorted(NO_CASE))
def test_roles_without_case_content_are_refused_all_of_it(role, council, here, plan, notice):
    caller = calls(member(role, council))
    assert {caller.get(f"{here}/{path}").status_code for path in lists(notice)} == {403}


@pytest.mark.parametrize("role", sorted(set(Role) - OFFICE))
def test_only_the_programme_office_writes(role, council, here, plan, notice):
    caller = calls(member(role, council))
    answers = {
        path: caller.write("post", f"{here}/{path}", body).status_code
        for path, body in writes(notice, plan).items()
    }
    assert set(answers.values()) == {403}
    assert not Agreement.objects.exists()
    assert not Event.objects.filter(kind="board_held").exists()
    assert not CoverageDecision.objects.exists()


def test_another_council_is_not_there_and_its_notice_not_reached_through_ones_own(
    council, here, plan, notice
):
    own = CouncilFactory()
    planned(own)
    stranger = calls(member(Role.PROGRAMME_MANAGER, own))
    assert {stranger.get(f"{here}/{path}").status_code for path in lists(notice)} == {404}
    mine = f"/api/v1/councils/{own.slug}"
    for path in lists(notice)[1:3]:
        assert stranger.get(f"{mine}/{path}").status_code == 404
    answers = [
        stranger.write("post", f"{mine}/{path}", body).status_code
        for path, body in writes(notice, plan).items()
    ]
    assert answers == [404, 201, 400]
    assert not CoverageDecision.objects.exists()
