"""What all tests share."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadGroupScheduling

from tests import migrated

DEAR = ("tests/reporting/test_demo.py",)

# two busy cores make any deadline a coin toss; the same examples each time make a failure everybody's
hypothesis_settings.register_profile("noticeboard", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("noticeboard")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what may touch a database or a server runs: pytest-django bars the rest from it.

    What reads a document or works out a date does so once, in the run on SQLite.
    """
    if connection.vendor != "postgresql":
        return
    left_out = [item for item in items if not _touches_a_server(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _touches_a_server(item)]


class _WholeModules(LoadGroupScheduling):
    """One process for all tests of a module that makes something dear once.

    xdist groups by a mark that it writes into the names of tests, which this pytest does not let it do.
    """

    def _split_scope(self, nodeid: str) -> str:
        module, _, _ = nodeid.partition("::")
        return module if module in DEAR else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _WholeModules | None:
    return _WholeModules(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: walking it again and again costs a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _touches_a_server(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "redis"))
    asked_for = {"db", "transactional_db", "django_db_setup", "live_server"} & set(
        getattr(item, "fixturenames", ())
    )
    return marked or bool(asked_for) or "journeys" in item.path.parts


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits count in the cache; no test starts with the count of another."""
    cache.clear()


@pytest.fixture(scope="session")
def _copied(django_db_modify_db_settings: None) -> Iterator[ExitStack | None]:
    """None where a migrated database now lies where the tests' is wanted; else the turn to make one."""
    wanted = connection.creation._get_test_db_name()
    with ExitStack() as turn:
        if connection.vendor == "postgresql":
            yield None if migrated.copy_on_server(os.environ["DATABASE_URL"], wanted) else turn
            return
        turn.enter_context(migrated.alone())
        if migrated.copy_of_template(Path(wanted)):
            turn.close()
            yield None
        else:
            yield turn


@pytest.fixture(scope="session")
def django_db_keepdb(_copied: ExitStack | None) -> bool:
    return _copied is None


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, _copied: ExitStack | None
) -> Iterator[None]:
    """pytest-django's, and tests with real transactions (`transactional_db`) can clean up after themselves.

    Django empties every table after such a test. The append-only tables refuse that by trigger, and the reference
    data that migrations brought would be gone for the next test. So: triggers off, empty, reference data back, on.
    """
    if _copied is not None:
        if connection.vendor == "sqlite":
            migrated.keep(str(connection.settings_dict["NAME"]))
        _copied.close()
    with django_db_blocker.unblock():
        reference_data = connection.creation.serialize_db_to_string()
    operations = type(connection.ops)
    empty: Callable[..., None] = operations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        switch = _sqlite_triggers if connection.vendor == "sqlite" else _postgresql_triggers
        with transaction.atomic():
            restore = switch()
            empty(self, sql_list)
            connection.creation.deserialize_db_from_string(reference_data)
            for statement in restore:
                with connection.cursor() as cursor:
                    cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", execute_sql_flush)
        yield


def _sqlite_triggers() -> list[str]:
    """Drop all triggers; the statements that make them again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _name, sql in triggers]


def _postgresql_triggers() -> list[str]:
    """Silence all triggers of this session; the statement that wakes them again."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    return ["SET session_replication_role = DEFAULT"]
