"""One way in which words say when, and the periods that they name."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from deadlines.months import Period
from deadlines.schedules.base import Anchor, Schedule
from notices.reader.words import number_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One way in which the words say when: its kind, the words and their place, and what they give."""

    kind: str
    words: str
    start: int
    end: int
    period: Period | None = None
    anchor: Anchor | None = None
    schedule: Schedule | None = None
    count: int = 0
    target: str = ""
    unit: str = ""


_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_WEEKS = {"week": 1, "fortnight": 2}
Maker = Callable[[re.Match[str]], dict[str, object] | None]
"""From the words found to what they give; None where they do not say when after all."""
Row = tuple[str, str, Maker]
"""A kind, the pattern of its words, and its maker."""


def period_of(count: str, unit: str) -> Period:
    """The period that a number and a unit say: "two", "months"."""
    number, singular = number_of(count), unit.lower().rstrip("s")
    if "working" in singular or "business" in singular:
        return Period(working_days=number)
    last = singular.split()[-1]
    if last in _MONTHS:
        return Period(months=_MONTHS[last] * number)
    return Period.weeks(_WEEKS[last] * number) if last in _WEEKS else Period(days=number)


def plain(_: re.Match[str]) -> dict[str, object]:
    """A maker for words that say all by their kind."""
    return {}
