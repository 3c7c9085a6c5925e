import datetime as dt

import pytest

from councils.rights import Thing
from files.services import store_file
from tests.factories import CouncilFactory

NOON = dt.datetime(2015, 6, 16, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Each test has a folder of its own for what it stores."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def store(council):
    """Store a file, of a kind that the programme office may read unless said otherwise."""

    def store(content=b"Visit every school\n", name="notes.txt", **more):
        return store_file(
            **{
                "council": council,
                "thing": Thing.PLAN_SOURCE,
                "by": None,
                "now": NOON,
                **more,
                "name": name,
                "content": content,
            }
        )

    return store
