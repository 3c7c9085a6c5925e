"""Words and visual lines of a PDF's page: what tables without ruled lines are told by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plans.reader.pdf_text import Line

_WIDE_GAP = 0.55
_LETTER_GAP = 0.18


@dataclass(slots=True)
class Word:
    """A word, where it stands, and what a line of words has to know of it.

    `spaced` is whether a blank is written after it, `lead` the width of its first letter, `blank` that of a
    blank.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    spaced: bool
    lead: float
    blank: float
    font: str


@dataclass(slots=True)
class Phrase:
    """Words of one visual line that stand together, a blank apart."""

    words: list[Word]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Strip:
    """One visual line across the page."""

    words: list[Word]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(word.text for word in self.words)

    @property
    def fonts(self) -> set[str]:
        """The fonts that it is set in."""
        return {word.font for word in self.words}

    def phrases(self) -> list[Phrase]:
        """Return its words in groups: a gap wider than two blanks parts them."""
        found: list[Phrase] = []
        for word in self.words:
            last = found[-1].words[-1] if found else None
            if last and word.x0 - last.x1 <= max(2 * last.blank, _WIDE_GAP * last.size):
                found[-1].words.append(word)
            else:
                found.append(Phrase([word]))
        return found


def strips_of(chars: list[dict[str, Any]]) -> list[Strip]:
    """Return a page's characters as visual lines, top to bottom."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda char: (round(char["top"]), char["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(char)
        else:
            rows.append([char])
    found = []
    for row in rows:
        row.sort(key=lambda char: char["x0"])
        if words := _words(row):
            found.append(Strip(words))
    return found


def _words(row: list[dict[str, Any]]) -> list[Word]:
    words: list[Word] = []
    blank: float | None = None
    apart = True
    for char in row:
        text, size = char["text"], char["size"]
        if text.isspace():
            blank = char["x1"] - char["x0"]
            if words:
                words[-1].spaced = True
                words[-1].blank = blank
            apart = True
            continue
        if not apart and words and char["x0"] - words[-1].x1 <= _LETTER_GAP * size:
            word = words[-1]
            word.text += text
            word.x1 = max(word.x1, char["x1"])
            word.top, word.bottom = min(word.top, char["top"]), max(word.bottom, char["bottom"])
        else:
            width = blank if blank is not None else 0.25 * size
            words.append(
                Word(
                    text,
                    char["x0"],
                    char["x1"],
                    char["top"],
                    char["bottom"],
                    size,
                    False,
                    char["x1"] - char["x0"],
                    width,
                    char.get("fontname", ""),
                )
            )
        apart = False
    return words


def line_of(words: Iterable[Word], edge: float) -> Line | None:
    """Return words of one visual line as a cell's line; `edge` is where the cell's text may reach to."""
    listed = list(words)
    if not listed:
        return None
    first, last = listed[0], listed[-1]
    return Line(
        text=" ".join(word.text for word in listed),
        spaced=last.spaced,
        room=edge - last.x1,
        blank=first.blank,
        lead=first.lead,
        first=first.x1 - first.x0,
    )
