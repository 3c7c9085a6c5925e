"""PDF tables without ruled columns: told by their headings and by the white space between columns.

Safety before reach: where a corridor, a row or a column is not plain, nothing is returned and the document is
refused as it always was. Rows come from rules across the table where there are any, else from references, else
from the white space between rows.
"""

import itertools
from collections import Counter
from dataclasses import dataclass, field

from plans.reader.furniture import is_page_line
from plans.reader.headings import heading_score
from plans.reader.pdf_pages import Cell, Fill, LoosePage, PageTable, fill_under, shape_of
from plans.reader.pdf_rows import Body, rows_of
from plans.reader.pdf_words import Strip, Word, line_of

_LEAST_COLUMNS = 3
_HEADING_LINES = 3
_CORRIDOR = 2.5
_INSIDE, _WIDER = 6.0, 1.4
_NEAR = 3.0
_MARGIN = 0.15
_PLAINLY = 0.8


@dataclass(slots=True)
class _Heading:
    """A row of headings: its visual lines (indices), its cells' texts and where each stands."""

    first: int
    last: int
    texts: list[str]
    spans: list[tuple[float, float]]


@dataclass(slots=True)
class Columns:
    """Where columns begin and end: `edges[n]` to `edges[n + 1]`; the headings above them."""

    edges: list[float]
    texts: list[str] = field(default_factory=list)

    def of(self, word: Word) -> int:
        """Return the column that holds a word's middle."""
        middle = (word.x0 + word.x1) / 2
        return max(0, sum(1 for edge in self.edges[1:-1] if middle >= edge))

    def crossed(self, left: float, right: float) -> bool:
        """Whether something from left to right stands over an edge between columns."""
        return any(left + 1 < edge < right - 1 for edge in self.edges[1:-1])


@dataclass(slots=True)
class _Piece:
    """The lines of one page from a row of headings on, or from the page's top where a table may go on."""

    page: LoosePage
    heading: _Heading | None
    strips: list[Strip]
    above: str
    opens_page: bool


def unruled_tables(pages: list[LoosePage]) -> list[PageTable] | None:
    """Return the tables without ruled columns of pages in order; their words leave the pages' strips.

    None where there are some and one of them cannot be told safely: half a plan is worse than none.
    """
    pieces = _pieces(pages)
    columns = _all_columns([piece for piece in pieces if piece.heading])
    found: list[PageTable] = []
    before: tuple[int, Columns] | None = None
    for piece in pieces:
        own = columns.get(id(piece.heading)) if piece.heading else None
        carried = before[1] if before and before[0] == piece.page.number - 1 else None
        used = own if piece.heading else carried
        if piece.heading is None and (carried is None or not _fits(carried, piece.strips)):
            if carried and _table_like(piece.strips):
                return None
            continue
        table = _table(piece, used) if used else None
        if table is None or used is None:
            return None
        found.append(table)
        piece.page.taken.append((piece.strips[0].top, piece.strips[-1].bottom))
        before = (piece.page.number, used)
        taken = {id(strip) for strip in piece.strips}
        piece.page.strips = [strip for strip in piece.page.strips if id(strip) not in taken]
    return found


def _pieces(pages: list[LoosePage]) -> list[_Piece]:
    running = _running(pages)
    found: list[_Piece] = []
    for page in pages:
        body = [strip for strip in page.strips if not _runs(page, strip, running)]
        headings = _headings(body)
        starts = [heading.first for heading in headings]
        if body and (not starts or starts[0] > 0):
            found.append(_Piece(page, None, body[: starts[0] if starts else len(body)], "", opens_page=True))
        for at, heading in enumerate(headings):
            end = starts[at + 1] if at + 1 < len(starts) else len(body)
            above = body[heading.first - 1].text if heading.first else ""
            found.append(
                _Piece(page, heading, body[heading.first : end], above, opens_page=heading.first == 0)
            )
    return found


def _running(pages: list[LoosePage]) -> set[tuple[str, int]]:
    """Return the lines that stand at the same height of most pages: (whatever number is in them, height)."""
    counts = Counter(
        place for page in pages for place in {_place(strip) for strip in page.strips if len(pages) > 1}
    )
    return {place for place, count in counts.items() if count > 1 and count * 2 > len(pages)}


def _place(strip: Strip) -> tuple[str, int]:
    return shape_of(strip.text), round(strip.top / 3)


def _runs(page: LoosePage, strip: Strip, running: set[tuple[str, int]]) -> bool:
    """Whether a line is of the page's header or footer: headings that every page repeats are not."""
    edge = _MARGIN * page.height
    if edge < strip.top and strip.bottom < page.height - edge:
        return False
    if is_page_line(strip.text):
        return True
    headings = heading_score([phrase.text for phrase in strip.phrases()]) >= _LEAST_COLUMNS
    return _place(strip) in running and not headings


def _table_like(strips: list[Strip]) -> bool:
    """Whether lines look like rows of a table, so that leaving them out would lose some."""
    return sum(1 for strip in strips if len(strip.phrases()) >= _LEAST_COLUMNS) >= 2  # noqa: PLR2004


def _all_columns(pieces: list[_Piece]) -> dict[int, Columns | None]:
    """Return the columns under every row of headings; those that stand alike on several pages are told by
    all their lines together.
    """
    groups: list[list[_Piece]] = []
    for piece in pieces:
        group = next((each for each in groups if _alike(each[0].heading, piece.heading)), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    found: dict[int, Columns | None] = {}
    for group in groups:
        columns = _columns(group)
        found |= {id(piece.heading): columns for piece in group}
    return found


def _alike(one: _Heading | None, other: _Heading | None) -> bool:
    if one is None or other is None or one.texts != other.texts:
        return False
    pairs = zip(one.spans, other.spans, strict=True)
    return all(abs(mine[0] - its[0]) <= _NEAR for mine, its in pairs)


def _headings(strips: list[Strip]) -> list[_Heading]:
    """Return the rows of headings on a page; one that repeats the one before is a row of its table."""
    found: list[_Heading] = []
    index = 0
    while index < len(strips):
        heading = _heading_at(strips, index)
        if heading is None:
            index += 1
            continue
        index = heading.last + 1
        if not found or found[-1].texts != heading.texts:
            found.append(heading)
    return found


def _heading_at(strips: list[Strip], index: int) -> _Heading | None:
    """Return the headings whose first visual line is this one, with the lines that their words wrap into."""
    best: tuple[int, _Heading] | None = None
    for last in range(index, min(index + _HEADING_LINES, len(strips))):
        if last > index and not _goes_on(strips, index, last):
            break
        texts, spans = _cells(strips[index : last + 1])
        score = heading_score(texts)
        if len(texts) >= _LEAST_COLUMNS and score >= _LEAST_COLUMNS and score * 3 >= len(texts) * 2:
            heading = _Heading(index, last, texts, spans)
            if best is None or len(texts) >= len(best[1].texts):
                best = (score, heading)
    return best[1] if best else None


def _goes_on(strips: list[Strip], first: int, line: int) -> bool:
    """Whether a visual line still belongs to the headings above it: close to them, and set or spaced unlike
    the table's body.
    """
    strip, above = strips[line], strips[line - 1]
    height = above.bottom - above.top
    gap = strip.top - above.bottom
    if gap > 0.8 * height or any(len(phrase.text) > 30 for phrase in strip.phrases()):  # noqa: PLR2004
        return False
    if any(character.isdigit() for character in strip.text):
        return False
    following = strips[line + 1] if line + 1 < len(strips) else None
    rest = {font for each in strips[line + 1 : line + 6] for font in each.fonts}
    own = strips[first].fonts
    if rest and not own & rest and strip.fonts <= own:
        return True
    return following is not None and own == strip.fonts and following.top - strip.bottom > gap + 1.5


def _cells(strips: list[Strip]) -> tuple[list[str], list[tuple[float, float]]]:
    """Return the headings' texts and spans: phrases of several lines that stand above each other are one."""
    cells: list[tuple[float, float, list[str]]] = []
    for strip in strips:
        for phrase in strip.phrases():
            over = [cell for cell in cells if cell[0] < phrase.x1 and phrase.x0 < cell[1]]
            for cell in over:
                cells.remove(cell)
            words = [text for cell in sorted(over, key=lambda cell: cell[0]) for text in cell[2]]
            left = min([phrase.x0, *(cell[0] for cell in over)])
            right = max([phrase.x1, *(cell[1] for cell in over)])
            cells.append((left, right, [*words, phrase.text]))
    cells.sort(key=lambda cell: cell[0])
    return [" ".join(cell[2]) for cell in cells], [(cell[0], cell[1]) for cell in cells]


def _columns(pieces: list[_Piece]) -> Columns | None:
    """Return the columns under headings, or None where the white space between two is not plain."""
    heading = pieces[0].heading
    if heading is None:
        return None
    heads = [strip for piece in pieces for strip in piece.strips[: _lines(piece)]]
    below = [strip for piece in pieces for strip in piece.strips[_lines(piece) :]]
    body = [strip for strip in below if len(strip.phrases()) > 1]
    if len(body) < 2:  # noqa: PLR2004
        return None
    ink = _ink([*heads, *body])
    edges = [min(0.0, ink[0][0])]
    for (_, left), (right, _) in zip(heading.spans, heading.spans[1:], strict=False):
        edge = _corridor(ink, left, right)
        if edge is None:
            return None
        edges.append(edge)
    edges.append(max(word.x1 for strip in [*heads, *below] for word in strip.words) + 1)
    columns = Columns(edges, heading.texts)
    return None if _hides_column(columns, body) else columns


def _lines(piece: _Piece) -> int:
    """How many visual lines a piece's headings take."""
    return piece.heading.last - piece.heading.first + 1 if piece.heading else 0


def _ink(strips: list[Strip]) -> list[tuple[float, float]]:
    """Return the stretches across the page that some word covers."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((word.x0, word.x1) for strip in strips for word in strip.words):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _corridor(ink: list[tuple[float, float]], left: float, right: float) -> float | None:
    """Return where the next column begins: the right end of the white corridor between two headings."""
    free = [
        (one[1], other[0])
        for one, other in itertools.pairwise(ink)
        if other[0] - one[1] >= _CORRIDOR and one[1] >= left - 0.1 and other[0] <= right + 0.1
    ]
    if not free:
        return None
    flush = [gap for gap in free if abs(gap[1] - right) <= _NEAR]
    widest = sorted(free, key=lambda gap: gap[0] - gap[1])
    if flush:
        # under a heading in the middle of its column a gap between two words may end there by chance
        wide = flush[-1][1] - flush[-1][0] >= _PLAINLY * (widest[0][1] - widest[0][0])
        return flush[-1][1] - 0.5 if wide else None
    plain = len(widest) == 1 or widest[0][1] - widest[0][0] >= 2 * (widest[1][1] - widest[1][0])
    return widest[0][1] - 0.5 if plain else None


def _hides_column(columns: Columns, body: list[Strip]) -> bool:
    """Whether a column holds what looks like two: white space that runs down between words of many lines."""
    for column in range(len(columns.edges) - 1):
        lines = [[word for word in strip.words if columns.of(word) == column] for strip in body]
        ink = _ink([Strip(words) for words in lines if words])
        for one, other in itertools.pairwise(ink):
            blank = max(word.blank for words in lines for word in words)
            both = sum(1 for words in lines if words and words[0].x1 <= one[1] and words[-1].x0 >= other[0])
            if other[0] - one[1] >= min(_INSIDE, _WIDER * blank) and both >= 3:  # noqa: PLR2004
                return True
    return False


def _table(piece: _Piece, columns: Columns) -> PageTable | None:
    """Return the table that a piece's lines make, or None where its rows cannot be told."""
    lines, strips, page = _lines(piece), piece.strips, piece.page
    body = Body(
        strips[lines:],
        columns.of,
        columns.crossed,
        len(columns.edges) - 1,
        _rules(page, strips),
        continues=piece.opens_page and page.number > 1,
    )
    rows = rows_of(body, repeated=lambda strip: _repeats(columns, strip))
    if rows is None:
        return None
    edges = [round(edge, 1) for edge in columns.edges[:-1]]
    table = PageTable(page.number, [], edges, piece.opens_page, heading=piece.above)
    reach = _reach(columns, strips)
    if lines:
        _add(table, page.fills, columns, strips[:lines], reach)
    for row in rows:
        _add(table, page.fills, columns, row.strips, None if row.across else reach)
    return table


def _reach(columns: Columns, strips: list[Strip]) -> list[float]:
    """Return how far to the right each column's words reach: what a line could have held."""
    reach = list(columns.edges[:-1])
    for strip in strips:
        phrases = strip.phrases()
        if len(phrases) > 1 or not columns.crossed(phrases[0].x0, phrases[0].x1):
            for word in strip.words:
                at = columns.of(word)
                reach[at] = max(reach[at], word.x1)
    return reach


def _fits(columns: Columns, strips: list[Strip]) -> bool:
    """Whether a page's lines stand in the columns of the page before."""
    several = [strip for strip in strips if len(strip.phrases()) > 1]
    crossed = any(columns.crossed(word.x0, word.x1) for strip in several for word in strip.words)
    return len(several) > 0 and not crossed


def _repeats(columns: Columns, strip: Strip) -> bool:
    words = {word.text.casefold() for word in strip.words}
    known = {word.casefold() for text in columns.texts for word in text.split()}
    return len(words) >= _LEAST_COLUMNS and words <= known


def _rules(page: LoosePage, strips: list[Strip]) -> list[float]:
    """Return the heights at which a line or the edge of a painted row runs across most of the table."""
    left = min(word.x0 for strip in strips for word in strip.words)
    right = max(word.x1 for strip in strips for word in strip.words)
    return sorted(
        height
        for height, pieces in page.rules.items()
        if _covered(pieces, left, right) > 0.7 * (right - left)
    )


def _covered(pieces: list[tuple[float, float]], left: float, right: float) -> float:
    total, reached = 0.0, left
    for start, end in sorted(pieces):
        start, end = max(start, reached), min(end, right)  # noqa: PLW2901
        if end > start:
            total += end - start
            reached = end
    return total


def _add(
    table: PageTable, fills: list[Fill], columns: Columns, strips: list[Strip], reach: list[float] | None
) -> None:
    """Add a row: each word to its column, line by line; without `reach` the row stands across all."""
    top, bottom = min(strip.top for strip in strips), max(strip.bottom for strip in strips)
    count, at = len(columns.edges) - 1, len(table.rows)
    if reach is None:
        box = (columns.edges[0], top, columns.edges[-1], bottom)
        lines = [line for strip in strips if (line := line_of(strip.words, columns.edges[-1]))]
        table.rows.append([Cell(lines, box, fill_under(fills, box)), *[None] * (count - 1)])
        table.origins.append(dict.fromkeys(range(1, count), (at, 0)))
        return
    cells: list[Cell | None] = []
    for column in range(count):
        box = (columns.edges[column], top, columns.edges[column + 1], bottom)
        inside = ([word for word in strip.words if columns.of(word) == column] for strip in strips)
        lines = [line for words in inside if (line := line_of(words, reach[column]))]
        cells.append(Cell(lines, box, fill_under(fills, box)))
    table.rows.append(cells)
    table.origins.append({})
