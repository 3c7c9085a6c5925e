"""Finds the legend wherever it stands: above or below the plan, on another sheet, in a line of text.

A run of two or more entries is a legend where they are colours, filled cells or the very words that the
plan's ratings use, each with what it means.
"""

import re
from dataclasses import dataclass, field

from plans.rag import COLOUR_WORDS, Palette, nearest_palette
from plans.reader.grids import Document, Row
from plans.reader.headings import words_of
from plans.reader.scale import LETTERS, STAGES, SYMBOLS, Entry, entry_of

_CODE_LENGTH, _MEANING_LENGTH = 40, 600
_KEY_WORDS = re.compile(
    r"\b(?:key|legend|b?rag\w*|ratings?|status|scores?|meanings?|colour code|definitions?"
    r"|guide)\b"
)
_COUNT = re.compile(r"[\d.,%\s]+")
"""What a table that counts ratings says of each, unlike one that explains them."""
_COLOURS = "|".join(sorted(COLOUR_WORDS, key=len, reverse=True))
_LED = re.compile(
    rf"\s*((?:[A-Z]{{1,2}}\s*[-–—=:(]\s*)?(?:{_COLOURS})\)?|[A-Z]{{1,2}}|\d)\s*(?:[-–—=:]|\bis\b)\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Legend:
    """The entries found, the rows they stand in as (grid, index), the label of where that is."""

    entries: list[Entry] = field(default_factory=list)
    rows: set[tuple[int, int]] = field(default_factory=set)
    place: str = ""


def find_legend(document: Document, spare: list[tuple[int, list[int]]], used: set[str]) -> Legend:
    """Return the best legend among runs of rows that are not the plan's body, else in the text outside
    tables.

    `spare` gives (grid, row indices) to look in; `used` the rating words that the plan's cells hold.
    """
    best, best_score = Legend(), 0.0
    folded = {text.casefold() for text in used}
    for grid, indices in spare:
        for legend in _runs(document, grid, indices, folded):
            score = _score(legend, folded)
            if score > best_score:
                best, best_score = legend, score
    if best_score:
        return best
    for line in document.outside:
        entries = _from_line(line, folded)
        if len(entries) > 1:
            return Legend(entries, set(), "the text outside the tables")
    return _in_a_cell(document, spare, folded)


def _in_a_cell(document: Document, spare: list[tuple[int, list[int]]], used: set[str]) -> Legend:
    """A legend that is running text in one cell, such as beside the title."""
    for grid, indices in spare:
        for index in indices:
            row = document.grids[grid].rows[index]
            for column in row.filled:
                entries = _from_line(row.text(column), used)
                if len(entries) > 1:
                    return Legend(entries, set(), document.grids[grid].label)
    return Legend()


def _runs(document: Document, grid: int, indices: list[int], used: set[str]) -> list[Legend]:
    rows = document.grids[grid].rows
    found: list[Legend] = []
    current = Legend(place=document.grids[grid].label)
    titled = False
    for position, index in enumerate(indices):
        row = rows[index]
        across = _across(row)
        if across:
            found.append(Legend(across, {(grid, index)}, document.grids[grid].label))
            continue
        entry = _entry(row, used, titled=titled or bool(current.entries))
        gap = position > 0 and index > indices[position - 1] + 1
        if entry is None or gap:
            found.append(current)
            current = Legend(place=document.grids[grid].label)
        if entry is not None:
            current.entries.append(entry)
            current.rows.add((grid, index))
        else:
            titled = _titles_legend(row)
            if titled:
                current.rows.add((grid, index))
    found.append(current)
    return [legend for legend in found if _enough(legend, used)]


def _titles_legend(row: Row) -> bool:
    texts = [row.text(column) for column in row.filled]
    return (
        bool(texts)
        and all(len(text) <= _CODE_LENGTH for text in texts)
        and any(_KEY_WORDS.search(words_of(text)) for text in texts)
    )


def _enough(legend: Legend, used: set[str]) -> bool:
    """Two entries that are colours or signs, or whose words the plan's ratings use, make a legend."""
    telling = [
        entry
        for entry in legend.entries
        if _colourful(entry) or entry.keys & used or _short_code(entry, used)
    ]
    counts = all(_COUNT.fullmatch(entry.meaning) for entry in legend.entries)
    return len(legend.entries) > 1 and len(telling) > 1 and not counts


def _colourful(entry: Entry) -> bool:
    return entry.palette is not None or entry.name in STAGES


def _short_code(entry: Entry, used: set[str]) -> bool:
    return entry.name.casefold() in used or (entry.meaning.casefold() in used and bool(entry.meaning))


def _score(legend: Legend, used: set[str]) -> float:
    explained = sum(
        1
        for entry in legend.entries
        if {entry.name.casefold(), entry.name[:1].casefold(), entry.meaning.casefold()} & used
    )
    return len(legend.entries) + 2 * explained + 0.5 * sum(1 for entry in legend.entries if entry.meaning)


def _is_code(text: str, used: set[str]) -> bool:
    folded = text.casefold()
    words = re.findall(r"[a-z]+", folded)
    named = any(word in COLOUR_WORDS for word in words[:3]) and len(words) <= 3  # noqa: PLR2004
    sign = text in SYMBOLS or text in STAGES or text.upper() in LETTERS
    return named or sign or folded in used or folded in {"shaded", "highlighted", "*"}


def _entry(row: Row, used: set[str], *, titled: bool) -> Entry | None:
    """Return the entry that a row is, or None: a code beside its meaning, a coloured cell, or both in one
    cell.
    """
    filled = row.filled
    if not filled or len(filled) > 4:  # noqa: PLR2004
        return None
    colour = next((fill for column, fill in sorted(row.fills.items()) if _is_colour(fill)), None)
    if len(filled) == 1:
        return _single(row.text(filled[0]), colour, row, filled[0])
    texts = [row.text(column) for column in filled]
    if any(len(text) > _MEANING_LENGTH for text in texts):
        return None
    names = [text for text in texts if len(text) <= _CODE_LENGTH and _is_code(text, used)]
    if not names and titled and len(texts) == 2 and len(texts[0]) <= _CODE_LENGTH:  # noqa: PLR2004
        names = texts[:1] if colour or len(texts[0]) < len(texts[1]) else []
    if not names:
        return None
    coloured = [text for text in names if any(word in COLOUR_WORDS for word in text.casefold().split())]
    # "NS | Not started | No work is due yet": the words, where what they mean stands beside them
    named = max(names, key=len) if len(names) < len(texts) else names[0]
    name = coloured[0] if coloured else named
    after = [text for text in texts[texts.index(name) + 1 :] if text not in names]
    entry = entry_of(name, max(after, key=len) if after else _other(texts, name), colour)
    entry.keys |= {text.casefold() for text in texts if text in names or len(text) <= 3}  # noqa: PLR2004
    return entry


def _other(texts: list[str], name: str) -> str:
    return next((text for text in texts if text != name), "")


def _single(text: str, colour: str | None, row: Row, column: int) -> Entry | None:
    match = _LED.fullmatch(text) if len(text) <= _MEANING_LENGTH else None
    if match:
        return _led(match[1], match[2], colour)
    if colour and len(text) <= _MEANING_LENGTH:
        named = column in row.fills and len(text) <= _CODE_LENGTH
        return entry_of(text if named else nearest_palette(colour).label, "" if named else text, colour)
    if text.casefold() in COLOUR_WORDS:
        return entry_of(text, "", None)
    return None


def _led(name: str, meaning: str, colour: str | None) -> Entry:
    code, _, rest = re.sub(r"[()]", " ", name).strip().partition(" ")
    named = rest.strip(" -–—=:") or name.strip()
    entry = entry_of(named, meaning.strip(), colour)
    if rest:
        entry.keys.add(code.strip(" -–—=:").casefold())
    return entry


def _across(row: Row) -> list[Entry]:
    """Entries side by side in one row: 'Red = late | Amber = ...', or filled cells each with its words."""
    filled = row.filled
    if len(filled) < 2:  # noqa: PLR2004
        return []
    texts = {column: row.text(column) for column in filled}
    led = {
        column: match
        for column, text in texts.items()
        if len(text) <= _MEANING_LENGTH and (match := _LED.fullmatch(text))
    }
    if len(led) >= 2 and len(led) >= len(filled) - 1:  # noqa: PLR2004
        return [_led(match[1], match[2], row.fills.get(column)) for column, match in led.items()]
    coloured = [column for column in filled if _is_colour(row.fills.get(column))]
    kinds = {row.fills[column] for column in coloured}
    short = all(len(texts[column]) <= 80 for column in filled)  # noqa: PLR2004
    if short and len(kinds) >= 2 and len(coloured) == len(kinds) and len(coloured) >= len(filled) - 1:  # noqa: PLR2004
        return [_words_of_cell(texts[column], row.fills[column]) for column in coloured]
    return []


def _words_of_cell(text: str, colour: str) -> Entry:
    return entry_of(text, "", colour)


def _is_colour(fill: str | None) -> bool:
    return fill is not None and nearest_palette(fill) not in {Palette.WHITE, Palette.BLACK}


def _from_line(line: str, used: set[str]) -> list[Entry]:
    """Entries in running text: 'Red - late; Amber - at risk', also by the words that the plan's ratings
    use.
    """
    if len(line) > _MEANING_LENGTH:
        return []
    words = "|".join(re.escape(word) for word in sorted(used, key=len, reverse=True) if len(word) > 1)
    names = f"{words}|{_COLOURS}|[RAGBYP]" if words else f"{_COLOURS}|[RAGBYP]"
    run = re.compile(
        (
            rf"(?<!\w)({names})\s*[-–—=:]\s*([^;|\n]+?)(?=\s*(?:[;|\n.]|$"
            rf"|,\s*(?:{names})\s*[-–—=:]))"
        ),
        re.IGNORECASE,
    )
    return [entry_of(match[1], match[2].strip(), None) for match in run.finditer(line)]
