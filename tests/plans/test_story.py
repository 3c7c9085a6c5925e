"""What happened to an action, as its page tells it: every word once."""

import datetime as dt

import pytest

from councils.roles import Role
from plans.queries import Bounds, story_of
from plans.services import Report, record_update
from tests.factories import CouncilFactory, member
from tests.plans.answering.test_bulk import change, rating, undo
from tests.plans.build import NOW, TODAY, action, plan_of

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(council)


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


def told(plan, ref="P1.1"):
    found = story_of(action(plan, ref), Bounds(TODAY, None), challenges=True, evidence=True)
    return [(entry.title, entry.words) for entry in found]


def report(council, plan, by, hours, **said):
    row = action(plan, "P1.1")
    values = {"on": TODAY, "rating": "A", "narrative": "Work on P1.1 has begun"}
    record_update(
        council=council,
        action_id=row.pk,
        report=Report(**values | said),
        version=row.version,
        by=by,
        now=NOW + hours * HOUR,
        today=TODAY,
    )


def test_a_change_of_many_and_its_undoing_do_not_say_the_text_again(council, plan, manager):
    chosen = {action(plan, "P1.1").pk: 1}
    wanted = rating("R", reason="No money", next_step="Ask for it")
    batch = change(council, plan, manager, wanted, chosen=chosen).batch
    undo(council, plan, manager, batch, now=NOW + HOUR)
    assert told(plan) == [
        ("Put back as it was before", ()),
        ("Reported, put back later", (("In the way", "No money"), ("Next step", "Ask for it"))),
        ("Reported", (("", "Work on P1.1 has begun"),)),
    ]


def test_a_report_that_changes_nothing_says_so_and_one_that_changes_a_part_says_that_part(
    council, plan, manager
):
    report(council, plan, manager, 1)
    report(council, plan, manager, 2, rating="R", reason="No money", next_step="Ask for it")
    report(council, plan, manager, 3, rating="R", reason="No money", next_step="Ask once more", impact="A")
    assert told(plan) == [
        ("Reported", (("Next step", "Ask once more"), ("Impact", "A Amber"))),
        ("Reported", (("In the way", "No money"), ("Next step", "Ask for it"))),
        ("Reported, no change", ()),
        ("Reported", (("", "Work on P1.1 has begun"),)),
    ]
