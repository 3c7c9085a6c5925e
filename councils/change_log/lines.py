"""Changes as lines to read."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from history.labels import Label, field_name, labels_of, noun_of, refers_to, words_for
from history.models import Change

NOTHING = "nothing"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Line:
    """One change, or the first of a batch of `size`."""

    recorded_at: dt.datetime
    on: dt.date
    by: str
    noun: str
    subject: Label
    field: str
    old: str
    new: str
    first_values: tuple[tuple[str, str], ...]
    reason: str
    redacted: str
    batch: uuid.UUID | None
    size: int


def lines(changes: Iterable[Change], sizes: dict[uuid.UUID, int]) -> list[Line]:
    """The changes as lines, in the same order; one look-up for each kind of subject in them."""
    rows = list(changes)
    named = labels_of([*((row.subject, row.subject_id) for row in rows), *_referred(rows)])
    return [_line(row, named, sizes) for row in rows]


def _referred(rows: Iterable[Change]) -> Iterable[tuple[str, int]]:
    for row in rows:
        for name, value in (
            (row.new or {}).items() if not row.field else ((row.field, row.old), (row.field, row.new))
        ):
            kind = refers_to(row.subject, name)
            if kind and isinstance(value, int):
                yield kind, value


def _line(row: Change, named: dict[tuple[str, int], Label], sizes: dict[uuid.UUID, int]) -> Line:
    def said(name: str, value: Any) -> str:
        referred = named.get((refers_to(row.subject, name), value)) if isinstance(value, int) else None
        if referred:
            return referred.text
        words = words_for(row.subject, name)
        return (words(value) if words else "") or in_words(value)

    first = row.new.items() if not row.field and isinstance(row.new, dict) else ()
    return Line(
        recorded_at=row.recorded_at,
        on=row.on,
        by=row.by_name,
        noun=noun_of(row.subject),
        subject=named[row.subject, row.subject_id],
        field=field_name(row.subject, row.field) if row.field else "",
        old=said(row.field, row.old),
        new=said(row.field, row.new),
        first_values=tuple(
            (field_name(row.subject, name), said(name, value))
            for name, value in first
            if value not in (None, "", [])
        ),
        reason=row.reason,
        redacted=f"Redacted by {row.redacted_by}: {row.redacted_because}" if row.redacted_at else "",
        batch=row.batch,
        size=sizes.get(row.batch, 1) if row.batch else 1,
    )


def in_words(value: Any) -> str:
    """A stored value the way a person writes it."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(in_words(item) for item in value)
    if isinstance(value, dict):
        return str(value.get("name") or "; ".join(f"{key} {in_words(item)}" for key, item in value.items()))
    day = _day_in(value) if isinstance(value, str) else None
    return f"{day.day} {day:%B %Y}" if day else str(value)


def _day_in(text: str) -> dt.date | None:
    """The day that a text is; None where it is another text, even one that looks like a day."""
    try:
        return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
