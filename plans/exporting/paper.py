"""The columns of a plan on paper, whether printed or in Word: which there is room for, and how wide they are."""

import datetime as dt

from plans.exporting.book import Book
from plans.exporting.columns import Kind, Line, Shown
from plans.rows import Code

_ROOM = 273.0
"""Millimetres between the margins of a landscape A4 page."""
_AROUND, _LETTER, _BOLD = 4.5, 1.75, 2.05
"""Millimetres that a cell keeps free beside its words, and that a letter of its words and of a rating takes."""
_LONGEST_LABEL = 14
"""Letters of a rating from which it may break, lest a legend of whole phrases takes the page."""
_NOTHING = {"expected": "Cannot be worked out", "assured": "Not tested"}
"""What stands where nothing is expected or was tested, which is not the same as not rated."""

Said = str | Code
"""What a cell says: words, or a rating that is shown in its colour."""


def paper_columns(book: Book) -> tuple[Shown, ...]:
    """The columns that paper has room for.

    Days of their own only where words do not say them; no column for what an objective's own row says.
    """
    return tuple(
        shown
        for shown in book.columns()
        if shown.column.on_paper
        and not _said(book, shown)
        and (book.flat or shown.column.key != "objective_rating")
    )


def paper_cell(book: Book, shown: Shown, line: Line) -> Said:
    """What a cell of an action's row says on paper: "16 Jun 2015", a rating, "Not rated"."""
    value = book.value(shown, line)
    if isinstance(value, dt.date):
        return f"{value.day} {value:%b %Y}"
    if shown.column.kind is not Kind.RATING:
        return value or ""
    if not value:
        return _NOTHING.get(shown.column.key, "Not rated")
    return book.codes.get(value) or value


def place_of_judgement(columns: tuple[Shown, ...]) -> int:
    """Which column an objective's judgement stands in, in the objective's row: above the ratings of its actions.

    Never the first, where the objective's words begin.
    """
    return max(1, [shown.column.key for shown in columns].index("rating"))


def widths_of(book: Book, columns: tuple[Shown, ...]) -> list[float]:
    """How wide each column is in millimetres.

    None is so narrow that a word of its heading, a day, or the letter and word of a rating breaks in it; one in which
    no action says anything is as narrow as that.
    """
    scale = book.table.scale
    ratings = [code.label for code in scale if not code.is_mark and len(code.label) <= _LONGEST_LABEL]
    least = [_least(shown, ratings) for shown in columns]
    narrow = {
        place
        for place, shown in enumerate(columns)
        if not any(paper_cell(book, shown, line) for line in book.lines)
    }
    while True:
        room = _ROOM - sum(least[place] for place in narrow)
        whole = sum(shown.column.width for place, shown in enumerate(columns) if place not in narrow) or 1
        widths = [
            least[place] if place in narrow else room * shown.column.width / whole
            for place, shown in enumerate(columns)
        ]
        found = {place for place, width in enumerate(widths) if width < least[place]}
        if not found:
            return widths
        narrow |= found


def _least(shown: Shown, ratings: list[str]) -> float:
    words = [*shown.heading.split(), *(["24 May 2015"] if shown.column.kind is Kind.DATE else [])]
    bold = ratings if shown.column.kind is Kind.RATING else []
    return _AROUND + max(
        _LETTER * max((len(word) for word in words), default=1),
        _BOLD * max((len(label) for label in bold), default=1),
    )


def _said(book: Book, shown: Shown) -> bool:
    """Whether a column of days says nothing that the timelines' words do not say."""
    if shown.column.kind is not Kind.DATE:
        return False
    if not any(line.action.timeline for line in book.lines):
        return all(shown.column.value(line) is None for line in book.lines)
    return all(line.action.timeline or shown.column.value(line) is None for line in book.lines)
