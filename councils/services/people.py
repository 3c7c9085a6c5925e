"""Whom a council works with: organisations, and people with and without accounts; and what it opens to
others.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from councils.models import Council, Organisation, Person, User
from history.queries import changes_of
from history.services import ChangeLog

Record = TypeVar("Record", Organisation, Person, Council)

SUBJECTS = {Organisation: "councils.organisation", Person: "councils.person", Council: "councils.council"}


class ChangedMeanwhileError(ValueError):
    """Somebody else changed the same fields since the form was made; `current` holds what they say now."""

    def __init__(self, current: dict[str, Any]) -> None:
        super().__init__("Somebody else has changed this in the meantime.")
        self.current = current


def save_organisation(
    *,
    organisation: Organisation,
    values: Mapping[str, Any],
    by: User | None,
    now: dt.datetime,
    made_from: int = 1,
) -> Organisation:
    """Add an organisation (not saved yet, with its council), or change one that was read at version
    `made_from`.

    Raises ChangedMeanwhileError.
    """
    return _save(organisation, organisation.council_id, values, by=by, now=now, made_from=made_from)


def save_person(
    *, person: Person, values: Mapping[str, Any], by: User | None, now: dt.datetime, made_from: int = 1
) -> Person:
    """Add somebody (not saved yet, with their council), or change somebody who was read at version
    `made_from`.

    Raises ChangedMeanwhileError.
    """
    return _save(person, person.council_id, values, by=by, now=now, made_from=made_from)


def save_council_sharing(
    *, council: Council, values: Mapping[str, bool], by: User, now: dt.datetime, made_from: int
) -> Council:
    """Say to whom a council opens its live plan: `shares_live_plan_with_chair`, `opens_live_plan_to_dfe`.

    Raises ChangedMeanwhileError.
    """
    return _save(council, council.pk, values, by=by, now=now, made_from=made_from)


@transaction.atomic
def _save(
    record: Record,
    council_id: int,
    values: Mapping[str, Any],
    *,
    by: User | None,
    now: dt.datetime,
    made_from: int,
) -> Record:
    subject = SUBJECTS[type(record)]
    log = ChangeLog(council_id=council_id, by=by, on=timezone.localdate(now), now=now)
    if record.pk is None:
        for name, value in values.items():
            setattr(record, name, value)
        record.save()
        log.made(subject, record.pk, {name: _stored(value) for name, value in values.items()})
        log.write()
        return record
    record = type(record).objects.select_for_update().get(pk=record.pk)
    changes = _mine(record, subject, values, made_from)
    if changes:
        record.version += 1
        for name, value in changes.items():
            old = _stored(getattr(record, name))
            log.changed(subject, record.pk, name, old, _stored(value), version=record.version)
            setattr(record, name, value)
        record.save()
        log.write()
    return record


def _mine(record: Record, subject: str, values: Mapping[str, Any], made_from: int) -> dict[str, Any]:
    """What these values change, leaving alone what only others changed since; refused where both did.

    Design, *What a page owes its reader*: a save is refused only where the same field has changed since.
    """
    before: dict[str, Any] = {}
    for change in changes_of(subject, record.pk).filter(version__gt=made_from):
        before[change.field] = change.old  # newest first, so the oldest remains
    mine: dict[str, Any] = {}
    clashes: dict[str, Any] = {}
    for name, value in values.items():
        current = getattr(record, name)
        if _stored(value) == _stored(current) or (name in before and _stored(value) == before[name]):
            continue
        (clashes if name in before else mine)[name] = current if name in before else value
    if clashes:
        raise ChangedMeanwhileError(clashes)
    return mine


def _stored(value: Any) -> Any:
    """A value as the log keeps it: a related row by its number."""
    return value.pk if isinstance(value, models.Model) else value
