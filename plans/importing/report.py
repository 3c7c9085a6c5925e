"""What was found in a document, as a table for whoever keeps it. Plain Python."""

import csv
import io
from collections.abc import Iterator, Sequence

from files.spreadsheets import guarded
from plans import reader
from plans.importing.asking import Question

HEADINGS = ("Reference", "Where", "Column", "What was found", "As it stands", "Choices", "Answer")


def report(found: reader.Reading, questions: Sequence[Question] = ()) -> str:
    """The findings of a reading, and questions about which action is meant.

    As CSV with a byte order mark, safe to open in a spreadsheet.
    """
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(HEADINGS)
    writer.writerows([guarded(cell) for cell in row] for row in _rows(found, questions))
    return stream.getvalue()


def _rows(found: reader.Reading, questions: Sequence[Question]) -> Iterator[tuple[str, ...]]:
    findings: list[reader.Finding | Question] = [*questions, *found.findings]
    for finding in findings:
        at = finding.table is not None and finding.row is not None
        row = found.source_row(finding.table or 0, finding.row or 0) if at else None
        labels = {choice.key: choice.label for choice in finding.choices}
        yield (
            finding.ref or "",
            finding.place,
            finding.column or "",
            finding.message,
            " | ".join(cell for cell in row.cells if cell) if row else "",
            "; ".join(labels.values()),
            labels.get(finding.chosen or "", ""),
        )
