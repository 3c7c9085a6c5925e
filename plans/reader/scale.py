"""A plan's scale while it is being read: its entries, and which of them a cell's text or colour means."""

import difflib
import math
import re
from dataclasses import dataclass, field
from enum import StrEnum

from plans.rag import COLOUR_WORDS, Palette, Standing, colour_named, nearest_palette, propose_standing

SYMBOLS = {
    "🔴": "red", "🟥": "red", "🟠": "amber", "🟧": "amber", "🟡": "amber", "🟨": "yellow",
    "🟢": "green", "🟩": "green", "🔵": "blue", "🟦": "blue", "🟣": "purple", "🟪": "purple",
    "⚫": "black", "⬛": "black", "⚪": "white", "⬜": "white",
}  # fmt: skip
STAGES = {
    "○": Standing.NOT_STARTED, "◯": Standing.NOT_STARTED, "◔": Standing.ON_TRACK, "◑": Standing.ON_TRACK,
    "◐": Standing.ON_TRACK, "◕": Standing.ON_TRACK, "●": Standing.COMPLETE, "✓": Standing.COMPLETE,
    "✔": Standing.COMPLETE, "✅": Standing.COMPLETE, "✗": Standing.OFF_TRACK, "✘": Standing.OFF_TRACK,
    "❌": Standing.OFF_TRACK,
}  # fmt: skip
"""Signs that say how far a thing is; the emoji above say a colour."""

LETTERS = {"R": "Red", "A": "Amber", "G": "Green", "B": "Blue", "P": "Purple", "Y": "Yellow", "W": "White"}
"""Letters that stand for a colour in a legend or a rating."""

_SAME_COLOUR, _NEAR_COLOUR = 12, 60
_CLOSE = 0.8
_CODE_LENGTH = 3
_PARTED = re.compile(r"\s*(?:[-–—:(\[,;.|/]+|\n)\s*|\s+")
_PLAINLY = re.compile(r"\s*[-–—:(\[,;.|\n]")
_MARK_WORDS = re.compile(
    r"\b(?:shaded|shading|highlighted|highlight|bold|italics?|starred|asterisk|underlined|hatched)\b"
)
NO_RATING = re.compile(
    r"(?:n/?a|n\.a\.?|-+|–|—|tbc|tba|none|nil|not (?:yet )?rated|unrated|not applicable|\?)", re.IGNORECASE
)


class Match(StrEnum):
    """How a cell's rating was found."""

    EXACT = "exact"
    COLOUR = "colour"
    NEAR_COLOUR = "near_colour"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    NOTHING = "nothing"


@dataclass(slots=True)
class Entry:
    """One entry: the code that cells use, the legend's name and meaning, its colour, what it means."""

    code: str
    name: str
    meaning: str
    colour: str | None = None
    standing: Standing | None = None
    in_legend: bool = True
    is_mark: bool = False
    used: int = 0
    keys: set[str] = field(default_factory=set)
    guessed: bool = False
    """Whether the standing is only its colour's usual one, because its words say nothing of delivery."""

    @property
    def palette(self) -> Palette | None:
        """The colour to show it in: the one it is named by, else the one it is filled with."""
        named = colour_named(SYMBOLS.get(self.name, LETTERS.get(self.name.upper(), self.name)))
        return named or (nearest_palette(self.colour) if self.colour else None)


@dataclass(frozen=True, slots=True)
class Rated:
    """What a rating cell means: the codes it can mean (first the likeliest) and how that was found."""

    match: Match
    codes: tuple[str, ...] = ()

    @property
    def certain(self) -> str | None:
        """The code, where there is one without asking."""
        return self.codes[0] if self.codes and self.match in {Match.EXACT, Match.COLOUR} else None


NOTHING = Rated(Match.NOTHING)


def entry_of(name: str, meaning: str, colour: str | None) -> Entry:
    """Return a legend's entry with the standing proposed from its words; one that says none is a mark."""
    named = SYMBOLS.get(name, LETTERS.get(name.upper(), name))
    standing = propose_standing(named, meaning) or (None if meaning else STAGES.get(name))
    if standing is None and _MARK_WORDS.search(f"{name} {meaning}".casefold()) and not colour_named(named):
        return Entry(name, name, meaning, colour, None, is_mark=True)
    usual = None if standing else _usual(named, colour)
    mark = standing is None and usual is None and colour_named(named) is None and name not in STAGES
    return Entry(name, name, meaning, colour, standing or usual, is_mark=mark, guessed=usual is not None)


def _usual(named: str, colour: str | None) -> Standing | None:
    """Return what a colour usually means, where an entry is named by one or is a short code painted in one."""
    if colour_named(named):
        return propose_standing(named, "")
    hue = nearest_palette(colour) if colour and len(named) <= _CODE_LENGTH else None
    plain = {None, Palette.WHITE, Palette.BLACK, Palette.GREY}
    return None if hue in plain else propose_standing(hue.label if hue else "", "")


class Scale:
    """The entries of a plan's scale, and what cells mean by them."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self._found: dict[tuple[str, str | None], Rated] = {}
        names = {entry.name.casefold() for entry in entries}
        for entry in entries:
            entry.keys |= _keys(entry, names - {entry.name.casefold()})

    @property
    def ratings(self) -> list[Entry]:
        """The entries that are ratings."""
        return [entry for entry in self.entries if not entry.is_mark]

    @property
    def marks(self) -> list[Entry]:
        """The entries that are marks on actions."""
        return [entry for entry in self.entries if entry.is_mark]

    def take_codes(self, texts: set[str]) -> None:
        """Give each entry the code that cells use for it: `R` where cells say R, `Amber` where they say
        Amber.
        """
        claimed: set[str] = set()
        texts = {self._alone(text) for text in texts}
        folded = {text.casefold() for text in texts}
        for entry in self.marks:
            if entry.keys & folded and not _MARK_WORDS.search(entry.name.casefold()):
                entry.is_mark = False  # what rating cells say is a rating, whatever its words mean
        # G is green wherever grey stands beside it
        for entry in sorted(self.ratings, key=lambda entry: entry.palette is Palette.GREY):
            used = [
                text for text in texts if text.casefold() in entry.keys and text.casefold() not in claimed
            ]
            if used:
                letter = [entry.name] if entry.name.casefold() in _INITIALS else []
                shortest = min([*used, *letter], key=lambda text: (len(text), text))
                entry.code = entry.name if shortest.casefold() == entry.name.casefold() else shortest
                claimed |= {text.casefold() for text in used}
        for entry in self.entries:
            initial = entry.name[:1].upper()
            taken = {other.code.casefold() for other in self.entries if other is not entry}
            shared = any(len(other.code) == 1 for other in self.entries)
            if (
                not entry.is_mark
                and entry.code == entry.name
                and shared
                and entry.name.casefold() in COLOUR_WORDS
            ):
                entry.code = initial if initial.casefold() not in taken else entry.name
        for entry in self.entries:
            taken = {other.code.casefold() for other in self.entries if other is not entry}
            if entry.code.casefold() in taken:
                entry.code = entry.name
            entry.keys.add(entry.code.casefold())
        self._found.clear()

    def add(self, entry: Entry) -> None:
        """Add an entry that the legend does not have but cells use."""
        names = {each.name.casefold() for each in self.entries}
        entry.keys |= _keys(entry, names - {entry.name.casefold()}) | {entry.code.casefold()}
        self.entries.append(entry)
        self._found.clear()

    def read(self, text: str, fill: str | None) -> Rated:
        """Return what a rating cell means. Its text wins over its colour."""
        key = (text, fill)
        if key not in self._found:
            self._found[key] = self._by_text(text.strip(), fill) if text.strip() else self._by_colour(fill)
        return self._found[key]

    def disagrees(self, code: str, fill: str | None) -> str | None:
        """Return the code that a cell's colour means where it is certainly another than its text's, or
        None.
        """
        shown = self._by_colour(fill)
        if shown.match is not Match.COLOUR or shown.codes[0] == code:
            return None
        mine = next((entry for entry in self.ratings if entry.code == code), None)
        other = next(entry for entry in self.ratings if entry.code == shown.codes[0])
        if mine is None or mine.palette is None or mine.palette == other.palette:
            return None
        return shown.codes[0] if fill is None or nearest_palette(fill) != mine.palette else None

    def _alone(self, text: str) -> str:
        """The code of a text that is one entry's code and name ("A Amber"); any other text as it is."""
        code, _, name = " ".join(text.split()).partition(" ")
        both = {code.casefold(), name.casefold()}
        said = any(len(both) > 1 and both <= entry.keys for entry in self.ratings)
        return code if said and len(code) < len(name) else text

    def _by_text(self, text: str, fill: str | None) -> Rated:
        text = self._alone(text)
        folded = " ".join(text.casefold().split())
        exact = [entry for entry in self.ratings if folded in entry.keys]
        if not exact:
            return self._by_part(text, folded)
        by_code = [entry for entry in exact if entry.code.casefold() == folded]
        coloured = [
            entry
            for entry in exact
            if entry.colour and fill and _distance(entry.colour, fill) <= _NEAR_COLOUR
        ]
        if len(exact) > 1 and len(coloured) == 1:
            return Rated(Match.EXACT, (coloured[0].code,))
        if len(exact) > 1:
            first = by_code or exact
            ordered = [*first, *(entry for entry in exact if entry not in first)]
            return Rated(Match.AMBIGUOUS, tuple(entry.code for entry in ordered))
        return Rated(Match.EXACT, (exact[0].code,))

    def _by_part(self, text: str, folded: str) -> Rated:
        if NO_RATING.fullmatch(folded):
            return Rated(Match.UNKNOWN)
        led = self._led(text)
        if led:
            return Rated(Match.EXACT, (led[0],))
        found: list[str] = []
        for word in re.findall(r"[^\W_]+|[^\w\s]", folded):
            found += [entry.code for entry in self.ratings if word in entry.keys and entry.code not in found]
        if len(found) == 1:
            return Rated(Match.EXACT if self._begins(folded, found[0]) else Match.UNKNOWN, tuple(found))
        if found:
            return Rated(Match.AMBIGUOUS, tuple(found))
        keys = {key: entry.code for entry in self.ratings for key in entry.keys if len(key) > 3}  # noqa: PLR2004
        near = difflib.get_close_matches(folded[:60], keys, n=1, cutoff=_CLOSE)
        return Rated(Match.UNKNOWN, tuple(keys[key] for key in near))

    def _led(self, text: str) -> tuple[str, str] | None:
        """Return (code, the words after it) of a text that begins with one entry's word, set off from the
        rest: `Amber - awaiting sign off`, `G (complete)`, `Red` above a line of its own.

        None where the rest is a rating too (`Amber / Green`) or so short that it is a tier (`Amber E`).
        """
        longest = sorted({key for entry in self.ratings for key in entry.keys}, key=len, reverse=True)
        for key in longest:
            parted = _PARTED.match(text, len(key)) if text[: len(key)].casefold() == key else None
            if not parted:
                continue
            rest = text[parted.end() :].strip()
            owners = [entry.code for entry in self.ratings if key in entry.keys]
            bare = re.sub(r"[^\w\s]+", " ", rest).casefold().split()
            plainly = bool(_PLAINLY.match(text, len(key)))
            if len(owners) != 1 or not bare or not (plainly or (len(key) > 2 and len(bare) > 1)):  # noqa: PLR2004
                return None
            if self._rates(bare, plainly=plainly) or (len(bare) == 1 and len(bare[0]) <= 2):  # noqa: PLR2004
                return None
            return owners[0], rest
        return None

    def _rates(self, words: list[str], *, plainly: bool) -> bool:
        """Whether the words after a rating are another rating, whole or, where nothing sets them off, any."""
        keys = {key for entry in self.ratings for key in entry.keys}
        return " ".join(words) in keys or (not plainly and any(word in keys for word in words))

    def words_after(self, text: str, code: str) -> str:
        """Return what a rating's cell says besides the rating that was read from it; empty where nothing."""
        text = self._alone(text.strip())
        entry = next((entry for entry in self.ratings if entry.code == code), None)
        if entry is None or " ".join(text.casefold().split()) in entry.keys:
            return ""
        led = self._led(text)
        rest = led[1] if led else next(
            (text[len(key) :] for key in sorted(entry.keys, key=len, reverse=True)
             if re.match(rf"{re.escape(key)}(?!\w)", text.casefold())),
            "",
        )  # fmt: skip
        rest = rest.strip()
        if rest.endswith((")", "]")) and "(" not in rest and "[" not in rest:
            rest = rest[:-1]
        return rest.lstrip(" -–—:,;.|").strip() if re.search(r"\w", rest) else ""

    def _begins(self, folded: str, code: str) -> bool:
        """Whether a text is an entry's word with something after it: `Amber some delay`, `G ↑`; a letter or
        two after it may be a tier (`Amber E`) and is asked.
        """
        keys = next(entry.keys for entry in self.ratings if entry.code == code)
        signs = not re.search(r"\w", folded[1:]) or not folded[:1].isalnum()
        if re.fullmatch(r"\w{3,}\W+[^\W\d]{1,2}", folded):
            return False
        return any(re.match(rf"{re.escape(key)}(?!\w)", folded) and (signs or len(key) > 2) for key in keys)  # noqa: PLR2004

    def _by_colour(self, fill: str | None) -> Rated:
        if not fill or nearest_palette(fill) is Palette.WHITE:
            return NOTHING
        own = sorted(
            (_distance(entry.colour, fill), index) for index, entry in enumerate(self.ratings) if entry.colour
        )
        if own and own[0][0] <= _SAME_COLOUR:
            return Rated(Match.COLOUR, (self.ratings[own[0][1]].code,))
        hue = nearest_palette(fill)
        alike = [entry.code for entry in self.ratings if entry.palette == hue]
        if own and own[0][0] <= _NEAR_COLOUR:
            nearest = self.ratings[own[0][1]].code
            alike = [nearest, *(code for code in alike if code != nearest)]
        return Rated(Match.NEAR_COLOUR, tuple(alike))


_INITIALS = {"r": "red", "a": "amber", "g": "green", "b": "blue"}
"""What single letters say where a legend has red, amber and green by them."""


def _keys(entry: Entry, others: set[str]) -> set[str]:
    """What a cell may say for an entry: its code, its name, its colour, the colour's initial, a short
    meaning. `others` are the names of the other entries: "Amber E" beside "Amber" is not Amber.
    """
    named = SYMBOLS.get(entry.name, entry.name)
    found = {entry.code.casefold(), entry.name.casefold(), named.casefold()}
    colour = colour_named(named)
    parts = re.findall(r"[^\W_]+", named.casefold())
    tier = colour is not None and len(parts) == 2 and colour.value in others  # noqa: PLR2004
    if tier:
        first, second = parts[0][0], parts[1][0] if len(parts[1]) > 2 else parts[1]  # noqa: PLR2004
        found |= {f"{first}{second}", f"{first} {second}", f"{first}-{second}", " ".join(parts)}
    elif colour and len(named.split()) <= 2:  # noqa: PLR2004
        found |= {colour.value, colour.value[0]}
        if colour is Palette.GREY:
            found |= {"gray", "gy"}
        if colour is Palette.BLACK:
            found.discard("b")
    initial = named.casefold()
    if initial in _INITIALS and {"r", "a", "g"} <= others | {initial}:
        found |= {_INITIALS[initial]} - others
    if painted := re.fullmatch(r"(\w{1,3}) (?:on|in) \w+", named.casefold()):
        found.add(painted[1])
    if 0 < len(entry.meaning) <= 45:  # noqa: PLR2004
        found.add(" ".join(entry.meaning.casefold().rstrip(".").split()))
    return {key for key in found if key}


def _distance(one: str, other: str) -> float:
    parts = [(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2 for at in (0, 2, 4)]
    return math.sqrt(sum(parts))
