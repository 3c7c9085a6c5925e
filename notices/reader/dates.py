"""Dates in the words of a notice, and those that the words give only in part."""

import re
from datetime import date

from notices.reader.words import MONTH, MONTHS

DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?\s+(?P<month>{MONTH})(?:,?\s+(?P<year>\d{{4}}))?\b"
)
NUMERIC = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b")
MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\s+(?P<year>\d{{4}})\b")


def whole_date(text: str) -> date | None:
    """The first whole date in the text (day, month and year), or None. An impossible one is none."""
    for match in sorted([*DATE.finditer(text), *NUMERIC.finditer(text)], key=lambda match: match.start()):
        if match["year"] and (found := date_of(match["day"], match["month"], match["year"])):
            return found
    return None


def date_of(day: str, month: str, year: str) -> date | None:
    """The date of these words or figures, or None when there is no such day."""
    number = MONTHS.get(month.lower()) or (int(month) if month.isdigit() else 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def date_words(text: str) -> list[str]:
    """Every date, whole or in part, as it is written: "20 March", "June 2010"."""
    spans: list[tuple[int, int]] = []
    for pattern in (DATE, NUMERIC, MONTH_YEAR):
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in spans):
                spans.append(match.span())
    return [text[start:end] for start, end in sorted(spans)]
