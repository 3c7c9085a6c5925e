"""Why a file could not be read as a plan, in words that say what to do about it."""

from typing import ClassVar


class UnreadablePlan(Exception):  # noqa: N818 - the field's words: a plan that cannot be read
    """A file that could not be read; `code` is stable, `str()` of it is for the person who sent it."""

    code: ClassVar[str] = "unreadable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TooLarge(UnreadablePlan):
    """More bytes than the limit, or more rows or cells than any plan has."""

    code = "too_large"


class ZipBomb(UnreadablePlan):
    """An archive that would unpack to far more than a document holds; never unpacked."""

    code = "zip_bomb"


class Encrypted(UnreadablePlan):
    """Protected by a password or by rights management."""

    code = "encrypted"


class MacroEnabled(UnreadablePlan):
    """Holds macros; they are refused rather than ignored, so that nobody thinks they ran."""

    code = "macro_enabled"


class OldFormat(UnreadablePlan):
    """The binary .xls or .doc of before 2007."""

    code = "old_format"


class UnknownFormat(UnreadablePlan):
    """None of the formats that are read, or not what its name says."""

    code = "unknown_format"


class Damaged(UnreadablePlan):
    """The right format, but broken or with parts that no office program writes."""

    code = "damaged"


class ScannedPages(UnreadablePlan):
    """A PDF of pictures of pages."""

    code = "scanned"


class PlanKeptAsList(UnreadablePlan):
    """A plan written as nested lists or paragraphs rather than as a table."""

    code = "list_not_table"


class NoPlanFound(UnreadablePlan):
    """Readable, but nothing in it looks like a plan."""

    code = "no_plan"
