"""How much of its pages a part of the plan fills, judged from its words before anything is drawn. Plain Python.

The measures are those of `static/print/pack.css`: landscape pages, columns of `reporting/pack/plan.html`, 7.5 points.
Near enough to choose where a part ends; what is drawn decides nothing here and is decided by nothing here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from plans.rows import ActionRow, ObjectiveRow

PAGE = 168.0
"""Millimetres of a page that rows are given: a little less than there are, since a judgement may be short of a line."""
_LINE, _AROUND = 3.44, 2.6  # a line of words; padding and rule of a row
_HEAD = 6.2  # the columns' names, on every page
THEME = 14.0  # a theme's heading and the space before it
OPENING = 28.0  # the section's heading and the legend
_SIGN = 1.47  # an average letter's width
_ACTION, _LEAD, _PROGRESS, _ALL = (int(wide / _SIGN) for wide in (62.0, 29.0, 97.0, 238.0))
_LONG = 700  # signs of progress


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a part, by height. `holds`: not parted from what follows; `flows`: may be parted itself."""

    height: float
    holds: bool = False
    flows: bool = False


def rows_of(objective: ObjectiveRow) -> Iterator[Row]:
    """The rows of an objective: its own, and one for each action."""
    yield _row(_lines(f"{objective.ref} {objective.title} {objective.text}", _ALL), holds=True)
    for action in objective.actions:
        yield _row(_lines_of(action), flows=flows(action))


def flows(action: ActionRow) -> bool:
    """Whether an action's row is so long that it may go on on the next page."""
    return len(action.progress) > _LONG


def _row(lines: int, *, holds: bool = False, flows: bool = False) -> Row:
    return Row(lines * _LINE + _AROUND, holds, flows)


def _lines_of(action: ActionRow) -> int:
    return max(
        _lines(action.activity, _ACTION),
        _lines(action.lead_names, _LEAD),
        _lines(action.progress, _PROGRESS),
        2 + action.overdue,  # from, to, and whether it is past
    )


def _lines(words: str, signs: int) -> int:
    return sum(max(1, ceil(len(line) * 1.05 / signs)) for line in words.splitlines()) or 1


def filled(rows: Iterable[Row]) -> float:
    """How many pages rows fill from the top of one: 1.25 is a page and a quarter of the next."""
    pages, at, held = 0, _HEAD, 0.0
    for row in rows:
        if row.holds:
            held += row.height
            continue
        height, held = held + row.height, 0.0
        if at + height <= PAGE:
            at += height
        elif row.flows:
            over = at + height - PAGE
            more, over = divmod(over, PAGE - _HEAD)
            pages, at = pages + 1 + int(more), _HEAD + over
        else:
            pages, at = pages + 1, _HEAD + height
    return pages + min(1.0, (at + held) / PAGE)


def empty_share(rows: Sequence[Row]) -> float:
    """Which share of the pages that rows take stays empty."""
    full = filled(rows)
    return 1 - full / ceil(full)
