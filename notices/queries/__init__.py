"""Reads of notices, one file a matter."""

from notices.queries.events import board_days, standing_events

__all__ = ["board_days", "standing_events"]
