"""Two people at once, with real transactions: the same field is refused to one of them, different ones both stand."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from councils.roles import Role
from plans.models import Action, Objective
from plans.rebuilding import rebuild
from plans.services import (
    Conflict,
    NewAction,
    Refused,
    add_action,
    change_leads,
    merge,
    move_end,
    reword,
    switch_rule,
)
from tests.factories import CouncilFactory, member
from tests.plans.build import NOW, TODAY, action, plan_of

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Agreed at the board"


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(council)


@pytest.fixture
def people(council):
    return [member(Role.PROGRAMME_MANAGER, council), member(Role.PROGRAMME_OFFICE, council)]


def at_once(council, people, *works):
    """What each work came to: what it returned, or the exception it ended in."""
    barrier = Barrier(len(works))

    def run(person, work):
        try:
            barrier.wait(timeout=20)
            return work(council=council, by=person, now=NOW + dt.timedelta(hours=1), today=TODAY)
        except (Conflict, Refused) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [
            future.result()
            for future in [pool.submit(run, *pair) for pair in zip(people, works, strict=True)]
        ]


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_the_same_words_changed_by_two_are_refused_to_one(council, plan, people):
    number = action(plan, "P1.1").pk

    def work(words):
        return lambda **who: reword(
            action_id=number, values={"activity": words}, reason=WHY, version=1, **who
        )

    outcomes = at_once(council, people, work("Mine"), work("Theirs"))
    assert kinds(outcomes) == ["Action", "Conflict"]
    assert rebuild(plan) == []


def test_different_fields_changed_by_two_both_stand(council, plan, people):
    number, end = action(plan, "P1.1").pk, dt.date(2015, 6, 30)
    outcomes = at_once(
        council,
        people,
        lambda **who: move_end(action_id=number, end=end, reason=WHY, approved_by="Board", version=1, **who),
        lambda **who: change_leads(action_id=number, leads=["Kim Vale"], reason=WHY, version=1, **who),
    )
    assert kinds(outcomes) == ["Action", "Action"]
    row = action(plan, "P1.1")
    assert (row.ends_on, row.leads.get().name, row.version) == (end, "Kim Vale", 3)
    assert rebuild(plan) == []


def test_one_reference_is_given_once(council, plan, people):
    objective = Objective.objects.get(plan=plan, ref="P1").pk

    def work(**who):
        return add_action(objective_id=objective, new=NewAction("P1.9", "Do more"), reason=WHY, **who)

    assert kinds(at_once(council, people, work, work)) == ["Action", "Refused"]
    assert Action.objects.filter(plan=plan, ref="P1.9").count() == 1


def test_two_actions_are_not_merged_into_each_other(council, plan, people):
    one, two = action(plan, "P1.1").pk, action(plan, "P1.2").pk

    def work(into, other):
        return lambda **who: merge(action_id=into, others=[other], reason=WHY, version=1, **who)

    assert kinds(at_once(council, people, work(one, two), work(two, one))) == ["Action", "Refused"]
    assert Action.objects.filter(plan=plan, retired_on__isnull=True, ref__startswith="P1").count() == 1


def test_a_rule_switched_by_two_for_the_first_time_is_one_switch(council, plan, people):
    def work(day):
        return lambda **who: switch_rule(rule="on_track_past_end", from_on=day, version=0, **who)

    outcomes = at_once(council, people, work(dt.date(2015, 3, 1)), work(dt.date(2015, 3, 2)))
    assert kinds(outcomes) == ["Conflict", "RuleSwitch"]
    assert plan.rules.count() == 1
