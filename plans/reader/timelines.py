"""What a timeline's words say: start, end, the ends it had before, or a schedule that recurs."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from plans.reader.dates import Named, dates_in

_SCHEDULE = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|bi-?\s?monthly|quarterly|termly|(?:six|6|three"
    r"|3|two|2)[\s-]*monthly|half[\s-]*yearly"
    r"|half[\s-]*termly|bi-?\s?annual(?:ly)?|annually|yearly)\b"
    r"|\b(?:every|each)\s+(?:\w+\s+){0,2}(?:days?|weeks?|months?|quarters?|terms?|years?"
    r"|boards?|meetings?|cycle)\b"
    r"|^\s*annual\s*$",
    re.IGNORECASE,
)
_NO_DATE = re.compile(
    r"(?:on-?\s?going|tb[acd]|to be (?:agreed|confirmed|determined|decided|advised)|n/?a"
    r"|none|not applicable|asap"
    r"|immediate(?:ly)?|as soon as possible|complete[d]?|done|closed|in place|in progress"
    r"|continuous(?:ly)?|now|on\s?track"
    r"|started|not started|throughout|rolling|-+|–|—|\?+)",
    re.IGNORECASE,
)
_LEADS_WITH_NO_DATE = re.compile(r"(?:on-?\s?going|continuous|rolling|tb[acd])\b", re.IGNORECASE)
_WAS = re.compile(
    (
        r"\b(?:was|were|originally|original|initially|previously|formerly|old|first|moved from"
        r"|extended from|slipped from"
        r"|instead of|brought forward from|put back from)\b[^a-z]*(?:(?:date|deadline|target|by"
        r"|due|of|end)[^a-z]*)*$"
    ),
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:revised|extended|moved|now|new|amended|slipped|changed|put back|rescheduled"
    r"|re-?profiled|extension|delayed)\b"
    r"[^a-z]*(?:(?:to|date|deadline|target|until|by|is|end|timescale|completion)[^a-z]*)*$",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"\b(?:from|start(?:ing|ed|s)?|begin(?:ning|s)?|commenc(?:e|ed|ing|es)|since)\b[^a-z]*(?:date[^a-z]*)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^[^a-z]*(?:-|–|—|to|until|till|through|thru|end(?:ing|s)?|finish(?:ing|es)?"
    r"|complet(?:e|ion|ed)|due|by|and|&|(?:\band\b )?by)"
    r"[^a-z]*(?:(?:the|end|of|date|by|on)[^a-z]*)*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W{0,4}(?:onwards?|(?:to |and |then )?(?:ongoing|on-going|continu\w+))\W*$", re.IGNORECASE
)
_EITHER = re.compile(r"\bbi-?\s?monthly\b|\bbi-?\s?annual", re.IGNORECASE)
_WEEK_DAYS, _MONTH_DAYS = 6, (27, 30)
_WEEK = re.compile(r"\b(?:w\s?/?\s?c|week (?:commencing|beginning|starting|of))\.?\s*:?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A date in the words that cannot be, or could be read in more than one way."""

    words: str
    why: str
    impossible: bool
    of_start: bool
    guesses: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the words say. What cannot be read is None and in `troubles`."""

    start: date | None = None
    end: date | None = None
    earlier_ends: tuple[date, ...] = ()
    schedule: str = ""
    troubles: tuple[Trouble, ...] = ()


@lru_cache(maxsize=16384)
def read_timeline(words: str, as_at: date | None = None, *, begins: bool = False) -> Timeline:
    """Return what a timeline's words say; `as_at` only helps to propose a year where one is missing;
    `begins` where the words stand in a column of starts.

    A period ("March 2015", "Q3 2023/24") ends on its last day. Words that are no dates ("Ongoing", "TBC")
    say nothing and are no trouble.
    """
    text = words.strip()
    if not text or _NO_DATE.fullmatch(text.rstrip(".! ")):
        return Timeline()
    schedule = " ".join(text.split()) if _SCHEDULE.search(text) else ""
    named = dates_in(text, as_at)
    if not named:
        if _EITHER.search(text):
            return Timeline(schedule=schedule, troubles=(_twofold(text),))
        return Timeline(schedule=schedule, troubles=() if schedule or _plain(text) else (_unreadable(text),))
    return _read(text, [_week(text, one) for one in named], schedule, begins=begins)


def _plain(text: str) -> bool:
    return bool(_LEADS_WITH_NO_DATE.match(text)) and not re.search(r"\d", text)


def _unreadable(text: str) -> Trouble:
    return Trouble(text, "no date could be read in it", False, False, ())


def _twofold(text: str) -> Trouble:
    why = "it may mean every two of them or two in each"
    return Trouble(text, why, False, False, ())


def _week(text: str, named: Named) -> Named:
    """`w/c 26/01/15` is that week, Monday to Sunday where it begins on a Monday."""
    if named.first and named.first == named.last and _WEEK.search(text[: named.at]):
        return Named(named.at, named.until, named.words, named.first, named.first + timedelta(days=6))
    return named


def _read(text: str, named: list[Named], schedule: str, *, begins: bool) -> Timeline:
    old, new = _revised(text, named)
    starting = set(range(len(new))) if begins else _starting(text, new)
    start, end = None, None
    for position, one in enumerate(new):
        if position in starting:
            start = start or one.first
        elif one.last:
            end = one.last if end is None or one.last > end else end
    if not starting and len(new) == 1 and new[0].first != new[0].last and _is_span(new[0]):
        start = new[0].first
    troubles = [
        Trouble(one.words, one.why, one.impossible, position in starting, one.guesses)
        for position, one in enumerate(new)
        if one.last is None
    ]
    troubles += [
        Trouble(one.words, one.why, one.impossible, False, one.guesses) for one in old if one.last is None
    ]
    if len(new) > 1 and not starting and not troubles:
        guesses = tuple(dict.fromkeys(one.last for one in new if one.last))
        if len(guesses) > 1:
            troubles.append(
                Trouble(text, "it names several dates", False, False, tuple(sorted(guesses, reverse=True)))
            )
            end = None
    earlier = tuple(sorted(one.last for one in old if one.last))
    return Timeline(start, end, earlier, schedule, tuple(troubles))


def _is_span(named: Named) -> bool:
    """Whether one expression names a start and an end ("Jan - Mar 2015", a week), not just a month or
    year.
    """
    if named.first is None or named.last is None:
        return False
    days = (named.last - named.first).days
    joined = re.search(
        r"(?:[a-z]|\d)\s*(?:-|–|—|\bto\b|&|\band\b|/)\s*(?:[a-z]|\d)", named.words, re.IGNORECASE
    )
    worded = re.match(r"(?!q|end|mid|early)(?=.*[a-z])", named.words, re.IGNORECASE)
    return days == _WEEK_DAYS or bool(joined and worded and not _MONTH_DAYS[0] <= days <= _MONTH_DAYS[1])


def _revised(text: str, named: list[Named]) -> tuple[list[Named], list[Named]]:
    """Part the dates that were from those that are: `Revised to 30/06/22 (was 31/03/22)`."""
    old: list[Named] = []
    new: list[Named] = []
    before = 0
    for one in named:
        lead = text[before : one.at]
        if _WAS.search(lead):
            old.append(one)
        elif _NEW.search(lead):
            # what stood before a "revised to" is what it was
            old += new
            new = [one]
        else:
            new.append(one)
        before = one.until
    return (old, new) if new else ([], old)


def _starting(text: str, named: list[Named]) -> set[int]:
    """Return which dates are starts: said so, or followed by a second that the words make an end."""
    found = set()
    for position, one in enumerate(named):
        before = text[named[position - 1].until if position else 0 : one.at]
        after = text[one.until : named[position + 1].at] if position + 1 < len(named) else None
        said = _STARTS.search(before) is not None or _GOES_ON.match(text[one.until :]) is not None
        if said or (after is not None and position == 0 and len(named) == 2 and _between(after)):  # noqa: PLR2004
            found.add(position)
    return found if len(found) < len(named) or len(named) == 1 else {0}


def _between(words: str) -> bool:
    return bool(_ENDS.match(words)) and bool(words.strip())
