"""A plan as CSV: UTF-8 with a byte order mark, one line an action, safe to open in a spreadsheet."""

import csv
import datetime as dt
import io

from files.spreadsheets import guarded
from plans.exporting.book import Book
from plans.exporting.columns import Value


def write_csv(book: Book) -> bytes:
    """The plan as bytes of CSV; days in ISO form."""
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = book.columns(groups_as_columns=True)
    writer.writerow([guarded(shown.heading) for shown in columns])
    for line in book.lines:
        writer.writerow([_cell(shown.column.value(line)) for shown in columns])
    return stream.getvalue().encode()


def _cell(value: Value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return guarded((value or "").replace("\0", ""))
