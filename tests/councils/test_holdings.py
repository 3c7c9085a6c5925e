"""Roles are held from a day to a day, given and ended by those who may, and every step is in the history."""

import datetime as dt

import pytest
from django.db import IntegrityError

from councils.access import access_of
from councils.models import RoleHolding
from councils.queries import people_of, roles_to_give
from councils.rights import Thing, Verb
from councils.roles import COUNCIL_ROLES, NATIONAL, Role
from councils.services import AlreadyHeldError, NotAllowedError, end_role, give_role
from history.models import Change
from tests.factories import CouncilFactory, PersonFactory, UserFactory, member

DAY = dt.timedelta(days=1)


def give(user, council, now, **what):
    given = {"role": Role.ACTION_LEAD, "starts_on": now.date(), "by": None} | what
    return give_role(user=user, council=council, now=now, **given)


def roles_of(user, council, on):
    return access_of(user, today=on).roles(council)


def test_a_role_counts_from_its_first_day_to_its_last_both_included(council, now):
    user = UserFactory()
    give(user, council, now, starts_on=dt.date(2026, 3, 2), ends_on=dt.date(2026, 3, 4))
    held = {day: bool(roles_of(user, council, dt.date(2026, 3, day))) for day in range(1, 6)}
    assert held == {1: False, 2: True, 3: True, 4: True, 5: False}


def test_a_role_without_an_end_goes_on(council, now):
    user = UserFactory()
    give(user, council, now)
    assert roles_of(user, council, now.date() + 5000 * DAY) == {Role.ACTION_LEAD}


def test_a_role_of_one_council_says_nothing_about_another(council, now):
    user = UserFactory()
    give(user, council, now)
    assert roles_of(user, CouncilFactory(), now.date()) == frozenset()


@pytest.mark.parametrize("role", sorted(NATIONAL))
def test_a_national_role_of_one_council_is_refused_by_the_database(role, council):
    with pytest.raises(IntegrityError):
        RoleHolding.objects.create(
            user=UserFactory(), role=role, council=council, starts_on=dt.date(2026, 1, 1)
        )


def test_a_council_role_of_no_council_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError):
        RoleHolding.objects.create(user=UserFactory(), role=Role.DIRECTOR, starts_on=dt.date(2026, 1, 1))


def test_the_same_role_is_not_held_twice_at_a_time(council, now):
    user = UserFactory()
    give(user, council, now, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 1, 31))
    with pytest.raises(AlreadyHeldError):
        give(user, council, now, starts_on=dt.date(2026, 1, 31))
    with pytest.raises(AlreadyHeldError):
        give(user, council, now, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2026, 1, 1))
    give(user, council, now, starts_on=dt.date(2026, 2, 1))
    give(user, council, now, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 12, 31))
    assert RoleHolding.objects.filter(user=user).count() == 3


def test_giving_a_role_is_in_the_history(council, now):
    user = UserFactory(name="Wren Calloway")
    holding = give(user, council, now, by=None, reason="asked for by the Director")
    change = Change.objects.get(subject="councils.roleholding", subject_id=holding.pk)
    assert (change.field, change.council_id, change.reason) == ("", council.pk, "asked for by the Director")
    assert change.new["role"] == "action_lead"
    assert change.new["name"] == "Wren Calloway"


def test_a_role_ended_at_once_counts_no_more_the_same_day(council, manager, now, today):
    user = member(Role.ACTION_LEAD, council)
    holding = RoleHolding.objects.get(user=user)
    end_role(holding=holding, last_day=None, by=manager, now=now, reason="has left")
    assert roles_of(user, council, today) == frozenset()


def test_a_role_given_today_by_mistake_can_be_taken_away_today(council, manager, now, today):
    user = UserFactory()
    holding = give(user, council, now, starts_on=today)
    end_role(holding=holding, last_day=None, by=manager, now=now, reason="the wrong person")
    assert roles_of(user, council, today) == frozenset()


def test_a_role_that_ends_on_a_day_counts_to_its_end(council, manager, now, today):
    user = member(Role.ACTION_LEAD, council)
    holding = RoleHolding.objects.get(user=user)
    end_role(holding=holding, last_day=today + DAY, by=manager, now=now, reason="moves on")
    assert [bool(roles_of(user, council, today + n * DAY)) for n in range(3)] == [True, True, False]


def test_ending_a_role_is_in_the_history_with_who_and_why(council, manager, now, today):
    holding = RoleHolding.objects.get(user=member(Role.ACTION_LEAD, council))
    end_role(holding=holding, last_day=None, by=manager, now=now, reason="has left")
    changes = Change.objects.filter(subject="councils.roleholding", subject_id=holding.pk).order_by("id")
    assert [(change.field, change.by_id, change.reason) for change in changes] == [
        ("ends_on", manager.pk, "has left"),
        ("withdrawn_at", manager.pk, "has left"),
    ]


@pytest.mark.parametrize("last_day", [-1, -400])
def test_a_role_does_not_end_in_the_past(council, manager, now, today, last_day):
    holding = RoleHolding.objects.get(user=member(Role.ACTION_LEAD, council))
    with pytest.raises(ValueError, match="in the past"):
        end_role(holding=holding, last_day=today + last_day * DAY, by=manager, now=now, reason="has left")


def test_a_role_that_has_ended_is_not_ended_again(council, manager, now):
    holding = RoleHolding.objects.get(user=member(Role.ACTION_LEAD, council))
    end_role(holding=holding, last_day=None, by=manager, now=now, reason="has left")
    with pytest.raises(ValueError, match="has ended already"):
        end_role(holding=holding, last_day=None, by=manager, now=now, reason="pressed twice")


def test_a_programme_manager_ends_the_roles_they_may_give_and_no_others(council, manager, now):
    for role in Role:
        holding = RoleHolding.objects.get(user=member(role, council))
        if role in COUNCIL_ROLES:
            end_role(holding=holding, last_day=None, by=manager, now=now, reason="has left")
        else:
            with pytest.raises(NotAllowedError):
                end_role(holding=holding, last_day=None, by=manager, now=now, reason="has left")


def test_nobody_ends_a_role_of_another_council(council, manager, now):
    holding = RoleHolding.objects.get(user=member(Role.ACTION_LEAD, CouncilFactory()))
    with pytest.raises(NotAllowedError):
        end_role(holding=holding, last_day=None, by=manager, now=now, reason="not mine to end")


def test_nobody_ends_a_role_of_their_own(council, manager, administrator, now):
    for user in (manager, administrator):
        with pytest.raises(NotAllowedError, match="of your own"):
            end_role(
                holding=RoleHolding.objects.get(user=user),
                last_day=None,
                by=user,
                now=now,
                reason="tired of it",
            )


def test_who_may_give_which_roles(council, today):
    gives = {
        role: set(roles_to_give(access_of(member(role, council), today=today), council)) for role in Role
    }
    assert gives.pop(Role.PROGRAMME_MANAGER) == COUNCIL_ROLES
    assert gives.pop(Role.ADMINISTRATOR) == set(Role) - NATIONAL
    assert set(map(frozenset, gives.values())) == {frozenset()}


def test_only_an_administrator_gives_national_roles(council, today):
    gives = {role: set(roles_to_give(access_of(member(role, council), today=today), None)) for role in Role}
    assert gives.pop(Role.ADMINISTRATOR) == NATIONAL
    assert set(map(frozenset, gives.values())) == {frozenset()}


def test_an_administrator_sees_no_case_content(council, today):
    access = access_of(member(Role.ADMINISTRATOR), today=today)
    allowed = {(verb, thing) for verb in Verb for thing in Thing if access.may(verb, thing, council)}
    assert allowed == {
        (Verb.READ, Thing.COUNCIL),
        (Verb.READ, Thing.PEOPLE),
        (Verb.WRITE, Thing.PEOPLE),
        (Verb.READ, Thing.USERS),
        (Verb.WRITE, Thing.USERS),
        # words are blacked out unread: how often they stand there is all that is shown
        (Verb.READ, Thing.REDACTION),
        (Verb.WRITE, Thing.REDACTION),
    }


def test_the_people_of_a_council_come_with_the_roles_of_now_of_before_and_to_come(council, now, today):
    user = UserFactory()
    PersonFactory(council=council, user=user, name="Wren Calloway")
    give(user, CouncilFactory(), now, role=Role.DIRECTOR)
    give(user, council, now, role=Role.ACTION_LEAD)
    give(user, council, now, role=Role.COUNCIL_VIEWER, starts_on=today - 9 * DAY, ends_on=today - DAY)
    give(user, council, now, role=Role.BOARD_MEMBER, starts_on=today + DAY)
    (row,) = people_of(council, today=today)
    assert [h.role for h in row.now] == [Role.ACTION_LEAD]
    assert [h.role for h in row.before] == [Role.COUNCIL_VIEWER]
    assert [h.role for h in row.to_come] == [Role.BOARD_MEMBER]


def test_the_people_of_a_council_cost_the_same_queries_however_many(
    council, today, django_assert_num_queries
):
    for _ in range(2):
        for _ in range(3):
            PersonFactory(council=council, user=member(Role.ACTION_LEAD, council))
        with django_assert_num_queries(2):
            people_of(council, today=today)
