"""What leads are being asked for at present: a board's round where one is open, else the time since the last board.

Rounds are kept by a room below this one. It registers how to find them, and nothing here imports it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from notices.queries import board_days
from plans.models import Plan


@dataclass(frozen=True)
class Asked:
    """What is asked and what becomes of it. Dates are inclusive."""

    label: str  # "the board of 16 June 2015", as it reads inside a sentence
    opened_at: dt.datetime | None = (
        None  # an answer counts from this moment; None: from the day after `after`
    )
    after: dt.date | None = None  # the last board
    board_on: dt.date | None = None  # the board that will read the answers
    position_on: dt.date | None = None  # the day the answers speak of, where that is fixed
    answer_by: dt.date | None = None
    actions: frozenset[int] | None = None  # the actions asked about; None: all that are not complete
    message: str = ""  # words of whoever asks

    def speaks_of(self, today: dt.date) -> dt.date:
        """The day that an answer given today speaks of unless the lead says otherwise."""
        return today if self.position_on is None else min(today, self.position_on)


FindRound = Callable[[Plan, dt.date], Asked | None]
_finders: list[FindRound] = []


def register_rounds(find: FindRound) -> None:
    """Say how the open round of a plan is found on a day. Called once, by the room that keeps rounds."""
    if find not in _finders:
        _finders.append(find)


def asked_now(plan: Plan, *, today: dt.date) -> Asked:
    """What is asked of the plan's leads today."""
    for find in _finders:
        if (found := find(plan, today)) is not None:
            return found
    last, coming = board_days(plan.council, today=today)
    label = f"the board of {coming.day} {coming:%B %Y}" if coming else "the next board"
    return Asked(label=label, after=last, board_on=coming)
