"""A plan as a Word table: landscape, its headings repeated on every page, the legend and the council's own columns."""

from typing import Any

from docx.document import Document as DocumentType
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell

from plans.exporting.book import Book, heading_of
from plans.exporting.cells import cell_text
from plans.exporting.columns import Line, Shown
from plans.exporting.docx_parts import (
    colour,
    keep_with_next,
    landscape,
    new_row,
    new_table,
    room_for_words,
    saved,
    set_up,
    shade,
)
from plans.exporting.paper import paper_cell, paper_columns, place_of_judgement, widths_of
from plans.rows import Code, ObjectiveRow

_HEADING, _THEMES, _OBJECTIVES = "1D3557", "D9E1EA", "F3F2F1"
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
    table = _table(document, ("Rating", "Meaning"), (60, 213))
    for code in book.table.scale:
        row = new_row(table)
        mark = " (a mark, no rating)" if code.is_mark else ""
        _write(row.cells[0], f"{code.label}{mark}", rated=None if code.is_mark else code)
        _write(row.cells[1], code.means)


def _actions(document: DocumentType, book: Book) -> None:
    columns = paper_columns(book)
    headings = [shown.heading for shown in columns]
    said = [
        [one.label if isinstance(one, Code) else one for one in _cells(book, columns, line)]
        for line in book.lines
    ]
    widths = room_for_words(widths_of(book, columns), [headings, *said], size=_SMALL.pt)
    table = _table(document, headings, widths)
    theme = objective = None
    for line in book.lines:
        if not book.flat and line.theme.id != theme:
            theme = line.theme.id
            if line.theme.title:
                _theme(table, line.theme.title)
        if not book.flat and line.objective.id != objective:
            objective = line.objective.id
            _objective(table, columns, line.objective)
        row = new_row(table)
        for cell, one in zip(row.cells, _cells(book, columns, line), strict=True):
            if isinstance(one, Code):
                _write(cell, one.label, rated=one)
            else:
                _write(cell, one)


def _cells(book: Book, columns: tuple[Shown, ...], line: Line) -> list[str | Code]:
    return [paper_cell(book, shown, line) for shown in columns]


def _table(document: DocumentType, headings: Any, widths: Any) -> Table:
    table = new_table(document, widths)
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        _write(cell, words, bold=True, ink=_WHITE)
        shade(cell, _HEADING)
    return table


def _theme(table: Table, words: str) -> None:
    row = new_row(table)
    across = row.cells[0].merge(row.cells[-1])
    _write(across, words, bold=True)
    shade(across, _THEMES)
    keep_with_next(row)


def _objective(table: Table, columns: tuple[Shown, ...], objective: ObjectiveRow) -> None:
    """A row across the table, with the objective's judgement above its actions' ratings."""
    row = new_row(table)
    place = place_of_judgement(columns)
    across, judged, rest = row.cells[0].merge(row.cells[place - 1]), row.cells[place], row.cells[place + 1 :]
    _write(across, heading_of(objective), bold=True)
    rating = objective.rating
    _write(judged, f"Judged {rating.label if rating else 'not yet'}", bold=True, rated=rating)
    for cell in (across, *rest) if rating else (across, judged, *rest):
        shade(cell, _OBJECTIVES)
    keep_with_next(row)


def _write(
    cell: _Cell, words: str, *, bold: bool = False, ink: RGBColor | None = None, rated: Code | None = None
) -> None:
    for number, line in enumerate(cell_text(words).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        run.font.size, run.font.bold = _SMALL, (bold and number == 0) or rated is not None
        if ink is not None:
            run.font.color.rgb = ink
        if rated is not None:
            colour(cell, run, rated.colour)
