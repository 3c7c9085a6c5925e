"""Answering through the API."""

import pytest
from django.utils import timezone

from councils.roles import Role
from tests.factories import CouncilFactory, PersonFactory, member
from tests.plans.build import action, plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(council)


@pytest.fixture
def lead(council, plan, client):
    """Somebody who leads P1.1 alone, signed in."""
    user = member(Role.ACTION_LEAD, council)
    action(plan, "P1.1").leads.update(person=PersonFactory(council=council, user=user, name="Sam Other"))
    client.force_login(user)
    return user


def address(council, tail):
    return f"/api/v1/councils/{council.slug}/{tail}"


def test_a_lead_is_told_what_is_asked_of_them(client, council, plan, lead):
    found = client.get(address(council, "my-actions")).json()["results"]
    assert [(row["ref"], row["rating"], row["answered"]) for row in found] == [("P1.1", "A", False)]


def test_many_are_rated_with_a_result_for_each(client, council, plan, lead):
    rows = [action(plan, ref) for ref in ("P1.1", "P2.1")]
    body = {
        "actions": [{"action": row.pk, "version": row.version} for row in rows],
        "rating": "G",
        "on": timezone.localdate().isoformat(),
    }
    found = client.post(address(council, "actions/rating"), body, content_type="application/json").json()
    assert [row["ref"] for row in found["done"]] == ["P1.1"]
    assert [(row["ref"], row["why_not"]) for row in found["refused"]] == [
        ("P2.1", "You do not lead it, so you may not change it")
    ]
    assert (action(plan, "P1.1").rating.code, action(plan, "P2.1").rating) == ("G", None)


def test_what_holds_of_all_is_a_problem_with_its_field(client, council, plan, lead):
    body = {"actions": [{"action": action(plan, "P1.1").pk, "version": 1}], "rating": "R", "on": "2015-03-20"}
    response = client.post(address(council, "actions/rating"), body, content_type="application/json")
    assert response.status_code == 400
    assert "reason" in response.content.decode()
