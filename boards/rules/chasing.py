"""When the owner of a matter arising is told of it: once before it is due, and at set times after. Plain Python."""

import datetime as dt
from dataclasses import dataclass

BEFORE = (7,)  # days before the day it is due
AFTER = (1, 14, 28)  # days after


@dataclass(frozen=True, slots=True)
class Chase:
    """One owner (as keys name them) is told of one matter once. `days` is the time that has begun."""

    matter: int
    number: int
    text: str
    due_on: dt.date
    owner: str
    days: int
    late: bool

    @property
    def key(self) -> str:
        """What it is, so that it is told once however often it is worked out; a new day is chased anew."""
        what = f"late {self.days}" if self.late else f"reminder {self.days}"
        return f"matter:{self.matter}:{self.due_on.isoformat()}:{what}:{self.owner}"

    @property
    def until(self) -> dt.date | None:
        """The last day on which it is worth telling (inclusive): a reminder's own day."""
        return None if self.late else self.due_on

    def words(self, today: dt.date) -> str:
        """What it says."""
        return f"Matter {self.number}, which the board asked you for, {self.when(today)}: {self.text}"

    def when(self, today: dt.date) -> str:
        """How it stands to its day: "was due on 17 June 2015, yesterday"."""
        left = (self.due_on - today).days
        day = f"{self.due_on.day} {self.due_on:%B %Y}"
        if left < 0:
            return f"was due on {day}, {'yesterday' if left == -1 else f'{-left} days ago'}"
        return f"is due by {day}, {({0: 'today', 1: 'tomorrow'}).get(left, f'in {left} days')}"


def chase(
    *, matter: int, number: int, text: str, due_on: dt.date, owner: str, today: dt.date
) -> Chase | None:
    """Whether the owner of an open matter is told of it on a day, and as what; None if not.

    Of several times that have begun only the last counts, so that nights that were missed bring one note.
    """
    late = today > due_on
    begun = (
        [days for days in AFTER if due_on + dt.timedelta(days=days) <= today]
        if late
        else [-days for days in BEFORE if due_on - dt.timedelta(days=days) <= today]
    )
    if not begun:
        return None
    return Chase(matter, number, text, due_on, owner, abs(max(begun)), late)
