"""The reader's word lists: numbers, months, and who is who in an intervention. Data, no rules."""

import re
from functools import lru_cache

from deadlines import sentences
from notices.abbreviations import SAFEGUARDING_BOARD

NUMBERS = {word: number for number, word in enumerate(sentences.NUMBERS)} | {
    "a": 1,
    "an": 1,
    "twenty-four": 24,
    "twenty-eight": 28,
    "thirty": 30,
    "thirty-six": 36,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
}
ORDINALS = {word: number for number, word in enumerate(sentences.ORDINALS) if number > 1} | {
    "other": 2,
    "alternate": 2,
}
MONTHS = {name.lower(): number for number, name in enumerate(sentences.MONTHS, start=1)} | {
    "jan": 1, "feb": 2, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {name.lower(): number for number, name in enumerate(sentences.WEEKDAYS)}
# written with a capital or in capitals: a "may" that permits is no month
MONTH = "(?-i:" + "|".join(form for name in MONTHS for form in (name.title(), name.upper())) + r")\b"
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
UNIT = (
    r"(?:(?:clear\s+)?(?:working|business)\s+days?|(?:clear|calendar)\s+days?|calendar\s+months?|"
    r"days?|weeks?|fortnights?|months?|quarters?|years?)"
)
PERIOD = rf"(?P<count>{NUMBER})[\s-]+(?:\(\d{{1,3}}\)[\s-]+)?(?P<unit>{UNIT})"
ANY_ORDINAL = "|".join(word for word in ORDINALS if word not in ("other", "alternate"))

_CHAIR = (
    r"(?:independent\s+|improvement\s+board['’]?s?\s+|board['’]?s?\s+)*chair(?:person|man)?"
    r"(?:\s+of\s+the\s+(?:\w+\s+)?board)?"
)
_SAFEGUARDING = (
    rf"(?:\b{SAFEGUARDING_BOARD}\b|(?:local\s+)?safeguarding\s+(?:children['’]?s?\s+)?(?:board|partnership))"
)
_SAFEGUARDING_CHAIR = (
    rf"(?:independent\s+)?chair(?:person)?\s+of\s+(?:the\s+)?(?:\w+\s+){{0,3}}?{_SAFEGUARDING}|"
    rf"{_SAFEGUARDING}(?:['’]s)?\s+(?:independent\s+)?chair"
)
_MINISTER = (
    r"(?:parliamentary\s+)?under[ -]secretary\s+of\s+state(?:\s+for\s+[^,.;]{0,40}?families)?|"
    r"minister\s+of\s+state(?:\s+for\s+[a-z]+)?|secretary\s+of\s+state(?:\s+for\s+education)?|\bministers?\b|"
    r"(?<=\bto )me\b|(?<=\bsend )me\b"
)
_DEPARTMENT = (
    r"department(?:al)?(?:\s+for\s+education)?(?:['’]s)?(?:\s+officials?)?|\bDfE\b(?:['’]s)?(?:\s+officials?)?|"
    r"\bofficials?(?:\s+or\s+(?:an\s+)?advisers?)?\s+(?:from|of)\s+the\s+department|\bmy\s+officials?\b"
)
# earlier entries are looked for first: "chair of the LSCB" before "chair", "Leader of the Council" before "Council"
ROLES: tuple[tuple[str, str], ...] = (
    ("Safeguarding board chair", _SAFEGUARDING_CHAIR),
    (
        "Director of Children's Services",
        r"director of children['’]?s(?: and \w+)? services|\bDCS\b|\bthe director\b(?! of)",
    ),
    ("Leader of the Council", r"leader of the council|council leader|\bthe leader\b(?! of)"),
    ("Lead Member", r"lead (?:elected )?member(?: for children['’]?s services)?"),
    ("Chief Executive", r"chief executive(?: of the council)?"),
    ("Minister", _MINISTER),
    (
        "Adviser",
        r"\b(?:DfE|department(?:al)?(?:\s+for\s+education)?)(?:['’]s)?(?:[\s-]+appointed)?\s+advis[eo]rs?\b",
    ),
    ("Department for Education", _DEPARTMENT),
    ("Commissioner", r"\bcommissioner\b"),
    ("Board chair", rf"\b{_CHAIR}\b(?!\s+of\s+(?:the\s+)?(?:\w+\s+){{0,3}}?{_SAFEGUARDING})"),
    ("Safeguarding board", rf"\b{_SAFEGUARDING}"),
    ("Improvement board", r"improvement board|\bthe board\b|\bboard\b(?= meetings?)"),
    ("Adviser", r"\badvisers?\b|\badvisors?\b"),
    ("Ofsted", r"\bofsted\b|inspectorate"),
    ("Council", r"\bcouncil\b(?:['’]s)?|local authority|\bthe authority\b|\byou\b"),
    ("Partners", r"partner agencies|\bpartners\b"),
)
ROLE_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in ROLES)
CENTRAL = frozenset({"Department for Education", "Minister", "Commissioner", "Adviser", "Ofsted"})


def number_of(word: str) -> int:
    """The number that a word or figure says. KeyError or ValueError for one the lists do not have."""
    lower = word.lower()
    return int(lower) if lower.isdigit() else NUMBERS[lower]


@lru_cache(maxsize=1024)
def roles_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """Who is named in the text, as (start, end, role) in order;
    a name inside a longer one is not told twice.
    """
    found: list[tuple[int, int, str]] = []
    for name, pattern in ROLE_PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < other_end and other_start < end for other_start, other_end, _ in found):
                found.append((start, end, name))
    return tuple(sorted(found))
