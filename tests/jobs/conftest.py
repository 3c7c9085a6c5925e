import datetime as dt

import pytest

from councils.rights import Thing
from jobs import registry
from jobs.services import queue_job
from tests.factories import CouncilFactory

NOON = dt.datetime(2015, 6, 16, 12, tzinfo=dt.UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def pass_(self, **time):
        self.now += dt.timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def kinds(monkeypatch):
    """The kinds of job there are in a test: none but its own."""
    monkeypatch.setattr(registry, "_handlers", {})
    return registry.job


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def queue(council, clock):
    """Ask for a job of the kind "test"."""

    def queue(**more):
        return queue_job(
            **{
                "kind": "test",
                "council": council,
                "thing": Thing.PLAN_SOURCE,
                "title": "Reading the plan",
                "back_url": "/councils/testshire/plan/",
                "arguments": {"file": 7},
                "by": None,
                "now": clock(),
                **more,
            }
        )

    return queue
