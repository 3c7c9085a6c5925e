"""Two plans in one file: last month's sheet beside this month's is not twice as many actions."""

import re

from plans.reader.columns import Layout
from plans.reader.dates import dates_in
from plans.reader.draft import Draft
from plans.reader.findings import Choice, FindingCode, Severity
from plans.reader.grids import Document
from plans.reader.reading import ColumnRole as Role
from plans.reader.reading import Mapping, TableUse
from plans.reader.references import is_reference, tidied
from plans.reader.tables import Segment

_OVERLAP = 0.5
_ENOUGH = 3
_OLD = re.compile(
    r"\b(?:old|archive\w*|previous|copy|superseded|draft|backup|closed|template|example)\b", re.IGNORECASE
)


def leave_twins(
    document: Document, segments: list[Segment], layouts: dict[int, Layout], draft: Draft, mapping: Mapping
) -> None:
    """Leave out a sheet whose references are mostly another's, and ask; nothing where a person has said."""
    by_grid: dict[int, set[str]] = {}
    for number, layout in layouts.items():
        by_grid.setdefault(segments[number].grid, set()).update(
            _references(document, segments[number], layout)
        )
    left: list[int] = []
    grids = sorted(by_grid, key=lambda grid: _rank(document.grids[grid].label, len(by_grid[grid])))
    for position, grid in enumerate(grids):
        kept = [other for other in grids[:position] if other not in left]
        twin = next((other for other in kept if _same(by_grid[other], by_grid[grid])), None)
        said = any(
            mapping.tables.get(segments[number].label) for number in layouts if segments[number].grid == grid
        )
        if twin is None or said or not document.grids[grid].is_sheet:
            continue
        left.append(grid)
        for number in [number for number in layouts if segments[number].grid == grid]:
            del layouts[number]
            segments[number].use, segments[number].why = (
                TableUse.OTHER,
                "it repeats the references of another sheet",
            )
        one, two = document.grids[twin].label, document.grids[grid].label
        draft.find(
            FindingCode.TWO_PLANS,
            Severity.QUESTION,
            f"The sheets {one} and {two} hold the same references, so they are two versions of one "
            "plan or two plans. "
            f"{one} was read and {two} left out. To read {two}, choose its tables and read the file again.",
            choices=(Choice("keep", f"Read {one}"),),
        )


def _rank(label: str, count: int) -> tuple[bool, int, int]:
    """Sheets that call themselves old come last; of dated ones the latest comes first; then the fullest."""
    days = [named.last.toordinal() for named in dates_in(label) if named.last]
    return bool(_OLD.search(label)), -max(days, default=0), -count


def _references(document: Document, segment: Segment, layout: Layout) -> set[str]:
    column = layout.first(Role.REFERENCE)
    if column is None:
        return set()
    rows = document.grids[segment.grid].rows
    texts = (tidied(rows[index].text(column)) for index in segment.body)
    return {text for text in texts if text and is_reference(text)}


def _same(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared >= _ENOUGH and shared >= _OVERLAP * min(len(one), len(other))
