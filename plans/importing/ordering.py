"""The order of actions: which of them moved, and numbers for those that did. Plain Python."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

STEP = 10  # room between two, so that a new one in between moves no other


def stayed(orders: Sequence[int]) -> list[int]:
    """The places of a longest run of rising numbers: what was not moved, if as few as possible were."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = [-1] * len(orders)
    for place, order in enumerate(orders):
        at = bisect_left(ends, order)
        if at == len(ends):
            ends.append(order)
            last.append(place)
        else:
            ends[at], last[at] = order, place
        before[place] = last[at - 1] if at else -1
    found = []
    place = last[-1] if last else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def numbered(
    sequence: Sequence[str], orders: Mapping[str, int], *, moved: Sequence[str] = ()
) -> dict[str, int]:
    """Order numbers for things in a new sequence, changing as few as possible of those they have.

    `orders` holds the numbers that there are; those `moved` and those without get new ones. Returns the numbers that
    are new or change.
    """
    apart = set(moved)
    known = [name for name in sequence if name in orders and name not in apart]
    kept = {known[place] for place in stayed([orders[name] for name in known])}
    ahead = _ahead(sequence, orders, kept)
    found: dict[str, int] = {}
    floor = -1
    for name, (ceiling, waiting) in zip(sequence, ahead, strict=True):
        if name in kept and orders[name] > floor:
            floor = orders[name]
            continue
        floor += STEP if ceiling is None else max((ceiling - floor) // (waiting + 1), 1)
        found[name] = floor
    return {name: order for name, order in found.items() if orders.get(name) != order}


def _ahead(
    sequence: Sequence[str], orders: Mapping[str, int], kept: Collection[str]
) -> list[tuple[int | None, int]]:
    """For each thing the number of the next one that keeps its own, and how many need one until there."""
    found: list[tuple[int | None, int]] = []
    ceiling, waiting = None, 0
    for name in reversed(sequence):
        if name in kept:
            found.append((ceiling, waiting))
            ceiling, waiting = orders[name], 0
        else:
            waiting += 1
            found.append((ceiling, waiting))
    return found[::-1]
