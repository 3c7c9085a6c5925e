"""What a sentence says about when: each way of saying it found once, the longer before the shorter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.months import Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import Between, ByEndOfMonth, InMonth, OnDate
from notices.reader.dates import date_of
from notices.reader.words import MONTH, MONTHS, NUMBER, ORDINALS, PERIOD, UNIT, number_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One way in which the words say when: its kind, the words and their place, and what they give."""

    kind: str
    words: str
    start: int
    end: int
    period: Period | None = None
    anchor: Anchor | None = None
    schedule: Schedule | None = None
    count: int = 0
    target: str = ""
    unit: str = ""


_NOTICE_WORDS = (
    r"(?:the\s+)?(?:(?:date|start|commencement|issue|issuing|publication|receipt|beginning)\s+of\s+)?"
    r"(?:this|the)\s+(?:improvement\s+)?(?:notice|intervention|direction)(?:\s+(?:being|is|was)\s+(?:issued|given))?"
)
_ANCHOR = (
    rf"(?P<anchor>(?P<notice>{_NOTICE_WORDS})|(?P<review>(?:the\s+|each\s+)?(?:last|previous|most recent)\s+"
    r"(?:progress\s+)?review)|(?P<adviser>(?:the\s+)?(?:appointment|placing|arrival)\s+of\s+(?:an?|the)\s+advis[eo]r)|"
    r"(?P<inspection>(?:the\s+)?(?:publication\s+of\s+)?(?:the\s+|its\s+)?(?:most "
    r"recent\s+)?(?:ofsted['’]?s?\s+)?"
    r"(?:re-?)?inspection(?:\s+report)?)|(?P<other>(?:the|its|their|each|every|any|receipt|receiving)\b[^,.;]{0,60}))"
)
_LIST = rf"(?:{NUMBER}(?:\s+(?:{UNIT}))?(?:\s*,\s*(?:and\s+)?|\s+and\s+))*{NUMBER}"
_BOARDS = r"(?:(?:improvement|progress|governance)\s+)*(?:boards?\s+meetings?|boards?|meetings?)"
_REPORTING_DAY = re.compile(
    r"(?:publish\w*(?:\s+by\s+\w+)?|dated|issued|inspect\w*|report|carried out|given)\s*$", re.IGNORECASE
)
_MEASURE = re.compile(r"\d\s*%|\bper\s?cent\b|\bpercentage\b|\bproportion\b", re.IGNORECASE)
_ADJECTIVES = {
    "weekly": Period.weeks(1),
    "fortnightly": Period.weeks(2),
    "monthly": Period(months=1),
    "quarterly": Period(months=3),
    "six-monthly": Period(months=6),
    "half-yearly": Period(months=6),
    "half yearly": Period(months=6),
    "biannually": Period(months=6),
    "annually": Period(months=12),
    "yearly": Period(months=12),
}


def _period(match: re.Match[str]) -> Period:
    return period_of(match["count"], match["unit"])


def period_of(count: str, unit: str) -> Period:
    """The period that a number and a unit say: "two", "months"."""
    number, singular = number_of(count), unit.lower().rstrip("s")
    if singular.startswith("working"):
        return Period(working_days=number)
    if singular.endswith("month"):
        return Period(months=number)
    if singular == "year":
        return Period(months=12 * number)
    return Period.weeks(number) if singular == "week" else Period(days=number)


def _anchor(match: re.Match[str]) -> Anchor | None:
    """What a period counts from; nothing said is the notice, something the lists do not know is None."""
    found = match.groupdict()
    if not found.get("anchor") or found.get("notice"):
        return Anchor("notice_issued")
    if found.get("review"):
        return Anchor("review_held", last=True)
    if found.get("adviser"):
        return Anchor("adviser_placed")
    return Anchor("inspection_published") if found.get("inspection") else None


Maker = Callable[[re.Match[str]], dict[str, object] | None]


def _counted(match: re.Match[str]) -> dict[str, object]:
    return {
        "period": _period(match),
        "anchor": _anchor(match),
        "target": match.groupdict().get("anchor") or "",
    }


def _bare(match: re.Match[str]) -> dict[str, object] | None:
    """A period alone counts from the notice; in a measure ("80% within 10 days") it is no deadline."""
    return None if _MEASURE.search(match.string) else _counted(match)


def _opening(match: re.Match[str]) -> dict[str, object]:
    numbers = re.findall(rf"\b{NUMBER}\b", match["list"], re.IGNORECASE)
    return {
        "target": " ".join(str(number_of(number)) for number in numbers),
        "unit": match["unit"],
        "anchor": _anchor(match),
    }


def _every(match: re.Match[str]) -> dict[str, object]:
    count = match["count"] or "one"
    return {"period": period_of(count, match["unit"]), "count": int(bool(match["least"]))}


def _adjective(match: re.Match[str]) -> dict[str, object]:
    count, word = match.groupdict().get("count"), match["word"].lower()
    if count:
        return {"period": period_of(count, "months" if word == "monthly" else "weeks")}
    return {"period": _ADJECTIVES[word]}


def _twice(match: re.Match[str]) -> dict[str, object] | None:
    times = {"once": 1, "twice": 2}.get(match["times"].lower()) or number_of(match["times"].split()[0])
    unit = match["unit"].lower()
    if unit == "month":
        return {"period": Period(months=1), "count": times, "unit": "month"}
    return {"period": Period(months=12 // times)} if unit == "year" and 12 % times == 0 else None


def _month(match: re.Match[str]) -> tuple[int, int]:
    return int(match["year"]), MONTHS[match["month"].lower()]


def _day(match: re.Match[str]) -> date | None:
    return date_of(match["day"], match["month"], match["year"])


def _on_day(match: re.Match[str]) -> dict[str, object] | None:
    day = _day(match)
    by = not match[0].lower().startswith("on ") or match[0].lower().startswith("on or")
    return (
        {"schedule": OnDate(day, by)}
        if day and not _REPORTING_DAY.search(match.string[: match.start()])
        else None
    )


def _before_day(match: re.Match[str]) -> dict[str, object] | None:
    day = _day(match)
    return {"schedule": OnDate(day - timedelta(days=1), by=True)} if day else None


def _in_month(match: re.Match[str]) -> dict[str, object] | None:
    if _REPORTING_DAY.search(match.string[: match.start()]):
        return None
    return {"schedule": InMonth(*_month(match))}


def _month_start(match: re.Match[str]) -> dict[str, object]:
    year, month = _month(match)
    return {"schedule": Between(date(year, month, 1), date(year, month, 7))}


def _nth(match: re.Match[str]) -> dict[str, object]:
    word = match["n"].lower()
    return {"count": ORDINALS.get(word) or number_of(word)}


def _target(match: re.Match[str]) -> dict[str, object]:
    return {"target": match["target"].strip()}


def _lead(match: re.Match[str]) -> dict[str, object]:
    return {"period": _period(match), "target": match["target"].strip()}


def _amount(match: re.Match[str]) -> dict[str, object]:
    return {"count": number_of(match["count"]), "unit": match["what"].lower()}


def _plain(_: re.Match[str]) -> dict[str, object]:
    return {}


_DAY_WORDS = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH}),?\s+(?P<year>\d{{4}})"
_MONTH_WORDS = rf"(?P<month>{MONTH})\s+(?P<year>\d{{4}})"
_LIFTED = r"(?:lifted|removed|withdrawn|discharged|cancelled|rescinded|closed)"
_BEFORE = r"(?:before|prior\s+to|in\s+advance\s+of|ahead\s+of)"
_A_REVIEW = (
    r"(?:(?:the|each|every|any|such|these)\s+)?(?:[\w’']+\s+){0,4}?"
    r"(?:reviews?|board\s+meetings?|meetings?|boards?)\b"
)
# "every six to eight weeks": the longer one is the limit
_RANGE = (
    rf"(?P<least>\bat\s+least\s+)?\bevery\s+{NUMBER}\s*(?:-|–|to|or)\s*(?P<count>{NUMBER})[\s-]+"
    rf"(?P<unit>{UNIT})\b"
)
_TABLE: tuple[tuple[str, str, Maker], ...] = (
    (
        "lead",
        rf"(?:at\s+least\s+|no\s+later\s+than\s+)?{PERIOD}\s+{_BEFORE}\s+(?P<target>{_A_REVIEW})",
        _lead,
    ),
    (
        "before_end",
        r"(?:before|by|prior\s+to)\s+the\s+end\s+of\s+(?:this|the)\s+(?:improvement\s+)?(?:notice|direction)",
        _plain,
    ),
    (
        "before_end",
        rf"before\s+(?:this|the)\s+(?:improvement\s+)?(?:notice|direction)\s+is\s+{_LIFTED}",
        _plain,
    ),
    (
        "within",
        rf"\b(?:within|no\s+later\s+than|not\s+later\s+than|by)\s+{PERIOD}\s+(?:of|from|after|following)\s+{_ANCHOR}",
        _counted,
    ),
    ("within", rf"\bwithin\s+{PERIOD}\b", _bare),
    ("until_day", rf"\b(?:until|up\s+to)\s+{_DAY_WORDS}", _on_day),
    (
        "opens",
        rf"\b(?:after|at)\s+(?P<list>{_LIST})\s+(?P<unit>{UNIT})(?:\s+(?:of|from|after)\s+{_ANCHOR})?",
        _opening,
    ),
    ("within", rf"\b{PERIOD}\s+(?:after|from|following)\s+{_ANCHOR}", _counted),
    ("first", rf"\bfor\s+(?:the|its)\s+first\s+{PERIOD}", lambda match: {"period": _period(match)}),
    (
        "amount",
        rf"\bat\s+least\s+(?P<count>{NUMBER})\s+(?P<what>(?:working\s+)?days?|hours?)\b[^.;]{{0,40}}?\s(?:every|each|per|a)\s+(?:calendar\s+)?month",
        _amount,
    ),
    ("nth", rf"\bevery\s+(?P<n>{NUMBER}|{'|'.join(ORDINALS)})\s+{_BOARDS}", _nth),
    ("nth", rf"\b(?:each|every)\s+(?P<n>{'|'.join(ORDINALS)})\s+{_BOARDS}", _nth),
    (
        "times",
        rf"\b(?:at\s+least\s+)?(?P<times>once|twice|{NUMBER}\s+times)\s+(?:a|per|each|every|in\s+each|in\s+every)\s+(?:calendar\s+)?(?P<unit>month|year)\b",
        _twice,
    ),
    (
        "every",
        _RANGE,
        _every,
    ),
    (
        "every",
        rf"(?P<least>\bat\s+least\s+)?(?:once\s+)?\bevery\s+(?:(?P<count>{NUMBER})[\s-]+)?(?P<unit>{UNIT})\b",
        _every,
    ),
    (
        "every",
        r"(?P<least>\bat\s+least\s+)?\b(?:once\s+)?(?:each|per)(?P<count>)\s+(?P<unit>week|month|quarter|year)\b",
        _every,
    ),
    ("ambiguous", r"\bbi-?\s?(?:monthly|weekly)\b|\bsemi-?(?:monthly|weekly)\b", _plain),
    ("every", rf"\b(?P<count>{NUMBER})[\s-]+(?P<word>monthly|weekly)\b", _adjective),
    ("every", rf"\b(?P<word>{'|'.join(_ADJECTIVES)})\b", _adjective),
    ("month_start", rf"\b(?:at|by|from)\s+the\s+(?:start|beginning)\s+of\s+{_MONTH_WORDS}", _month_start),
    ("month_start", rf"\b(?:in|by)\s+early\s+{_MONTH_WORDS}", _month_start),
    (
        "dated",
        rf"\b(?:by|before|no\s+later\s+than)\s+the\s+end\s+of\s+{_MONTH_WORDS}",
        lambda match: {"schedule": ByEndOfMonth(*_month(match))},
    ),
    ("dated", rf"\bbefore\s+{_DAY_WORDS}", _before_day),
    (
        "dated",
        rf"\b(?:by|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|on)\s+(?:the\s+)?{_DAY_WORDS}",
        _on_day,
    ),
    ("dated", rf"\b(?:in|during)\s+{_MONTH_WORDS}", _in_month),
    (
        "by_month",
        rf"\b(?:by|before)\s+{_MONTH_WORDS}",
        lambda match: {"schedule": ByEndOfMonth(*_month(match))},
    ),
    (
        "term",
        r"\b(?:in|by|during|before)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?(?:spring|summer|autumn|winter)(?:\s+term)?(?:\s+(?:of\s+)?\d{4})?",
        _plain,
    ),
    ("each_meeting", rf"\b(?:each|every)\s+{_BOARDS}(?:\s+of\s+the\s+(?:improvement\s+)?board)?", _plain),
    ("informs", r"\bto\s+inform\s+(?P<target>(?:the\s+)?[^.;]{0,40}?chair[^.;]{0,12}report)", _target),
    ("before", rf"\b{_BEFORE}\s+(?P<target>{_A_REVIEW})", _target),
    (
        "alongside",
        r"\b(?:alongside|together\s+with|accompanied\s+by|at\s+the\s+same\s+time\s+as|in\s+parallel\s+with)\s+(?P<target>[^,.;]{3,60})",
        _target,
    ),
    ("alongside", r"\bin\s+parallel\b(?P<target>)", _target),
    (
        "until",
        rf"\b(?:until\s+(?:this|the)\s+(?:improvement\s+)?(?:notice|direction)\s+is\s+{_LIFTED}|(?:for|throughout)\s+the\s+(?:duration|life|lifetime)\s+of\s+(?:this|the)\s+notice)",
        _plain,
    ),
    (
        "on_request",
        r"\b(?:(?:or\s+)?at\s+the\s+(?:specific\s+)?request\s+of|(?:up)?on\s+request|(?:when|if|as)\s+requested)\b",
        _plain,
    ),
    (
        "adviser",
        r"\b(?:should|if|once|when|where|in\s+the\s+event)\b[^,.;]*?\b(?:advis[eo]r|persons?)\b[^,.;]*?\b(?:placed|appointed|in\s+place|advice)\b",
        _plain,
    ),
    (
        "failure",
        r"\b(?:should|if|where)\s+the\s+council\s+(?:be\s+)?(?:unwilling|unable|fails?|not|does\s+not)[^,.;]*|\bfailure\s+to\s+comply|\b(?:should|if)\s+ministers?\s+(?:be\s+|are\s+|is\s+)?not\s+(?:be\s+)?satisfied",
        _plain,
    ),
    (
        "appointment",
        r"\bon\s+(?:their\s+)?appointment\b|\baware\s+of\s+(?:the|their)\s+terms\s+of\s+reference",
        _plain,
    ),
    (
        "standing",
        r"\bup\s+to\s+date\b|\bat\s+all\s+times\b|\bon\s+track\b|\bon\s+an\s+on-?going\s+basis\b|\bcontinuously\b",
        _plain,
    ),
    ("thereafter", r"\bthereafter\b|\bafterwards\b", _plain),
    (
        "more",
        r"\bmore\s+(?:regularly|frequently|often)\b(?:\s+(?:where|as|if)\s+(?:appropriate|necessary|needed))?",
        _plain,
    ),
    ("appropriate", r"\b(?:where|as|if|when)\s+(?:appropriate|necessary|needed)\b", _plain),
    (
        "regular",
        r"\bregular(?:ly)?\b|\bperiodic(?:ally)?\b|\bfrom\s+time\s+to\s+time\b|\broutine(?:ly)?\b|\bfrequent(?:ly)?\b",
        _plain,
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE), maker) for kind, pattern, maker in _TABLE)


def mentions(text: str) -> list[Mention]:
    """What the text says about when, in its order; words used in a longer mention are not read again."""
    found: list[Mention] = []
    for kind, pattern, maker in _PATTERNS:
        for match in pattern.finditer(text):
            taken = any(match.start() < one.end and one.start < match.end() for one in found)
            content = None if taken else maker(match)
            if content is not None:
                found.append(Mention(kind, match[0].strip(), match.start(), match.end(), **content))  # type: ignore[arg-type]
    return sorted(found, key=lambda one: one.start)
