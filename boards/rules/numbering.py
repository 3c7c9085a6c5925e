"""Agenda items numbered as councils number them: 1, 2, 3, and under 3 the parts 3 (i), 3 (ii)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


# an item has `pk`, `under_id` (the item it is under, or None) and `order`
T = TypeVar("T")


@dataclass(frozen=True)
class Numbered(Generic[T]):
    """An item with its number on the page; `first` and `last` among those beside it; `part`: it is under another."""

    item: T
    number: str
    part: bool
    first: bool
    last: bool


def roman(number: int) -> str:
    """A number from 1 to 89 in small Roman numerals. ValueError beyond."""
    if not 1 <= number < 90:  # noqa: PLR2004
        raise ValueError(f"{number} has no numeral here")
    letters = ""
    for value, letter in _ROMAN:
        while number >= value:
            letters += letter
            number -= value
    return letters


def numbered(items: Iterable[T]) -> list[Numbered[T]]:
    """Items in the order of the agenda with their numbers; one that is under an item not given stands by itself."""
    rows: list[Any] = sorted(items, key=_place)
    known = {item.pk for item in rows}
    tops = [item for item in rows if item.under_id is None or item.under_id not in known]
    found: list[Numbered[T]] = []
    for place, top in enumerate(tops, 1):
        found.append(Numbered(top, str(place), False, top is tops[0], top is tops[-1]))
        parts = [item for item in rows if item.under_id == top.pk and item is not top]
        found.extend(_parts(place, parts))
    return found


def _place(item: Any) -> tuple[int, int]:
    return (item.order, item.pk)


def _parts(place: int, parts: Sequence[T]) -> list[Numbered[T]]:
    return [
        Numbered(part, f"{place} ({roman(count)})", True, part is parts[0], part is parts[-1])
        for count, part in enumerate(parts, 1)
    ]
