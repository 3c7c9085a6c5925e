"""The pages of a PDF, taken apart: ruled tables by their lines, cells by their letters, colours by what is
painted; what stands outside of ruled tables is kept as words, for tables without ruled columns.
"""

import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from plans.reader.errors import Damaged, Encrypted, ScannedPages, TooLarge
from plans.reader.furniture import is_page_line
from plans.reader.pdf_text import Line, lines_of
from plans.reader.pdf_words import Strip, strips_of

_PAGE_LIMIT = 600
_UNPACKED_LIMIT = 400 * 1024 * 1024
_Box = tuple[float, float, float, float]
Fill = tuple[float, float, float, float, str]
"""A painted rectangle: left, top, right, bottom, six hexadecimal digits."""
_COVERED = 0.9
_BULLET = re.compile(r"\s*(?:[•●▪◦‣·-]|\d{1,2}[.)]|[a-z][.)])\s")


@dataclass(slots=True)
class Cell:
    """A cell's lines, its edges and its colour."""

    lines: list[Line]
    box: _Box
    fill: str | None = None


@dataclass(slots=True)
class PageTable:
    """A table of one page: its rows of cells (None where a merge covers), its column edges, where it
    stands.
    """

    page: int
    rows: list[list[Cell | None]]
    edges: list[float]
    at_top: bool
    heading: str = ""
    origins: list[dict[int, tuple[int, int]]] = field(default_factory=list)
    whole: bool = True


@dataclass(slots=True)
class LoosePage:
    """What stands outside a page's ruled tables: its words as visual lines, what is painted, the lines
    across by their height. `taken` is filled with the heights of the tables that are found in it.
    """

    number: int
    height: float
    strips: list[Strip]
    fills: list[Fill]
    rules: dict[float, list[tuple[float, float]]]
    taken: list[tuple[float, float]] = field(default_factory=list)


@dataclass(slots=True)
class Pages:
    """What a PDF's pages hold: tables in order, lines outside them, which of these run on every page, how
    many are listed.
    """

    tables: list[PageTable] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    listed: int = 0
    has_text: bool = False
    has_pictures: bool = False
    loose: list[LoosePage] = field(default_factory=list)
    unruled: int = 0
    untold: bool = False


def read_pages(data: bytes) -> Pages:
    """Return the pages of a PDF. Raises Encrypted, ScannedPages, TooLarge, Damaged."""
    import pdfplumber  # noqa: PLC0415 - takes long to import and only PDFs need it
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    _refuse_bomb(data)
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = _pages(pdf)
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
    if not pages.has_text:
        what = "pictures of pages" if pages.has_pictures else "no text"
        raise ScannedPages(
            f"The PDF holds {what}, so nothing can be read from it. Ask for the Word or Excel "
            "version, or for a "
            "PDF saved from it rather than scanned."
        )
    return pages


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


def _pages(pdf: Any) -> Pages:
    if len(pdf.pages) > _PAGE_LIMIT:
        raise TooLarge(f"The PDF has more than {_PAGE_LIMIT} pages. Upload the pages of the plan alone.")
    pages = Pages()
    lines = [_page(number, page, pages) for number, page in enumerate(pdf.pages, start=1)]
    pages.running = _running(lines)
    running = {shape_of(line) for line in pages.running}
    if _take_unruled(pages, lines):
        pages.running = _running(lines)
        running = {shape_of(line) for line in pages.running}
    pages.outside = [line for page in lines for line in page]
    for table in pages.tables:
        if shape_of(table.heading) in running or is_page_line(table.heading):
            table.heading = ""
    pages.listed = sum(1 for line in pages.outside if _BULLET.match(line))
    return pages


def shape_of(line: str) -> str:
    """Return a line whatever number is in it: what the lines of headers and footers are compared by."""
    return re.sub(r"\d+", "0", line)


def _take_unruled(pages: Pages, lines: list[list[str]]) -> bool:
    """Add the tables without ruled columns, if any; a few painted cells that passed for a table give way."""
    from plans.reader.pdf_unruled import unruled_tables  # noqa: PLC0415 - that module builds on this one

    found = unruled_tables(pages.loose)
    if found is None:
        _leave_out(pages, lines)
        return False
    if not found:
        return False
    pages.unruled = len(found)
    taken = {page.number: page for page in pages.loose if page.taken}
    pages.tables = [
        table
        for table in pages.tables
        if table.page not in taken
        or not any(top - 2 <= _middle(table) <= bottom + 2 for top, bottom in taken[table.page].taken)
    ]
    pages.tables = sorted([*pages.tables, *found], key=lambda table: (table.page, _top(table)))
    for number, page in taken.items():
        kept = [cell.box for table in pages.tables if table.page == number for cell in _cells_of(table)]
        lines[number - 1][:] = [
            strip.text
            for strip in page.strips
            if not any(box[1] <= (strip.top + strip.bottom) / 2 <= box[3] for box in kept)
        ]
    return True


def _leave_out(pages: Pages, lines: list[list[str]]) -> None:
    """A table that cannot be told safely is not read in part either: painted cells of it are no table."""
    pages.untold = True
    stubs = {table.page for table in pages.tables if not table.whole}
    pages.tables = [table for table in pages.tables if table.whole]
    for page in pages.loose:
        if page.number in stubs:
            lines[page.number - 1][:] = [strip.text for strip in page.strips]


def _cells_of(table: PageTable) -> list[Cell]:
    return [cell for row in table.rows for cell in row if cell]


def _top(table: PageTable) -> float:
    return min((cell.box[1] for cell in _cells_of(table)), default=0.0)


def _middle(table: PageTable) -> float:
    return (_top(table) + max((cell.box[3] for cell in _cells_of(table)), default=0.0)) / 2


def _page(number: int, page: Any, pages: Pages) -> list[str]:
    """Take one page's tables; return the lines that stand outside of their cells."""
    chars = page.chars
    pages.has_text = pages.has_text or any(not char["text"].isspace() for char in chars)
    pages.has_pictures = pages.has_pictures or bool(page.images)
    found = sorted(page.find_tables(_settings(page)), key=lambda table: (table.bbox[1], table.bbox[0]))
    used = [table for table in found if len(table.rows) * len(table.rows[0].cells) > 1]
    fills = _painted(page)
    outside = _outside(chars, [cell for table in used for cell in table.cells])
    for order, table in enumerate(used):
        at_top = order == 0 and not _above(outside, table.bbox[1], page)
        taken = _table(number, table, chars, fills, at_top=at_top)
        floor = used[order - 1].bbox[3] - 1 if order else 0.0
        above = [char for char in outside if floor <= char["top"] and char["bottom"] <= table.bbox[1] + 1]
        before = lines_of(above, 0.0, float(page.width))
        taken.heading = before[-1].text if before else ""
        taken.whole = _whole(table)
        pages.tables.append(taken)
    whole = [table for table in used if _whole(table)]
    loose = outside if len(whole) == len(used) else _outside(chars, [table.bbox for table in whole])
    if loose:
        pages.loose.append(LoosePage(number, float(page.height), strips_of(loose), fills, _rules(page)))
    lines = [line.text for line in lines_of(outside, 0.0, float(page.width))]
    page.close()
    return lines


def _whole(table: Any) -> bool:
    """Whether lines make a table: several columns and rows, and cells all over. Painted cells alone do not."""
    left, top, right, bottom = table.bbox
    covered = sum((cell[2] - cell[0]) * (cell[3] - cell[1]) for cell in table.cells)
    several = len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1
    return bool(several and covered > _COVERED * (right - left) * (bottom - top))


def _rules(page: Any) -> dict[float, list[tuple[float, float]]]:
    """Return the level lines of a page and the level edges of what is painted, by height."""
    found: dict[float, list[tuple[float, float]]] = {}
    for edge in page.edges:
        if edge["orientation"] == "h":
            found.setdefault(round(edge["top"]), []).append((edge["x0"], edge["x1"]))
    return found


def _running(pages: list[list[str]]) -> list[str]:
    """Return the lines that stand on most pages, whatever number is in them."""
    counts = Counter(shape for lines in pages for shape in {re.sub(r"\d+", "0", line) for line in lines})
    often = {shape for shape, count in counts.items() if count > 1 and count * 2 > len(pages)}
    lines = (line for page in pages for line in page if re.sub(r"\d+", "0", line) in often)
    return list({re.sub(r"\d+", "0", line): line for line in lines}.values())


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
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _table(
    page: int, table: Any, chars: list[dict[str, Any]], fills: list[Fill], *, at_top: bool
) -> PageTable:
    inside = [char for char in chars if _within(char, table.bbox)]
    edges = sorted({round(cell[0], 1) for row in table.rows for cell in row.cells if cell})
    found = PageTable(page, [], edges, at_top)
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
        found.rows[row_at][column] = Cell(
            lines_of(letters[position], box[0], box[2]), box, fill_under(fills, box)
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


def _painted(page: Any) -> list[Fill]:
    """Return the filled rectangles of a page, the last painted first."""
    found = []
    for rect in [*page.rects, *page.curves]:
        colour = _hex(rect.get("non_stroking_color")) if rect.get("fill") else None
        if colour:
            found.append((rect["x0"], rect["top"], rect["x1"], rect["bottom"], colour))
    return found[::-1]


def fill_under(fills: list[Fill], box: _Box) -> str | None:
    """Return the colour painted last under the middle of a box; None where there is none or white."""
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
