"""A council with a plan, a day to stand on, and programs that call the API."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from councils.models import Council, Person, User
from councils.roles import Role
from councils.tokens import make_token
from plans import reader
from plans.models import Plan
from tests.factories import CouncilFactory, member
from tests.plans.build import WARNING_SCALE, plan_of, read_action
from tests.plans.build import action as action_of

TODAY = dt.date(2015, 7, 20)
STARTS, AS_AT = dt.date(2015, 5, 1), dt.date(2015, 6, 16)
NOW = dt.datetime(2015, 6, 16, 9, 0, tzinfo=dt.UTC)
"""The day that plans are read in as at, and when they are."""


class Caller(Client):
    """A program that uses the API with a token."""

    def __init__(self, key: str) -> None:
        super().__init__(headers={"authorization": f"Bearer {key}"})

    def write(self, method, url, body, *, etag=None):
        headers = {"if-match": etag} if etag else {}
        return getattr(self, method)(url, body, content_type="application/json", headers=headers)


def key_of(user: User, *, read_only: bool = False, days: int = 30, name: str = "a program") -> str:
    """The key of a new token in the user's only role."""
    _, key = make_token(
        holding=user.role_holdings.get(),
        name=name,
        read_only=read_only,
        expires_on=timezone.localdate() + dt.timedelta(days=days),
        by=user,
        now=timezone.now(),
    )
    return key


def calls(user: User, *, read_only: bool = False) -> Caller:
    """A program with a new token of the user's."""
    return Caller(key_of(user, read_only=read_only))


def ok(answer, status: int = 200):
    """What an answer of that status says; None where it is empty."""
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


@pytest.fixture(autouse=True)
def clock():
    """Stands still at noon on 20 July 2015, until a test moves it."""
    with time_machine.travel(dt.datetime(2015, 7, 20, 11, 0, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def council(db) -> Council:
    return CouncilFactory()


@pytest.fixture
def plan(council):
    """Three actions under two objectives of two themes, read in as at 16 June 2015."""
    return made_plan(
        council,
        read_action(
            "1.1",
            rating="G",
            leads=("Ada Brightwell",),
            start=STARTS,
            end=dt.date(2015, 9, 30),
            progress="Posts advertised",
        ),
        read_action(
            "1.2",
            rating="R",
            leads=("Ben Castle", "Ada Brightwell"),
            start=STARTS,
            end=dt.date(2015, 6, 30),
            progress="",
        ),
        read_action(
            "2.1",
            objective="o2",
            theme="t2",
            rating=None,
            leads=(),
            start=STARTS,
            end=None,
            progress="",
        ),
    )


def made_plan(council, *actions) -> Plan:
    """A plan read in as at 16 June 2015, of these actions or of one; amber warns, green is not the end."""
    return plan_of(
        council,
        *(actions or (read_action("1.1", rating="G"),)),
        objectives=(
            reader.Objective("o1", "1", "Objective 1", "", "t1", None, 0, 0),
            reader.Objective("o2", "2", "Objective 2", "", "t2", None, 0, 0),
        ),
        scale=WARNING_SCALE,
        themes=("Front door", "Workforce"),
        title="Improvement plan",
        as_at=AS_AT,
        now=NOW,
    )


@pytest.fixture
def here(council, plan) -> str:
    """Where the council's plan is in the API."""
    return f"/api/v1/councils/{council.slug}"


@pytest.fixture
def office(council) -> Caller:
    return calls(member(Role.PROGRAMME_OFFICE, council))


@pytest.fixture
def lead(council, plan) -> Caller:
    """Somebody with an account who leads actions 1.1 and 1.2."""
    user = member(Role.ACTION_LEAD, council)
    Person.objects.filter(council=council, name="Ada Brightwell").update(user=user)
    return calls(user)


@pytest.fixture
def action(here, plan) -> str:
    """The address of action 1.2."""
    return f"{here}/actions/{action_of(plan, '1.2').pk}"
