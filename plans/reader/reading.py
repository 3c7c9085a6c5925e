"""A reading: what was found in a document, typed, with every original cell beside it.

Nothing here knows Django, files or formats. A reading is immutable; accepting a choice makes another one.
"""

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from plans.rag import Palette, Standing
from plans.reader.findings import Finding


class Format(StrEnum):
    """What a file really is, whatever its name says."""

    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    PDF = "pdf"

    @property
    def label(self) -> str:
        """The format in a reader's words."""
        return {"xlsx": "Excel workbook", "docx": "Word document", "csv": "text table", "pdf": "PDF"}[
            self.value
        ]


class ColumnRole(StrEnum):
    """What a column of the plan's table is."""

    REFERENCE = "reference"
    THEME = "theme"
    OBJECTIVE_REFERENCE = "objective_reference"
    OBJECTIVE = "objective"
    ACTIVITY = "activity"
    OUTCOME = "outcome"
    TIMELINE = "timeline"
    START = "start"
    END = "end"
    REVISED_END = "revised_end"
    LEAD = "lead"
    RATING = "rating"
    PREVIOUS_RATING = "previous_rating"
    OBJECTIVE_RATING = "objective_rating"
    IMPACT_RATING = "impact_rating"
    MARK = "mark"
    PROGRESS = "progress"
    EVIDENCE = "evidence"
    MILESTONES = "milestones"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The role as the columns page says it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    ColumnRole.REFERENCE: "Action reference",
    ColumnRole.THEME: "Theme",
    ColumnRole.OBJECTIVE_REFERENCE: "Objective's reference or title",
    ColumnRole.OBJECTIVE: "Objective",
    ColumnRole.ACTIVITY: "Action",
    ColumnRole.OUTCOME: "Outcome",
    ColumnRole.TIMELINE: "Timeline",
    ColumnRole.START: "Start date",
    ColumnRole.END: "End date",
    ColumnRole.REVISED_END: "Revised end date",
    ColumnRole.LEAD: "Lead",
    ColumnRole.RATING: "Action's rating",
    ColumnRole.PREVIOUS_RATING: "Earlier rating",
    ColumnRole.OBJECTIVE_RATING: "Objective's rating",
    ColumnRole.IMPACT_RATING: "Rating of impact",
    ColumnRole.MARK: "Mark",
    ColumnRole.PROGRESS: "Progress update",
    ColumnRole.EVIDENCE: "Evidence",
    ColumnRole.MILESTONES: "Milestones",
    ColumnRole.OTHER: "Kept, not used",
}


class LeadKind(StrEnum):
    """What a lead is taken for."""

    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


class TableUse(StrEnum):
    """What a table of the document was taken for."""

    PLAN = "plan"
    LEGEND = "legend"
    OTHER = "other"


class RowUse(StrEnum):
    """What a row was taken for."""

    HEADING = "heading"
    REPEATED_HEADING = "repeated_heading"
    TITLE = "title"
    LEGEND = "legend"
    THEME = "theme"
    OBJECTIVE = "objective"
    ACTION = "action"
    CONTINUED = "continued"
    TOTAL = "total"
    FURNITURE = "furniture"
    UNPLACED = "unplaced"
    OTHER = "other"


@dataclass(frozen=True)
class Mapping:
    """What a person corrected, to read a document again with; what it does not name is proposed anew.

    `columns` goes by the heading's words, so that it serves the council's next document too; `tables` by a
    table's label: whether it is part of the plan; `standings` by a code of the legend: None makes it a
    mark.
    """

    columns: AbstractMapping[str, ColumnRole] = field(default_factory=dict)
    tables: AbstractMapping[str, bool] = field(default_factory=dict)
    standings: AbstractMapping[str, Standing | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table or sheet of the document: its label, size, what it was taken for and why."""

    label: str
    use: TableUse
    why: str
    row_count: int
    column_count: int


@dataclass(frozen=True)
class Column:
    """A column of the plan: its heading, where it stands, what it is taken for, with three sample values."""

    heading: str
    letter: str
    index: int
    table: int
    role: ColumnRole
    samples: tuple[str, ...]
    others: tuple[ColumnRole, ...]


@dataclass(frozen=True)
class ScaleEntry:
    """One entry of the legend. `standing` is None for a mark; `used` counts the actions that carry it."""

    code: str
    name: str
    meaning: str
    colour: str | None
    palette: Palette | None
    standing: Standing | None
    is_mark: bool
    used: int


@dataclass(frozen=True)
class Theme:
    """A heading of the plan."""

    key: str
    title: str
    place: str


@dataclass(frozen=True)
class Objective:
    """What actions answer: a recommendation, a priority. `ref` and `rating` are None where the document has
    none.
    """

    key: str
    ref: str | None
    title: str
    text: str
    theme: str | None
    rating: str | None
    table: int
    row: int


@dataclass(frozen=True)
class Lead:
    """One lead of an action as the document names it."""

    name: str
    kind: LeadKind


@dataclass(frozen=True)
class Action:
    """One activity of the plan.

    `theme` and `objective` are keys. `timeline` keeps the document's words; `start` and `end` (both
    inclusive) what could be read of them; `earlier_ends` the ends it had before, oldest first; `schedule`
    the words of a recurring timeline ("Monthly - after each board").
    """

    key: str
    ref: str | None
    theme: str | None
    objective: str | None
    activity: str
    outcome: str
    timeline: str
    start: date | None
    end: date | None
    earlier_ends: tuple[date, ...]
    schedule: str
    leads: tuple[Lead, ...]
    rating: str | None
    previous_rating: str | None
    impact_rating: str | None
    marks: tuple[str, ...]
    progress: str
    evidence: str
    milestones: str
    table: int
    row: int
    continued: tuple[int, ...] = ()

    @property
    def original_end(self) -> date | None:
        """The end the action was first given: the earliest said one, else its end."""
        return self.earlier_ends[0] if self.earlier_ends else self.end

    @property
    def moves(self) -> int:
        """How often the document says that the end was moved."""
        return len(self.earlier_ends)


@dataclass(frozen=True)
class SourceRow:
    """A row as it stands in the document: every cell's text, exactly; what the row was taken for."""

    table: int
    row: int
    place: str
    use: RowUse
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Furniture:
    """Words that were left out of the plan, where they stood and why."""

    words: str
    place: str
    why: str


@dataclass(frozen=True)
class Edit:
    """One cell that somebody edited in a copy that Noticeboard made.

    `action` is the action's key; `field` a name of plans.importing.difference; `was` the value when the copy
    was made, as `difference.as_json` has it; `key` is "action:field".
    """

    key: str
    action: str
    field: str
    was: str | tuple[str, ...] | None


@dataclass(frozen=True)
class Copy:
    """What a copy that Noticeboard made says of itself: the plan's number, when, and the actions in it."""

    plan: int
    made_at: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """Everything that was found in one document; `copy` and `edits` only of a copy that Noticeboard made."""

    filename: str
    format: Format
    title: str
    as_at: date | None
    tables: tuple[Table, ...]
    columns: tuple[Column, ...]
    scale: tuple[ScaleEntry, ...]
    themes: tuple[Theme, ...]
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]
    findings: tuple[Finding, ...]
    furniture: tuple[Furniture, ...]
    rows: tuple[SourceRow, ...]
    outside: tuple[str, ...]
    copy: Copy | None = None
    edits: tuple[Edit, ...] = ()

    @cached_property
    def _row_at(self) -> dict[tuple[int, int], SourceRow]:
        return {(row.table, row.row): row for row in self.rows}

    @cached_property
    def _objective_at(self) -> dict[str, Objective]:
        return {objective.key: objective for objective in self.objectives}

    @cached_property
    def _theme_at(self) -> dict[str, Theme]:
        return {theme.key: theme for theme in self.themes}

    @cached_property
    def _columns_of(self) -> dict[int, dict[int, Column]]:
        found: dict[int, dict[int, Column]] = {}
        for column in self.columns:
            found.setdefault(column.table, {})[column.index] = column
        return found

    def objective_of(self, action: Action) -> Objective | None:
        """Return the objective that an action answers, or None."""
        return self._objective_at.get(action.objective or "")

    def theme_of(self, part: Action | Objective) -> Theme | None:
        """Return the theme of an action or objective, or None."""
        return self._theme_at.get(part.theme or "")

    def source_row(self, table: int, row: int) -> SourceRow | None:
        """Return a row as it stands in the document, or None."""
        return self._row_at.get((table, row))

    def row_of(self, finding: Finding) -> SourceRow | None:
        """Return the row that a finding speaks of, as it stands in the document, or None."""
        if finding.table is None or finding.row is None:
            return None
        return self.source_row(finding.table, finding.row)

    def cells_of(self, action: Action) -> list[tuple[str, str]]:
        """Return (heading or column letter, text) of every non-empty cell of an action's rows, in order."""
        columns = self._columns_of.get(action.table, {})
        found = []
        for number in (action.row, *action.continued):
            row = self._row_at[action.table, number]
            for index, text in enumerate(row.cells):
                if text:
                    column = columns.get(index)
                    found.append((column.heading if column else column_letter(index), text))
        return found


def column_letter(index: int) -> str:
    """Return a spreadsheet's letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
