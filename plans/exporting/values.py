"""What an edited cell of a copy says: text, days, leads, codes of the plan's own scale. Plain Python."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from plans.exporting.columns import Column, Kind
from plans.reader.findings import Change, Choice, FindingCode
from plans.reader.leads import kind_of, read_leads
from plans.reader.reading import Action, Lead, Objective, ScaleEntry
from plans.reader.timelines import read_timeline

ATTRIBUTES = {
    "activity": "activity",
    "outcome": "outcome",
    "milestones": "milestones",
    "timeline": "timeline",
    "starts_on": "start",
    "ends_on": "end",
    "leads": "leads",
    "progress": "progress",
    "evidence_words": "evidence",
    "marks": "marks",
    "rating": "rating",
    "impact": "impact_rating",
}
"""Where a reading's action keeps what a plan's field holds."""


class Unread(Exception):  # noqa: N818 - what a person wrote, no fault of ours
    """A cell that cannot be taken; `why` goes on from the cell's words."""

    def __init__(self, code: FindingCode, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


def read_value(
    column: Column, text: str, day: date | None, scale: Sequence[ScaleEntry], as_at: date | None
) -> Any:
    """The value of an edited cell; an empty one is None, "" or nobody. Raises Unread."""
    text = text.replace("\r\n", "\n").strip()
    if column.kind is Kind.DATE:
        return day or _day(text, as_at)
    if column.kind is Kind.RATING:
        return _code(text, [entry for entry in scale if not entry.is_mark])
    if column.kind is Kind.MARKS:
        marks = [entry for entry in scale if entry.is_mark]
        return tuple(filter(None, (_code(part, marks) for part in re.split(r"[;\n]", text))))
    if column.kind is Kind.LEADS:
        return _leads(text)
    return text


def as_was(column: Column, words: str) -> Any:
    """The value of a cell as the hidden sheet keeps it."""
    if column.kind is Kind.DATE:
        return date.fromisoformat(words) if words else None
    if column.kind is Kind.RATING:
        return words or None
    if column.kind is Kind.MARKS:
        return tuple(part for part in (each.strip() for each in words.split(";")) if part)
    return _listed(words) if column.kind is Kind.LEADS else words


def said_dates(action: Action, as_at: date | None) -> Iterator[tuple[str, str, str, date]]:
    """The days that an action's timeline says in words: (field, attribute, words, day)."""
    said = read_timeline(action.timeline, as_at)
    if said.start:
        yield "starts_on", "start", "start date", said.start
    if said.end:
        yield "ends_on", "end", "end date", said.end


def choices_of(column: Column, action: str, scale: Sequence[ScaleEntry]) -> tuple[Choice, ...]:
    """What an unknown rating may be: a code of the scale, or as it was."""
    if column.kind is not Kind.RATING:
        return (Choice("keep", "Leave it as it was"),)
    return (
        *(
            Choice(
                entry.code,
                f"Rate it {entry.code}{f' ({entry.name})' if entry.name != entry.code else ''}",
                (Change("action", action, ATTRIBUTES[column.field], entry.code),),
            )
            for entry in scale
            if not entry.is_mark
        ),
        Choice("keep", "Leave it as it was"),
    )


def _day(text: str, as_at: date | None) -> date | None:
    if not text:
        return None
    said = read_timeline(text, as_at)
    if said.end is None or said.troubles:
        raise Unread(FindingCode.UNCLEAR_DATE, "is no day that can be read")
    return said.end


def _code(text: str, entries: Sequence[ScaleEntry]) -> str | None:
    folded = " ".join(text.casefold().split())
    if not folded:
        return None
    for name in ("code", "name"):
        for entry in entries:
            if str(getattr(entry, name)).casefold() == folded:
                return entry.code
    both = {f"{entry.code} {entry.name}".casefold(): entry.code for entry in entries}
    if folded in both:
        return both[folded]
    raise Unread(FindingCode.UNKNOWN_RATING, "is not one of the plan's ratings")


def _listed(text: str) -> tuple[Lead, ...]:
    names = (" ".join(part.split()) for part in re.split(r"[;\n]", text))
    return tuple(dict.fromkeys(Lead(name, kind_of(name)) for name in names if name))


def _leads(text: str) -> tuple[Lead, ...]:
    return _listed(text) if re.search(r"[;\n]", text) else read_leads(text).leads or _listed(text)


def blank_action(key: str, ref: str, objective: Objective | None, row: int) -> Action:
    """An action of a row of which nothing has been read yet but its reference and what it stands under."""
    return Action(
        key=key,
        ref=ref,
        theme=objective.theme if objective else None,
        objective=objective.key if objective else None,
        activity="",
        outcome="",
        timeline="",
        start=None,
        end=None,
        earlier_ends=(),
        schedule="",
        leads=(),
        rating=None,
        previous_rating=None,
        impact_rating=None,
        marks=(),
        progress="",
        evidence="",
        milestones="",
        table=0,
        row=row,
    )
