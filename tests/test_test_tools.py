"""The tools that all tests lean on do what they say."""

import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from pytest_socket import SocketConnectBlockedError

from councils.models import Council


def test_nothing_outside_this_machine_is_reached():
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.parametrize("turn", [1, 2])
def test_reference_data_outlives_the_emptying_after_a_test_with_real_transactions(transactional_db, turn):
    assert Council.objects.count() == 153
    assert ContentType.objects.filter(app_label="councils", model="council").count() == 1
    Council.objects.all().delete()


@pytest.mark.parametrize("turn", [1, 2])
def test_append_only_tables_are_emptied_and_guarded_again(transactional_db, turn):
    table = "history_change"
    assert _count(table) == 0
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} (subject, subject_id, field, version, "on", recorded_at, by_name, reason,'
            " redacted_by, redacted_because) VALUES ('test', 1, '', 1, '2015-06-16', '2015-06-16 12:00:00+00', 'x', '',"
            " '', '')"
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
    assert _count(table) == 1


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]
