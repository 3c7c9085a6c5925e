"""A plan while it is being read: actions with their cells by role, objectives, themes, and what befell each
row.
"""

from dataclasses import dataclass, field

from plans.reader.columns import Layout
from plans.reader.findings import Change, Choice, Finding, FindingCode, Severity, finding_id
from plans.reader.grids import Row
from plans.reader.reading import ColumnRole, Furniture, RowUse


@dataclass(slots=True)
class RatingCell:
    """What stands in a rating column of one row; `merged` where the cell speaks for rows below it,
    `row_wide` where the action's cell has the same fill.
    """

    text: str = ""
    fill: str | None = None
    merged: bool = False
    row_wide: bool = False

    @property
    def empty(self) -> bool:
        """Whether the cell holds no text; its colour is another question."""
        return not self.text


@dataclass(slots=True)
class DraftAction:
    """One action's words by role."""

    key: str
    table: int
    row: Row
    layout: Layout
    ref: str | None = None
    theme: str | None = None
    objective: str | None = None
    words: dict[ColumnRole, str] = field(default_factory=dict)
    rating: RatingCell = field(default_factory=RatingCell)
    objective_rating: RatingCell = field(default_factory=RatingCell)
    marked: str | None = None
    continued: list[int] = field(default_factory=list)

    def said(self, role: ColumnRole) -> str:
        """Return the words of a role; empty where there are none."""
        return self.words.get(role, "")

    @property
    def name(self) -> str:
        """What to call the action in a message."""
        return self.ref or self.row.place


@dataclass(slots=True)
class DraftObjective:
    """One objective, with the actions under it in order."""

    key: str
    ref: str | None
    title: str
    text: str
    theme: str | None
    table: int
    row: Row
    actions: list[DraftAction] = field(default_factory=list)
    rating: RatingCell = field(default_factory=RatingCell)

    @property
    def name(self) -> str:
        """What to call the objective in a message."""
        return self.ref or self.title or self.text[:60]


@dataclass(slots=True)
class DraftTheme:
    """One theme; `row` is None where a sheet's name or a heading outside the table gives it."""

    key: str
    title: str
    place: str
    table: int
    row: Row | None


@dataclass(slots=True)
class Draft:
    """Everything found so far."""

    themes: list[DraftTheme] = field(default_factory=list)
    objectives: list[DraftObjective] = field(default_factory=list)
    actions: list[DraftAction] = field(default_factory=list)
    uses: dict[tuple[int, int], RowUse] = field(default_factory=dict)
    furniture: list[Furniture] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def find(
        self,
        code: FindingCode,
        severity: Severity,
        message: str,
        *,
        ref: str | None = None,
        table: int | None = None,
        row: Row | None = None,
        column: str | None = None,
        suggestion: str | None = None,
        choices: tuple[Choice, ...] = (),
    ) -> None:
        """Add a finding. A suggestion must be one of the choices."""
        where = [table, row.number if row else None, column, ref]
        found = finding_id(code, *where)
        count = 1
        while found in self._ids:
            count += 1
            found = finding_id(code, *where, count)
        self._ids.add(found)
        self.findings.append(
            Finding(
                found,
                code,
                severity,
                message,
                ref=ref,
                table=table,
                row=row.number if row else None,
                place=row.place if row else "",
                column=column,
                suggestion=suggestion,
                choices=choices,
            )
        )

    def find_in(
        self,
        action: DraftAction,
        code: FindingCode,
        severity: Severity,
        message: str,
        *,
        role: ColumnRole | None = None,
        suggestion: str | None = None,
        choices: tuple[Choice, ...] = (),
    ) -> None:
        """Add a finding of one action's row, in the column of a role."""
        self.find(
            code,
            severity,
            message,
            ref=action.ref,
            table=action.table,
            row=action.row,
            column=heading_of(action.layout, role) if role else None,
            suggestion=suggestion,
            choices=choices,
        )


def heading_of(layout: Layout, role: ColumnRole) -> str | None:
    """Return the heading of a role's first column, or None where the plan has none."""
    column = layout.first(role)
    return None if column is None else layout.profiles[column].heading


def set_action(action: DraftAction, name: str, value: str | tuple[str, ...] | None) -> tuple[Change, ...]:
    """Return the change that sets one field of an action."""
    return (Change("action", action.key, name, value),)
