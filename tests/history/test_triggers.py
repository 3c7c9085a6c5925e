"""The log refuses to be rewritten, whoever asks: the ORM, SQL by hand, or the emptying of the whole table."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from history.models import Access, Change
from history.triggers import GUARDED, MARK, append_only

NOON = dt.datetime(2015, 6, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def change(db):
    return Change.objects.create(
        subject="plans.action",
        subject_id=1,
        field="title",
        old="Visit every school",
        new="Visit every school with Sam Example",
        version=2,
        on=NOON.date(),
        recorded_at=NOON,
        by_id=1,
        by_name="Ada",
        reason="Sam Example asked",
    )


@pytest.fixture
def access(db):
    return Access.objects.create(kind=Access.Kind.SIGNED_IN, at=NOON, by_name="Ada")


def refused(act):
    with pytest.raises(IntegrityError, match="is append-only"), transaction.atomic():
        act()
    return True


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_change_cannot_be_deleted(change):
    assert refused(change.delete)
    assert refused(lambda: run("DELETE FROM history_change"))
    assert Change.objects.get() == change


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("council_id", 7),
        ("subject", "plans.plan"),
        ("subject_id", 2),
        ("field", "end"),
        ("old", "something else"),
        ("new", "something else"),
        ("version", 9),
        ("on", dt.date(2015, 1, 1)),
        ("recorded_at", NOON + dt.timedelta(days=1)),
        ("by_id", 2),
        ("by_name", "Grace"),
        ("reason", "something else"),
        ("batch", "6f0f1f3e-8b0c-4f0e-9b53-0c3c2e4a1d55"),
    ],
)
def test_no_column_of_a_change_can_be_rewritten(change, column, value):
    assert refused(lambda: Change.objects.update(**{column: value}))
    # nor under the cover of a redaction
    redaction = {"redacted_at": NOON, "redacted_by": "Ada", "redacted_because": "a name"}
    assert refused(lambda: Change.objects.update(**{column: value}, **redaction))


def test_every_column_is_tried_above():
    tried = {
        mark.args[1][i][0]
        for mark in test_no_column_of_a_change_can_be_rewritten.pytestmark
        for i in range(13)
    }
    columns = {field.name for field in Change._meta.concrete_fields}
    assert columns - tried == {"id", "redacted_at", "redacted_by", "redacted_because"}


def test_a_redaction_says_when_by_whom_and_why(change):
    blacked_out = {"new": f"Visit every school with {MARK}"}
    whole = {"redacted_at": NOON, "redacted_by": "Ada", "redacted_because": "a name"}
    for missing, nothing in [("redacted_at", None), ("redacted_by", ""), ("redacted_because", "")]:
        assert refused(lambda m=missing, n=nothing: Change.objects.update(**blacked_out, **{**whole, m: n}))
    Change.objects.update(**blacked_out, **whole)
    change.refresh_from_db()
    assert change.new == f"Visit every school with {MARK}"


def test_a_redaction_cannot_be_taken_back_or_written_over(change):
    Change.objects.update(reason=MARK, redacted_at=NOON, redacted_by="Ada", redacted_because="a name")
    assert refused(lambda: Change.objects.update(redacted_at=None, redacted_by="", redacted_because=""))
    assert refused(lambda: Change.objects.update(redacted_by="Grace"))
    assert refused(lambda: Change.objects.update(reason="Sam Example asked"))


def test_reads_and_sign_ins_cannot_be_changed_at_all(access):
    assert refused(access.delete)
    assert refused(lambda: Access.objects.update(by_name="Grace"))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="INSERT OR REPLACE is SQLite's")
def test_a_row_cannot_be_replaced_by_another_of_the_same_number(access):
    columns = ", ".join(f'"{field.column}"' for field in Access._meta.concrete_fields)
    assert refused(
        lambda: run(f"INSERT OR REPLACE INTO history_access ({columns}) SELECT {columns} FROM history_access")
    )


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_a_table_cannot_be_truncated(access):
    assert refused(lambda: run("TRUNCATE history_access"))


def test_every_table_that_was_made_append_only_still_refuses(db):
    """SQLite forgets the triggers of a table that a later migration makes anew."""
    MigrationLoader(connection)  # reads all migrations, and so fills GUARDED
    assert {"history_change", "history_access"} <= GUARDED.keys()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT relname, proname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgenabled = 'O' AND NOT tgisinternal"
            )
        triggers = cursor.fetchall()
        for table, redactable in GUARDED.items():
            made = [text for name, text in triggers if name == table]
            assert len(made) == (3 if connection.vendor == "sqlite" else 2), table
            if redactable and connection.vendor == "sqlite":
                update = next(text for text in made if "BEFORE UPDATE" in text)
                columns = {
                    column.name for column in connection.introspection.get_table_description(cursor, table)
                }
                assert {column for column in columns if f'"{column}"' not in update} <= {
                    "redacted_at",
                    "redacted_by",
                    "redacted_because",
                }


def test_the_migrations_can_be_undone_and_done_again(transactional_db):
    Access.objects.create(kind=Access.Kind.SIGNED_IN, at=NOON, by_name="Ada")
    loader = MigrationLoader(connection)
    names = [name for app, name in sorted(loader.graph.nodes) if app == "history"][1:]

    def go(way, names):
        for name in names:
            with connection.schema_editor(atomic=True) as editor:
                getattr(loader.get_migration("history", name), way)(
                    loader.project_state(("history", name), at_end=False), editor
                )

    go("unapply", reversed(names))
    run("UPDATE history_access SET by_name = 'Grace'")
    go("apply", names)
    assert refused(lambda: Access.objects.update(by_name="Ada"))


def test_another_room_guards_a_table_of_its_own_with_one_line(transactional_db):
    fields = [("id", models.BigAutoField(primary_key=True)), ("note", models.TextField())]
    state = ProjectState()
    state.add_model(ModelState("notices", "Diary", fields, {"db_table": "test_diary"}))
    model = state.apps.get_model("notices", "Diary")
    operations = append_only("test_diary")
    GUARDED.pop("test_diary")
    with connection.schema_editor() as editor:
        editor.create_model(model)
        for operation in operations:
            operation.database_forwards("notices", editor, state, state)
    try:
        model.objects.create(note="first")
        assert refused(lambda: model.objects.update(note="second"))
        assert refused(lambda: model.objects.all().delete())
        assert [operation.describe() for operation in operations] == ["Make test_diary append-only"]
    finally:
        with connection.schema_editor() as editor:
            for operation in operations:
                operation.database_backwards("notices", editor, state, state)
            editor.delete_model(model)


def test_a_table_without_columns_for_who_and_why_cannot_be_redactable(transactional_db):
    fields = [("id", models.BigAutoField(primary_key=True)), ("note", models.TextField())]
    state = ProjectState()
    state.add_model(ModelState("notices", "Diary", fields, {"db_table": "test_diary"}))
    (operation,) = append_only("test_diary", redactable=["note"])
    GUARDED.pop("test_diary")
    with connection.schema_editor() as editor, pytest.raises(ValueError, match="test_diary lacks a column"):
        operation.database_forwards("notices", editor, state, state)
