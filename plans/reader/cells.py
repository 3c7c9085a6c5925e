"""The cells of a plan's row by what their columns are, without furniture and markup; what was taken out
is said.
"""

from plans.reader.columns import Layout
from plans.reader.draft import Draft, RatingCell
from plans.reader.findings import FindingCode, Severity
from plans.reader.furniture import PageTops
from plans.reader.grids import Grid, Row
from plans.reader.reading import ColumnRole as Role
from plans.reader.reading import Furniture
from plans.reader.texts import readable

_WORDS = (
    Role.ACTIVITY, Role.OUTCOME, Role.PROGRESS, Role.EVIDENCE, Role.MILESTONES, Role.LEAD, Role.TIMELINE,
    Role.START, Role.END, Role.REVISED_END, Role.MARK,
)  # fmt: skip
_SHARED = {
    Role.LEAD,
    Role.TIMELINE,
    Role.START,
    Role.END,
    Role.OUTCOME,
    Role.PROGRESS,
    Role.EVIDENCE,
    Role.REVISED_END,
}
"""Columns in which a cell merged down speaks for every row beside it."""


class Cells:
    """Reads the cells of one table's rows. `at_top` says that the row is the first below a page's
    headings.
    """

    def __init__(self, draft: Draft, grid: Grid, table: int, layout: Layout, tops: PageTops) -> None:
        self._draft = draft
        self._grid = grid
        self._table = table
        self._layout = layout
        self._tops = tops
        self.at_top = False

    def words(self, row: Row) -> dict[Role, str]:
        """Return a row's words by role; the texts of several columns of one role are lines of it."""
        found: dict[Role, str] = {}
        for role in _WORDS:
            for column in self._layout.of(role):
                text = self.cell(row, column, shared=role in _SHARED)
                if text:
                    found[role] = f"{found[role]}\n{text}" if role in found else text
        return found

    def text(self, row: Row, role: Role) -> str:
        """Return the text of a role's first column."""
        column = self._layout.first(role)
        return "" if column is None else self.cell(row, column, shared=False)

    def objective(self, row: Row) -> tuple[str, str]:
        """Return what a row says of its objective: the title's column and the text's."""
        return self.text(row, Role.OBJECTIVE_REFERENCE), self.text(row, Role.OBJECTIVE)

    def cell(self, row: Row, column: int, *, shared: bool) -> str:
        """Return a cell's readable text, without furniture; of the cell that a merge shows where `shared`."""
        text = row.text(column)
        if not text:
            origin = row.covered.get(column)
            if shared and origin and origin[1] == column:
                return readable(self._grid.rows[origin[0]].text(column))[0]
            return ""
        text, marked = readable(self._without_furniture(row, column, text))
        if marked:
            heading = self._layout.profiles[column].heading if column < len(self._layout.profiles) else ""
            self._draft.find(
                FindingCode.MARKUP_REMOVED,
                Severity.NOTE,
                f"{row.opening}, {heading}: markup of a web page was taken out of the text.",
                table=self._table,
                row=row,
                column=heading,
            )
        return text

    def _without_furniture(self, row: Row, column: int, text: str) -> str:
        if not self.at_top or not self._tops.phrases:
            return text
        left, taken = self._tops.strip(text)
        if not taken:
            return text
        heading = self._layout.profiles[column].heading if column < len(self._layout.profiles) else ""
        self._draft.furniture.append(Furniture(taken, f"{row.place}, {heading}", "a page's header or footer"))
        self._draft.find(
            FindingCode.FURNITURE_REMOVED,
            Severity.NOTE,
            (f"{row.opening}, {heading}: “{taken}” was taken out as part of the page's header or footer."),
            table=self._table,
            row=row,
            column=heading,
        )
        return left

    def rating(self, row: Row, role: Role, index: int, *, shared: bool = True) -> RatingCell:
        """Return a rating cell; of one merged down the row's own or, where `shared`, the one that shows."""
        column = self._layout.first(role)
        if column is None:
            return RatingCell()
        origin = row.covered.get(column)
        if shared and origin and origin[1] == column and not row.text(column):
            shown = self._grid.rows[origin[0]]
            return RatingCell(self.cell(row, column, shared=True), shown.fills.get(column))
        covered = origin is not None and origin[1] == column
        below = self._grid.rows[index + 1] if index + 1 < len(self._grid.rows) else None
        merged = below is not None and below.covered.get(column) == (index, column)
        fill = None if covered else row.fills.get(column)
        activity = self._layout.first(Role.ACTIVITY)
        wide = fill is not None and activity is not None and row.fills.get(activity) == fill
        return RatingCell(self.cell(row, column, shared=False), fill, merged, wide)

    def shade(self, row: Row) -> str | None:
        """Return the fill of the reference or action cell: what a shaded action shows."""
        for role in (Role.REFERENCE, Role.ACTIVITY):
            column = self._layout.first(role)
            if column is not None and column in row.fills:
                return row.fills[column]
        return None
