"""Reads of notices, one file a matter."""

from notices.queries.events import (
    NO_BOARDS,
    Boards,
    board_days,
    boards_known,
    boards_of_page,
    standing_events,
)

__all__ = ["NO_BOARDS", "Boards", "board_days", "boards_known", "boards_of_page", "standing_events"]
