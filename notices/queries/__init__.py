"""Reads of notices, one file a matter."""

from notices.queries.boards import BoardNames, board_names
from notices.queries.events import (
    NO_BOARDS,
    Boards,
    board_days,
    boards_known,
    boards_of_page,
    standing_events,
)

__all__ = [
    "NO_BOARDS",
    "BoardNames",
    "Boards",
    "board_days",
    "board_names",
    "boards_known",
    "boards_of_page",
    "standing_events",
]
