"""The end that an action first had."""

import datetime as dt
from collections.abc import Mapping

from plans.models import MovedEnd
from plans.table import PlanTable


def first_ends_of(table: PlanTable) -> dict[int, dt.date]:
    """The ends that the table's actions first had, by the action's number, of those whose end was moved."""
    ends = {action.id: action.ends_on for action in table.actions}
    before: dict[int, dict[dt.date, dt.date]] = {}
    for move in MovedEnd.objects.counted().filter(action__in=ends).order_by("id"):
        if move.old and move.new:
            before.setdefault(move.action_id, {})[move.new] = move.old
    found = {number: first_end(ends[number], moves) for number, moves in before.items()}
    return {number: end for number, end in found.items() if end is not None}


def first_end(end: dt.date | None, before: Mapping[dt.date, dt.date]) -> dt.date | None:
    """The end that all moves began with; `before` says which end each one replaced.

    Goes back from the end that stands on the day looked at, so later moves do not count. One moved to and fro ends
    the search.
    """
    seen: set[dt.date] = set()
    while end is not None and end in before and end not in seen:
        seen.add(end)
        end = before[end]
    return end
