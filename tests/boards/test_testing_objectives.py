"""Independent testing of an objective: in the sample, found, and on the objective's page once it is shared."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from boards.models import Finding
from boards.queries.testing import objectives_to_test
from boards.services.testing import change_test, record_finding, share_test
from councils.roles import Role
from plans.queries import live_table
from plans.seen import Seen
from plans.services import Report, freeze_position, record_update
from tests.api.conftest import calls
from tests.boards.build import act, at, board_of
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, action, plan_of

ON = dt.date(2015, 4, 1)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(council)


def test_an_objective_is_chosen_tested_and_its_rating_shown_once_shared(client, council, plan):
    type(council).objects.update(shares_live_plan_with_chair=True)
    board = board_of(council)
    objective = plan.objectives.get(ref="P1")
    client.force_login(member(Role.BOARD_CHAIR, council))
    seen = Seen(plan, live_table(plan, today=ON), None, live=True)
    assert [why for _, _, why in objectives_to_test(seen)] == ["judged A Amber", "not judged"]
    sent = {"title": "Caseloads", "tester": "Cy Chair", "on": "1/4/2015", "objective": objective.pk}
    answer = client.post(
        reverse("boards:plan_test", kwargs={"council": council.slug, "board": board.pk}), sent
    )
    finding = Finding.objects.get()
    assert answer.status_code == 302, answer.content.decode()
    assert (finding.objective, finding.chosen_because) == (objective, "judged A Amber")

    record_finding(
        act=act(council),
        finding_id=finding.pk,
        result="not_confirmed",
        text="Four of ten caseloads are too high",
        assured="R",
        made_from=1,
    )
    page = reverse("plans:objective", kwargs={"council": council.slug, "pk": objective.pk})
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    assert "Four of ten" not in client.get(page).content.decode()

    change_test(
        act=act(council), test_id=finding.test_id, values={"state": "done", "days": Decimal(1)}, made_from=1
    )
    share_test(act=act(council), test_id=finding.test_id)
    said = client.get(page).content.decode()
    assert "Four of ten caseloads are too high" in said
    assert "accepted by testing on 1 April 2015" in said
    test = reverse("boards:test", kwargs={"council": council.slug, "test": finding.test_id})
    assert "Four of ten" in client.get(test).content.decode()
    caller = calls(member(Role.BOARD_MEMBER, council))
    listed = f"/api/v1/councils/{council.slug}/objectives/{objective.pk}/assurances"
    assert caller.get(listed).status_code == 404, "nothing was frozen that a member could see"
    freeze_position(plan=plan, on=ON, label="April", by=None, now=at(ON, 18), today=ON)
    [one] = caller.get(listed).json()["results"]
    assert (one["by"], one["rating"], one["finding"]) == (
        "Cy Chair",
        "R",
        "Four of ten caseloads are too high",
    )
    objective.refresh_from_db()
    assert objective.rating.code == "A", "nobody's judgement is overwritten"
    assert plan.begun_on == BEGUN


def test_a_chair_is_offered_what_is_claimed_in_the_plan_that_they_may_see(client, council, plan):
    board, row = board_of(council), action(plan, "P1.1")
    page = reverse("boards:plan_test", kwargs={"council": council.slug, "board": board.pk})
    record_update(
        council=council,
        action_id=row.pk,
        report=Report(ON, "G", "Done"),
        version=row.version,
        by=None,
        now=at(ON),
        today=ON,
    )
    client.force_login(member(Role.BOARD_CHAIR, council))
    freeze_position(plan=plan, on=BEGUN, label="Before", by=None, now=at(ON, 9), today=ON)
    assert "No action is claimed complete" in client.get(page).content.decode()
    freeze_position(plan=plan, on=ON, label="April", by=None, now=at(ON, 18), today=ON)
    assert "Do P1.1" in client.get(page).content.decode()


def test_a_sample_of_nothing_is_refused(client, council, plan):
    board = board_of(council)
    client.force_login(member(Role.BOARD_CHAIR, council))
    sent = {"title": "Caseloads", "tester": "Cy Chair", "on": "1/4/2015"}
    answer = client.post(
        reverse("boards:plan_test", kwargs={"council": council.slug, "board": board.pk}), sent
    )
    assert answer.status_code == 422
    assert "Choose at least one action or objective" in answer.content.decode()
