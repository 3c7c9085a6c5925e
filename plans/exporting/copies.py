"""An edited copy read back: exactly the cells that somebody edited, whatever else became of the workbook.

What a cell was stands in the copy's hidden sheet (`memory`), which action a row is in a hidden column: so rows may be
sorted, hidden, deleted or added and columns moved. Values are read by `values`. Plain Python: no Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from plans.exporting.cells import CUT, same_words
from plans.exporting.columns import FIRST_END, REVISED, Column, Kind
from plans.exporting.memory import Kept, Memory, may_be_copy, plan_grid, ref_key, remembered
from plans.exporting.noting import Notes
from plans.exporting.placing import place_columns
from plans.exporting.values import (
    ATTRIBUTES,
    Unread,
    as_was,
    blank_action,
    choices_of,
    read_value,
    said_dates,
)
from plans.reader.findings import Change, Choice, FindingCode, Severity
from plans.reader.grids import Row
from plans.reader.opening import open_document
from plans.reader.reading import (
    Action,
    Copy,
    Edit,
    Format,
    Reading,
    RowUse,
    SourceRow,
    Table,
    TableUse,
)
from plans.reader.reading import Column as FoundColumn
from plans.reader.reading import Mapping as Corrected
from plans.reader.references import stands_under

Stored = Mapping[str, Mapping[str, Any]]


def read_copy(
    data: bytes,
    filename: str,
    *,
    stamp: str,
    plan: int,
    as_at: date | None,
    mapping: Corrected | None = None,
    current: Stored | None = None,
) -> Reading | None:
    """What was edited in a copy of the plan that `stamp` names; None for any other document.

    `mapping` says what a person took renamed columns for. `current` are the plan's values now, by reference and field:
    an edited cell that was changed in the plan since the copy was made is asked about and, unanswered, left alone.
    Raises UnreadablePlan like `plans.reader.read_plan`.
    """
    if not may_be_copy(data):
        return None
    document = open_document(data, filename)
    memory = remembered(document)
    if memory is None or memory.stamp != stamp:
        return None
    found = plan_grid(document, memory)
    if found is None:
        return None
    grid = document.grids[found[0]]
    reading = _Copied(memory, grid.rows, found[1], mapping or Corrected(), as_at, current or {})
    reading.read()
    return Reading(
        filename=filename,
        format=Format.XLSX,
        title="",
        as_at=as_at,
        tables=(Table(grid.label, TableUse.PLAN, "a copy of this plan", len(grid.rows), grid.width),),
        columns=tuple(reading.columns),
        scale=tuple(memory.scale),
        themes=tuple(memory.themes.values()),
        objectives=tuple(memory.objectives.values()),
        actions=tuple(reading.actions),
        findings=tuple(sorted(reading.notes.findings, key=lambda each: list(Severity).index(each.severity))),
        furniture=(),
        rows=tuple(reading.rows_read),
        outside=(),
        copy=Copy(plan, memory.made_at, tuple(kept.ref for kept in memory.actions.values())),
        edits=tuple(reading.edits),
    )


@dataclass
class _Copied:
    memory: Memory
    rows: list[Row]
    top: int
    mapping: Corrected
    as_at: date | None
    current: Stored
    actions: list[Action] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    columns: list[FoundColumn] = field(default_factory=list)
    rows_read: list[SourceRow] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    tokens: int | None = None
    objective: str = ""

    def read(self) -> None:
        placed = place_columns(self.memory, self.rows, self.top, self.mapping, self.notes)
        self.places, self.tokens, self.columns = placed.places, placed.tokens, placed.columns
        self.notes.headings = self.memory.headings
        body = self.rows[self.top + 1 :]
        there = {row.text(self.tokens) for row in body} if self.tokens is not None else set()
        taken: set[str] = set()
        for row in body:
            if row.filled and row.filled != [self.tokens]:
                use = self._row(row, there, taken)
                self.rows_read.append(SourceRow(0, row.number, row.place, use, tuple(row.texts)))

    def _row(self, row: Row, there: set[str], taken: set[str]) -> RowUse:
        token = row.text(self.tokens) if self.tokens is not None else ""
        ref = self._said(row, "ref")
        kept = self.memory.actions.get(token)
        if kept is None and token not in self.memory.actions:
            same = self.memory.by_ref.get(ref_key(ref)) if ref else None
            # a row typed anew under the reference of one that is gone is that one
            kept = same if same and same.token not in there else None
        if kept is not None and kept.token in taken:
            if not ref or ref_key(ref) == ref_key(kept.ref):
                self.notes.find(
                    FindingCode.REPEATED_REFERENCE,
                    Severity.QUESTION,
                    f"{row.opening} is a second row for {kept.ref}, so it is left out. For a new action give it a "
                    "reference of its own.",
                    row=row,
                    ref=kept.ref,
                )
                return RowUse.UNPLACED
            kept = None
        if kept is not None:
            taken.add(kept.token)
            self._known(row, kept)
            return RowUse.ACTION
        return self._other(row, ref)

    def _said(self, row: Row, key: str) -> str:
        place = self.places.get(key)
        return "" if place is None else row.text(place)

    def _known(self, row: Row, kept: Kept) -> None:
        """An action of the copy: its values are those it had, but where a cell was edited."""
        key = f"a{row.number}"
        action = self._action(key, kept.ref, kept.objective, row)
        for column in self.memory.columns:
            if column.field:
                action = replace(action, **self._was(column, kept))
        ref = self._said(row, "ref")
        if ref and ref_key(ref) != ref_key(kept.ref):
            self.notes.not_read(
                row, kept.ref, "ref", f"the reference is now “{ref}”. A reference stays with its action"
            )
        for column in self.memory.columns:
            place = self.places.get(column.key)
            if place is None or column.key == "ref":
                continue
            if self._same(row, place, column, kept.cells.get(column.key, "")):
                continue
            if column.field:
                action = self._edited(action, row, place, column, kept)
            else:
                words = self._instead(column)
                self.notes.not_read(
                    row, kept.ref, column.key, f"“{self.memory.headings[column.key]}” was changed; {words}"
                )
        action = self._dates_said(action, row)
        self.objective = kept.objective
        self.actions.append(action)

    def _instead(self, column: Column) -> str:
        if column is FIRST_END:
            return f"it is the end that was first agreed. Put another day under “{self.memory.headings[REVISED.key]}”"
        return "it is worked out, or changed on its own page"

    def _same(self, row: Row, place: int, column: Column, was: str) -> bool:
        if column.kind is Kind.DATE and place in row.dates:
            return row.dates[place].isoformat() == was
        if same_words(row.text(place)) == same_words(was):
            return True
        if column.kind is Kind.DATE:
            try:
                day = read_value(column, row.text(place), row.dates.get(place), self.memory.scale, self.as_at)
            except Unread:
                return False
            return day is not None and day.isoformat() == was
        return False

    def _was(self, column: Column, kept: Kept) -> dict[str, Any]:
        value = as_was(column, kept.cells.get(column.key, ""))
        return {ATTRIBUTES[column.field]: value}

    def _edited(self, action: Action, row: Row, place: int, column: Column, kept: Kept) -> Action:
        heading = self.memory.headings[column.key]
        if kept.cells.get(column.key, "").endswith(CUT):
            words = f"“{heading}” holds only the beginning of a text that is too long for a cell"
            self.notes.not_read(row, kept.ref, column.key, words)
            return action
        was = self._stored_was(column, kept)
        try:
            value = read_value(column, row.text(place), row.dates.get(place), self.memory.scale, self.as_at)
        except Unread as unread:
            self._edit(action.key, column.field, was)
            options = choices_of(column, action.key, self.memory.scale)
            self.notes.find(
                unread.code,
                Severity.QUESTION,
                f"{row.opening} ({kept.ref}), {heading}: “{row.text(place)[:80]}” {unread.why}. It stays as it was.",
                row=row,
                ref=kept.ref,
                column=heading,
                choices=options,
            )
            return action
        self._edit(action.key, column.field, was)
        self._meanwhile(row, kept, column, was, value)
        changed = {ATTRIBUTES[column.field]: value}
        return replace(action, **changed)

    def _edit(self, action: str, name: str, was: Any) -> None:
        self.edits.append(Edit(f"{action}:{name}", action, name, was))

    def _stored_was(self, column: Column, kept: Kept) -> Any:
        """What the cell was, to the letter as the plan has it where only blanks differ."""
        was = _json(column, as_was(column, kept.cells.get(column.key, "")))
        now = self._stored(column, kept)
        alike = isinstance(now, str) and isinstance(was, str) and same_words(now) == same_words(was)
        return now if alike else was

    def _stored(self, column: Column, kept: Kept) -> Any:
        value = self.current.get(kept.ref, {}).get(column.field)
        return value.isoformat() if isinstance(value, date) else value

    def _meanwhile(self, row: Row, kept: Kept, column: Column, was: Any, value: Any) -> None:
        """Ask where the plan's own value has changed since the copy was made, to something else than is asked for."""
        if kept.ref not in self.current:
            return
        now = self._stored(column, kept)
        if now in (was, _json(column, value)):
            return
        heading = self.memory.headings[column.key]
        key = f"a{row.number}:{column.field}"
        self.notes.find(
            FindingCode.CHANGED_MEANWHILE,
            Severity.QUESTION,
            f"{kept.ref}, {heading}: somebody changed this in the plan after the copy was made, to “{_shown(now)}”. "
            f"The copy says “{_shown(_json(column, value))}”.",
            row=row,
            ref=kept.ref,
            column=heading,
            choices=(
                Choice("keep", "Keep what the plan says now"),
                Choice("take", "Take what the copy says", (Change("edit", key, "was", now),)),
            ),
        )

    def _dates_said(self, action: Action, row: Row) -> Action:
        """A timeline reworded to other days than the columns of days still say: offer to move these."""
        mine = {edit.field for edit in self.edits if edit.action == action.key}
        if "timeline" not in mine:
            return action
        for name, attribute, words, day in said_dates(action, self.as_at):
            was = getattr(action, attribute)
            if name in mine or day == was:
                continue
            self._edit(action.key, name, was.isoformat() if was else None)
            self.notes.find(
                FindingCode.UNCLEAR_DATE,
                Severity.SUGGESTION,
                f"{row.opening} ({action.ref}): the timeline now says {day.day} {day:%B %Y}, and the {words} is "
                f"{f'{was.day} {was:%B %Y}' if was else 'empty'}.",
                row=row,
                ref=action.ref,
                column=words,
                suggestion="move",
                choices=(
                    Choice(
                        "move",
                        f"Make it {day.day} {day:%B %Y}",
                        (Change("action", action.key, attribute, day.isoformat()),),
                    ),
                    Choice("keep", "Leave it as it is"),
                ),
            )
        return action

    def _other(self, row: Row, ref: str) -> RowUse:
        """A row that the copy was not made with: a heading, or a new action."""
        said = [row.text(at) for at in row.filled if at != self.tokens]
        group = next(
            (self.memory.groups[same_words(text)] for text in said if same_words(text) in self.memory.groups),
            None,
        )
        if group is not None and not self._said(row, "activity"):
            self.objective = group or self.objective
            self._judged(row, group)
            return RowUse.OBJECTIVE if group else RowUse.THEME
        if not self._said(row, "activity") or not ref:
            self.notes.find(
                FindingCode.UNPLACED_ROW,
                Severity.NOTE,
                f"{row.opening} (“{said[0][:80]}”) is neither a row of the plan nor a new action with a reference and "
                "an activity, so it is left out. Headings are changed on the plan's own pages.",
                row=row,
            )
            return RowUse.UNPLACED
        action = self._action(f"a{row.number}", ref, self._home(ref), row)
        for column in self.memory.columns:
            place = self.places.get(column.key)
            if column is REVISED and (place is None or not row.text(place)):
                place = self.places.get(FIRST_END.key)  # a new action's end is its first
            if not column.field or place is None or not row.text(place):
                continue
            try:
                value = read_value(
                    column, row.text(place), row.dates.get(place), self.memory.scale, self.as_at
                )
            except Unread as unread:
                heading = self.memory.headings[column.key]
                self.notes.find(
                    unread.code,
                    Severity.QUESTION,
                    f"{row.opening} ({ref}), {heading}: “{row.text(place)[:80]}” {unread.why}. It stays empty.",
                    row=row,
                    ref=ref,
                    column=heading,
                    choices=choices_of(column, action.key, self.memory.scale),
                )
                continue
            changed: dict[str, Any] = {ATTRIBUTES[column.field]: value}
            action = replace(action, **changed)
        self.actions.append(action)
        return RowUse.ACTION

    def _judged(self, row: Row, group: str) -> None:
        """An objective's judgement owes a reason, so it is not changed by a cell."""
        place, objective = self.places.get("objective_rating"), self.memory.objectives.get(group)
        if place is None or objective is None:
            return
        now = row.text(place)
        if now != (objective.rating or "") and same_words(now) not in self.memory.groups:
            name = objective.ref or objective.title
            words = "the objective's rating was changed; a judgement is changed on its page, with the reason"
            self.notes.not_read(row, name, "objective_rating", words)

    def _home(self, ref: str) -> str:
        """The objective of a new action: the one that its reference stands under, else the heading above it."""
        if self.objective:
            return self.objective
        for number, objective in self.memory.objectives.items():
            if objective.ref and stands_under(ref, objective.ref):
                return number
        return next(iter(self.memory.objectives), "")

    def _action(self, key: str, ref: str, objective: str, row: Row) -> Action:
        above = self.memory.objectives.get(objective)
        return blank_action(key, ref, above, row.number)


def _json(column: Column, value: Any) -> Any:
    """A value as `Edit.was` keeps it."""
    if column.kind is Kind.LEADS:
        return tuple(lead.name for lead in value)
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: Any) -> str:
    words = "; ".join(value) if isinstance(value, tuple) else str(value or "nothing")
    return words if len(words) <= 200 else words[:199] + "…"  # noqa: PLR2004
