"""Rows of a PDF table without ruled columns: from rules, from references, from the white space between rows."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from plans.reader.pdf_words import Strip, Word
from plans.reader.references import is_reference, tidied

_KEY_SHARE = 0.6
_TOP_SHARE = 0.9
_FULL = 0.6
_JUMP = 1.5


@dataclass(slots=True)
class Body:
    """The visual lines under a table's headings, and how words fall into columns."""

    strips: list[Strip]
    column_of: Callable[[Word], int]
    crossed: Callable[[float, float], bool]
    count: int
    rules: list[float]
    continues: bool = False

    def columns(self, strip: Strip) -> set[int]:
        """Return the columns that a visual line has words in."""
        return {self.column_of(word) for word in strip.words}

    def text(self, strip: Strip, column: int) -> str:
        """Return a visual line's words in a column."""
        return " ".join(word.text for word in strip.words if self.column_of(word) == column)

    def across(self, strip: Strip) -> bool:
        """Whether a visual line is one phrase that stands over columns."""
        phrases = strip.phrases()
        return len(phrases) == 1 and self.crossed(phrases[0].x0, phrases[0].x1)


@dataclass(slots=True)
class RowLines:
    """The visual lines of one row; `across` where it stands over all columns."""

    strips: list[Strip]
    across: bool = False


def rows_of(body: Body, repeated: Callable[[Strip], bool]) -> list[RowLines] | None:
    """Return the rows, or None where they cannot be told. `repeated` knows a line of headings come again."""
    key = _key(body)
    rows: list[RowLines] = []
    run: list[Strip] = []

    def close() -> bool:
        if run:
            parts = _split(body, list(run), key)
            run.clear()
            if parts is None:
                return False
            rows.extend(RowLines(part) for part in parts)
        return True

    last = ""
    for strip in body.strips:
        kind = "across" if body.across(strip) else "repeated" if repeated(strip) else ""
        if kind:
            if not close():
                return None
            near = (
                rows
                and last == kind
                and strip.top - rows[-1].strips[-1].bottom < 0.5 * (strip.bottom - strip.top)
            )
            if near and not _ruled_between(body, rows[-1].strips[-1], strip):
                rows[-1].strips.append(strip)
            else:
                rows.append(RowLines([strip], across=kind == "across"))
        else:
            run.append(strip)
        last = kind
    return rows if close() else None


def _key(body: Body) -> int | None:
    """Return the column of references, or None."""
    for column in range(min(body.count, 3)):
        texts = [text for strip in body.strips if (text := body.text(strip, column))]
        hits = [text for text in texts if is_reference(tidied(text))]
        if len(hits) > 1 and len(hits) >= _KEY_SHARE * len(texts):
            return column
    return None


def _ruled_between(body: Body, one: Strip, other: Strip) -> bool:
    return any(one.bottom - 2 <= rule <= other.top + 2 for rule in body.rules)


def _split(body: Body, strips: list[Strip], key: int | None) -> list[list[Strip]] | None:
    """Cut a run of lines into rows: at rules across the table first, then in what is between them."""
    bands: list[list[Strip]] = [[strips[0]]]
    for one, other in itertools.pairwise(strips):
        if _ruled_between(body, one, other):
            bands.append([other])
        else:
            bands[-1].append(other)
    keys = [sum(1 for strip in band if key is not None and body.text(strip, key)) for band in bands]
    ruled = len(bands) > 1 and (max(keys) <= 1 if key is not None else True)
    if ruled and len(bands) * 2 >= sum(keys):
        return bands
    found: list[list[Strip]] = []
    for band in bands:
        parts = _by_keys(body, band, key) if key is not None else _by_space(body, band)
        if parts is None:
            return None
        found += parts
    return found


def _gaps(strips: list[Strip]) -> list[float]:
    """Return the white space above each line but the first."""
    found, reached = [], strips[0].bottom
    for strip in strips[1:]:
        found.append(strip.top - reached)
        reached = max(reached, strip.bottom)
    return found


def _by_keys(body: Body, strips: list[Strip], key: int) -> list[list[Strip]] | None:
    """Rows begin where a reference stands, if cells are set from the top; else white space must agree."""
    starts = [at for at, strip in enumerate(strips) if body.text(strip, key)]
    if not starts:
        return [strips]
    gaps = _gaps(strips)
    least = min((gaps[at - 1] for at in starts if at), default=None)
    bare = [at for at in range(1, len(strips)) if at not in starts and least and gaps[at - 1] >= least - 0.5]
    cuts = sorted({0, *starts})
    parts = [strips[at:end] for at, end in zip(cuts, [*cuts[1:], len(strips)], strict=True)]
    if _set_from_top(body, parts, starts, gaps, key):
        # white space as wide as above a reference is above a row that has none
        new = [at for at in bare if len(body.columns(strips[at])) > 1]
        cuts = sorted({0, *starts, *new})
        return [strips[at:end] for at, end in zip(cuts, [*cuts[1:], len(strips)], strict=True)]
    if body.continues and starts[0] and len(starts) < 2:  # noqa: PLR2004
        return None
    for least in sorted(set(_gaps(strips)), reverse=True):
        bands = _at_gaps(strips, least)
        counts = [sum(1 for strip in band if body.text(strip, key)) for band in bands]
        torn = body.continues and counts[0] == 0 and len(counts) > 1
        if all(count == 1 for count in counts[torn:]):
            return bands
        if 0 in counts[torn:]:
            return None
    return None


def _set_from_top(
    body: Body, parts: list[list[Strip]], starts: list[int], gaps: list[float], key: int
) -> bool:
    """Whether cells are set from the top, so that a reference stands in its row's first line.

    Where they are set in the middle, lines of a row stand above its reference: some reference has no more
    white space above it than any other line.
    """
    headed = [part for part in parts if body.text(part[0], key)]
    full = [
        part
        for part in headed
        if len(body.columns(part[0])) >= _FULL * len(set().union(*map(body.columns, part)))
    ]
    before = [gaps[at - 1] for at in starts if at]
    inside = [gap for at, gap in enumerate(gaps, start=1) if at not in starts]
    plain = not before or not inside or min(before) >= min(inside) + 1
    whole = starts[0] == 0 or body.continues
    return plain and whole and len(full) >= _TOP_SHARE * len(headed)


def _at_gaps(strips: list[Strip], least: float) -> list[list[Strip]]:
    bands = [[strips[0]]]
    for gap, strip in zip(_gaps(strips), strips[1:], strict=True):
        if gap >= least:
            bands.append([strip])
        else:
            bands[-1].append(strip)
    return bands


def _by_space(body: Body, strips: list[Strip]) -> list[list[Strip]] | None:
    """Without references: white space between rows that is clearly wider than between lines, or rows of one
    line each.
    """
    if all(len(body.columns(strip)) >= _FULL * body.count for strip in strips):
        return [[strip] for strip in strips]
    gaps = sorted(_gaps(strips))
    jumps = [(after - before, after) for before, after in itertools.pairwise(gaps)]
    jump, least = max(jumps, default=(0.0, 0.0))
    if jump < _JUMP:
        return None
    bands = _at_gaps(strips, least)
    full = sum(1 for band in bands if len(set().union(*map(body.columns, band))) >= 2)  # noqa: PLR2004
    return bands if full >= _TOP_SHARE * len(bands) else None
