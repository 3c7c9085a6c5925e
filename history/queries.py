"""Reading the log: what changed, and how things stood at a date."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from history.models import Access, Change


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
    without: Collection[str] = (),
) -> dict[int, dict[str, Any]]:
    """How things stood on a day (inclusive), as far as was known by a moment (inclusive; None: all that is
    known now).

    Returns {subject_id: {field: value}}; a thing made after the day is not in it. Design, *Two dates*: a fact
    counts from the day it speaks of; a position takes only what had been recorded when it was frozen. Changes of the
    fields in `without` are not read: those fields keep the value they were made with, if any.
    """
    changes = Change.objects.filter(subject=subject, on__lte=on)
    if subject_ids is not None:
        changes = changes.filter(subject_id__in=subject_ids)
    if council_id is not None:
        changes = changes.filter(council_id=council_id)
    if recorded_until is not None:
        changes = changes.filter(recorded_at__lte=recorded_until)
    if without:
        changes = changes.exclude(field__in=without)
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


def log_of(
    council_id: int,
    *,
    by_id: int | None = None,
    subject: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    batch: uuid.UUID | None = None,
) -> QuerySet[Change]:
    """What was changed in one council, latest first; recorded from a day to a day (both inclusive, local).

    `by_id` 0 means what the product did by itself.
    """
    changes = Change.objects.filter(council_id=council_id, **_between("recorded_at", since, until))
    if by_id is not None:
        changes = changes.filter(by_id=by_id or None)
    if subject:
        changes = changes.filter(subject=subject)
    if batch:
        changes = changes.filter(batch=batch)
    return changes.order_by("-recorded_at", "-id")


def one_of_each_batch(changes: QuerySet[Change]) -> QuerySet[Change]:
    """The same changes, with only the first of each batch: reading in a plan is one act, not a thousand."""
    firsts = changes.order_by().filter(batch__isnull=False).values("batch").annotate(first=Min("pk"))
    return changes.filter(Q(batch__isnull=True) | Q(pk__in=firsts.values("first")))


def sizes_of_batches(changes: QuerySet[Change], batches: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many of these changes each batch has."""
    counted = changes.order_by().filter(batch__in=batches).values_list("batch").annotate(Count("pk"))
    return dict(counted)


def reads_of(
    council_id: int, *, by_id: int | None = None, since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[Access]:
    """Who opened which file or pack of one council, latest first, from a day to a day (both inclusive)."""
    reads = Access.objects.filter(
        council_id=council_id, kind=Access.Kind.READ, **_between("at", since, until)
    )
    if by_id is not None:
        reads = reads.filter(by_id=by_id)
    return reads.order_by("-at", "-id")


def people_in(rows: QuerySet[Change] | QuerySet[Access]) -> list[tuple[int, str]]:
    """Who stands in these rows, by name: (number, name); the product itself is number 0."""
    people = rows.order_by().values_list("by_id").annotate(name=Max("by_name")).order_by("name", "by_id")
    return [(number or 0, name) for number, name in people]


def subjects_in(rows: QuerySet[Change]) -> list[str]:
    """The kinds of subject that stand in these rows, in order."""
    return sorted(rows.order_by().values_list("subject", flat=True).distinct())


def _between(name: str, since: dt.date | None, until: dt.date | None) -> dict[str, dt.datetime]:
    bounds = {}
    if since:
        bounds[f"{name}__gte"] = timezone.make_aware(dt.datetime.combine(since, dt.time.min))
    if until:
        after = until + dt.timedelta(days=1)
        bounds[f"{name}__lt"] = timezone.make_aware(dt.datetime.combine(after, dt.time.min))
    return bounds
