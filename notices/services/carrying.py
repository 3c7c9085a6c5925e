"""What was put right about an obligation is carried over an amendment that leaves its words as they were."""

from collections.abc import Mapping
from typing import Any

from notices.models import Correction, Obligation, Requirement

FIELDS = ("requirement", "duty_holder", "recipient", "deliverable", "force", "schedule", "met_by")


def values_of(row: Obligation) -> dict[str, Any]:
    """How a stored obligation reads, as corrections keep it: the requirement by its key."""
    return {name: getattr(row, name) for name in FIELDS} | {"requirement": row.requirement.key}


def corrections_of(row: Obligation) -> list[Correction]:
    """What was put right about it, in this version and in those that it continues; latest first."""
    numbers = []
    each: Obligation | None = row
    while each is not None:
        numbers.append(each.pk)
        each = each.continues
    return list(Correction.objects.filter(obligation__in=numbers).order_by("-pk"))


def as_first_read(row: Obligation) -> dict[str, Any]:
    """How it read before anything was put right: what a reader makes of the same words again."""
    values = values_of(row)
    for one in corrections_of(row):
        values |= one.before
    return values


def carry(earlier: Obligation, made: Obligation, places: Mapping[str, Requirement]) -> None:
    """Give a continued obligation how the earlier one reads now; `places` are the version's provisions by key."""
    values = values_of(earlier)
    made.requirement = places.get(values.pop("requirement"), made.requirement)
    for name, value in values.items():
        setattr(made, name, value)
    made.sentence, made.withdrawn = earlier.sentence, earlier.withdrawn


def carried_whole(gone: Obligation, places: Mapping[str, Requirement]) -> Obligation | None:
    """An obligation that a person had added, for the next version, where its provision still has the same words.

    No reader finds it again; None where it was read, is withdrawn, or its words have changed. It is not saved.
    """
    place = places.get(gone.requirement.key)
    added = any(one.kind == Correction.Kind.ADDED for one in corrections_of(gone))
    if place is None or not added or gone.withdrawn or _words(place) != _words(gone.requirement):
        return None
    made = Obligation(
        notice_version=place.version,
        requirement=place,
        key=gone.key,
        quote=place.text,
        quote_start=place.start,
        quote_end=place.end,
        agreed_by=gone.agreed_by,
        note=gone.note,
        continues=gone,
        starts_on=gone.starts_on,
    )
    carry(gone, made, places)
    return made


def _words(place: Requirement) -> str:
    return " ".join(place.text.split())
