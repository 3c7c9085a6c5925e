"""What stands in a cell, and when two cells say the same: for writing a copy and for reading it back."""

import datetime as dt
import re
import textwrap
from typing import Any

from files.spreadsheets import FORMULA
from plans.exporting.columns import Value

LONGEST = 32_000
"""Characters that a workbook's cell holds for certain (Excel's limit is 32,767)."""
CUT = " […] The rest of this text is too long for a cell: see Noticeboard."

FIRST_DAY = dt.date(1900, 3, 1)
"""Excel counts a 29 February 1900, so earlier days are written as words."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """A text as a cell can hold it: without what XML cannot hold, its lines ended one way, cut where too long."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def put_text(cell: Any, words: str) -> Any:
    """Write words into a workbook's cell as words, whatever they begin with: never a formula, a number or a link."""
    words = cell_text(words)
    cell.value = escaped(words)
    cell.data_type = "s"
    if words.startswith(FORMULA):
        cell.quotePrefix = True  # stays text when somebody edits it
    return cell


def escaped(text: str) -> str:
    """A cell's text as OOXML stores it: what would be taken for one of its own escapes (`_x0041_`) is escaped."""
    return _ESCAPED.sub("_x005F_", text)


def same_words(text: str) -> str:
    """What two texts have in common that differ in blanks and empty lines alone."""
    return "\n".join(words for line in text.splitlines() if (words := " ".join(line.split())))


def as_words(value: Value) -> str:
    """A value as the hidden sheet keeps it: days in ISO form, nothing as ""."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else cell_text(value)


def lines_in(text: str, width: int) -> int:
    """About how many lines a text takes in a cell so many characters wide."""
    return sum(max(1, len(textwrap.wrap(line, max(width, 4)))) for line in text.split("\n"))
