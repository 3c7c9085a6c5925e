"""What was found in a document, as a table for whoever keeps it. Plain Python."""

import csv
import io
from collections.abc import Iterator

from plans import reader

HEADINGS = ("Reference", "Where", "Column", "What was found", "As it stands", "Choices", "Answer")
# a spreadsheet takes what begins so for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report(found: reader.Reading) -> str:
    """The findings of a reading as CSV with a byte order mark, safe to open in a spreadsheet."""
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(cell) for cell in row] for row in _rows(found))
    return stream.getvalue()


def _rows(found: reader.Reading) -> Iterator[tuple[str, ...]]:
    for finding in found.findings:
        row = found.row_of(finding)
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


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
