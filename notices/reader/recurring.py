"""Words that say how often: by the calendar, every so long, so many times."""

import re

from deadlines.months import NO_TIME, Period, month_end
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.calendar import END, LAST, QUARTERS
from deadlines.schedules.family import ByCalendar, OnWorkingDay, Together
from notices.reader.mention import Row, period_of, plain
from notices.reader.words import (
    ANY_ORDINAL,
    MONTH,
    MONTHS,
    NUMBER,
    ORDINALS,
    PERIOD,
    UNIT,
    WEEKDAYS,
    number_of,
)

_NOTICE = Anchor("notice_issued")
_ADJECTIVES = {
    "weekly": Period.weeks(1),
    "fortnightly": Period.weeks(2),
    "monthly": Period(months=1),
    "quarterly": Period(months=3),
    "six-monthly": Period(months=6),
    "half-yearly": Period(months=6),
    "half yearly": Period(months=6),
    "annually": Period(months=12),
    "yearly": Period(months=12),
}
_GIVEN_YEARLY = (
    r"(?=\s+(?:\w+\s+){0,2}(?:reports?|statements?|(?:self-)?assessments?|self-evaluations?|updates?|summar|returns?|"
    r"surveys?)\b)"
)
_BY = r"(?P<how>by|on|before|no\s+later\s+than|not\s+later\s+than|at|in|during)\s+"
_EACH = r"(?:each|every)"
_IN_YEAR = (
    rf"(?:,?\s+(?:(?:in|of)\s+)?{_EACH}\s+(?:calendar\s+|financial\s+)?year|,?\s+(?:annually|yearly))\b"
)
_YEARLY = rf"(?:annually|yearly|{_EACH}\s+year|(?:once|twice|{NUMBER}\s+times)\s+(?:a|per|each|every)\s+year)"
_A_DAY = rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}"
_MONTH_LIST = rf"{MONTH}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){MONTH})*"
_CYCLES = {
    "month": (),
    "quarter": QUARTERS,
    "half-year": (6, 12),
    "financial year": (3,),
    "calendar year": (12,),
    "year": (12,),
}
_CYCLE = r"(?P<cycle>(?:financial|calendar)\s+year|half-year|quarter|month|year)"
_ENDED = _CYCLE.replace("cycle", "ended")
_NTH_DAY = rf"(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|last|first|{ANY_ORDINAL})"


def _by(match: re.Match[str]) -> bool:
    return match["how"].lower() not in ("on", "in", "during")


def _cycle(match: re.Match[str]) -> tuple[int, ...]:
    found = match.groupdict()
    words = found["cycle"] or found["ended"]
    return _CYCLES[re.sub(r"\s+", " ", words.lower())]


def _calendar(schedule: Schedule) -> dict[str, object]:
    return {"schedule": schedule}


def _after_cycle(match: re.Match[str]) -> dict[str, object]:
    months, after = _cycle(match), period_of(match["count"], match["unit"])
    return _calendar(ByCalendar(_NOTICE, months, END, after=after))


def _end_of_cycle(match: re.Match[str]) -> dict[str, object]:
    return _calendar(ByCalendar(_NOTICE, _cycle(match), END, by=True))


def _position(words: str) -> int | None:
    """The number that "10th" or "first" says; None for "last"."""
    lower = words.lower()
    if lower == "last":
        return None
    return {"first": 1, **ORDINALS}.get(lower) or int(re.sub(r"\D", "", lower))


def _day_of_month(match: re.Match[str]) -> dict[str, object] | None:
    number, earlier = _position(match["nth"]), match["how"].lower() == "before"
    if match["working"]:
        if number is None:
            return _calendar(OnWorkingDay(ByCalendar(_NOTICE, day=END, by=_by(match))))
        return _calendar(ByCalendar(_NOTICE, day=END, after=Period(working_days=number - earlier)))
    day = END if number is None else number - earlier
    return _calendar(ByCalendar(_NOTICE, day=day, by=_by(match))) if 0 < day <= END else None


def _weekday(match: re.Match[str]) -> dict[str, object] | None:
    number = _position(match["nth"])
    if number is not None and number >= LAST:
        return None
    months = (1, 4, 7, 10) if match["cycle"].lower() == "quarter" else ()
    weekday = WEEKDAYS[match["weekday"].lower()]
    return _calendar(ByCalendar(_NOTICE, months, number or LAST, weekday, by=_by(match)))


def _day_of_year(match: re.Match[str]) -> dict[str, object] | None:
    day, month = int(match["day"]), MONTHS[match["month"].lower()]
    day -= match["how"].lower() == "before"
    if day == 0:
        return _calendar(ByCalendar(_NOTICE, ((month - 2) % 12 + 1,), END, by=True))
    return _calendar(ByCalendar(_NOTICE, (month,), day, by=_by(match))) if day <= END else None


def _days_of_year(match: re.Match[str]) -> dict[str, object]:
    """Several days of each year: one schedule where they are the same day of their months, or all month ends."""
    days = [
        (MONTHS[name.lower()], int(number))
        for number, name in re.findall(rf"(\d{{1,2}})\D*?({MONTH})", match["days"])
    ]
    by = _by(match)
    if all(number == month_end(2023, month).day for month, number in days):
        return _calendar(ByCalendar(_NOTICE, tuple(sorted({month for month, _ in days})), END, by=by))
    if len({number for _, number in days}) == 1:
        return _calendar(ByCalendar(_NOTICE, tuple(sorted({month for month, _ in days})), days[0][1], by=by))
    return _calendar(
        Together(tuple(ByCalendar(_NOTICE, (month,), number, by=by) for month, number in sorted(days)))
    )


def _months_of_year(match: re.Match[str]) -> dict[str, object]:
    named = {MONTHS[name.lower()] for name in re.findall(MONTH, match["months"])}
    months = tuple(sorted(named))
    by = bool(re.match(r"by|before|no|not", (match.groupdict().get("how") or "").lower())) or bool(
        match["end"]
    )
    return _calendar(ByCalendar(_NOTICE, months, END if by else None, by=by))


CALENDAR: tuple[Row, ...] = (
    (
        "calendar",
        (
            rf"\b(?:(?:within|no\s+later\s+than|not\s+later\s+than|by)\s+)?{PERIOD}\s+(?:of|from|after|following)\s+"
            rf"(?:the\s+(?:end|close)\s+of\s+(?:each|every|the|that)\s+{_CYCLE}|{_EACH}\s+{_ENDED}[\s-]end)\b"
        ),
        _after_cycle,
    ),
    ("calendar", rf"\b{_BY}the\s+(?:end|close)\s+of\s+{_EACH}\s+{_CYCLE}\b", _end_of_cycle),
    (
        "calendar",
        (
            rf"\b{_BY}(?:the\s+)?{_NTH_DAY}\s+(?:(?P<working>working|business)\s+)?(?:calendar\s+)?(?:day\s+)?(?:of|in)\s+"
            r"(?:each|every|the)\s+(?:calendar\s+|following\s+)?month\b"
        ),
        _day_of_month,
    ),
    (
        "calendar",
        (
            rf"\b{_BY}the\s+{_NTH_DAY}\s+(?P<weekday>{'|'.join(WEEKDAYS)})\s+(?:of|in)\s+(?:each|every|the)\s+"
            r"(?:calendar\s+)?(?P<cycle>month|quarter)\b"
        ),
        _weekday,
    ),
    (
        "calendar",
        rf"\b{_BY}(?P<days>{_A_DAY}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_A_DAY})+){_IN_YEAR}",
        _days_of_year,
    ),
    (
        "calendar",
        rf"\b{_BY}(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH}){_IN_YEAR}",
        _day_of_year,
    ),
    (
        "calendar",
        rf"\b{_YEARLY}\s*,?\s+{_BY}(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})(?!,?\s+\d{{4}})",
        _day_of_year,
    ),
    (
        "calendar",
        rf"\b(?:{_BY}(?P<end>the\s+end\s+of\s+)?)(?P<months>{_MONTH_LIST}){_IN_YEAR}",
        _months_of_year,
    ),
    (
        "calendar",
        rf"\b{_YEARLY}\s*,?\s+{_BY}(?P<end>the\s+end\s+of\s+)?(?P<months>{_MONTH_LIST})(?!,?\s+\d{{4}})",
        _months_of_year,
    ),
    (
        "calendar",
        rf"\b(?:{_BY}(?P<end>the\s+end\s+of\s+))?{_EACH}\s+(?P<months>{_MONTH_LIST})(?!,?\s+\d{{4}})",
        _months_of_year,
    ),
    (
        "calendar",
        rf"\bannual\b[^.;]{{0,80}}?\b{_BY}(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})(?!,?\s+\d{{4}})",
        _day_of_year,
    ),
    (
        "calendar",
        rf"\bannual\b[^.;]{{0,80}}?\b{_BY}(?P<end>the\s+end\s+of\s+)?(?P<months>{_MONTH_LIST})(?!,?\s+\d{{4}})",
        _months_of_year,
    ),
    (
        "termly",
        rf"\btermly\b|\b(?:{_EACH}|per|once\s+(?:a|per|{_EACH}))\s+(?:school\s+|academic\s+)?term\b",
        plain,
    ),
)


def _every(match: re.Match[str]) -> dict[str, object]:
    found = match.groupdict()
    unit = match["unit"]
    count = "two" if found.get("other") else found.get("count") or "one"
    quarter = "quarter" if unit.lower().startswith("quarter") else ""
    return {"period": period_of(count, unit), "count": int(bool(found.get("least"))), "unit": quarter}


def _adjective(match: re.Match[str]) -> dict[str, object]:
    count, word = match.groupdict().get("count"), re.sub(r"\s+", " ", match["word"].lower())
    if count:
        return {"period": period_of(count, "months" if word == "monthly" else "weeks")}
    return {"period": _ADJECTIVES[word], "unit": "quarter" if word == "quarterly" else ""}


def _times(match: re.Match[str]) -> dict[str, object] | None:
    words = match["times"].lower()
    times = {"once": 1, "twice": 2}.get(words) or number_of(words.split()[0])
    unit = match["unit"].lower()
    if not times:
        return None
    if unit == "month":
        return {"period": Period(months=1), "count": times, "unit": "month"}
    months = {"quarter": 3, "year": 12}.get(unit, 0)
    if months % times == 0 and months:
        return {
            "period": Period(months=months // times),
            "count": times,
            "unit": "quarter" if unit == "quarter" else "",
        }
    if times == 1:
        return {"period": period_of("one", unit)}
    return {"period": NO_TIME, "count": times, "unit": unit}


_LEAST = r"(?P<least>\bat\s+least\s+|\bno\s+less\s+(?:frequently|often)\s+than\s+|\bnot\s+less\s+than\s+)?"
_STRETCH = r"week|fortnight|month|quarter|year"
EVERY: tuple[Row, ...] = (
    (
        "times",
        (rf"{_LEAST}\b(?P<times>once|twice|(?:{NUMBER})\s+(?:times|occasions))\s+(?:a|per|in\s+(?:a|each|every|any)|{_EACH})\s+"
        rf"(?:calendar\s+|financial\s+)?(?P<unit>{_STRETCH})\b"),
        _times,
    ),
    # "every six to eight weeks": the longer one is the limit
    (
        "every",
        rf"{_LEAST}\bevery\s+{NUMBER}\s*(?:-|–|to|or)\s*(?P<count>{NUMBER})[\s-]+(?P<unit>{UNIT})\b",
        _every,
    ),
    ("every", rf"{_LEAST}(?:once\s+)?\b(?:in\s+)?every\s+(?:(?P<count>{NUMBER})[\s-]+)?(?P<unit>{UNIT})\b", _every),
    ("every", rf"\beach\s+(?P<count>{NUMBER})[\s-]+(?P<unit>{UNIT})\b", _every),
    (
        "every",
        rf"{_LEAST}\b(?P<other>every\s+(?:other|second)|(?:in\s+)?alternate)\s+(?P<unit>{_STRETCH})s?\b",
        _every,
    ),
    (
        "every",
        rf"\bat\s+intervals\s+of\s+(?:(?:no|not)\s+more\s+than\s+|at\s+most\s+|up\s+to\s+|not\s+exceeding\s+)?(?P<count>{NUMBER})[\s-]+(?P<unit>{UNIT})\b",
        _every,
    ),
    ("every", rf"\bat\s+(?P<count>{NUMBER})[\s-]+(?P<unit>{UNIT})\s+intervals\b", _every),
    (
        "every",
        rf"{_LEAST}\b(?:once\s+)?(?:in\s+)?(?:each|per)\s+(?:calendar\s+|financial\s+)?(?P<unit>{_STRETCH})\b",
        _every,
    ),
    ("every", rf"\b{_EACH}\s+(?:{'|'.join(WEEKDAYS)})\b(?!\s+\d)", lambda _: {"period": Period.weeks(1)}),
    ("ambiguous", r"\bbi-?\s?(?:monthly|weekly|annual(?:ly)?|yearly)\b|\bsemi-?(?:monthly|weekly)\b", plain),
    ("arrears", r"\b(?P<word>quarterly|monthly)\s+in\s+arrears?\b", _adjective),
    ("every", rf"\b(?P<count>{NUMBER})[\s-]+(?P<word>monthly|weekly)\b", _adjective),
    ("every", rf"{_LEAST}\b(?P<word>{'|'.join(_ADJECTIVES).replace(' ', '[ ]')})\b", _adjective),
    ("every", rf"\bannual\b{_GIVEN_YEARLY}", lambda _: {"period": Period(months=12)}),
)  # fmt: skip
