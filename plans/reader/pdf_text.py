"""Puts together what a PDF's narrow cells broke: lines into sentences, and words that were cut at a line's
end.

A printer that runs out of room in a line breaks at a space; one that runs out of room for a single word
cuts the word. The page shows which only by its geometry and, where that is not enough, by the document's
other words.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

_SLACK = 0.6
_BULLETS = "•●▪◦‣·"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LINKING = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "is",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
}
_CHANCE = 2
"""How often a piece of a word may have been taken for a word by chance."""
_SUFFIXES = frozenset(
    {
        "ed",
        "es",
        "er",
        "ing",
        "ings",
        "ly",
        "al",
        "ial",
        "ic",
        "ion",
        "ions",
        "tion",
        "tions",
        "sion",
        "ment",
        "ments",
        "ness",
        "ship",
        "ships",
        "hip",
        "hips",
        "ity",
        "ies",
        "ous",
        "us",
        "ance",
        "ence",
        "able",
        "ible",
        "ist",
    }
)
_UNFINISHED = re.compile(r"(?:[ts]si|[aeiou]ti|cti|pti|nti|si|ci|qu|[vj])$")
_UNKNOWN_TAIL = -14.0
"""How much less likely it is that a word that stands nowhere else begins a line than that a word was cut
there.
"""
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d$")
_CLOSES = re.compile(r"[.,;:!?)\]’”/](?!\w)|['’]s\b")


@dataclass(slots=True)
class Line:
    """One line of a cell: its text without blanks at the ends, and the geometry that says how it broke.

    `spaced` is whether the line ends with a blank; `room` how much of the cell's width is left beside it;
    `blank` and `lead` the widths of a blank and of the line's first letter; `first` of its first word.
    """

    text: str
    spaced: bool
    room: float
    blank: float
    lead: float
    first: float


class Vocabulary:
    """The words that certainly stand whole in the document, and whether its printer writes blanks at line
    ends.
    """

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._ends = [0, 0]
        self.mended = 0
        self._threes: Counter[str] = Counter()
        self._twos: Counter[str] = Counter()

    def see(self, lines: list[Line]) -> None:
        """Learn the words that no line's end and no page's end touches, and those before a blank at a
        line's end.
        """
        for position, line in enumerate(lines):
            words = line.text.split()
            after_blank = position > 0 and lines[position - 1].spaced
            sure = words[0 if after_blank else 1 : len(words) if line.spaced else len(words) - 1]
            for word in sure:
                self._words.update(found.casefold() for found in _WORD.findall(word))
            if position < len(lines) - 1:
                self._ends[line.spaced] += 1

    def settle(self) -> None:
        """Learn from the words seen how words of this document begin, go on and end."""
        for word in self._words:
            spelled = f"^{word}$"
            for at in range(len(spelled) - 2):
                self._threes[spelled[at : at + 3]] += 1
                self._twos[spelled[at : at + 2]] += 1

    @property
    def spaces_written(self) -> bool:
        """Whether lines of this document end with their blank, where it fits."""
        return self._ends[True] > 0.2 * sum(self._ends)

    def knows(self, word: str) -> bool:
        """Whether a word stands whole somewhere."""
        return self._words[word.casefold()] > 0

    def _likeness(self, word: str) -> float:
        """How like a word of this document letters are, by the runs of three that its words are made of."""
        spelled = f"^{word.casefold()}$"
        return sum(
            math.log((self._threes[spelled[at : at + 3]] + 0.05) / (self._twos[spelled[at : at + 2]] + 1.5))
            for at in range(len(spelled) - 2)
        )

    def join(self, lines: list[Line]) -> str:
        """Return the text of a cell's lines."""
        text = ""
        for position, line in enumerate(lines):
            text += (
                ""
                if not position
                else self._between(lines[position - 1], line, last=position == len(lines) - 1)
            ) + line.text
            if position and text.endswith(f"-{line.text}"):
                text = self._without_hyphen(text, line.text)
        return text.strip()

    def _between(self, line: Line, following: Line, *, last: bool) -> str:
        """What stood between two lines: nothing, a blank, or the end of a paragraph."""
        if not line.text or not following.text:
            return "\n" if line.text else ""
        if following.text[0] in _BULLETS or line.room > following.first + line.blank + _SLACK:
            return "\n"
        if line.spaced:
            return " "
        return "" if self._runs_on(line, following, last=last) else " "

    def _runs_on(self, line: Line, following: Line, *, last: bool) -> bool:
        """Whether a line that ends without a blank goes straight on in the next."""
        first = following.text.split()[0]
        possessive = line.text.endswith(("'", "’")) and first.rstrip(".,;:") == "s"
        if possessive or _CLOSES.match(following.text) or re.search(r"\w-$", line.text):
            return True
        if " " in line.text or not (line.text[-1].isalnum() and first[0].isalnum()):
            return False
        roomy = self.spaces_written and line.room > line.blank + _SLACK
        cut = roomy or self._cut(line.text, first, last=last and first == following.text)
        self.mended += cut
        return cut

    def _cut(self, start: str, rest: str, *, last: bool) -> bool:
        """Whether two pieces at a line's end are one word."""
        head, tail = (_WORD.findall(start) or [""])[-1], (_WORD.findall(rest) or [""])[0]
        if not head or not tail:
            whole = _YEAR.match(rest) or _DATE.search(start)
            return start[-1].isdigit() and rest[0].isdigit() and not whole
        if self.knows(head + tail):
            return not (self.knows(head) and self.knows(tail)) or self._words[(head + tail).casefold()] > 1
        if not tail[0].islower() or not self.spaces_written:
            return False
        if tail in _LINKING and not _UNFINISHED.search(head):
            return last and tail == rest  # no text ends with such a word
        return self._likely_cut(head, tail)

    def _likely_cut(self, head: str, tail: str) -> bool:
        """Whether two pieces that stand nowhere else together are likelier one word than two."""
        if tail in _SUFFIXES or _UNFINISHED.search(head) or (len(tail) == 1 and tail not in "ai"):
            return True
        common = self._words[tail.casefold()] > _CHANCE
        if common and self.knows(head):
            return False
        unknown = 0.0 if common else _UNKNOWN_TAIL / len(tail)
        return self._likeness(head + tail) > self._likeness(head) + self._likeness(tail) + unknown

    def _without_hyphen(self, text: str, added: str) -> str:
        """A hyphen at a line's end goes where the word is known without it: `assess-ment` but `multi-
        agency`.
        """
        head = (_WORD.findall(text[: -len(added) - 1]) or [""])[-1]
        tail = (_WORD.findall(added) or [""])[0]
        if head and tail and self.knows(head + tail):
            return text[: -len(added) - 1] + added
        return text


def lines_of(chars: list[dict[str, Any]], left: float, right: float) -> list[Line]:
    """Return a cell's characters as lines, top to bottom. `left` and `right` are the cell's edges."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda char: (round(char["top"]), char["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        row.sort(key=lambda char: char["x0"])
    margin = max(0.0, min((row[0]["x0"] for row in rows), default=left) - left)
    return [line for row in rows if (line := _line(row, right - margin))]


def _line(row: list[dict[str, Any]], edge: float) -> Line | None:
    text = ""
    before: dict[str, Any] | None = None
    for char in row:
        if before is not None and char["x0"] - before["x1"] > 0.18 * char["size"] and not text.endswith(" "):
            text += " "
        text += char["text"]
        before = char
    shown = [char for char in row if not char["text"].isspace()]
    if not shown:
        return None
    size = shown[0]["size"]
    blank = next((char["x1"] - char["x0"] for char in row if char["text"] == " "), 0.25 * size)
    first_end = next(
        (at for at, char in enumerate(row) if char["text"].isspace() and char["x0"] > shown[0]["x0"]),
        len(row),
    )
    first = row[first_end - 1]["x1"] - shown[0]["x0"]
    return Line(
        text=" ".join(text.split()),
        spaced=text[-1:].isspace(),
        room=edge - shown[-1]["x1"],
        blank=blank,
        lead=shown[0]["x1"] - shown[0]["x0"],
        first=first,
    )
