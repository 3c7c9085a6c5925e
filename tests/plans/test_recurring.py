"""How a timeline recurs: chosen plainly, said as a sentence, changed with a reason."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from councils.roles import Role
from deadlines.codec import from_json, to_json
from history.models import Change
from plans.models import Action
from plans.recurring import BOARD, MOST, UNITS, Plain, recurrence
from plans.services import Conflict, Refused, set_recurrence
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, NOW, TODAY, action, plan_of

MONTHLY = Plain("month", 1, dt.date(2015, 1, 31)).schedule()


@given(
    each=st.sampled_from(sorted(UNITS)),
    number=st.integers(1, MOST),
    from_on=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
)
def test_whatever_is_chosen_is_offered_again_and_says_the_same(each, number, from_on):
    schedule = Plain(each, number, from_on).schedule()
    again = Plain.of(from_json(to_json(schedule)))
    assert again is None or again.schedule() == schedule
    if number < 12:
        assert again is not None


def test_with_each_board_counts_the_next_one_planned():
    found = recurrence(
        to_json(Plain(BOARD).schedule()),
        on=dt.date(2015, 3, 1),
        last_board=dt.date(2015, 2, 24),
        next_board=dt.date(2015, 3, 24),
    )
    assert (found.last, found.coming) == (dt.date(2015, 2, 24), (dt.date(2015, 3, 24),))
    assert found.said == "with each board, next on 24 March 2015"


def test_monthly_from_the_last_of_january_keeps_to_the_ends_of_months():
    found = recurrence(to_json(MONTHLY), on=dt.date(2015, 2, 1))
    assert found.coming == (dt.date(2015, 2, 28), dt.date(2015, 3, 31), dt.date(2015, 4, 30))


@pytest.mark.parametrize("plain", [Plain("month"), Plain("week", 0, BEGUN), Plain("moon", 1, BEGUN)])
def test_what_is_no_schedule_is_refused_in_words(plain):
    with pytest.raises(ValueError, match=r"Enter the day|number between|recurs with"):
        plain.schedule()


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(council)


def recurs(plan, schedule, **fields):
    row = action(plan, "P1.1")
    values = {"reason": "The board asked", "version": row.version, "by": None, "now": NOW, "today": TODAY}
    return set_recurrence(council=plan.council, action_id=row.pk, schedule=schedule, **values | fields)


def test_a_change_keeps_its_reason_and_what_stood_before(plan):
    recurs(plan, MONTHLY)
    recurs(plan, None, reason="Once is enough")
    said = Change.objects.filter(subject="plans.action", field="recurs").order_by("id")
    assert [(row.reason, row.new is None) for row in said] == [
        ("The board asked", False),
        ("Once is enough", True),
    ]
    assert action(plan, "P1.1").recurs is None


def test_without_a_reason_nothing_changes(plan):
    with pytest.raises(Refused) as refused:
        recurs(plan, MONTHLY, reason=" ")
    assert "reason" in refused.value.errors
    assert action(plan, "P1.1").recurs is None


def test_two_people_who_change_it_are_told_of_one_another(plan):
    seen = action(plan, "P1.1").version
    recurs(plan, MONTHLY)
    with pytest.raises(Conflict):
        recurs(plan, Plain(BOARD).schedule(), version=seen)
    assert Action.objects.get(plan=plan, ref="P1.1").recurs == to_json(MONTHLY)


def test_the_page_takes_plain_choices_and_shows_the_days_to_come(client, council, plan):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    row = action(plan, "P1.1")
    at = reverse("plans:recur", args=[council.slug, row.pk])
    sent = {"version": row.version, "each": "month", "number": "", "from_on": "31/1/2015", "reason": "Agreed"}
    refused = client.post(at, sent | {"from_on": ""})
    assert refused.status_code == 422
    assert "Enter the day that it counts from" in refused.content.decode()
    shown = client.post(at, sent, follow=True).content.decode()
    assert "Falls due every month from 31 January 2015, next on" in shown
    again = client.get(at).content.decode()
    assert 'value="31/01/2015"' in again
    log = client.get(reverse("history:changes", args=[council.slug])).content.decode()
    assert "every month from 31 January 2015" in log


def test_only_the_programme_office_changes_it(client, council, plan):
    client.force_login(member(Role.ACTION_LEAD, council))
    at = reverse("plans:recur", args=[council.slug, action(plan, "P1.1").pk])
    assert client.get(at).status_code == 403
