"""The words of a text that say what it is about, brought to one form each. Plain Python."""

import re

from notices.abbreviations import spelt_out
from plans.importing.likeness import COMMON

_WORD = re.compile(r"[^\W\d_]{2,}")
_SAYING_NOTHING = """
about above across action actions after against all also among any appropriate appropriately area areas around because
before being below between both but can cannot could council councils did do does done down during each either enough
ensure ensured ensures ensuring etc every existing few first following further given good had having he her here him
his how however i if improve improved improvement improvements improving in including include includes into itself key
least less like made make making many may might more most much must need needed needs no nor not notice now off once
one only onto other others out over own part particular
particularly per place put re same set shall she should since so some such take taken
taking than them then there these they those through throughout too toward towards two under until up upon us use used
using very want well were what when where whether which while who whom whose why within without would you your
"""
EMPTY = COMMON | frozenset(_SAYING_NOTHING.split())
"""Words that say nothing of what a sentence is about."""

# endings that leave what a word is about, the longer before those they end with; a word keeps at least _ROOT letters
_ALL_ENDINGS = (
    "ations ation ments ment ness ences ence ency ances ance ancy ing ions ion ives ive ery ed ers er al ly"
)
_ENDINGS = tuple(_ALL_ENDINGS.split())
_ROOT = 5
_ODD = {"children": "child", "people": "person", "lives": "life"}


def words_of(text: str) -> list[str]:
    """The words of a text in their order, abbreviations spelt out, no figures and single letters, all small."""
    return _WORD.findall(spelt_out(text).casefold())


def stem(word: str) -> str:
    """A word without its plural and the commonest endings: "plans" and "planning" are "plan".

    A light rule (plurals as Harman 1991) rather than a dictionary: it only has to bring the forms of one word together.
    """
    if word in _ODD:
        return _ODD[word]
    if word.endswith("ies") and len(word) >= _ROOT:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("us", "ss", "is")) and len(word) >= _ROOT - 1:
        word = word[:-1]
    while ending := next(
        (one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= _ROOT), ""
    ):
        word = word[: -len(ending)]
        if word[-1] == word[-2] and word[-1] not in "lsz":
            word = word[:-1]
    return word.removesuffix("e") if len(word) > _ROOT else word
