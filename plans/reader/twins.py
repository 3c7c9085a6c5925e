"""Two plans in one file: last month's sheet beside this month's is not twice as many actions."""

import re

from plans.reader.columns import Layout
from plans.reader.dates import dates_in
from plans.reader.draft import Draft
from plans.reader.findings import Choice, FindingCode, Severity
from plans.reader.grids import Document
from plans.reader.headings import words_of
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
    by_grid: dict[int, dict[str, str]] = {}
    for number, layout in layouts.items():
        by_grid.setdefault(segments[number].grid, {}).update(_actions(document, segments[number], layout))
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
                "it repeats the actions of another sheet",
            )
        one, two = document.grids[twin].label, document.grids[grid].label
        draft.find(
            FindingCode.TWO_PLANS,
            Severity.QUESTION,
            f"The sheets {one} and {two} hold the same actions, so they seem to be two versions of one plan. "
            f"{one} was read and {two} left out. To read {two}, choose its tables and read the file again.",
            choices=(Choice("keep", f"Read {one}"),),
        )


def _rank(label: str, count: int) -> tuple[bool, int, int]:
    """Sheets that call themselves old come last; of dated ones the latest comes first; then the fullest."""
    days = [named.last.toordinal() for named in dates_in(label) if named.last]
    return bool(_OLD.search(label)), -max(days, default=0), -count


def _actions(document: Document, segment: Segment, layout: Layout) -> dict[str, str]:
    """Return {reference: what the action says} of a table; by the words themselves where it has no
    references.
    """
    column, activity = layout.first(Role.REFERENCE), layout.first(Role.ACTIVITY)
    found = {}
    for index in segment.body:
        row = document.grids[segment.grid].rows[index]
        words = words_of(row.text(activity)) if activity is not None else ""
        ref = tidied(row.text(column)) if column is not None else words
        if ref and words and (column is None or is_reference(ref)):
            found[ref] = words
    return found


def _same(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two sheets hold the same actions: the same references alone may be numbering that starts
    again.
    """
    shared = [ref for ref in one if ref in other]
    alike = [ref for ref in shared if one[ref] == other[ref]]
    enough = len(shared) >= _ENOUGH and len(shared) >= _OVERLAP * min(len(one), len(other))
    return enough and len(alike) >= _OVERLAP * len(shared)
