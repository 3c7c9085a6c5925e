"""PDFs with ruled tables: a table that goes on over pages is put together again, and so are rows that a
page tore.
"""

from plans.reader.findings import FindingCode
from plans.reader.grids import Document, Grid, Note, Row
from plans.reader.pdf_pages import Cell, PageTable, read_pages
from plans.reader.pdf_text import Line, Vocabulary
from plans.reader.reading import Format
from plans.reader.references import is_reference, tidied

_EDGE = 3.0
_KEY_SHARE = 0.6


def read_pdf(data: bytes) -> Document:
    """Return the ruled tables of a PDF, those that go on over pages put together, and the lines around them.

    Raises Encrypted, ScannedPages, TooLarge, Damaged.
    """
    pages = read_pages(data)
    document = Document(Format.PDF, [], outside=pages.outside, running=pages.running, listed=pages.listed)
    vocabulary = Vocabulary()
    for table in pages.tables:
        for row in table.rows:
            for cell in row:
                if cell:
                    vocabulary.see(cell.lines)
    vocabulary.settle()
    _assemble(document, pages.tables, vocabulary)
    if pages.unruled:
        document.notes.append(
            Note(
                FindingCode.UNRULED_TABLE,
                "The PDF's table has no lines between its columns. They were told by the white space between "
                "them and by its headings; compare a few rows with the page.",
            )
        )
    if pages.untold:
        document.notes.append(
            Note(
                FindingCode.TABLE_LEFT_OUT,
                "The PDF holds a table without lines between its columns that could not be told apart safely. It "
                "was not read; see whether it is part of the plan.",
            )
        )
    if vocabulary.mended:
        document.notes.append(
            Note(
                FindingCode.WORDS_REJOINED,
                f"This PDF cuts words at the ends of lines; {vocabulary.mended} were put together by "
                "their place on the "
                "page and the document's other words. Where there is a Word or Excel form, read that.",
            )
        )
    return document


def _assemble(document: Document, tables: list[PageTable], vocabulary: Vocabulary) -> None:
    """Make grids of the page's tables: one whose columns stand where the last page's stood goes on with
    it.
    """
    before: PageTable | None = None
    runs: list[list[PageTable]] = []
    for table in tables:
        if before and table.at_top and table.page == before.page + 1 and _aligned(before.edges, table.edges):
            runs[-1].append(table)
        else:
            runs.append([table])
        before = table
    for number, run in enumerate(runs, start=1):
        document.grids.append(_Joined(f"Table {number}", run, vocabulary).grid())


def _aligned(one: list[float], other: list[float]) -> bool:
    return len(one) == len(other) and all(
        abs(mine - its) <= _EDGE for mine, its in zip(one, other, strict=True)
    )


class _Joined:
    """One table of several pages: rows that a page break tore are put together."""

    def __init__(self, label: str, run: list[PageTable], vocabulary: Vocabulary) -> None:
        self._run = run
        self._label = label
        self._vocabulary = vocabulary
        self._keys = self._key_columns()

    def grid(self) -> Grid:
        """Return the table as a grid."""
        lines: list[list[list[Line]]] = []
        rows: list[Row] = []
        heading = [self._plain(cell) for cell in self._run[0].rows[0]]
        for order, table in enumerate(self._run):
            base, torn = len(rows), order > 0
            shift: list[int] = []
            for at, cells in enumerate(table.rows):
                if torn and [self._plain(cell) for cell in cells] == heading and len(self._run) > 1:
                    last = len(rows)
                elif torn and self._goes_on(rows, lines, cells):
                    torn = False
                    shift.append(self._body_row(rows, heading, lines))
                    self._add(rows, lines, shift[-1], cells)
                    continue
                else:
                    last = len(rows)
                    if torn:
                        self._hand_back(rows, lines, cells, heading)
                    torn = False
                shift.append(last)
                self._append(rows, lines, table, at, cells)
            for at, origins in enumerate(table.origins):
                for column, (row_at, origin_column) in origins.items():
                    if shift[at] >= base or shift[row_at] >= base:
                        rows[shift[at]].covered.setdefault(column, (shift[row_at], origin_column))
        for row, found in zip(rows, lines, strict=True):
            row.texts = [self._vocabulary.join(cell) for cell in found]
        return Grid(self._label, rows, heading=self._run[0].heading)

    def _append(
        self,
        rows: list[Row],
        lines: list[list[list[Line]]],
        table: PageTable,
        at: int,
        cells: list[Cell | None],
    ) -> None:
        number = len(rows) + 1
        row = Row(number, f"page {table.page}, row {at + 1}", [], page=table.page)
        row.fills = {column: cell.fill for column, cell in enumerate(cells) if cell and cell.fill}
        rows.append(row)
        lines.append([list(cell.lines) if cell else [] for cell in cells])

    @staticmethod
    def _add(rows: list[Row], lines: list[list[list[Line]]], index: int, cells: list[Cell | None]) -> None:
        for column, cell in enumerate(cells):
            if cell and cell.lines:
                at = (
                    rows[index].covered.get(column, (index, column))
                    if not lines[index][column]
                    else (index, column)
                )
                lines[at[0]][at[1]] += cell.lines
                if cell.fill:
                    rows[at[0]].fills.setdefault(at[1], cell.fill)

    def _hand_back(
        self, rows: list[Row], lines: list[list[list[Line]]], cells: list[Cell | None], heading: list[str]
    ) -> None:
        """A merged cell that goes on over the page: its words belong to where it began, not to the new
        row.
        """
        above = self._body_row(rows, heading, lines)
        if above < 0:
            return
        for column, cell in enumerate(cells):
            if cell is None or not cell.lines or column in self._keys:
                continue
            origin = rows[above].covered.get(column, (above, column))
            was = lines[origin[0]][origin[1]]
            if (
                was
                and cell.lines[0].text[:1].islower()
                and not was[-1].text.endswith((".", "!", "?"))
                and origin[0] != above
            ):
                was += cell.lines
                cell.lines = []

    def _body_row(self, rows: list[Row], heading: list[str], lines: list[list[list[Line]]]) -> int:
        """Return the index of the last row that is no repeated heading, or -1."""
        for index in range(len(rows) - 1, -1, -1):
            texts = [" ".join(line.text for line in found) for found in lines[index]]
            if index == 0 or texts != heading:
                return index
        return -1

    def _goes_on(self, rows: list[Row], lines: list[list[list[Line]]], cells: list[Cell | None]) -> bool:
        """Whether a page's first row goes on with the last page's last: its reference, or what only begins
        a row, is blank.
        """
        filled = {column for column, cell in enumerate(cells) if cell and cell.lines}
        if not rows or not filled:
            return bool(rows)
        if len(filled) == 1 and sum(1 for cell in cells if cell) == 1:
            return False  # a group row across the table
        above = {column for column, found in enumerate(lines[-1]) if found}
        if self._keys:
            return not filled & self._keys and bool(filled & above or filled)
        first = min(filled)
        begins = next(line.text for line in cells[first].lines) if (cells[first]) else ""  # type: ignore[union-attr]
        return filled < above and begins[:1].islower()

    def _key_columns(self) -> set[int]:
        """The columns of references: a row without one there is no new row."""
        found: dict[int, list[bool]] = {}
        for table in self._run:
            for row in table.rows:
                for column, cell in enumerate(row):
                    if cell and (text := self._plain(cell)):
                        whole = is_reference(tidied(text)) or is_reference("".join(text.split()))
                        found.setdefault(column, []).append(whole)
        keys = {
            column for column, hits in found.items() if sum(hits) > _KEY_SHARE * len(hits) and len(hits) > 1
        }
        return {min(keys)} if keys else set()

    @staticmethod
    def _plain(cell: Cell | None) -> str:
        return " ".join(line.text for line in cell.lines) if cell else ""
