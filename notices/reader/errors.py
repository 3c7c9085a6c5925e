"""Why a file could not be read as a notice, in words for the person who uploaded it."""


class UnreadableNotice(ValueError):  # noqa: N818  the name that the issue gives it
    """A file that is no single readable notice. `code` is stable, the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
