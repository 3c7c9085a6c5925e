"""The reader's word lists: numbers, months, and who is who in an intervention. Data, no rules."""

import re

NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "a": 1,
    "an": 1,
    "twenty-four": 24,
    "thirty": 30,
    "thirty-six": 36,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
}
ORDINALS = {"second": 2, "other": 2, "alternate": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
MONTH = "(?:" + "|".join(name.title() for name in MONTHS) + ")"
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
UNIT = r"(?:working days?|calendar months?|days?|weeks?|months?|years?)"
PERIOD = rf"(?P<count>{NUMBER})[\s-]+(?:\(\d{{1,3}}\)[\s-]+)?(?P<unit>{UNIT})"

_CHAIR = (
    r"(?:independent\s+|improvement\s+board['’]?s?\s+|board['’]?s?\s+)*chair(?:person|man)?"
    r"(?:\s+of\s+the\s+(?:\w+\s+)?board)?"
)
_SAFEGUARDING = r"(?:LSCB|SSCB|LSCP|(?:local\s+)?safeguarding\s+(?:children['’]?s?\s+)?(?:board|partnership))"
_SAFEGUARDING_CHAIR = (
    rf"(?:independent\s+)?chair(?:person)?\s+of\s+(?:the\s+)?(?:\w+\s+){{0,3}}?{_SAFEGUARDING}|"
    rf"{_SAFEGUARDING}(?:['’]s)?\s+(?:independent\s+)?chair"
)
_MINISTER = (
    r"(?:parliamentary\s+)?under[ -]secretary\s+of\s+state(?:\s+for\s+[^,.;]{0,40}?families)?|"
    r"minister\s+of\s+state(?:\s+for\s+[a-z]+)?|secretary\s+of\s+state(?:\s+for\s+education)?|\bministers?\b"
)
_DEPARTMENT = (
    r"department(?:al)?(?:\s+for\s+education)?(?:['’]s)?(?:\s+officials?)?|\bDfE\b(?:['’]s)?(?:\s+officials?)?|"
    r"\bofficials?(?:\s+or\s+(?:an\s+)?advisers?)?\s+(?:from|of)\s+the\s+department"
)
# earlier entries are looked for first: "chair of the LSCB" before "chair", "Leader of the Council" before
"Council"
ROLES: tuple[tuple[str, str], ...] = (
    ("Safeguarding board chair", _SAFEGUARDING_CHAIR),
    ("Director of Children's Services", r"director of children['’]?s(?: and \w+)? services|\bDCS\b"),
    ("Leader of the Council", r"leader of the council|council leader|\bthe leader\b(?! of)"),
    ("Lead Member", r"lead (?:elected )?member(?: for children['’]?s services)?"),
    ("Chief Executive", r"chief executive(?: of the council)?"),
    ("Minister", _MINISTER),
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


def roles_in(text: str) -> list[tuple[int, int, str]]:
    """Who is named in the text, as (start, end, role) in order;
    a name inside a longer one is not told twice.
    """
    found: list[tuple[int, int, str]] = []
    for name, pattern in ROLE_PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < other_end and other_start < end for other_start, other_end, _ in found):
                found.append((start, end, name))
    return sorted(found)
