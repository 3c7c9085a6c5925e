"""Making a file of a plan: which formats there are, what each is called, and where the work is done."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import slugify

from plans.exporting.book import Book
from plans.exporting.delimited import write_csv
from plans.exporting.page import page_of
from plans.exporting.press import Progress
from plans.exporting.printing import render
from plans.exporting.word import write_docx
from plans.exporting.xlsx import write_xlsx

AT_ONCE = 400
"""Actions up to which a workbook or a text table is made while somebody waits: less than two seconds."""


class Format(StrEnum):
    """What a plan can be taken out as."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    DOCX = "docx"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def hint(self) -> str:
        return _LABELS[self][1]


_LABELS = {
    Format.XLSX: (
        "Excel workbook",
        "To edit and read in again: only the cells that were changed will change here",
    ),
    Format.CSV: ("CSV", "One line an action, for other programs"),
    Format.PDF: ("PDF", "To print or send: landscape, tagged for screen readers"),
    Format.DOCX: ("Word document", "A table to quote from or to work on in words"),
}


@dataclass(frozen=True)
class Made:
    """A finished file."""

    name: str
    content_type: str
    content: bytes


_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_WRITERS: dict[Format, Callable[[Book], bytes]] = {
    Format.XLSX: write_xlsx,
    Format.CSV: write_csv,
    Format.DOCX: write_docx,
}


def make(book: Book, kind: Format, progress: Progress | None = None) -> Made:
    """The plan as a file of a kind. A PDF is drawn in a process of its own; raises printing.PrintingFailed."""
    content = render(page_of(book), progress) if kind is Format.PDF else _WRITERS[kind](book)
    name = f"{slugify(book.council)[:60]}-plan-{book.on.isoformat()}.{kind.value}"
    return Made(name, _TYPES[kind], content)


def is_long(book: Book, kind: Format) -> bool:
    """Whether making it takes longer than somebody waits for a page."""
    return kind in {Format.PDF, Format.DOCX} or len(book.lines) > AT_ONCE
