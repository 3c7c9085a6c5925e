"""How values of this room stand in the change log."""

from typing import Any

from files.models import StoredFile


def said(value: Any) -> Any:
    """A value as the log has it: a stored file by its name."""
    return value.name if isinstance(value, StoredFile) else value
