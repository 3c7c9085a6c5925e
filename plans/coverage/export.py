"""Coverage as a table: CSV and a workbook. Plain data in, bytes out."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from files.spreadsheets import guarded
from plans.coverage.standing import Line, Link
from plans.exporting.cells import put_text

HEADINGS = {
    "Provision": 12,
    "Part of the document": 26,
    "Words": 70,
    "What follows from it": 40,
    "How it stands": 26,
    "Answered by": 50,
    "Ratings": 24,
    "Overdue": 10,
    "Evidence": 10,
    "Why it needs no action": 40,
    "Words changed since": 14,
    "Last decided by": 22,
    "Last decided on": 14,
}


def state_of(line: Line) -> str:
    """How a provision stands, in words."""
    if line.gap is not None:
        return line.gap.label
    if line.none is not None:
        return "Needs no action"
    return "Answered" if line.links else "Answered by its parts"


def _cells(line: Line) -> list[str]:
    provision = line.provision
    last = line.history[-1] if line.history else None
    ratings = [action.rating.code if action.rating else "Not rated" for action in line.actions]
    return [
        provision.ref,
        provision.heading,
        provision.words,
        "\n".join(f"{duty.holder} {duty.force}: {duty.deliverable}" for duty in provision.duties),
        state_of(line),
        "\n".join(map(named, line.links)),
        ", ".join(ratings),
        str(sum(action.overdue for action in line.actions)) if line.actions else "",
        str(line.evidence) if line.actions else "",
        line.none.reason if line.none else "",
        "Yes" if line.changed else "",
        last.by if last else "",
        last.on.isoformat() if last else "",
    ]


def named(link: Link) -> str:
    """A link in a line of words."""
    if link.left is not None:
        return f"{link.ref} (no longer part of the plan)"
    words = link.objective.text if link.objective else link.action.activity if link.action else ""
    through = f" (was {link.through})" if link.through else ""
    return f"{link.ref}{through}: {words}" if words and words != link.ref else f"{link.ref}{through}"


def as_csv(lines: Sequence[Line]) -> str:
    """A table with a byte order mark, safe to open in a spreadsheet."""
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([guarded(cell.replace("\0", "")) for cell in _cells(line)] for line in lines)
    return stream.getvalue()


def as_workbook(lines: Sequence[Line], *, title: str) -> bytes:
    """A workbook of text that is never a formula."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Coverage"
    book.properties.title = title
    sheet.append(list(HEADINGS))
    for row, line in enumerate(lines, start=2):
        for column, words in enumerate(_cells(line), start=1):
            cell = put_text(sheet.cell(row=row, column=column), words)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, width in enumerate(HEADINGS.values(), start=1):
        sheet.cell(row=1, column=column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
