"""What independent testing found about an objective. Plain Python.

Tests are kept by a room below this one. It registers how they are found, and nothing here imports it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class OnObjective:
    """What one test found about an objective, once shared; `rating` is the code it accepts, "" for none."""

    on: dt.date
    said_by: str
    result: str
    text: str
    rating: str
    source: str
    link: str


Find = Callable[[int], list[OnObjective]]
_finders: list[Find] = []


def register_findings(find: Find) -> None:
    """Say how what testing found about an objective is found, by the objective's number."""
    if find not in _finders:
        _finders.append(find)


def findings_about(objective: int) -> list[OnObjective]:
    """What testing found about an objective, the latest first."""
    return [found for find in _finders for found in find(objective)]
