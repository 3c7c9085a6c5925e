"""A council, a moment, and people who hold roles there."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from councils.models import Council, User
from councils.roles import Role
from tests.factories import CouncilFactory, member


@pytest.fixture
def council(db) -> Council:
    return CouncilFactory()


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def today(now) -> dt.date:
    return timezone.localdate(now)


@pytest.fixture
def manager(council) -> User:
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def administrator(db) -> User:
    return member(Role.ADMINISTRATOR)


@pytest.fixture
def as_manager(manager) -> Client:
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def as_administrator(administrator) -> Client:
    client = Client()
    client.force_login(administrator)
    return client
