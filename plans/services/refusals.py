"""Why a write did not happen, in words for whoever sent it."""

from typing import Any


class Refused(Exception):  # noqa: N818 - the domain's word
    """A write that the rules do not allow; `errors` says why, field by field, in words for the person."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class Conflict(Exception):  # noqa: N818
    """Somebody else changed the same fields. `theirs` is what stands now, by field; `version` the new one.

    `kept` are values of a form's other fields, which they changed and the sender left alone: a form that is shown
    again takes them over, so that saving it does not put back what the sender never touched.
    """

    def __init__(
        self, theirs: dict[str, Any], version: int, by_name: str, kept: dict[str, Any] | None = None
    ) -> None:
        super().__init__(f"{', '.join(theirs)} changed meanwhile")
        self.theirs = theirs
        self.kept = kept or {}
        self.version = version
        self.by_name = by_name
