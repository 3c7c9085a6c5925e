"""Saving the room's own rows: one transaction, a row of the change log a field, nobody overwritten."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from councils.models import Council, User
from history.queries import changes_of
from history.services import ChangeLog
from plans.services import Conflict, Refused

__all__ = ["Act", "Conflict", "Refused", "add", "change", "subject_of"]

WITHHELD = "not shown here, version"  # what the log has in the place of words that are somebody's own

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Act:
    """Who does something in which council, when; `on` is the day it speaks of (None: today).

    `quiet`: nobody is written to, because what is entered is history that everybody knows.
    """

    council: Council
    by: User | None
    now: dt.datetime
    on: dt.date | None = None
    quiet: bool = False

    @property
    def today(self) -> dt.date:
        """The local day of `now`."""
        return timezone.localdate(self.now)

    def log(self, reason: str = "") -> ChangeLog:
        """An empty log of this act."""
        return ChangeLog(
            council_id=self.council.pk, by=self.by, on=self.on or self.today, now=self.now, reason=reason
        )


def subject_of(row: models.Model | type[models.Model]) -> str:
    """How the change log names a kind of row: "boards.meeting"."""
    return f"{row._meta.app_label}.{row._meta.model_name}"  # noqa: SLF001 - Django's own names for it


def add(row: Row, *, act: Act, reason: str = "", private: bool = False) -> Row:
    """Save a row that is new, with a log of its first values. Call inside the transaction of the whole act.

    `private`: the log says that it was made and not what it says, since the council reads the log.
    """
    row.save(force_insert=True)
    log = act.log(reason)
    log.made(subject_of(row), row.pk, {} if private else _first(row))
    log.write()
    return row


def change(
    row: Row,
    values: Mapping[str, Any],
    *,
    act: Act,
    made_from: int | None = None,
    reason: str = "",
    private: bool = False,
) -> Row:
    """Save some fields of a row that the caller holds locked, leaving alone what only others changed since.

    `made_from` is the version the form was made from (None: the caller decides on what it just read). Raises
    Conflict where the same field was changed since by somebody else. `private`: the log says which fields were
    changed and not what they say. Call inside the transaction of the act.
    """
    mine = _mine(row, values, made_from)
    if not mine:
        return row
    version = getattr(row, "version", 0) + 1
    log = act.log(reason)
    for name, value in mine.items():
        old, new = _stored(getattr(row, name)), _stored(value)
        if private:
            old, new = f"{WITHHELD} {version - 1}", f"{WITHHELD} {version}"
        log.changed(subject_of(row), row.pk, name, old, new, version=version)
        setattr(row, name, value)
    names = list(mine)
    if hasattr(row, "version"):
        row.version = version
        names.append("version")
    row.save(update_fields=names)
    log.write()
    return row


def _mine(row: models.Model, values: Mapping[str, Any], made_from: int | None) -> dict[str, Any]:
    before: dict[str, Any] = {}
    by_name = ""
    if made_from is not None:
        for entry in changes_of(subject_of(row), row.pk).filter(version__gt=made_from).exclude(field=""):
            before[entry.field] = entry.old  # newest first, so the oldest remains
            by_name = by_name or entry.by_name
    mine: dict[str, Any] = {}
    clashes: dict[str, Any] = {}
    for name, value in values.items():
        current = _stored(getattr(row, name))
        if _stored(value) == current or (name in before and _stored(value) == before[name]):
            continue
        if name in before:
            clashes[name] = getattr(row, name)
        else:
            mine[name] = value
    if clashes:
        raise Conflict(clashes, getattr(row, "version", 0), by_name or "Somebody else")
    return mine


def _stored(value: Any) -> Any:
    """A value as the log keeps it: a related row by its number, days, times and decimals as text."""
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | uuid.UUID) else value


def _first(row: models.Model) -> dict[str, Any]:
    fields = row._meta.concrete_fields  # noqa: SLF001
    values = {field.name: getattr(row, field.attname) for field in fields if not field.primary_key}
    values.pop("version", None)
    return {name: _stored(value) for name, value in values.items()}
