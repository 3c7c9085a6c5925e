"""A report as a Word document: the same words, tables and notes as its PDF, to be filed or sent on."""

import datetime as dt
from typing import Any

from docx.document import Document as DocumentType
from docx.shared import Pt, RGBColor

from plans.exporting.cells import cell_text
from plans.exporting.docx_parts import (
    HEADING,
    UPRIGHT,
    colour,
    new_row,
    new_table,
    room_for_words,
    saved,
    set_up,
    shade,
    upright,
    widths_in,
)
from plans.rag import Palette
from reporting.reports.composing import Composed, Section
from reporting.reports.facts import Block, Cell
from reporting.reports.words import Passage, Run, Shape

_SMALL = 8.5  # points, in tables
_QUIET = RGBColor(0x50, 0x5A, 0x5F)
_STYLES = {Shape.BULLETS: "List Bullet", Shape.NUMBERS: "List Number"}


def as_docx(report: Composed, *, made_at: dt.datetime) -> bytes:
    """The document as bytes."""
    document = upright()
    running = f"{report.title}, {report.council}, {report.dated}"
    foot = f"{report.title}, {report.council}. {report.edition}." if report.edition else f"{running}."
    set_up(document, title=running, made_at=made_at, foot=foot, size=11)
    document.core_properties.author = report.signature[0] if report.signature else report.author
    _top(document, report)
    for number, section in enumerate(report.sections, start=1):
        _section(document, number, section, report)
    _signature(document, report)
    _notes(document, report)
    return saved(document)


def _line(
    document: DocumentType, words: str, *, bold: bool = False, quiet: bool = False, leads_on: bool = False
) -> None:
    """A line; one that leads on to what follows stands on the same page as that."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = leads_on or None
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(cell_text(words))
    run.font.bold = bold
    if quiet:
        run.font.color.rgb = _QUIET


def _top(document: DocumentType, report: Composed) -> None:
    """Who writes to whom, when, about what."""
    for number, words in enumerate(report.sender):
        _line(document, words, bold=number == 0)
    document.add_paragraph()
    for words in report.addressee:
        _line(document, words)
    document.add_paragraph()
    _line(document, report.dated)
    document.add_heading(cell_text(report.title), 0)
    about = [("Council", report.council), ("Period", report.period), ("The plan", report.position)]
    if report.corrects:
        about.append(("Correction", f"This report replaces an earlier one. {report.corrects}"))
    for name, words in (*about, ("This copy", report.edition)):
        if words:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(f"{name}: ").font.bold = True
            paragraph.add_run(cell_text(words))
    if report.invented:
        words = f"{report.council} and everybody in this report are invented, to show what Noticeboard does."
        _line(document, words, quiet=True)


def _section(document: DocumentType, number: int, section: Section, report: Composed) -> None:
    document.add_heading(cell_text(f"{number}. {section.heading}"), 1)
    for passage in section.passages:
        _passage(document, passage, report)
    if not section.passages and report.edition:
        _line(document, "Nothing has been written here yet.", quiet=True, leads_on=bool(section.blocks))
    for block in section.blocks:
        _block(document, block)


def _passage(document: DocumentType, passage: Passage, report: Composed) -> None:
    for line in passage.lines:
        if passage.shape is Shape.HEADING:
            paragraph = document.add_heading("", 2)
        else:
            paragraph = document.add_paragraph(style=_STYLES.get(passage.shape))
        for run in line:
            _run(paragraph, run, report)


def _run(paragraph: Any, run: Run, report: Composed) -> None:
    words = f"({run.text})" if run.reference else run.text
    paragraph.add_run(cell_text(words)).font.bold = run.bold or None
    if run.reference is not None:
        paragraph.add_run(str(report.number_of(run.reference))).font.superscript = True


def _block(document: DocumentType, block: Block) -> None:
    heading = document.add_heading(cell_text(block.heading), 2)
    heading.paragraph_format.keep_with_next = True
    if block.words:
        lead = document.add_paragraph(cell_text(block.words))
        lead.paragraph_format.keep_with_next = bool(block.columns) or None
    if not block.columns:
        return
    words = [block.columns, *([cell.text for cell in row.cells] for row in block.rows)]
    table = new_table(document, room_for_words(widths_in(UPRIGHT, block.widths), words, size=_SMALL))
    head = tuple(Cell(column) for column in block.columns)
    for cells in (head, *(row.cells for row in block.rows)):
        line = table.rows[0] if cells is head else new_row(table)
        for place, cell in zip(line.cells, cells, strict=True):
            _cell(place, cell, bold=cells is head)
    document.add_paragraph()


def _cell(place: Any, cell: Cell, *, bold: bool) -> None:
    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(cell_text(cell.text))
    run.font.size, run.font.bold = Pt(_SMALL), bold or bool(cell.colour) or None
    if bold:
        shade(place, HEADING)
    elif cell.colour and cell.colour in Palette.__members__.values():
        colour(place, run, Palette(cell.colour))


def _signature(document: DocumentType, report: Composed) -> None:
    document.add_paragraph()
    if not report.signature:
        _line(document, f"{report.author} (not signed yet)", quiet=True)
        return
    _line(document, "Signed")
    for number, words in enumerate(report.signature):
        _line(document, words, bold=number == 0)


def _notes(document: DocumentType, report: Composed) -> None:
    if not report.notes:
        return
    document.add_heading("Notes: what the claims rest on", 1)
    for note in report.notes:
        _line(document, f"{note.number}. {note.reference.title}", bold=True)
        for words in note.reference.lines:
            _line(document, words)
