"""Page furniture: what a page's header and footer leave in a table that was copied or printed from a
document.
"""

import difflib
import re
from collections import Counter
from dataclasses import dataclass, field

from plans.reader.references import leading

_ROW = re.compile(
    r"page\s+\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s+of\s+\d+|official(?:\s*[-–:]?\s*sensitive)?"
    r"|restricted|not protectively marked"
    r"|confidential|please turn over|continued(?: overleaf)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:grand |sub-?\s?)?totals?\b.{0,40}|sum|count", re.IGNORECASE)
_ALIKE = 0.75
_SHORTEST, _LONGEST = 8, 160


def is_page_line(text: str) -> bool:
    """Whether a row's only text is a page number or a protective marking."""
    return bool(_ROW.fullmatch(text.strip()))


def is_total(text: str) -> bool:
    """Whether a row's first text says that it adds the others up."""
    return bool(_TOTAL.fullmatch(text.strip()))


@dataclass(slots=True)
class PageTops:
    """Learns what stands in cells only at the tops of pages, and takes it out of them."""

    known: list[str] = field(default_factory=list)
    _tops: Counter[str] = field(default_factory=Counter)
    _elsewhere: set[str] = field(default_factory=set)
    phrases: list[str] = field(default_factory=list)

    def see(self, text: str, *, at_top: bool) -> None:
        """Note a cell that could hold furniture: of a grouping or rating column."""
        folded = " ".join(text.casefold().split())
        if at_top:
            if _SHORTEST <= len(folded) <= _LONGEST and leading(text) is None:
                self._tops[folded] += 1
        else:
            self._elsewhere.add(folded)

    def learn(self) -> None:
        """Settle the phrases: what recurs at page tops and nowhere else, what the document's own lines say,
        the like.
        """
        lines = {" ".join(line.casefold().split()) for line in self.known}
        found = {
            text
            for text, count in self._tops.items()
            if text not in self._elsewhere and (count > 1 or text in lines or _made_of(text, lines))
        }
        for text in self._tops:
            known = text in found or text in self._elsewhere or any(phrase in text for phrase in found)
            if not known and any(_alike(text, other) for other in found):
                found.add(text)
        self.phrases = sorted(found, key=len, reverse=True)

    def strip(self, text: str) -> tuple[str, str]:
        """Return a page-top cell's text without furniture, and the furniture taken out."""
        folded = text.casefold()
        for phrase in self.phrases:
            pattern = r"\s+".join(map(re.escape, phrase.split()))
            match = re.search(rf"(?<!\w){pattern}(?!\w)", folded)
            if match and len(folded) == len(text) and _at_edge(text, match):
                left = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}".strip()
                return left, text[match.start() : match.end()]
        return text, ""


def _at_edge(text: str, match: re.Match[str]) -> bool:
    """Furniture stands at a cell's beginning or end, or in a paragraph of its own; within a sentence it is
    text.
    """
    before = re.sub(r"<[^>]*>", " ", text[: match.start()]).strip()
    after = re.sub(r"<[^>]*>", " ", text[match.end() :]).strip()
    return not before or not after


def _made_of(text: str, lines: set[str]) -> bool:
    left = text
    for line in sorted(lines, key=len, reverse=True):
        if len(line) >= 4:  # noqa: PLR2004
            left = left.replace(line, " ")
    return not left.strip()


def _alike(one: str, other: str) -> bool:
    return (
        one.split()[:2] == other.split()[:2] and difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE
    )
