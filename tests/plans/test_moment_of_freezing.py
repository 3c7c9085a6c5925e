"""The moment of freezing: what is sent before and written after it does not slip into what the board was shown."""

import datetime as dt

import pytest

from councils.roles import Role
from plans.queries import table_at
from plans.rebuilding import rebuild
from plans.services import add_milestone, freeze_position
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, NOW, TODAY, action, plan_of
from tests.plans.test_plan_two_writers import at_once
from tests.plans.writes import WRITES

A_MOMENT = dt.timedelta(seconds=2)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def plan(council, manager):
    plan = plan_of(council)
    who = {"council": council, "by": manager, "now": NOW, "today": TODAY}
    add_milestone(action_id=action(plan, "P2.1").pk, text="Ask the schools", due_on=BEGUN, **who)
    return plan


def freeze(plan, **who):
    who.pop("council", None)
    return freeze_position(plan=plan, on=TODAY, label="Board", **who)


def seen(position):
    return table_at(position.plan, on=TODAY, recorded_until=position.recorded_until)


@pytest.mark.django_db
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_was_sent_before_a_position_was_frozen_and_written_after_shows_from_the_next_one(
    council, plan, manager, write
):
    who = {"council": council, "by": manager, "today": TODAY}
    position = freeze(plan, by=manager, now=NOW + 2 * A_MOMENT, today=TODAY)
    shown = seen(position)
    write(plan, now=NOW + A_MOMENT, **who)
    assert seen(position) == shown
    assert seen(freeze(plan, by=manager, now=NOW + 3 * A_MOMENT, today=TODAY)) != shown
    assert rebuild(plan) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["report", "end moved", "assured", "split", "added", "judged", "document"])
def test_a_position_shows_the_same_ever_after_though_something_was_on_its_way(council, plan, manager, name):
    def frozen(**who):
        position = freeze(plan, **who)
        return position, seen(position)

    def written(*, now, **who):
        return WRITES[name](plan, now=now - A_MOMENT, **who)

    people = [manager, member(Role.PROGRAMME_OFFICE, council)]
    (position, shown), _ = at_once(council, people, frozen, written)
    assert seen(position) == shown
    assert seen(freeze(plan, by=manager, now=NOW + dt.timedelta(hours=2), today=TODAY)) != seen(
        freeze(plan, by=manager, now=NOW + A_MOMENT, today=TODAY)
    )
    assert rebuild(plan) == []
