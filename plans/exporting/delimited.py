"""A plan as CSV: UTF-8 with a byte order mark, one line an action, safe to open in a spreadsheet.

A cell that a spreadsheet would take for a formula gets an apostrophe in front of it, as spreadsheets themselves write
it; so does one that begins with an apostrophe before such a sign. `unguarded` takes exactly that apostrophe away again:
nothing is lost.
"""

import csv
import datetime as dt
import io

from plans.exporting.book import Book
from plans.exporting.columns import Value

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets take for the beginning of a formula, the wide forms of East Asian keyboards included."""
_BEFORE = "' \n\xa0"


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


def _dangerous(text: str) -> bool:
    return text.lstrip(_BEFORE).startswith(FORMULA)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _dangerous(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _dangerous(text) else text
