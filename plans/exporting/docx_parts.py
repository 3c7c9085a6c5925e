"""What Word documents share: their pages and setting up, page numbers, tables of fixed widths, shades of cells."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.run import Run

from plans.exporting.cells import cell_text
from plans.exporting.colours import GROUNDS
from plans.rag import Palette

UPRIGHT, LANDSCAPE = 170.0, 273.0
"""Millimetres between the margins of an A4 page."""
WORD = 45.0
"""Millimetres that a column is given for its longest word at most: longer ones, such as addresses, are broken."""
_LETTER, _BESIDE = (
    0.225,
    4.4,
)  # millimetres a letter of a bold word for each point, and beside the words of a cell
_PARTS = re.compile(r"\s+|(?<=-)")  # where Word breaks lines
HEADING = "F3F2F1"
"""The ground of a table's headings."""
_INK = RGBColor(0x0B, 0x0C, 0x0C)


def upright() -> DocumentType:
    """A new document of upright A4 pages, its headings in the ink of its words."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.name, document.styles[name].font.color.rgb = "Arial", _INK
    return document


def landscape() -> DocumentType:
    """A new document of landscape A4 pages."""
    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(12)
    page.top_margin = page.bottom_margin = Mm(14)
    return document


def saved(document: DocumentType) -> bytes:
    """The document as bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def set_up(document: DocumentType, *, title: str, made_at: dt.datetime, foot: str, size: float) -> None:
    """Font, language and properties of a document, and a foot with the number of each page after `foot`."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(size)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.language = cell_text(title)[:255], "Noticeboard", "en-GB"
    properties.created = properties.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None)
    document.styles["Footer"].font.size = Pt(8)
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run(cell_text(f"{foot} Page "))
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            words = OxmlElement("w:instrText")
            words.text = code
            run._r.append(words)  # noqa: SLF001 - python-docx has no fields
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001


def widths_in(room: float, shares: Sequence[float]) -> list[float]:
    """The widths of columns in millimetres, by their shares of the room there is."""
    return [room * share / sum(shares) for share in shares]


def room_for_words(widths: Sequence[float], rows: Iterable[Sequence[str]], *, size: float) -> list[float]:
    """The widths of columns in millimetres, made so that no word of these rows is broken at a size in points.

    What a column lacks is taken from those that have more than their words need, in proportion. Where all together
    have too little, or a word is longer than WORD, some words are broken after all.
    """
    needs = [0.0] * len(widths)
    for row in rows:
        for place, words in enumerate(row):
            longest = max(map(len, _PARTS.split(words)), default=0)
            needs[place] = max(needs[place], min(WORD, longest * size * _LETTER + _BESIDE))
    lacks = [max(0.0, need - width) for need, width in zip(needs, widths, strict=True)]
    spare = [max(0.0, width - need) for need, width in zip(needs, widths, strict=True)]
    share = min(1.0, sum(spare) / sum(lacks)) if sum(lacks) else 0.0
    taken = sum(lacks) * share / sum(spare) if sum(spare) else 0.0
    return [
        width + lack * share - more * taken for width, lack, more in zip(widths, lacks, spare, strict=True)
    ]


def new_table(document: DocumentType, widths: Sequence[float]) -> Table:
    """A table of columns of these widths in millimetres, whose first row is repeated on every page."""
    table: Table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _fit(table, table.rows[0], "w:tblHeader")
    return table


def new_row(table: Table) -> _Row:
    """A new row at a table's end, which no page divides."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _fit(table, row, "w:cantSplit")
    return row


def keep_with_next(row: _Row) -> None:
    """Leave a row that heads others never alone at the foot of a page."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _fit(table: Table, row: _Row, name: str) -> None:
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no property for it


def colour(cell: _Cell, run: Run, palette: Palette) -> None:
    """Give a cell the ground of a rating and its words the ink that is read on it; white stays white."""
    if palette is Palette.WHITE:
        return
    ground, ink = GROUNDS[palette]
    shade(cell, ground)
    run.font.color.rgb = RGBColor.from_string(ink)


def shade(cell: _Cell, ground: str) -> None:
    """Give a cell a ground: six hexadecimal digits."""
    mark = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", ground)):
        mark.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(mark)  # noqa: SLF001 - python-docx has no shading
