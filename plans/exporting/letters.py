"""A document of words (minutes, a report, a newsletter): headings, paragraphs, lists, small tables.

Described once, written as Word by `write_letter`, or as the HTML that `printing` draws by `letter_page`.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from docx.document import Document as DocumentType
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from plans.exporting.cells import cell_text
from plans.exporting.docx_parts import (
    HEADING,
    UPRIGHT,
    new_row,
    new_table,
    room_for_words,
    saved,
    set_up,
    shade,
    upright,
    widths_in,
)
from plans.exporting.page import css_string

_SIZE_IN_GRIDS = 9.5
_QUIET = RGBColor(0x50, 0x5A, 0x5F)


@dataclass(frozen=True)
class Heading:
    """A heading under the title: level 1 or 2."""

    words: str
    level: int = 1


@dataclass(frozen=True)
class Words:
    """Paragraphs, one a line; `lead` stands before the first in bold, `quiet` is for what matters less."""

    words: str
    lead: str = ""
    quiet: bool = False

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()] or [""]


@dataclass(frozen=True)
class Bullets:
    """A list; each item may have a few words in bold before it."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A small table with a heading a column; `widths` are shares of the page's width."""

    caption: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Words | Bullets | Grid


@dataclass(frozen=True)
class Letter:
    """A whole document. `over` stands above the title; `mark` ("Draft") on top of every page, "" for none."""

    over: str
    title: str
    blocks: tuple[Block, ...]
    made_at: dt.datetime
    mark: str = ""
    standing: str = ""  # one sentence under the title: what it is and from when

    @property
    def running(self) -> str:
        """What stands at the head and the foot of every page."""
        return f"{self.over}: {self.title}."


def letter_page(letter: Letter) -> str:
    """The page to print, with its style in it, so that nothing is fetched when it is drawn."""
    style = (settings.BASE_DIR / "static" / "print" / "letter.css").read_text(encoding="utf-8")
    kinds = [(type(block).__name__.lower(), block) for block in letter.blocks]
    context = {
        "letter": letter,
        "blocks": kinds,
        "css": style,
        "running": css_string(letter.running),
        "mark": css_string(letter.mark),
    }
    return render_to_string("plans/print/letter.html", context, using="pages")


def write_letter(letter: Letter) -> bytes:
    """The Word document as bytes."""
    document = upright()
    set_up(
        document,
        title=f"{letter.over}: {letter.title}",
        made_at=letter.made_at,
        foot=letter.running,
        size=11,
    )
    if letter.mark:
        head = document.sections[0].header.paragraphs[0].add_run(cell_text(letter.mark))
        head.font.bold = True
    _said(document.add_paragraph(), letter.over, quiet=True)
    document.add_heading(cell_text(letter.title), 0)
    if letter.standing:
        document.add_paragraph(cell_text(letter.standing))
    for block in letter.blocks:
        _write(document, block)
    return saved(document)


def _write(document: DocumentType, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(cell_text(block.words), block.level)
    elif isinstance(block, Words):
        for number, line in enumerate(block.lines):
            _said(document.add_paragraph(), line, lead="" if number else block.lead, quiet=block.quiet)
    elif isinstance(block, Bullets):
        for lead, words in block.items:
            _said(document.add_paragraph(style="List Bullet"), words, lead=lead)
    else:
        _grid(document, block)


def _said(paragraph: Paragraph, words: str, *, lead: str = "", quiet: bool = False) -> None:
    if lead:
        paragraph.add_run(cell_text(f"{lead} ")).font.bold = True
    run = paragraph.add_run(cell_text(words))
    if quiet:
        run.font.color.rgb = _QUIET


def _grid(document: DocumentType, grid: Grid) -> None:
    if grid.caption:
        caption = document.add_paragraph()
        _said(caption, "", lead=grid.caption)
        caption.paragraph_format.keep_with_next = True
    widths = room_for_words(widths_in(UPRIGHT, grid.widths), (grid.headings, *grid.rows), size=_SIZE_IN_GRIDS)
    table = new_table(document, widths)
    for row in (grid.headings, *grid.rows):
        line = table.rows[0] if row is grid.headings else new_row(table)
        for cell, words in zip(line.cells, row, strict=True):
            run = cell.paragraphs[0].add_run(cell_text(words))
            run.font.size = Pt(_SIZE_IN_GRIDS)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            if row is grid.headings:
                run.font.bold = True
                shade(cell, HEADING)
    document.add_paragraph()
