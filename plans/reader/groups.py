"""Rows that head what follows: which say a theme and which an objective."""

import re
from dataclasses import dataclass, field

from plans.reader.columns import Layout
from plans.reader.grids import Grid, Row
from plans.reader.reading import ColumnRole as Role
from plans.reader.references import is_reference, leading, parent, stands_under, tidied

_LINE, _ENDS = 80, ".,;:!?"
_THEME = re.compile(r"\s*(?:theme|work\s?stream|strand|section|pillar|domain|part|chapter)\b", re.IGNORECASE)
_OBJECTIVE = re.compile(
    (
        r"\s*(?:objective|recommendation|priority|aim|goal|outcome|area for (?:improvement"
        r"|priority)|rec\b|requirement|finding)"
    ),
    re.IGNORECASE,
)
_HEADS = {Role.THEME, Role.OBJECTIVE, Role.OBJECTIVE_REFERENCE, Role.REFERENCE, Role.OTHER}
_RATINGS = {Role.RATING, Role.OBJECTIVE_RATING, Role.PREVIOUS_RATING, Role.IMPACT_RATING}


@dataclass(frozen=True, slots=True)
class Head:
    """What a group row says: its words, and its reference where that stands in a cell of its own or
    leads them.
    """

    text: str
    ref: str | None = None


def head_of(row: Row, index: int, layout: Layout, *, next_ref: str | None) -> Head | None:
    """Return what a row says that heads the rows below it, or None where the row is no heading.

    Such a row holds one text, at the left or merged across; beside it at most a rating, or the reference
    that the next action's reference stands under.
    """
    said = [column for column in row.filled if layout.roles.get(column) not in _RATINGS]
    reference = layout.first(Role.REFERENCE)
    if len(said) == 2 and said[0] == reference and next_ref:  # noqa: PLR2004
        ref = tidied(row.text(said[0]))
        return Head(row.text(said[1]), ref) if is_reference(ref) and stands_under(next_ref, ref) else None
    if len(said) != 1 or (said[0] == reference and is_reference(tidied(row.text(reference)))):
        return None
    across = sum(1 for origin in row.covered.values() if origin == (index, said[0]))
    activity = layout.first(Role.ACTIVITY)
    left = activity is None or said[0] < activity or said[0] == activity == 0
    text = row.text(said[0])
    if across > 1 or (left and _heads(layout, said[0])):
        return Head(text, leading(text))
    # a short line alone in the actions' column, where every action has a reference, heads the actions below
    # it
    alone = said[0] == activity and reference is not None and next_ref is not None and row.page is None
    return Head(text, leading(text)) if alone and len(text) <= _LINE and text[-1:] not in _ENDS else None


def _heads(layout: Layout, column: int) -> bool:
    return layout.roles.get(column, Role.OTHER) in _HEADS or column == 0


@dataclass(slots=True)
class Levels:
    """Tells the upper from the lower kind of group row in one document."""

    has_objectives: bool
    has_themes: bool
    _upper: set[tuple[str, int, str]] = field(default_factory=set)
    _lower: set[tuple[str, int, str]] = field(default_factory=set)

    def see(self, upper: Row, upper_head: Head, lower: Row, lower_head: Head) -> None:
        """Note that one group row stands directly above another."""
        one, two = _signature(upper, upper_head), _signature(lower, lower_head)
        if one != two:
            self._upper.add(one)
            self._lower.add(two)

    def is_objective(self, row: Row, head: Head, next_ref: str | None, *, after_group: bool) -> bool:
        """Whether a group row is an objective; else it is a theme."""
        if self.has_objectives:
            return False
        if self.has_themes:
            return True
        signature = _signature(row, head)
        if signature in self._upper:
            return False
        if signature in self._lower or after_group:
            return True
        if _THEME.match(head.text):
            return False
        under = head.ref and next_ref and stands_under(next_ref, head.ref)
        return bool(_OBJECTIVE.match(head.text) or under)


def _signature(row: Row, head: Head) -> tuple[str, int, str]:
    """What group rows of one level have in common: their first word's kind, their reference's depth,
    their fill.
    """
    kind = "theme" if _THEME.match(head.text) else "objective" if _OBJECTIVE.match(head.text) else ""
    ref, depth = head.ref, 0
    while ref:
        depth, ref = depth + 1, parent(ref)
    return kind, depth, next(iter(row.fills.values()), "")


def group_rows(grid: Grid, body: list[int], layout: Layout) -> dict[int, Head]:
    """Return {row index: what it says} of the group rows of a table."""
    reference = layout.first(Role.REFERENCE)
    found: dict[int, Head] = {}
    next_ref: str | None = None
    for index in reversed(body):
        row = grid.rows[index]
        if len(row.filled) <= 4 and (head := head_of(row, index, layout, next_ref=next_ref)):  # noqa: PLR2004
            found[index] = head
        elif reference is not None and (ref := tidied(row.text(reference))) and is_reference(ref):
            next_ref = ref
    return found
