"""What boards are called: events and agreements keep the name that a board had when they were recorded."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from councils.models import Council
from notices.models import BoardRename


class _Named(Protocol):
    board: str
    recorded_at: dt.datetime


Row = TypeVar("Row", bound=_Named)


class BoardNames:
    """The names that a council's boards have now, by those they had."""

    def __init__(self, renames: Iterable[BoardRename]) -> None:
        self._renames = sorted(renames, key=lambda row: (row.recorded_at, row.pk))

    def now(self, name: str, recorded_at: dt.datetime) -> str:
        """What the board is called now that had this name at a moment."""
        for row in self._renames:
            if row.was == name and recorded_at <= row.recorded_at:
                name = row.name
        return name

    def on(self, rows: Iterable[Row]) -> list[Row]:
        """The rows with their boards under the names of now. They are changed in memory alone."""
        found = list(rows)
        for row in found:
            row.board = self.now(row.board, row.recorded_at)
        return found


def board_names(council: Council) -> BoardNames:
    """The names of a council's boards, in one query."""
    return BoardNames(BoardRename.objects.filter(council=council))
