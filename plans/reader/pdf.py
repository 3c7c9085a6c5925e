"""PDFs with ruled tables: cells by their lines, colours by what is painted under them, pages put together
again.
"""

import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from plans.reader.errors import Damaged, Encrypted, ScannedPages, TooLarge
from plans.reader.grids import Document, Grid, Row
from plans.reader.pdf_text import Line, Vocabulary, lines_of
from plans.reader.reading import Format
from plans.reader.references import is_reference, tidied

_PAGE_LIMIT = 600
_UNPACKED_LIMIT = 400 * 1024 * 1024
_EDGE = 3.0
_KEY_SHARE = 0.6
_Box = tuple[float, float, float, float]
_Fill = tuple[float, float, float, float, str]
_BULLET = re.compile(r"\s*(?:[•●▪◦‣·-]|\d{1,2}[.)]|[a-z][.)])\s")


@dataclass(slots=True)
class _Cell:
    lines: list[Line]
    box: _Box
    fill: str | None = None


@dataclass(slots=True)
class _PageTable:
    """A table of one page: its rows of cells (None where a merge covers), its column edges, where it
    stands.
    """

    page: int
    rows: list[list[_Cell | None]]
    edges: list[float]
    at_top: bool
    heading: str = ""
    origins: list[dict[int, tuple[int, int]]] = field(default_factory=list)


def read_pdf(data: bytes) -> Document:
    """Return the ruled tables of a PDF, those that go on over pages put together, and the lines around them.

    Raises Encrypted, ScannedPages, TooLarge, Damaged.
    """
    import pdfplumber  # noqa: PLC0415 - takes long to import and only PDFs need it
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    _refuse_bomb(data)
    document = Document(Format.PDF, [])
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > _PAGE_LIMIT:
                raise TooLarge(
                    f"The PDF has more than {_PAGE_LIMIT} pages. Upload the pages of the plan alone."
                )
            tables, text, pictures = _pages(pdf, document)
    except TooLarge:
        raise
    except PdfminerException as error:
        if "Password" in repr(error):
            raise Encrypted(
                "The PDF is protected by a password. Save a copy without one and upload that."
            ) from error
        raise Damaged("The PDF is broken. Print the plan to PDF again and upload that.") from error
    except Exception as error:
        # pdfminer raises whatever a broken file makes it stumble over
        raise Damaged("The PDF could not be read. Print the plan to PDF again and upload that.") from error
    if not text:
        what = "pictures of pages" if pictures else "no text"
        raise ScannedPages(
            f"The PDF holds {what}, so nothing can be read from it. Ask for the Word or Excel "
            "version, or a PDF saved from it "
            "rather than scanned."
        )
    vocabulary = Vocabulary()
    for table in tables:
        for row in table.rows:
            for cell in row:
                if cell:
                    vocabulary.see(cell.lines)
    vocabulary.settle()
    _assemble(document, tables, vocabulary)
    return document


def _running(pages: list[list[str]]) -> list[str]:
    """Return the lines that stand on most pages, whatever number is in them."""
    counts = Counter(shape for lines in pages for shape in {re.sub(r"\d+", "0", line) for line in lines})
    often = {shape for shape, count in counts.items() if count > 1 and count * 2 > len(pages)}
    lines = (line for page in pages for line in page if re.sub(r"\d+", "0", line) in often)
    return list({re.sub(r"\d+", "0", line): line for line in lines}.values())


def _refuse_bomb(data: bytes) -> None:
    """Measure what the compressed streams would unpack to, a piece at a time, before anything parses them."""
    unpacked = 0
    for match in re.finditer(rb"stream\r?\n", data):
        unpacker = zlib.decompressobj()
        piece = (
            data[match.end() :]
            if match.end() + 64 > len(data)
            else data[match.end() : match.end() + 4 * 1024 * 1024]
        )
        try:
            unpacked += len(unpacker.decompress(piece, _UNPACKED_LIMIT - unpacked + 1))
        except zlib.error:
            continue
        if unpacked > _UNPACKED_LIMIT:
            raise TooLarge("The PDF would unpack to far more than a plan holds, so it was not opened.")


def _pages(pdf: Any, document: Document) -> tuple[list[_PageTable], bool, bool]:
    tables: list[_PageTable] = []
    text = pictures = False
    pages: list[list[str]] = []
    for number, page in enumerate(pdf.pages, start=1):
        chars = page.chars
        text = text or any(not char["text"].isspace() for char in chars)
        pictures = pictures or bool(page.images)
        found = sorted(page.find_tables(_settings(page)), key=lambda table: (table.bbox[1], table.bbox[0]))
        used = [table for table in found if len(table.rows) * len(table.rows[0].cells) > 1]
        fills = _painted(page)
        cells = [cell for table in used for cell in table.cells]
        outside = _outside(chars, cells)
        lines = lines_of(outside, 0.0, float(page.width))
        for order, table in enumerate(used):
            tables.append(
                _table(
                    number,
                    table,
                    chars,
                    fills,
                    at_top=order == 0 and not _above(outside, table.bbox[1], page),
                )
            )
        heading_lines = [line.text for line in lines]
        if tables and used and tables[-len(used)].page == number and heading_lines:
            above = lines_of(
                [char for char in outside if char["bottom"] <= used[0].bbox[1] + 1], 0.0, float(page.width)
            )
            tables[-len(used)].heading = above[-1].text if above else ""
        document.outside += heading_lines
        pages.append(heading_lines)
        document.listed += sum(1 for line in heading_lines if _BULLET.match(line))
        page.close()
    document.running = _running(pages)
    return tables, text, pictures


def _settings(page: Any) -> dict[str, list[float]]:
    """A printer may leave a table open where the page ends: close it where its upright lines end."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    if not upright:
        return {}
    return {
        "explicit_horizontal_lines": [
            min(edge["top"] for edge in upright),
            max(edge["bottom"] for edge in upright),
        ]
    }


def _above(outside: list[dict[str, Any]], top: float, page: Any) -> bool:
    """Whether words of the body, below the page's header, stand above a table."""
    header = 0.12 * float(page.height)
    return any(header < char["top"] < top - 1 and not char["text"].isspace() for char in outside)


def _outside(chars: list[dict[str, Any]], boxes: list[_Box]) -> list[dict[str, Any]]:
    if not boxes:
        return chars
    return [char for char in chars if not any(_within(char, box) for box in boxes)]


def _within(char: dict[str, Any], box: _Box) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _table(
    page: int, table: Any, chars: list[dict[str, Any]], fills: list[_Fill], *, at_top: bool
) -> _PageTable:
    inside = [char for char in chars if _within(char, table.bbox)]
    edges = sorted({round(cell[0], 1) for row in table.rows for cell in row.cells if cell})
    found = _PageTable(page, [], edges, at_top)
    boxes = [
        (row_at, column, box)
        for row_at, row in enumerate(table.rows)
        for column, box in enumerate(row.cells)
        if box
    ]
    letters = _by_cell(inside, [box for _, _, box in boxes])
    found.rows = [[None] * len(row.cells) for row in table.rows]
    found.origins = [{} for _ in table.rows]
    tops = [row.bbox[1] for row in table.rows]
    for position, (row_at, column, box) in enumerate(boxes):
        found.rows[row_at][column] = _Cell(
            lines_of(letters[position], box[0], box[2]), box, _fill_under(fills, box)
        )
        for below in range(row_at, len(table.rows)):
            if tops[below] >= box[3] - 1:
                break
            for across in range(column, len(edges)):
                if edges[across] >= box[2] - 1:
                    break
                if (below, across) != (row_at, column):
                    found.origins[below][across] = (row_at, column)
    return found


def _by_cell(chars: list[dict[str, Any]], boxes: list[_Box]) -> list[list[dict[str, Any]]]:
    """Give each character to the cell that holds its middle."""
    found: list[list[dict[str, Any]]] = [[] for _ in boxes]
    order = sorted(range(len(boxes)), key=lambda at: (boxes[at][1], boxes[at][0]))
    last = 0
    for char in chars:
        if boxes and _within(char, boxes[last]):
            found[last].append(char)
            continue
        for at in order:
            if _within(char, boxes[at]):
                found[at].append(char)
                last = at
                break
    return found


def _painted(page: Any) -> list[_Fill]:
    """Return the filled rectangles of a page, the last painted first."""
    found = []
    for rect in [*page.rects, *page.curves]:
        colour = _hex(rect.get("non_stroking_color")) if rect.get("fill") else None
        if colour:
            found.append((rect["x0"], rect["top"], rect["x1"], rect["bottom"], colour))
    return found[::-1]


def _fill_under(fills: list[_Fill], box: _Box) -> str | None:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for x0, top, x1, bottom, colour in fills:
        if x0 <= across <= x1 and top <= down <= bottom:
            return None if colour == "FFFFFF" else colour
    return None


def _hex(colour: Any) -> str | None:
    """Return six hexadecimal digits of a PDF colour: grey, RGB or CMYK parts of 0 to 1."""
    parts = list(colour) if isinstance(colour, (tuple, list)) else [colour]
    if not parts or not all(isinstance(part, (int, float)) and 0 <= part <= 1 for part in parts):
        return None
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:  # noqa: PLR2004
        cyan, magenta, yellow, key = parts
        parts = [(1 - part) * (1 - key) for part in (cyan, magenta, yellow)]
    return "".join(f"{round(part * 255):02X}" for part in parts) if len(parts) == 3 else None  # noqa: PLR2004


def _assemble(document: Document, tables: list[_PageTable], vocabulary: Vocabulary) -> None:
    """Make grids of the page's tables: one whose columns stand where the last page's stood goes on with it."""
    before: _PageTable | None = None
    runs: list[list[_PageTable]] = []
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

    def __init__(self, label: str, run: list[_PageTable], vocabulary: Vocabulary) -> None:
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
        for row, cells in zip(rows, lines, strict=True):
            row.texts = [self._vocabulary.join(found) for found in cells]
        return Grid(self._label, rows, heading=self._run[0].heading)

    def _append(
        self,
        rows: list[Row],
        lines: list[list[list[Line]]],
        table: _PageTable,
        at: int,
        cells: list[_Cell | None],
    ) -> None:
        number = len(rows) + 1
        row = Row(number, f"page {table.page}, row {at + 1}", [], page=table.page)
        row.fills = {column: cell.fill for column, cell in enumerate(cells) if cell and cell.fill}
        rows.append(row)
        lines.append([list(cell.lines) if cell else [] for cell in cells])

    @staticmethod
    def _add(rows: list[Row], lines: list[list[list[Line]]], index: int, cells: list[_Cell | None]) -> None:
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
        self, rows: list[Row], lines: list[list[list[Line]]], cells: list[_Cell | None], heading: list[str]
    ) -> None:
        """A merged cell that goes on over the page: its words belong to where it began, not to the new row."""
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

    def _goes_on(self, rows: list[Row], lines: list[list[list[Line]]], cells: list[_Cell | None]) -> bool:
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
    def _plain(cell: _Cell | None) -> str:
        return " ".join(line.text for line in cell.lines) if cell else ""
