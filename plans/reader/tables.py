"""Which tables of a document are the plan: finds headings, cuts sheets into tables, joins what continues."""

from dataclasses import dataclass, field

from plans.reader.grids import Document, Grid, Row
from plans.reader.headings import BODY, heading_score, heading_texts, other_table, roles_of, words_of
from plans.reader.reading import ColumnRole, Mapping, TableUse

_SAME = 0.75
_TITLE = 2 / 3
_SUBHEADING_LENGTH = 40


@dataclass(slots=True)
class Segment:
    """A table inside a grid: the rows before its headings, its heading rows, its body; indices into the
    grid.
    """

    grid: int
    label: str = ""
    before: list[int] = field(default_factory=list)
    heading_rows: list[int] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)
    use: TableUse = TableUse.OTHER
    why: str = ""
    continues: bool = False


def segments_of(document: Document, mapping: Mapping) -> list[Segment]:
    """Return the document's tables in order, each judged; those taken as the plan have use PLAN."""
    found: list[Segment] = []
    for number, grid in enumerate(document.grids):
        cut = _cut(number, grid)
        for segment in cut:
            segment.label = _label(grid, segment, alone=len(cut) == 1)
            _judge(segment, mapping)
            found.append(segment)
    _join_continued(found, document)
    _leave_hidden(found, document, mapping)
    return found


def _label(grid: Grid, segment: Segment, *, alone: bool) -> str:
    """A table's label: its sheet's name, with its rows where a sheet holds several tables."""
    if alone:
        return grid.label
    rows = [*segment.before, *segment.heading_rows, *segment.body]
    return f"{grid.label}, rows {grid.rows[rows[0]].number} to {grid.rows[rows[-1]].number}"


def same_headings(one: list[str], other: list[str]) -> bool:
    """Whether two heading rows are the same headings, allowing for a word or two that broke."""
    ours = [words_of(text).replace(" ", "") for text in one]
    theirs = [words_of(text).replace(" ", "") for text in other]
    while ours and not ours[-1]:
        ours.pop()
    while theirs and not theirs[-1]:
        theirs.pop()
    if not ours or not theirs:
        return False
    same = sum(1 for mine, their in zip(ours, theirs, strict=False) if mine == their and mine)
    return same >= _SAME * max(sum(map(bool, ours)), sum(map(bool, theirs)))


def _cut(number: int, grid: Grid) -> list[Segment]:
    """Cut a grid at its heading rows. A grid without any is one segment without headings."""
    segments = [Segment(number)]
    index = 0
    while index < len(grid.rows):
        current = segments[-1]
        headings, taken = _headings_at(grid.rows, index, current)
        if not headings:
            current.body.append(index)
            index += 1
            continue
        rows = list(range(index, index + taken))
        if current.headings and same_headings(current.headings, headings):
            current.repeated.update(rows)
            current.body += rows
        else:
            segment = Segment(number, heading_rows=rows, headings=headings)
            segment.before = _lead_in(grid.rows, current)
            segments.append(segment)
        index += taken
    return [segment for segment in segments if segment.headings or segment.body]


def _headings_at(rows: list[Row], index: int, current: Segment) -> tuple[list[str], int]:
    """Return the headings that start at a row and how many rows they take; ([], 0) where none start."""
    row = rows[index]
    below = rows[index + 1] if index + 1 < len(rows) else None
    single = heading_texts(row)
    if current.headings and same_headings(current.headings, single):
        return single, 1
    both = heading_texts(row, below) if below is not None and _banner(row, below) else []
    if (
        below is not None
        and heading_score(both)
        and (heading_score(heading_texts(below)) or _subheadings(row, below))
    ):
        return both, 2
    if heading_score(single) and (not current.headings or _opens_table(rows, index, current, single)):
        if below is not None and _subheadings(row, below):
            return heading_texts(row, below), 2
        return single, 1
    if _after_gap(rows, index) and other_table(single):
        return single, 1
    return [], 0


def _banner(row: Row, below: Row) -> bool:
    """A row whose cells are merged sideways over some of the headings below them; over most, it is a title."""
    sideways = {column for column, origin in row.covered.items() if origin[1] != column}
    if not sideways or len(row.filled) > 1:
        return bool(sideways)
    over = [column for column in below.filled if column in sideways or row.text(column)]
    return len(over) < _TITLE * len(below.filled)


def _subheadings(row: Row, below: Row) -> bool:
    """Whether the row below goes on with the headings: short words, under a merged or empty heading."""
    texts = [below.text(column) for column in below.filled]
    if not texts or any(len(text) > _SUBHEADING_LENGTH for text in texts):
        return False
    under = [column for column in below.filled if not row.text(column)]
    if len(under) * 2 < len(texts):
        return False
    known = sum(1 for text in texts if roles_of(text))
    return known * 2 >= len(texts) and (len(texts) > 1 or _banner(row, below))


def _opens_table(rows: list[Row], index: int, current: Segment, headings: list[str]) -> bool:
    """Inside a table other headings open another one only where they clearly do."""
    return _after_gap(rows, index) or heading_score(headings) >= max(3, len(rows[index].filled) - 1)


def _after_gap(rows: list[Row], index: int) -> bool:
    if index == 0:
        return True
    above = rows[index - 1]
    return rows[index].number > above.number + 1 or len(above.filled) <= 1


def _lead_in(rows: list[Row], current: Segment) -> list[int]:
    """Take from the segment above the rows that introduce the next one: few cells, since the last gap."""
    taken: list[int] = []
    if not current.headings:
        taken, current.body = current.body, []
        return taken
    while current.body and current.body[-1] not in current.repeated:
        index = current.body[-1]
        gap = taken and rows[taken[0]].number > rows[index].number + 1
        if len(rows[index].filled) > 1 or gap:
            break
        taken.insert(0, current.body.pop())
    return taken


def _judge(segment: Segment, mapping: Mapping) -> None:
    wanted = mapping.tables.get(segment.label)
    if wanted is False:
        segment.why = "left out as you said"
        return
    if not segment.headings:
        segment.why = "no headings"
        return
    plan, why = plan_like(segment.headings, mapping)
    if (plan or wanted) and segment.body:
        segment.use = TableUse.PLAN
    segment.why = why if segment.body else "headings without rows"


def plan_like(headings: list[str], mapping: Mapping) -> tuple[bool, str]:
    """Return whether headings are a plan's, and why."""
    corrected = {words_of(heading): role for heading, role in mapping.columns.items()}
    roles: set[ColumnRole] = set()
    first: set[ColumnRole] = set()
    for heading in headings:
        known = corrected.get(words_of(heading))
        found = (known,) if known else roles_of(heading)
        roles.update(found)
        first.update(found[:1])
    other = other_table(headings)
    if other == "risks" and _risk_register(headings):
        return False, "a risk register"
    acts = bool(first & {ColumnRole.ACTIVITY, ColumnRole.MILESTONES})
    may_act = bool(roles & {ColumnRole.ACTIVITY, ColumnRole.OBJECTIVE}) or (
        ColumnRole.OUTCOME in first and other is None
    )
    body = len(first & BODY)
    if acts and body >= 1 and (body >= 2 or ColumnRole.REFERENCE in first or len(headings) >= 3):  # noqa: PLR2004
        return True, "it has actions, and beside them " + _named(first & BODY)
    if may_act and body >= 2 and other != "measures":  # noqa: PLR2004
        return True, "it has something to do, and beside it " + _named(first & BODY)
    return (
        False,
        f"a table of {other}" if other else "no column of actions with a lead, date, rating or progress",
    )


def _risk_register(headings: list[str]) -> bool:
    words = [words_of(heading) for heading in headings]
    judged = any(
        part in text
        for text in words
        for part in ("likelihood", "probability", "inherent", "residual", "severity")
    )
    opening = next((text for text in words if text and roles_of(text)[:1] != (ColumnRole.REFERENCE,)), "")
    return judged or "risk" in opening


def _named(roles: set[ColumnRole]) -> str:
    names = sorted(role.label.lower() for role in roles)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _join_continued(segments: list[Segment], document: Document) -> None:
    """A table without headings right after the plan's, and as wide, goes on with it (a page break cut it)."""
    plan: Segment | None = None
    for segment in segments:
        grid = document.grids[segment.grid]
        if segment.use is TableUse.PLAN:
            plan = segment
        elif plan and not segment.headings and not grid.is_sheet and segment.why == "no headings":
            width = max(len(heading) and at + 1 for at, heading in enumerate(plan.headings))
            if grid.width == width or (width > 3 and abs(grid.width - width) <= 1 and not grid.heading):  # noqa: PLR2004
                segment.use, segment.headings, segment.continues = TableUse.PLAN, plan.headings, True
                segment.why = "it goes on with the table before it"
            else:
                plan = None


def _leave_hidden(segments: list[Segment], document: Document, mapping: Mapping) -> None:
    """A hidden sheet is part of the plan only where no sheet that shows is, or where a person said so."""
    plans = [segment for segment in segments if segment.use is TableUse.PLAN]
    if not any(not document.grids[segment.grid].hidden for segment in plans):
        return
    for segment in plans:
        grid = document.grids[segment.grid]
        if grid.hidden and not mapping.tables.get(segment.label):
            segment.use, segment.why = TableUse.OTHER, "a hidden sheet"
