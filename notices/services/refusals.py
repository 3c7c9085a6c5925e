"""How a write of this room is refused."""

FAR = "That is more than a hundred years away: check the year"


class Refused(Exception):  # noqa: N818 - the domain's word
    """A write that the rules do not allow: `field` says which part of it, the message why, for the person."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Conflict(Exception):  # noqa: N818
    """Somebody else changed it since the form was made; `version` is the one that stands now."""

    def __init__(self, version: int) -> None:
        super().__init__("Somebody else changed this meanwhile")
        self.version = version
