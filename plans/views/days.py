"""What is told of an update that speaks of an earlier day than the one who sent it may think."""

import datetime as dt


def words_of_the_day(ref: str, on: dt.date, *, stands: dt.date | None, board: dt.date | None) -> str:
    """What becomes of an update for a day, where it is not what stands or the last board had met; "" else.

    `stands` is the day that the report speaks of which stands for the action now.
    """
    said = []
    if stands is not None and on < stands:
        said.append(_earlier(ref, on, stands))
    if board is not None and on <= board:
        said.append(_late(ref, on, board))
    return " ".join(said)


def _earlier(ref: str, on: dt.date, stands: dt.date) -> str:
    """What becomes of an update of an earlier day than the one that stands."""
    return (
        f"What you said of {ref} is kept for {on.day} {on:%B %Y}. What was said for {stands.day} {stands:%B %Y} "
        "is later and stands: change the day if yours is newer."
    )


def _late(ref: str, on: dt.date, board: dt.date) -> str:
    """What becomes of an update that speaks of a day up to the last board."""
    return (
        f"{ref} was updated for {on.day} {on:%B %Y}. The board of {board.day} {board:%B %Y} has met already: what it "
        "read stays as it is, and the action still counts as not updated for the next one."
    )
