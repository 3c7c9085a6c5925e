"""What Word documents share: their setting up, page numbers, marks of rows, shades of cells."""

import datetime as dt
from typing import Any

from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell, _Row

from plans.exporting.cells import cell_text


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


def mark_row(row: _Row, name: str) -> None:
    """Say of a row that it is a heading ("w:tblHeader") or is not to be split ("w:cantSplit")."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no property for it


def shade(cell: _Cell, ground: str) -> None:
    """Give a cell a ground: six hexadecimal digits."""
    mark = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", ground)):
        mark.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(mark)  # noqa: SLF001 - python-docx has no shading


def added_row(table: Table) -> _Row:
    """A new row at a table's end."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row
