"""Milestones as they stood on an earlier day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.roles import Role
from plans import services
from plans.queries import Bounds, steps_at, steps_of
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, action, plan_of

pytestmark = pytest.mark.django_db


def day(number):
    return BEGUN + dt.timedelta(days=number)


def moment(number):
    return timezone.make_aware(dt.datetime.combine(day(number), dt.time(12)))


@pytest.fixture
def plan():
    return plan_of(CouncilFactory())


@pytest.fixture
def row(plan):
    """Two milestones of day 1: the first moved on day 5 and reached on day 9, the second dropped on day 7."""
    row = action(plan, "P1.1")
    given = {"council": plan.council, "by": None}

    def act(service, number, **fields):
        return service(now=moment(number), today=day(number), **given, **fields)

    first = act(services.add_milestone, 1, action_id=row.pk, text="Advertise", due_on=day(4))
    second = act(services.add_milestone, 1, action_id=row.pk, text="Interview", due_on=day(8))
    act(services.move_milestone, 5, milestone_id=first.pk, due_on=day(10), reason="Late", version=1)
    act(services.drop_milestone, 7, milestone_id=second.pk, reason="Not needed", version=1)
    act(services.reach_milestone, 9, milestone_id=first.pk, reached_on=day(9), version=2)
    return row


@pytest.mark.parametrize(
    ("number", "stood"),
    [
        (0, []),
        (1, [("Advertise", 4, None), ("Interview", 8, None)]),
        (5, [("Advertise", 10, None), ("Interview", 8, None)]),
        (7, [("Advertise", 10, None)]),
        (9, [("Advertise", 10, 9)]),
    ],
)
def test_each_stands_as_it_did(row, number, stood):
    found = steps_at(row, Bounds(day(number), None))
    said = [(step.text, step.due_on, step.reached_on) for step in found]
    assert said == [(text, day(due), day(reached) if reached else None) for text, due, reached in stood]


def test_what_was_recorded_later_is_not_known_yet(row):
    assert [step.due_on for step in steps_at(row, Bounds(day(20), moment(3)))] == [day(4), day(8)]


def test_as_at_today_they_are_those_that_stand(row):
    stand = [(step.pk, step.text, step.due_on, step.reached_on) for step in steps_of(row)]
    then = [
        (step.pk, step.text, step.due_on, step.reached_on) for step in steps_at(row, Bounds(day(30), None))
    ]
    assert then == stand


def test_the_action_page_looks_back_on_them(client, plan, row, time_machine):
    time_machine.move_to(moment(30))
    client.force_login(member(Role.PROGRAMME_MANAGER, plan.council))
    at = reverse("plans:action", args=[plan.council.slug, row.pk])
    now, then = (
        client.get(at, query).content.decode().partition('nb-steps">')[2].partition("</ul>")[0]
        for query in ({}, {"as_at": day(5).isoformat()})
    )
    assert "Reached" in now
    assert "Interview" not in now
    assert "Interview" in then
    assert "Reached" not in then
