"""The words of a timeline that recurs, as a schedule of the engine. Plain Python."""

import datetime as dt
import re

from deadlines.events import Happening
from deadlines.months import Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.happenings import WithEach
from deadlines.schedules.periods import EveryPeriod

_BOARD = re.compile(r"\b(?:each|every|per)\b[\w\s,'’-]{0,40}\b(?:board|meeting)s?\b", re.IGNORECASE)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_EVERY = re.compile(rf"\bevery\s+(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(day|week|month|year)s?\b", re.IGNORECASE)
_UNITS = {
    "day": Period(days=1),
    "week": Period.weeks(1),
    "fortnight": Period.weeks(2),
    "month": Period(months=1),
    "quarter": Period(months=3),
    "year": Period(months=12),
}
_WORDS = (
    (r"\b(?:bi-?\s?monthly|bi-?\s?annual\w*|bi-?\s?weekly)\b", None),  # twofold: asked, never guessed
    (r"\b(?:six|6)[\s-]monthly\b|\bhalf[\s-]yearly\b|\btwice (?:a|per) year\b", Period(months=6)),
    (r"\bfortnightly\b|\b(?:each|every|per) fortnight\b", _UNITS["fortnight"]),
    (r"\bdaily\b|\b(?:each|every|per) day\b", _UNITS["day"]),
    (r"\bweekly\b|\b(?:each|every|per) week\b", _UNITS["week"]),
    (r"\bmonthly\b|\b(?:each|every|per) month\b", _UNITS["month"]),
    (r"\bquarterly\b|\b(?:each|every|per) quarter\b|\btermly\b", _UNITS["quarter"]),
    (r"\bannual(?:ly)?\b|\byearly\b|\b(?:each|every|per) year\b", _UNITS["year"]),
)


def schedule_in_words(words: str, anchor: dt.date) -> Schedule | None:
    """The schedule that a timeline's words say ("Monthly", "after each board", "every six weeks"), from a day.

    None where the words are no schedule of the engine or could mean two; they stay in the timeline as they are.
    """
    if _BOARD.search(words):
        return WithEach(of=Happening("board_held"))
    if found := _EVERY.search(words):
        count, unit = found[1].lower(), found[2].lower()
        number = int(count) if count.isdigit() else _NUMBERS[count]
        period = _UNITS[unit]
        if not number:
            return None
        return EveryPeriod(
            Period(months=period.months * number, days=period.days * number), Anchor(on=anchor)
        )
    for pattern, each in _WORDS:
        if re.search(pattern, words, re.IGNORECASE):
            return EveryPeriod(each, Anchor(on=anchor)) if each else None
    return None
