"""Writing through the API: the services, version check and history of the forms."""

import pytest
from django.utils import timezone

from councils.roles import Role
from history.models import Change
from history.queries import changes_of
from plans.models import ProgressUpdate
from plans.services import Report, judge_objective, record_update
from tests.api.conftest import TODAY, calls
from tests.factories import UserFactory, member
from tests.plans.build import action as action_of
from tests.plans.build import objective as objective_of


@pytest.fixture
def user(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def office(user):
    return calls(user)


@pytest.fixture
def action(here, plan) -> str:
    return f"{here}/actions/{action_of(plan, '1.1').pk}"


@pytest.fixture
def objective(here, plan) -> str:
    return f"{here}/objectives/{objective_of(plan, '1').pk}"


def somebody_reports(council, plan, *, rating, narrative, ref="1.1"):
    """A colleague changes the action on the page meanwhile."""
    stands = action_of(plan, ref)
    report = Report(TODAY, rating, narrative, reason="Few applied", next_step="Ask again")
    by = UserFactory(name="Robin Colleague")
    record_update(
        council=council,
        action_id=stands.pk,
        report=report,
        version=stands.version,
        by=by,
        now=timezone.now(),
        today=TODAY,
    )


def test_progress_is_reported_and_stands(council, plan, office, user, action):
    sent = {"on": "2015-07-20", "rating": "B", "narrative": "Posts\r\nfilled"}
    answer = office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
    update = ProgressUpdate.objects.latest("id")
    assert answer.status_code == 201
    assert answer.json() == {
        "id": update.pk,
        "on": "2015-07-20",
        "rating": "B",
        "standing": "complete",
        "impact": None,
        "narrative": "Posts\nfilled",
        "reason": "",
        "next_step": "",
        "source": "api",
        "recorded_at": "2015-07-20T12:00:00+01:00",
        "by": user.name,
        "said_by": "",
        "undoes": None,
    }
    assert office.get(f"{action}/updates").json()["results"][0] == answer.json()
    shown = office.get(action).json()
    assert (shown["rating"], shown["progress"], shown["version"]) == ("B", "Posts\nfilled", 2)


def test_a_report_is_in_the_history_with_who_and_why(plan, office, user, action):
    sent = {
        "on": "2015-07-20",
        "rating": "A",
        "reason": "Few applied",
        "next_step": "Advertise again by August",
    }
    office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
    change = changes_of("plans.action", action_of(plan, "1.1").pk).first()
    assert (change.field, change.old, change.new) == ("rating", "G", "A")
    assert (change.by_id, change.reason, change.on) == (user.pk, "Few applied", TODAY)


def test_what_is_left_out_of_a_report_stays_as_it_stands(office, action):
    office.write("post", f"{action}/updates", {"on": "2015-07-20"}, etag=office.get(action)["ETag"])
    shown = office.get(action).json()
    assert (shown["rating"], shown["progress"], shown["reported_on"]) == (
        "G",
        "Posts advertised",
        "2015-07-20",
    )


def test_the_difference_made_is_reported_and_stays_where_it_is_left_out(office, action):
    sent = {"on": "2015-07-20", "impact": "A"}
    answer = office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
    assert (answer.status_code, answer.json()["impact"]) == (201, "A")
    sent = {"on": "2015-07-20", "narrative": "Half of it"}
    office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
    assert office.get(action).json()["impact"] == "A"


def test_a_null_rating_takes_the_rating_away(office, action):
    sent = {"on": "2015-07-20", "rating": None}
    office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
    assert office.get(action).json()["rating"] is None


def test_the_same_report_sent_twice_is_recorded_once(plan, office, action):
    etag = office.get(action)["ETag"]
    sent = {"on": "2015-07-20", "rating": "B", "narrative": "Posts filled"}
    answers = [office.write("post", f"{action}/updates", sent, etag=etag) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert action_of(plan, "1.1").updates.count() == 2


@pytest.mark.parametrize("rating", ["A", "R"])
def test_at_risk_and_off_track_owe_a_reason_and_a_next_step(office, action, rating):
    answer = office.write(
        "post", f"{action}/updates", {"on": "2015-07-20", "rating": rating}, etag=office.get(action)["ETag"]
    )
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["reason", "next_step"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "on"),
        ({"on": "20/07/2015"}, "on"),
        ({"on": "2015-07-21"}, "on"),
        ({"on": "2015-06-15"}, "on"),
        ({"on": "2015-07-20", "rating": "X"}, "rating"),
        ({"on": "2015-07-20", "rating": 5}, "rating"),
        ({"on": "2015-07-20", "narrative": "x" * 20_001}, "narrative"),
        ({"on": "2015-07-20", "narrative": "nul \0"}, "narrative"),
        ({"on": "2015-07-20", "narrative": ["a"]}, "narrative"),
        ({"on": "2015-07-20", "progress": "misnamed"}, "progress"),
        ([], ""),
    ],
)
def test_a_report_that_cannot_be_accepted_changes_nothing_and_says_which_field(
    plan, office, action, sent, field
):
    answer = office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert action_of(plan, "1.1").updates.count() == 1


def test_writing_without_a_version_is_refused(plan, office, action, objective):
    for headers in ({}, {"etag": "*"}):
        reported = office.write("post", f"{action}/updates", {"on": "2015-07-20"}, **headers)
        judged = office.write("patch", objective, {"rating": "R", "reason": "Late"}, **headers)
        assert (reported.status_code, judged.status_code) == (428, 428)
    assert (action_of(plan, "1.1").version, objective_of(plan, "1").version) == (1, 1)


@pytest.mark.parametrize("etag", ['"abc"', '"99.abcd"', '"-1.abcd"', '"1"'])
def test_an_etag_that_was_never_given_out_is_refused(plan, office, action, etag):
    answer = office.write("post", f"{action}/updates", {"on": "2015-07-20"}, etag=etag)
    assert (answer.status_code, action_of(plan, "1.1").version) == (412, 1)


def test_an_etag_made_weak_on_the_way_is_taken(office, action):
    etag = f"W/{office.get(action)['ETag']}"
    assert office.write("post", f"{action}/updates", {"on": "2015-07-20"}, etag=etag).status_code == 201


def test_a_stale_report_is_refused_and_told_both_values(council, plan, office, action):
    etag = office.get(action)["ETag"]
    somebody_reports(council, plan, rating="A", narrative="Few applied")
    sent = {"on": "2015-07-20", "rating": "B", "narrative": "Posts filled"}
    answer = office.write("post", f"{action}/updates", sent, etag=etag)
    assert answer.json() == {
        "type": "about:blank",
        "title": "Precondition Failed",
        "status": 412,
        "detail": "Somebody else has changed this since you read it.",
        "conflicts": [
            {"field": "rating", "yours": "B", "theirs": "A"},
            {"field": "narrative", "yours": "Posts filled", "theirs": "Few applied"},
        ],
        "changed_by": "Robin Colleague",
        "version": 2,
    }
    assert (answer.status_code, action_of(plan, "1.1").updates.count()) == (412, 2)
    again = office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
    assert (again.status_code, office.get(action).json()["rating"]) == (201, "B")


def test_a_stale_report_of_another_field_is_kept_beside_what_somebody_else_wrote(
    council, plan, office, action
):
    etag = office.get(action)["ETag"]
    somebody_reports(council, plan, rating="G", narrative="Interviews held")
    sent = {"on": "2015-07-20", "rating": "B"}
    assert office.write("post", f"{action}/updates", sent, etag=etag).status_code == 201
    shown = office.get(action).json()
    assert (shown["rating"], shown["progress"]) == ("B", "Interviews held")


def test_an_objective_is_judged_with_its_reason(plan, office, user, objective):
    before = office.get(objective)
    sent = {"rating": "A", "reason": "Half of it is late"}
    answer = office.write("patch", objective, sent, etag=before["ETag"])
    assert answer.status_code == 200
    assert answer.json() == before.json() | {"rating": "A", "standing": "at_risk", "version": 2}
    assert answer["ETag"] == office.get(objective)["ETag"] != before["ETag"]
    change = Change.objects.filter(subject="plans.objective", field="rating").get()
    assert (change.old, change.new, change.reason, change.by_id) == (None, "A", "Half of it is late", user.pk)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"rating": "A"}, "reason"),
        ({"rating": "A", "reason": "  "}, "reason"),
        ({"reason": "Late"}, "rating"),
        ({"rating": "X", "reason": "Late"}, "rating"),
        ({"rating": "A", "reason": "Late", "title": "Another"}, "title"),
    ],
)
def test_a_judgement_that_cannot_be_accepted_changes_nothing(plan, office, objective, sent, field):
    answer = office.write("patch", objective, sent, etag=office.get(objective)["ETag"])
    assert (answer.status_code, [e["field"] for e in answer.json()["errors"]]) == (400, [field])
    assert objective_of(plan, "1").version == 1


def test_a_stale_judgement_is_refused_and_told_both_values(council, plan, office, objective):
    etag = office.get(objective)["ETag"]
    judge_objective(
        council=council,
        objective_id=objective_of(plan, "1").pk,
        rating="R",
        reason="Late",
        version=1,
        by=UserFactory(),
        now=timezone.now(),
        today=TODAY,
    )
    answer = office.write("patch", objective, {"rating": "G", "reason": "Going well"}, etag=etag)
    assert answer.status_code == 412
    assert answer.json()["conflicts"] == [{"field": "rating", "yours": "G", "theirs": "R"}]
    assert objective_of(plan, "1").rating.code == "R"
