"""Dates as people write them in plans: finds each in a text, as the period it names."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)(?!\d)"
_GAP = r"[\s,\-/'’]*"
_SPAN = r"\s*(?:-|–|—|to|until|&|and|/)\s*"
_BESIDE_A_YEAR = re.compile(
    r"\b(?:by|in|during|throughout|for|from|to|until|end|of|the|year|and)\b|\x00", re.IGNORECASE
)
_EARLIEST, _LATEST = 1990, 2100

# terms and seasons differ by council and year: these are proposals, always asked
_SEASONS = {
    "autumn term": (9, 12), "spring term": (1, 4), "summer term": (4, 7),
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """One date or period in a text: where it stands, its first and last day (both None where it cannot be).

    `guesses` are the days it may mean where it cannot be, or only may be, read; `why` says what is wrong
    with it.
    """

    at: int
    until: int
    words: str
    first: date | None
    last: date | None
    why: str = ""
    impossible: bool = False
    guesses: tuple[date, ...] = ()


def dates_in(text: str, as_at: date | None = None) -> list[Named]:
    """Return the dates and periods that a text names, in order. Day comes before month, as in England."""
    left = text
    found: list[Named] = []
    for pattern, read in _FORMS:
        if not found and not left.strip():
            break

        def take(match: re.Match[str], read: _Reader = read) -> str:
            named = read(match, as_at)
            if named is None:
                return match[0]
            found.append(named)
            return "\x00" * len(match[0])

        left = pattern.sub(take, left)
    return sorted(found, key=lambda named: named.at)


_Reader = Callable[["re.Match[str]", "date | None"], "Named | None"]


def _named(match: re.Match[str], first: date | None, last: date | None, **more: object) -> Named:
    return Named(match.start(), match.end(), match[0].strip(), first, last, **more)  # type: ignore[arg-type]


def _year(words: str) -> int:
    digits = int(words.strip("'’"))
    return digits + 2000 if digits < 80 else digits + 1900 if digits < 100 else digits  # noqa: PLR2004


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_of(words: str) -> int:
    return _MONTHS[words.casefold().rstrip(".")]


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _numeric(match: re.Match[str], as_at: date | None) -> Named | None:
    one, two, three = int(match["one"]), int(match["two"]), match["three"]
    if len(match["one"]) == 4:  # noqa: PLR2004
        year, month, day = one, two, int(three)
    elif len(three) == 3 or len(match["one"]) == 3:  # noqa: PLR2004
        return None
    else:
        day, month, year = one, two, _year(three)
    found = _day(year, month, day)
    if found and _EARLIEST <= year <= _LATEST:
        return _named(match, found, found)
    if found:
        return _named(match, None, None, why=f"the year {year} is unlikely", impossible=True)
    return _named(
        match,
        None,
        None,
        why=_why_impossible(day, month),
        impossible=True,
        guesses=_repairs(year, month, day),
    )


def _why_impossible(day: int, month: int) -> str:
    if 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004
        name = next(name for name in reversed(_MONTHS) if _MONTHS[name] == month)
        return f"{name.capitalize()} has no day {day}"
    return f"there is no month {month}" if not 1 <= month <= 12 else f"there is no day {day}"  # noqa: PLR2004


def _repairs(year: int, month: int, day: int) -> tuple[date, ...]:
    if not _EARLIEST <= year <= _LATEST:
        return ()
    if 1 <= month <= 12 and day <= 31:  # noqa: PLR2004
        last = _end_of(year, month)
        return (last, last + timedelta(days=1)) if day else ()
    swapped = _day(year, day, month)
    return (swapped,) if swapped else ()


def _stray_stroke(match: re.Match[str], as_at: date | None) -> Named | None:
    """`31/1/0/15`: a stroke too many; every way of leaving one out is a guess."""
    a, b, c, year = match[1], match[2], match[3], _year(match[4])
    tries = [(a, b + c), (a + b, c), (a, b), (a, c)]
    guesses = [_day(year, int(month), int(day)) for day, month in tries]
    real = tuple(dict.fromkeys(guess for guess in guesses if guess))
    return _named(match, None, None, why="it has a stroke too many", impossible=True, guesses=real)


def _day_month_year(match: re.Match[str], as_at: date | None) -> Named | None:
    day, month = int(match["day"]), _month_of(match["month"])
    words = match["year"]
    if not words:
        return _without_year(match, as_at, lambda year: _day(year, month, day))
    year = _year(words)
    found = _day(year, month, day)
    if found:
        return _named(match, found, found)
    return _named(
        match,
        None,
        None,
        why=_why_impossible(day, month),
        impossible=True,
        guesses=_repairs(year, month, day),
    )


def _without_year(match: re.Match[str], as_at: date | None, make: Callable[[int], date | None]) -> Named:
    """A date without its year is never read silently: the first one from half a year before the plan's date
    on.
    """
    guesses: tuple[date, ...] = ()
    if as_at:
        days = [day for year in (as_at.year - 1, as_at.year, as_at.year + 1) if (day := make(year))]
        ahead = [day for day in days if day >= as_at - timedelta(days=183)]
        guesses = tuple(ahead[:1] + [day for day in days if day not in ahead[:1]])
    return _named(match, None, None, why="it has no year", guesses=guesses)


def _month_year(match: re.Match[str], as_at: date | None) -> Named | None:
    year, month = _year(match["year"]), _month_of(match["month"])
    return _part(match, match["part"], date(year, month, 1), _end_of(year, month))


def _month_alone(match: re.Match[str], as_at: date | None) -> Named | None:
    month = _month_of(match["month"])
    early = re.match(r"early|beginning|start", match["part"] or "", re.IGNORECASE)
    return _without_year(match, as_at, lambda year: date(year, month, 7) if early else _end_of(year, month))


def _part(match: re.Match[str], part: str | None, first: date, last: date) -> Named:
    word = (part or "").casefold()
    if word.startswith(("early", "begin", "start")):
        return _named(match, first, first + timedelta(days=6))
    if word.startswith("mid"):
        middle = first + (last - first) / 2
        return _named(match, middle, middle)
    if word.startswith(("end", "late")):
        return _named(match, last, last)
    return _named(match, first, last)


def _months_year(match: re.Match[str], as_at: date | None) -> Named | None:
    """`Jan - Mar 2015`, `November to February 2016`: the year is the last month's."""
    year = _year(match["year"])
    one, two = _month_of(match["one"]), _month_of(match["two"])
    return _named(match, date(year if one <= two else year - 1, one, 1), _end_of(year, two))


def _month_to_month(match: re.Match[str], as_at: date | None) -> Named | None:
    """`Jan 25 - Jun 25`, `September 2023 to March 2024`."""
    first = date(_year(match["first"]), _month_of(match["one"]), 1)
    last = _end_of(_year(match["year"]), _month_of(match["two"]))
    return _named(match, first, last) if first <= last else None


def _days_month_year(match: re.Match[str], as_at: date | None) -> Named | None:
    year, month = _year(match["year"]), _month_of(match["month"])
    first, last = _day(year, month, int(match["one"])), _day(year, month, int(match["two"]))
    return _named(match, first, last) if first and last else None


def _month_day_year(match: re.Match[str], as_at: date | None) -> Named | None:
    found = _day(_year(match["year"]), _month_of(match["month"]), int(match["day"]))
    return _named(match, found, found) if found else None


def _quarter(match: re.Match[str], as_at: date | None) -> Named | None:
    quarter = int(match["quarter"])
    words = match["year"]
    if not words:
        return _named(match, None, None, why="it does not say of which year")
    first_year = _year(re.split(r"[/\-–]", words)[0].strip())
    financial = _quarter_days(first_year, quarter)
    if re.search(r"[/\-–]", words):
        return _named(match, *financial)
    calendar = _end_of(first_year, quarter * 3)
    why = "it may be a quarter of the financial or of the calendar year"
    return _named(match, None, None, why=why, guesses=(financial[1], calendar))


def _quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """A council's year begins on 1 April: its fourth quarter is January to March of the next year."""
    month, in_year = (1, year + 1) if quarter == 4 else (quarter * 3 + 1, year)  # noqa: PLR2004
    return date(in_year, month, 1), _end_of(in_year, month + 2)


def _financial_year(match: re.Match[str], as_at: date | None) -> Named | None:
    year, following = _year(match["one"]), int(match["two"]) % 100
    if (year + 1) % 100 != following:
        return None
    return _part(match, match["part"], date(year, 4, 1), date(year + 1, 3, 31))


def _whole_year(match: re.Match[str], as_at: date | None) -> Named | None:
    """A year counts only where little else stands beside it: `Easter 2025` is some day of it."""
    if re.search(
        r"[^\W\d_]", _BESIDE_A_YEAR.sub("", match.string[: match.start()] + match.string[match.end() :])
    ):
        return None
    year = int(match["year"])
    return _part(match, match["part"], date(year, 1, 1), date(year, 12, 31))


def _season(match: re.Match[str], as_at: date | None) -> Named | None:
    _, last = _SEASONS[" ".join(match["season"].casefold().split())]
    words = match["year"]
    if not words:
        return _without_year(match, as_at, lambda year: _end_of(year, last))
    return _named(
        match, None, None, why="terms and seasons have no fixed end", guesses=(_end_of(_year(words), last),)
    )


_PART = r"(?P<part>(?:early|beginning|begin|start|mid|middle|end|late)\b(?:[\s-]*of)?(?:\s+the)?)?[\s-]*"
_SEASON = "|".join(sorted(_SEASONS, key=len, reverse=True)).replace(" ", r"\s+")


def _form(pattern: str, read: _Reader) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern, re.IGNORECASE), read


_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    _form(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)", _stray_stroke),
    _form(
        r"(?<![\d])(?P<one>\d{1,4})\s?(?P<sep>[./\-])\s?(?P<two>\d{1,2})\s?(?P=sep)\s?(?P<three>\d{2,4})(?!\d)",
        _numeric,
    ),
    _form(
        rf"\b(?P<one>{_MONTH}){_GAP}(?P<first>{_YEAR}){_SPAN}(?P<two>{_MONTH}){_GAP}(?P<year>{_YEAR})",
        _month_to_month,
    ),
    _form(
        rf"(?<!\d)(?P<one>\d{{1,2}})(?:st|nd|rd|th)?{_SPAN}(?P<two>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?"
        rf"(?P<month>{_MONTH}){_GAP}(?P<year>{_YEAR})",
        _days_month_year,
    ),
    _form(
        (
            rf"(?<!\d)(?P<day>\d{{1,2}})\s?(?:st|nd|rd"
            rf"|th)?(?:\s*|-|/)(?:of\s+)?\b(?P<month>{_MONTH}){_GAP}(?P<year>{_YEAR})?"
        ),
        _day_month_year,
    ),
    _form(
        rf"\b(?P<month>{_MONTH})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)",
        _month_day_year,
    ),
    _form(rf"\b(?P<one>{_MONTH}){_SPAN}(?P<two>{_MONTH}){_GAP}(?P<year>{_YEAR})", _months_year),
    _form(rf"\b{_PART}\b(?P<month>{_MONTH}){_GAP}(?P<year>{_YEAR})", _month_year),
    _form(
        (
            r"\b(?:q|qtr|quarter)\s*(?P<quarter>[1-4])\b[\s,:(/-]*(?P<year>(?:20\d\d"
            r"|\d\d)(?:\s*[/\-–]\s*(?:20)?\d\d)?(?!\d))?\)?"
        ),
        _quarter,
    ),
    _form(rf"\b(?P<season>{_SEASON})(?P<rest>\s+term)?{_GAP}(?P<year>{_YEAR})?", _season),
    _form(rf"\b{_PART}(?<![\d/])(?P<one>20\d\d)\s*[/\-–]\s*(?P<two>(?:20)?\d\d)(?![\d/])", _financial_year),
    _form(rf"\b{_PART}(?<![\d/])(?P<year>20\d\d)(?![\d/])", _whole_year),
    _form(
        r"\b(?P<part>(?:by|in|during|until|till|early|beginning|start|mid|middle|end|late"
        r"|from)\b(?:[\s-]*of)?(?:\s+the)?)"
        rf"[\s-]+(?P<month>{_MONTH})(?=$|[\s,;.)])",
        _month_alone,
    ),
    _form(rf"^\s*(?P<part>)(?P<month>{_MONTH})\s*$", _month_alone),
)
