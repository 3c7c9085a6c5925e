"""Who sees and does what through the API: the same table as for pages."""

import datetime as dt

import pytest
from django.test import Client

from councils.models import Person
from councils.roles import Role
from plans.models import ActionLead
from plans.services import freeze_position
from tests.api.conftest import TODAY, calls, made_plan
from tests.factories import CouncilFactory, member
from tests.plans.build import action as action_of
from tests.plans.build import objective as objective_of

OFFICE = {Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE, Role.DIRECTOR}
COUNCIL = OFFICE | {
    Role.ACTION_LEAD,
    Role.COUNCIL_VIEWER,
    Role.COUNCIL_LEADER,
    Role.LEAD_MEMBER,
    Role.CHIEF_EXECUTIVE,
}
NO_CASE = {Role.MINISTERS_OFFICE, Role.SCRUTINY_VIEWER, Role.ADMINISTRATOR}
ABOVE = set(Role) - COUNCIL - NO_CASE
CASE_LISTS = ("objectives", "actions", "positions")


@pytest.fixture
def position(council, plan):
    """The plan was frozen on the day it was read in."""
    now = dt.datetime(2015, 6, 17, 9, 0, tzinfo=dt.UTC)
    return freeze_position(
        plan=plan, on=dt.date(2015, 6, 16), label="June board", by=None, now=now, today=now.date()
    )


@pytest.mark.parametrize("role", sorted(COUNCIL))
def test_the_council_reads_its_live_plan(role, council, here, position):
    seen = calls(member(role, council)).get(f"{here}/plan").json()
    assert (seen["live"], seen["position"], seen["on"]) == (True, None, "2015-07-20")


@pytest.mark.parametrize("role", sorted(ABOVE))
def test_those_above_the_council_read_the_last_frozen_position(role, council, here, position):
    seen = calls(member(role, council)).get(f"{here}/plan").json()
    assert (seen["live"], seen["position"]["label"], seen["on"]) == (False, "June board", "2015-06-16")


@pytest.mark.parametrize("role", sorted(ABOVE))
def test_those_above_the_council_see_no_plan_before_anything_was_frozen(role, council, here):
    caller = calls(member(role, council))
    assert [caller.get(f"{here}/{what}").status_code for what in ("plan", "objectives", "actions")] == [
        404
    ] * 3
    assert caller.get(f"{here}/positions").json()["results"] == []


@pytest.mark.parametrize("role", sorted(NO_CASE))
def test_roles_without_case_content_are_refused_the_plan_and_everything_in_it(
    role, council, here, plan, position
):
    caller = calls(member(role, council))
    action, objective = action_of(plan, "1.1"), objective_of(plan, "1")
    paths = [
        "plan",
        *CASE_LISTS,
        f"actions/{action.pk}",
        f"actions/{action.pk}/updates",
        f"objectives/{objective.pk}",
    ]
    assert {path: caller.get(f"{here}/{path}").status_code for path in paths} == dict.fromkeys(paths, 403)
    assert caller.get(here).status_code == 200


def test_what_was_reported_after_a_position_was_frozen_is_not_in_it(council, here, plan, position):
    office = calls(member(Role.PROGRAMME_OFFICE, council))
    action = f"{here}/actions/{action_of(plan, '1.1').pk}"
    etag = office.get(action)["ETag"]
    sent = {"on": "2015-06-16", "rating": "B", "narrative": "Posts filled"}
    assert office.write("post", f"{action}/updates", sent, etag=etag).status_code == 201
    chair = calls(member(Role.BOARD_CHAIR, council))
    assert chair.get(action).json()["progress"] == "Posts advertised"
    assert [update["narrative"] for update in chair.get(f"{action}/updates").json()["results"]] == [
        "Posts advertised"
    ]
    assert office.get(f"{action}/updates").json()["count"] == 2


def test_the_chair_reads_the_live_plan_once_the_council_shares_it(council, here, position):
    caller = calls(member(Role.BOARD_CHAIR, council))
    council.shares_live_plan_with_chair = True
    council.save()
    assert caller.get(f"{here}/plan").json()["live"] is True


@pytest.mark.parametrize("role", sorted(set(Role) - OFFICE))
def test_only_the_programme_office_judges_an_objective(role, council, here, plan, position):
    url = f"{here}/objectives/{objective_of(plan, '1').pk}"
    etag = calls(member(Role.DIRECTOR, council)).get(url)["ETag"]
    caller = calls(member(role, council))
    assert caller.write("patch", url, {"rating": "A", "reason": "Slow"}, etag=etag).status_code == 403
    assert objective_of(plan, "1").rating is None


@pytest.mark.parametrize("role", sorted(set(Role) - OFFICE - {Role.ACTION_LEAD}))
def test_others_than_office_and_leads_do_not_report_progress(role, council, here, plan, position):
    action = action_of(plan, "1.1")
    caller = calls(member(role, council))
    url = f"{here}/actions/{action.pk}/updates"
    assert caller.write("post", url, {"on": "2015-07-20"}, etag='"1.ab"').status_code == 403
    assert action.updates.count() == 1


def test_a_lead_reports_on_the_actions_they_lead_and_on_no_other(council, here, plan):
    ada = Person.objects.get(council=council, name="Ada Brightwell")
    ada.user = member(Role.ACTION_LEAD, council)
    ada.save()
    caller = calls(ada.user)
    answers = {}
    for ref in ("1.1", "1.2", "2.1"):
        url = f"{here}/actions/{action_of(plan, ref).pk}"
        sent = {"on": "2015-07-20", "rating": "G", "narrative": "Going well"}
        answers[ref] = caller.write("post", f"{url}/updates", sent, etag=caller.get(url)["ETag"]).status_code
    assert answers == {"1.1": 201, "1.2": 201, "2.1": 403}
    assert ActionLead.objects.filter(action__plan=plan, person=ada).count() == 2


def test_another_council_is_not_there_at_all(council, here, plan):
    stranger = calls(member(Role.PROGRAMME_MANAGER, CouncilFactory()))
    action, objective = action_of(plan, "1.1"), objective_of(plan, "1")
    paths = ["", "/plan", "/objectives", "/actions", "/positions", f"/actions/{action.pk}"]
    paths += [f"/actions/{action.pk}/updates", f"/objectives/{objective.pk}"]
    assert {path: stranger.get(here + path).status_code for path in paths} == dict.fromkeys(paths, 404)
    nowhere = stranger.get("/api/v1/councils/no-such-council/plan")
    assert stranger.get(f"{here}/plan").json() == nowhere.json()


def test_an_action_is_reached_through_its_own_council_alone(council, plan):
    mine = CouncilFactory()
    made_plan(mine)
    caller = calls(member(Role.PROGRAMME_MANAGER, mine))
    base = f"/api/v1/councils/{mine.slug}"
    action, objective = action_of(plan, "1.1"), objective_of(plan, "1")
    sent = {"on": "2015-07-20", "narrative": "Not mine"}
    assert caller.get(f"{base}/actions/{action.pk}").status_code == 404
    assert caller.get(f"{base}/actions/{action.pk}/updates").status_code == 404
    assert caller.write("post", f"{base}/actions/{action.pk}/updates", sent, etag='"1.a"').status_code == 404
    judged = {"rating": "R", "reason": "Not mine"}
    assert caller.write("patch", f"{base}/objectives/{objective.pk}", judged, etag='"1.a"').status_code == 404
    assert caller.get(f"{base}/actions", {"objective": objective.pk}).json()["results"] == []


def test_one_sees_the_councils_of_ones_role_and_with_a_national_role_all(council):
    other = CouncilFactory()
    own = calls(member(Role.COUNCIL_VIEWER, council)).get("/api/v1/councils").json()
    assert [row["slug"] for row in own["results"]] == [council.slug]
    national = calls(member(Role.DFE_OFFICIAL)).get("/api/v1/councils", {"page_size": 500}).json()
    assert national["count"] == 155
    assert {council.slug, other.slug} <= {row["slug"] for row in national["results"]}


@pytest.mark.parametrize("path", ["/api/v1/councils", "/api/v1/schema", "/api/v1/nothing", "/api/v1/"])
def test_nobody_is_answered_without_signing_in(path, db):
    answer = Client().get(path)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Noticeboard"')


def test_a_browser_session_reads_and_with_the_csrf_token_writes(council, here, plan):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member(Role.PROGRAMME_MANAGER, council))
    url = f"{here}/objectives/{objective_of(plan, '1').pk}"
    headers = {"if-match": browser.get(url)["ETag"]}
    body = {"rating": "A", "reason": "Slow"}
    refused = browser.patch(url, body, content_type="application/json", headers=headers)
    assert (refused.status_code, objective_of(plan, "1").rating) == (403, None)
    browser.cookies["csrftoken"] = token = "a" * 32
    headers["x-csrftoken"] = token
    assert browser.patch(url, body, content_type="application/json", headers=headers).status_code == 200


def test_a_day_on_the_clock_is_the_day_of_the_plan(council, here, clock):
    caller = calls(member(Role.COUNCIL_VIEWER, council))
    clock.move_to(dt.datetime(2015, 7, 20, 23, 30, tzinfo=dt.UTC))  # half past midnight in London
    assert caller.get(f"{here}/plan").json()["on"] == str(TODAY + dt.timedelta(days=1))
