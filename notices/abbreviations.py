"""The field's abbreviations and what they stand for: a notice spells out what a plan shortens, and the other way round.

The one home of the list, plain Python: the reader knows safeguarding boards by it, coverage compares texts by it.
"""

import re
from functools import lru_cache

# a safeguarding board or partnership bears its place's letter: LSCB, MSCB, SSCB, LSCP
SAFEGUARDING_BOARD = r"[A-Z]SC[BP]"
_PLAIN = {
    "ASYE": "assessed and supported year in employment",
    "CAF": "common assessment framework",
    "CAMHS": "child and adolescent mental health services",
    "CIN": "children in need",
    "CLA": "children looked after",
    "CP": "child protection",
    "CSE": "child sexual exploitation",
    "DCS": "director of children's services",
    "EHCP": "education health and care plan",
    "FGC": "family group conference",
    "ICPC": "initial child protection conference",
    "IRO": "independent reviewing officer",
    "LAC": "looked after children",
    "LADO": "local authority designated officer",
    "MASH": "multi agency safeguarding hub",
    "NQSW": "newly qualified social worker",
    "PEP": "personal education plan",
    "PLO": "public law outline",
    "QA": "quality assurance",
    "SEND": "special educational needs and disabilities",
    "SGO": "special guardianship order",
    "UASC": "unaccompanied asylum seeking children",
}
_BOARDS = {"LSCB": "safeguarding children board", "LSCP": "safeguarding children partnership"}
_ALL = {**_PLAIN, **_BOARDS}
_SHORT = re.compile(rf"\b(?:(?P<board>{SAFEGUARDING_BOARD})|(?P<plain>{'|'.join(_PLAIN)}))s?\b")
_LONG = {
    short: re.compile(r"\b" + r"[\s-]+".join(rf"{word}(?:['’]?s)?" for word in words.split()), re.IGNORECASE)
    for short, words in _ALL.items()
}


def spelt_out(text: str) -> str:
    """The text with its abbreviations, where they stand in capitals, replaced by what they stand for."""
    return _SHORT.sub(lambda match: _ALL[_one(match)], text)


@lru_cache(maxsize=8192)
def named_in(text: str) -> frozenset[str]:
    """What the text names that has an abbreviation, shortened or in full: every safeguarding board is LSCB."""
    short = {_one(match) for match in _SHORT.finditer(text)}
    return frozenset(short | {one for one, words in _LONG.items() if words.search(text)})


def _one(match: re.Match[str]) -> str:
    return f"L{match['board'][1:]}" if match["board"] else match["plain"]
