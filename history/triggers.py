"""Tables that only grow, guarded by the database itself on SQLite and PostgreSQL.

A migration says `operations = [*append_only("history_change", redactable=["old", "new", "reason"])]`. Any
later migration that alters such a table ends with the same line again: SQLite forgets a table's triggers when
Django makes the table anew, and its triggers name every column.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# What stands where a text was. An update that takes a text away without leaving this is refused.
MARK = "[redacted]"
REDACTION = ("redacted_at", "redacted_by", "redacted_because")

GUARDED: dict[str, tuple[str, ...]] = {}  # every table that some migration made append-only; tests read it


def append_only(table: str, redactable: Collection[str] = ()) -> list[Operation]:
    """Migration operations after which the rows of a table can be neither deleted nor changed.

    `redactable` names text and JSON columns that an update may black out; it must leave MARK in each column
    it touches, say when, by whom and why in the columns of REDACTION, and change nothing else.
    """
    return [AppendOnly(table, tuple(redactable))]


class AppendOnly(Operation):
    """Puts the triggers on one table; running it again renews them."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, redactable: Sequence[str]) -> None:
        self.table = table
        self.redactable = tuple(redactable)
        GUARDED[table] = self.redactable

    def describe(self) -> str:
        return f"Make {self.table} append-only"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that Django's models know of changes."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        columns, key = _columns(self.table, to_state)
        if self.redactable and not {*self.redactable, *REDACTION} <= set(columns):
            raise ValueError(f"{self.table} lacks a column of {[*self.redactable, *REDACTION]}")
        if schema_editor.connection.vendor == "sqlite":
            statements = _sqlite(self.table, columns, key, self.redactable)
        else:
            statements = _postgresql(self.table, self.redactable)
        _run(schema_editor, statements)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        drop = _sqlite_drop if schema_editor.connection.vendor == "sqlite" else _postgresql_drop
        _run(schema_editor, drop(self.table))


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)


def _columns(table: str, state: ProjectState) -> tuple[list[str], str]:
    """The columns of a table at this point of the migrations, and which of them is the key."""
    meta = next(model._meta for model in state.apps.get_models() if model._meta.db_table == table)  # noqa: SLF001
    columns = [field.column for field in meta.local_concrete_fields if field.column]
    return columns, str(meta.pk.column)


def _redacts(redactable: Sequence[str], same: str) -> list[str]:
    """The conditions that make an update a redaction, but for the columns that must stay as they were."""
    who = [f"NEW.{name} IS NOT NULL AND NEW.{name} <> ''" for name in REDACTION[1:]]
    marked = [
        f"""(NEW."{name}" {same} OLD."{name}" OR CAST(NEW."{name}" AS text) LIKE '%{MARK}%')"""
        for name in redactable
    ]
    return [
        "NEW.redacted_at IS NOT NULL",
        f"NOT (NEW.redacted_at {same} OLD.redacted_at)",
        *who,
        *marked,
    ]


def _sqlite(table: str, columns: Sequence[str], key: str, redactable: Sequence[str]) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    allowed = "0"
    if redactable:
        fixed = [name for name in columns if name not in {*redactable, *REDACTION}]
        conditions = _redacts(redactable, "IS") + [f'NEW."{name}" IS OLD."{name}"' for name in fixed]
        allowed = " AND ".join(conditions)
    taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")'  # noqa: S608 - names from models
    return [
        f'CREATE TRIGGER {table}_no_delete BEFORE DELETE ON "{table}" {refuse}',
        f'CREATE TRIGGER {table}_no_update BEFORE UPDATE ON "{table}" WHEN NOT ({allowed}) {refuse}',
        # INSERT OR REPLACE deletes without telling the delete trigger
        f'CREATE TRIGGER {table}_no_replace BEFORE INSERT ON "{table}" WHEN {taken} {refuse}',
    ]


def _sqlite_drop(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("delete", "update", "replace")]


def _postgresql(table: str, redactable: Sequence[str]) -> list[str]:
    allowed = "false"
    if redactable:
        open_columns = ", ".join(f"'{name}'" for name in (*redactable, *REDACTION))
        rest = f"to_jsonb(NEW) - ARRAY[{open_columns}] = to_jsonb(OLD) - ARRAY[{open_columns}]"
        allowed = " AND ".join([*_redacts(redactable, "IS NOT DISTINCT FROM"), rest])
    name = f"{table}_append_only"
    return [
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF {allowed} THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON "{table}"
        FOR EACH ROW EXECUTE FUNCTION {name}()
        """,
        f"""
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}"
        FOR EACH STATEMENT EXECUTE FUNCTION {name}()
        """,
    ]


def _postgresql_drop(table: str) -> list[str]:
    return [f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE"]
