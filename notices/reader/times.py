"""What a sentence says about when: each way of saying it found once, the longer before the shorter."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from deadlines.months import Period, month_end
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import Between, ByEndOfMonth, InMonth, OnDate, Together
from notices.reader.anchors import ANCHOR, THE_NOTICE, anchor_of, counted
from notices.reader.conditions import CONDITIONS
from notices.reader.dates import date_of
from notices.reader.mention import Mention, Row, period_of, plain
from notices.reader.recurring import CALENDAR, EVERY
from notices.reader.words import MONTH, MONTHS, NUMBER, ORDINALS, PERIOD, UNIT, WEEKDAYS, number_of

_LIST = rf"(?:{NUMBER}(?:[\s-]+(?:{UNIT}))?(?:\s*,\s*(?:and\s+)?|\s+and\s+))*{NUMBER}"
_BOARDS = (
    r"(?:(?:improvement|progress|governance|monthly|quarterly|weekly|scheduled|ordinary|formal|regular)\s+)*"
    r"(?:boards?\s+meetings?|boards?|meetings?)"
)
_REPORTING_DAY = re.compile(
    r"(?:publish\w*(?:\s+by\s+\w+)?|dated|issued|inspect\w*|report|carried out|given)\s*$", re.IGNORECASE
)
_TELLS = re.compile(
    r"\b(?:notify|inform|report|submit|alert|tell|send|respond|publish|appoint|remed\w+|reply)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\d\s*%|\bper\s?cent\b|\bpercentage\b|\bproportion\b", re.IGNORECASE)


def _period(match: re.Match[str]) -> Period:
    return period_of(match["count"], match["unit"])


def _bare(match: re.Match[str]) -> dict[str, object] | None:
    """A period alone counts from the notice, or from the request that is spoken of before it;
    in a measure ("80% within 10 days") it is no deadline.
    """
    if _MEASURE.search(match.string):
        return None
    asked = re.search(r"\brequest(?:s|ed)?\b|\basks?\s+for\b", match.string[: match.start()], re.IGNORECASE)
    return counted(match) | ({"unit": "request"} if asked else {})


def _opening(match: re.Match[str]) -> dict[str, object]:
    numbers = re.findall(rf"\b{NUMBER}\b", match["list"], re.IGNORECASE)
    return {
        "target": " ".join(str(number_of(number)) for number in numbers),
        "unit": match["unit"],
        "anchor": anchor_of(match),
    }


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


def _end_of_year(match: re.Match[str]) -> dict[str, object]:
    """The end of a year told by its number; of one told by two, the financial year's, in March."""
    year = int(match["year"])
    return {"schedule": ByEndOfMonth(year + 1, 3) if match["to"] else ByEndOfMonth(year, 12)}


def _months_of_a_year(match: re.Match[str]) -> dict[str, object]:
    """Several months of one year: "in June, September and December 2016"."""
    kind = InMonth if match["how"].lower() in ("in", "during") else ByEndOfMonth
    months = [MONTHS[name.lower()] for name in re.findall(MONTH, match["months"])]
    return {"schedule": Together(tuple(kind(int(match["year"]), month) for month in months))}


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


def _length(match: re.Match[str]) -> dict[str, object]:
    return {"period": _period(match)}


def _until_day(match: re.Match[str]) -> dict[str, object] | None:
    day = _day(match)
    return {"anchor": Anchor(on=day)} if day else None


def _until_month(match: re.Match[str]) -> dict[str, object]:
    year, month = _month(match)
    first = date(year, month, 1)
    return {
        "anchor": Anchor(
            on=month_end(year, month) if "end" in match[0].lower() else first - timedelta(days=1)
        )
    }


def _amount(match: re.Match[str]) -> dict[str, object]:
    return {"count": number_of(match["count"]), "unit": match["what"].lower()}


_CLOCK = (
    r"(?:(?:noon|midday|midnight|(?:the\s+)?close\s+of\s+(?:business|play)|"
    r"\d{1,2}(?:[:.]\d\d)?\s?[ap]m|\d{1,2}[:.]\d\d)\s+on\s+)?"
)
_DAY_WORDS = (
    rf"(?:(?:{'|'.join(WEEKDAYS)}),?\s+(?:the\s+)?)?"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH}),?\s+(?P<year>\d{{4}})"
)
_MONTH_WORDS = rf"(?P<month>{MONTH})\s+(?P<year>\d{{4}})"
_LIFTED = r"(?:lifted|removed|withdrawn|discharged|cancelled|rescinded|closed)"
_BEFORE = r"(?:before|prior\s+to|in\s+advance\s+of|ahead\s+of)"
_A_REVIEW = (
    r"(?:(?:the\s+date\s+of\s+)?(?:the|each|every|any|all|such|these)\s+)?(?:[\w’']+\s+){0,4}?"
    r"(?:reviews?|board\s+meetings?|meetings?|boards?|chair['’]s\s+(?:\w+\s+){0,2}report)\b"
)
_EACH_ONE = r"(?:(?:each|every|any|the)\s+)(?!last|previous|most|first|next|peer|independent|case)(?:[\w’']+\s+){0,3}?"
_THEN = (
    r"\bthereafter\b|\bafterwards\b|\bafter\s+that\b|\bsubsequently\b|\bafter\s+which\b|\bfollowed\s+by\b|"
    r"(?:\band|[,;])\s*then\b"
)
# the heads of columns of dates, before what stands in them
_COLUMN = (
    r"(?:by\s+when|when|deadline|due(?:\s+(?:by|date))?|(?:target|completion|end)\s+date|timescale|complete\s+by)\s*:\s*"
    r"(?:by\s+)?(?:the\s+)?"
)
_TABLE: tuple[Row, ...] = (
    *CALENDAR,
    (
        "lead",
        rf"\b{_BEFORE}\s+(?P<target>{_A_REVIEW}),?\s+(?:and\s+)?(?:at\s+least\s+|no\s+later\s+than\s+)?{PERIOD}['’]?\s+(?:in\s+advance|before(?:hand)?)\b",
        _lead,
    ),
    (
        "lead",
        rf"(?:at\s+least\s+|no\s+later\s+than\s+|not\s+less\s+than\s+)?{PERIOD}['’]?\s+{_BEFORE}\s+(?P<target>{_A_REVIEW})",
        _lead,
    ),
    (
        "before_end",
        rf"(?:before|by|prior\s+to)\s+the\s+end\s+of\s+(?:the\s+(?:duration|period|life)\s+of\s+)?{THE_NOTICE}",
        plain,
    ),
    (
        "before_end",
        rf"(?:before|by\s+the\s+time)\s+{THE_NOTICE}\s+(?:is|can\s+be)\s+{_LIFTED}",
        plain,
    ),
    (
        "after_each",
        rf"\b(?:within|no\s+later\s+than|not\s+later\s+than|by)?\s*{PERIOD}\s+(?:of|after|following)\s+(?P<target>{_EACH_ONE}(?:reviews?|meetings?|boards?|visits?))\b",
        _lead,
    ),
    (
        "within",
        rf"\b(?:within|no\s+later\s+than|not\s+later\s+than|by)\s+{PERIOD}\s+(?:of|from|after|following)\s+{ANCHOR}",
        counted,
    ),
    ("within", rf"\bwithin\s+{PERIOD}\b", _bare),
    ("until_day", rf"\b(?:until|up\s+to)\s+(?:the\s+)?{_DAY_WORDS}", _until_day),
    ("until_day", rf"\b(?:until|up\s+to)\s+(?:the\s+end\s+of\s+)?{_MONTH_WORDS}", _until_month),
    (
        "until_day",
        r"\buntil\s+the\s+(?:first|next)\s+(?:\w+\s+){0,2}review\b",
        lambda _: {"anchor": Anchor("review_held")},
    ),
    (
        "opens",
        (
            rf"\b(?:after|at|(?:no|not)\s+(?:earlier|sooner)\s+than)\s+(?:the\s+)?(?P<list>{_LIST})[\s-]+(?P<unit>{UNIT})\b(?!\s+intervals)"
            rf"(?:\s+(?:points?|stages?))?(?:\s+(?:of|from|after)\s+{ANCHOR})?"
        ),
        _opening,
    ),
    ("within", rf"(?<!every )\b{PERIOD}\s+(?:after|from|following)\s+{ANCHOR}", counted),
    (
        "opens",
        rf"\b(?:at|after)\s+(?:the\s+end\s+of\s+)?months?\s+(?P<list>{_LIST})\b(?P<unit>)(?P<anchor>)",
        lambda match: _opening(match) | {"unit": "months", "anchor": Anchor("notice_issued")},
    ),
    (
        "first",
        r"\b(?:for|in|during|over)\s+(?:the|its)\s+first\s+(?P<unit>year|quarter|month)\b(?!\s+of\s+20)",
        lambda match: {"period": period_of("one", match["unit"])},
    ),
    (
        "first",
        rf"\b(?:for|in|during|over)\s+(?:the|its|an?)\s+(?:first|initial)\s+(?:period\s+of\s+)?{PERIOD}",
        _length,
    ),
    ("lasting", rf"\bfor\s+(?:a\s+period\s+of\s+)?{PERIOD}\b", _length),
    (
        "amount",
        (
            rf"\b(?:at\s+least\s+|a\s+minimum\s+of\s+|no\s+fewer\s+than\s+|not\s+less\s+than\s+)?(?P<count>{NUMBER})\s+(?P<what>(?:working\s+)?days?|hours?)"
            r"(?:['’])?\b[^.;]{0,40}?\s(?:every|each|per|a|in\s+each|in\s+every)\s+(?:calendar\s+)?month\b"
        ),
        _amount,
    ),
    ("nth", rf"\bevery\s+(?P<n>{NUMBER}|{'|'.join(ORDINALS)})\s+{_BOARDS}", _nth),
    ("nth", rf"\b(?:each|every)\s+(?P<n>{'|'.join(ORDINALS)})\s+{_BOARDS}", _nth),
    (
        "after_each",
        r"\b(?:after|following)\s+(?P<target>(?:each|every)\s+(?:[\w’']+\s+){0,3}?(?:reviews?|visits?))\b",
        _target,
    ),
    *EVERY,
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
        rf"\b(?:by\s+)?(?:by|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|on)\s+{_CLOCK}(?:the\s+)?{_DAY_WORDS}",
        _on_day,
    ),
    (
        "dated",
        rf"\b(?P<how>in|during|by(?:\s+the\s+end\s+of)?)\s+(?P<months>{MONTH}(?:\s*,\s*{MONTH})*\s*,?\s+and\s+{MONTH})\s+(?P<year>\d{{4}})",
        _months_of_a_year,
    ),
    ("dated", rf"\b{_COLUMN}\s*{_DAY_WORDS}", _on_day),
    (
        "dated",
        rf"\b{_COLUMN}\s*(?:end\s+of\s+)?{_MONTH_WORDS}",
        lambda match: {"schedule": ByEndOfMonth(*_month(match))},
    ),
    ("dated", rf"\b(?:in|during)\s+{_MONTH_WORDS}", _in_month),
    (
        "by_month",
        rf"\b(?:by|before)\s+{_MONTH_WORDS}",
        lambda match: {"schedule": ByEndOfMonth(*_month(match))},
    ),
    (
        "dated",
        r"\b(?:by|before)\s+the\s+end\s+of\s+(?:the\s+financial\s+year\s+)?(?P<year>20\d\d)(?P<to>[/–-]\d\d(?:\d\d)?)?\b",
        _end_of_year,
    ),
    (
        "term",
        (
            r"\b(?:in|by|during|before)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?(?:(?:spring|summer|autumn|winter)(?:\s+term)?|easter|christmas|"
            r"(?:this\s+|the\s+)?(?:calendar\s+|financial\s+|academic\s+|school\s+)?(?:year|quarter|term|month)\b(?!\s+plan)|"
            r"(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:quarter|half)|Q[1-4])"
            r"(?:\s+(?:of\s+)?20\d\d(?:[/–-]\d\d)?)?"
        ),
        plain,
    ),
    ("term", r"\b(?:in|by|during|before|throughout)\s+20\d\d(?:[/–-]\d\d(?:\d\d)?)?\b", plain),
    (
        "term",
        rf"\b(?:by|before|in|during|no\s+later\s+than)\s+(?:the\s+end\s+of\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}(?!\w|,?\s+\d)",
        plain,
    ),
    ("each_meeting", rf"\b(?:at|to|for)\s+(?:all|its|their)\s+(?:of\s+its\s+)?{_BOARDS}\b", plain),
    ("next_meeting", rf"\b(?:the\s+)?next\s+{_BOARDS}\b(?:\s+of\s+the\s+(?:improvement\s+)?board)?", plain),
    (
        "each_meeting",
        rf"(?<!\bof )\b(?:each|every)\s+{_BOARDS}\b(?:\s+of\s+the\s+(?:improvement\s+)?board)?",
        plain,
    ),
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
        plain,
    ),
    *CONDITIONS,
    ("thereafter", _THEN, plain),
    (
        "soon",
        (
            rf"\b(?:immediately|forthwith|without\s+(?:undue\s+)?delay|as\s+soon\s+as\s+(?:is\s+)?(?:reasonably\s+)?(?:possible|practicable|practical)|"
            rf"at\s+the\s+earliest\s+opportunity|within\s+{NUMBER}\s+hours)\b"
        ),
        lambda match: {} if _TELLS.search(match.string) else None,
    ),
    (
        "more",
        r"\bmore\s+(?:regularly|frequently|often)\b(?:\s+(?:where|as|if)\s+(?:appropriate|necessary|needed))?",
        plain,
    ),
    ("appropriate", r"\b(?:where|as|if|when)\s+(?:appropriate|necessary|needed)\b", plain),
    (
        "regular",
        r"\bregular(?:ly)?\b|\bperiodic(?:ally)?\b|\bfrom\s+time\s+to\s+time\b|\broutine(?:ly)?\b|\bfrequent(?:ly)?\b",
        plain,
    ),
)
_LONGEST_DATE = 24
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE), maker) for kind, pattern, maker in _TABLE)


# "in October 2016 and April 2017": what comes after "and" is told as the first was
_AND_AGAIN = re.compile(
    rf"(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?={_MONTH_WORDS})|(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?=\d)"
)


def mentions(text: str) -> list[Mention]:
    """What the text says about when, in its order; words used in a longer mention are not read again."""
    found: list[Mention] = []
    for kind, pattern, maker in _PATTERNS:
        for match in pattern.finditer(text):
            taken = any(match.start() < one.end and one.start < match.end() for one in found)
            content = None if taken else maker(match)
            if content is not None:
                found.append(Mention(kind, match[0].strip(), match.start(), match.end(), **content))  # type: ignore[arg-type]
    return sorted([*found, *_again(text, found)], key=lambda one: one.start)


def _again(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Dates joined to one that is read: "by 31 March 2016 and 30 September 2016"."""
    for one in found:
        while one.kind == "dated" and (joint := _AND_AGAIN.match(text, one.end)):
            told = f"{one.words.split()[0]} "
            rest = mentions(told + text[joint.end() : joint.end() + _LONGEST_DATE])
            if not rest or rest[0].start or rest[0].kind != "dated":
                break
            end = joint.end() + rest[0].end - len(told)
            one = replace(rest[0], start=joint.end(), end=end, words=text[joint.end() : end])  # noqa: PLW2901
            yield one
