"""Reading the log: what changed, and how things stood at a date."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from history.models import Change


def changes_of(subject: str, subject_id: int) -> QuerySet[Change]:
    """Every change of one thing, newest first."""
    return Change.objects.filter(subject=subject, subject_id=subject_id).order_by("-recorded_at", "-id")


def fields_changed_since(subject: str, subject_id: int, version: int) -> set[str]:
    """The fields that changed after the given version (exclusive) of a thing."""
    return set(
        Change.objects.filter(subject=subject, subject_id=subject_id, version__gt=version)
        .values_list("field", flat=True)
        .distinct()
    )


def states_at(
    subject: str,
    subject_ids: Collection[int] | None,
    *,
    on: dt.date,
    recorded_until: dt.datetime | None = None,
    council_id: int | None = None,
) -> dict[int, dict[str, Any]]:
    """How things stood on a day (inclusive), as far as was known by a moment (inclusive; None: all that is
    known now).

    Returns {subject_id: {field: value}}; a thing made after the day is not in it. Design, *Two dates*: a fact
    counts from the day it speaks of; a position takes only what had been recorded when it was frozen.
    """
    changes = Change.objects.filter(subject=subject, on__lte=on)
    if subject_ids is not None:
        changes = changes.filter(subject_id__in=subject_ids)
    if council_id is not None:
        changes = changes.filter(council_id=council_id)
    if recorded_until is not None:
        changes = changes.filter(recorded_at__lte=recorded_until)
    rows = changes.order_by("on", "recorded_at", "id").values_list("subject_id", "field", "new")
    return replay(rows.iterator(chunk_size=2000))


def replay(rows: Iterable[tuple[int, str, Any]]) -> dict[int, dict[str, Any]]:
    """Fold changes (subject number, field, new value), oldest first, into states. Pure."""
    states: dict[int, dict[str, Any]] = {}
    early: dict[int, dict[str, Any]] = {}
    for subject_id, name, new in rows:
        if not name:
            # a field changed with an earlier `on` than the making itself still beats the first value
            states[subject_id] = {**new, **early.pop(subject_id, {})}
        elif subject_id in states:
            states[subject_id][name] = new
        else:
            early.setdefault(subject_id, {})[name] = new
    return states
