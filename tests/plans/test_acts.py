"""What was changed of the plan itself, in words that a board can be shown."""

import datetime as dt

import pytest

from councils.roles import Role
from plans.queries import Bounds, changes_of_plan, story_of
from plans.services import NewAction, bring_back, merge, move_end, rehome, retire, split
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, NOW, TODAY, action, objective, plan_of

pytestmark = pytest.mark.django_db
WHY = "Agreed at the board"
ALL = Bounds(TODAY, None)


@pytest.fixture
def plan():
    return plan_of(CouncilFactory())


@pytest.fixture
def change(plan):
    by = member(Role.PROGRAMME_MANAGER, plan.council)
    moments = (NOW + dt.timedelta(minutes=number) for number in range(1, 10))

    def act(service, ref, **fields):
        row = action(plan, ref)
        who = {"council": plan.council, "by": by, "now": next(moments), "today": TODAY, "reason": WHY}
        versioned = {} if service is bring_back else {"version": row.version}
        return service(action_id=row.pk, **who, **versioned, **fields)

    return act


def said(plan):
    return [(act.ref, act.title) for act in changes_of_plan(plan, ALL, after=BEGUN)]


def test_a_moved_end_says_who_approved_it(plan, change):
    change(move_end, "P1.1", end=dt.date(2015, 5, 31), approved_by="the board of 16 March")
    moved = "End moved from 31 March 2015 to 31 May 2015, approved by the board of 16 March"
    assert said(plan) == [("P1.1", moved)]


def test_a_merger_is_said_once_and_names_the_other(plan, change):
    change(merge, "P1.1", others=[action(plan, "P1.2").pk])
    assert sorted(said(plan)) == [("P1.1", "Took in P1.2"), ("P1.2", "Merged into P1.1")]
    change(bring_back, "P1.2")
    assert ("P1.2", "Part of the plan again") in said(plan)
    titles = [entry.title for entry in story_of(action(plan, "P1.2"), ALL, challenges=False, evidence=True)]
    assert titles[:2] == ["Part of the plan again", "Merged into P1.1"]


def test_a_split_names_the_parts_and_what_they_were_split_off(plan, change):
    parts = [NewAction(ref, f"Do {ref}") for ref in ("P1.2a", "P1.2b")]
    change(split, "P1.2", parts=parts, keep=False)
    assert sorted(said(plan)) == [
        ("P1.2", "Split into P1.2a, P1.2b"),
        ("P1.2a", "Split off P1.2"),
        ("P1.2b", "Split off P1.2"),
    ]


def test_an_action_that_leaves_by_itself_was_split_into_nothing(plan, change):
    change(split, "P1.2", parts=[NewAction("P1.2a", "Do it")], keep=True)
    change(retire, "P1.2")
    assert said(plan)[0] == ("P1.2", "Taken out of the plan")


def test_an_action_under_another_objective_says_from_which_to_which(plan, change):
    before, after = (objective(plan, ref) for ref in ("P1", "P2"))
    change(rehome, "P1.1", objective_id=after.pk)
    assert said(plan) == [("P1.1", f"Moved from “{before.title or 'P1'}” to “{after.title or 'P2'}”")]
