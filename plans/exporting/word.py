"""A plan as a Word table: landscape, its headings repeated on every page, the legend and the council's own columns."""

import datetime as dt
from typing import Any

from docx.document import Document as DocumentType
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell

from plans.exporting.book import Book, heading_of
from plans.exporting.cells import cell_text
from plans.exporting.columns import Kind, Shown, Value
from plans.exporting.docx_parts import colour, landscape, new_row, new_table, saved, set_up, shade
from plans.exporting.paper import paper_columns, widths_of
from plans.rows import Code

_HEADING, _THEME, _OBJECTIVE = "1D3557", "D9E1EA", "F3F2F1"
_SMALL, _WHITE = Pt(8), RGBColor(0xFF, 0xFF, 0xFF)


def write_docx(book: Book) -> bytes:
    """The document as bytes."""
    document = landscape()
    set_up(
        document,
        title=book.title,
        made_at=book.made_at,
        foot=f"{book.council}: {book.title}, {book.position}.",
        size=9,
    )
    document.add_heading(cell_text(book.title), 0)
    narrowed = f", {book.narrowed}" if book.narrowed else ""
    document.add_paragraph(cell_text(f"{book.council}. {book.position}. {book.counts_words}{narrowed}."))
    _legend(document, book)
    document.add_heading("Actions", 1)
    _actions(document, book)
    return saved(document)


def _legend(document: DocumentType, book: Book) -> None:
    if not book.table.scale:
        return
    document.add_heading("What the ratings mean", 1)
    table = _table(document, ("Code", "Name", "Meaning"), (20, 40, 213))
    for code in book.table.scale:
        row = new_row(table)
        _write(row.cells[0], code.code, code=None if code.is_mark else code)
        _write(row.cells[1], code.name)
        _write(row.cells[2], code.meaning)


def _actions(document: DocumentType, book: Book) -> None:
    columns = paper_columns(book)
    widths = widths_of(columns)
    table = _table(document, [shown.heading for shown in columns], widths)
    theme = objective = None
    for line in book.lines:
        if not book.flat and line.theme.id != theme:
            theme = line.theme.id
            if line.theme.title:
                _group(table, columns, line.theme.title, _THEME, None)
        if not book.flat and line.objective.id != objective:
            objective = line.objective.id
            _group(table, columns, heading_of(line.objective), _OBJECTIVE, line.objective.rating)
        row = new_row(table)
        for cell, shown in zip(row.cells, columns, strict=True):
            value = book.value(shown, line)
            rated = book.codes.get(str(value)) if shown.column.kind is Kind.RATING and value else None
            _write(cell, _words(value), code=rated)


def _words(value: Value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value or ""


def _table(document: DocumentType, headings: Any, widths: Any) -> Table:
    table = new_table(document, widths)
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        _write(cell, words, bold=True, ink=_WHITE)
        shade(cell, _HEADING)
    return table


def _group(table: Table, columns: tuple[Shown, ...], words: str, ground: str, rating: Code | None) -> None:
    """A row across the table; an objective's judgement in the last column, where that is for it."""
    row = new_row(table)
    judged = columns[-1].column.key == "objective_rating"
    across = row.cells[0].merge(row.cells[len(columns) - (2 if judged and len(columns) > 1 else 1)])
    _write(across, words, bold=True)
    shade(across, ground)
    if judged and rating:
        _write(row.cells[-1], rating.code, code=rating)


def _write(
    cell: _Cell, words: str, *, bold: bool = False, ink: RGBColor | None = None, code: Code | None = None
) -> None:
    for number, line in enumerate(cell_text(words).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        run.font.size, run.font.bold = _SMALL, bold or code is not None
        if ink is not None:
            run.font.color.rgb = ink
        if code is not None:
            colour(cell, run, code.colour)
