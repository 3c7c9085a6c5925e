"""How alike two texts are, word by word. Plain Python."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

_WORD = re.compile(r"\w+")
# words that any two sentences of a plan share
COMMON = frozenset(
    (
        *("a", "all", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in"),
        *("into", "is", "it", "its", "of", "on", "or", "our", "that", "the", "their", "this", "to", "was"),
        *("we", "will", "with"),
    )
)
_MOST_WORDS = 400  # what tells two texts apart stands in their first few hundred words
_SHORT = 200  # characters: up to here letters are compared too, for the sake of typing mistakes
_SAME_BUT_FOR_TYPING = 0.85


@dataclass(frozen=True)
class Words:
    """A text made ready to be compared."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The text without regard to case, spaces and punctuation."""
        return " ".join(_WORD.findall(self.text.casefold()))

    @cached_property
    def bag(self) -> Counter[str]:
        """The words that tell something, with how often each stands there; every word where none tells."""
        found = self.plain.split()[:_MOST_WORDS]
        return Counter([word for word in found if word not in COMMON] or found)

    @cached_property
    def figures(self) -> list[str]:
        """The words with figures in them: another figure is no typing mistake."""
        return [word for word in self.plain.split() if any(map(str.isdigit, word))]


def alike(one: Words, other: Words) -> float:
    """How much of what two texts say is the same, from 0 (nothing) to 1 (everything, in whatever order).

    Short texts that differ by typing mistakes alone, in letters and not in figures, count by their letters.
    A text without words is like no other.
    """
    if not one.plain or not other.plain:
        return 0.0
    if one.plain == other.plain:
        return 1.0
    shared = sum((one.bag & other.bag).values())
    score = 2 * shared / (one.bag.total() + other.bag.total())
    # everything said in another order is not quite the same text
    score = min(score, 0.99)
    short = max(len(one.plain), len(other.plain)) <= _SHORT
    if score < _SAME_BUT_FOR_TYPING and short and one.figures == other.figures:
        letters = SequenceMatcher(None, one.plain, other.plain, autojunk=False)
        if letters.real_quick_ratio() >= _SAME_BUT_FOR_TYPING <= letters.quick_ratio():
            ratio = letters.ratio()
            score = ratio if ratio >= _SAME_BUT_FOR_TYPING else score
    return score


class Shelf:
    """Texts by name, found again by their words without comparing each with each."""

    _RAREST, _LARGEST, _CLOSEST = 6, 200, 20

    def __init__(self, texts: Iterable[tuple[str, Words]]) -> None:
        self.texts = dict(texts)
        self._exact: dict[str, list[str]] = {}
        self._holding: dict[str, list[str]] = {}
        for name, words in self.texts.items():
            self._exact.setdefault(words.plain, []).append(name)
            for word in words.bag:
                self._holding.setdefault(word, []).append(name)

    def same(self, words: Words) -> list[str]:
        """The names of the texts that say exactly this, in their order; none for a text without words."""
        return self._exact.get(words.plain, []) if words.plain else []

    def like(self, words: Words, least: float) -> list[tuple[float, str]]:
        """The texts that are at least so much like this one, most alike first, with how much."""
        rare = sorted(
            (len(names), word)
            for word in words.bag
            if (names := self._holding.get(word)) and len(names) <= self._LARGEST
        )
        met = Counter(name for _, word in rare[: self._RAREST] for name in self._holding[word])
        met.update(self.same(words))
        scored = [(alike(words, self.texts[name]), name) for name, _ in met.most_common(self._CLOSEST)]
        return sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])
