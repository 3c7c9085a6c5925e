"""What a partner's contribution lacks, from facts: attendance, late answers, overdue actions and matters. Plain Python.

The notices ask which contributions have to be strengthened; this says it in sentences a board can put to a partner.
"""

from collections.abc import Sequence

FEW = 0.75  # of the meetings it was asked to
ENOUGH = 3  # meetings before attendance says anything


def seldom_there(there: int, asked: int) -> bool:
    """Whether an organisation was at too few of the meetings it was asked to."""
    return asked >= ENOUGH and there < asked * FEW


def to_strengthen(
    *, there: int, asked: int, late: Sequence[str], overdue: Sequence[str], matters: Sequence[int]
) -> list[str]:
    """Sentences, none where nothing lacks: `late` and `overdue` are references of actions, `matters` numbers."""
    found = []
    if seldom_there(there, asked):
        found.append(f"Attendance: it was there at {there} of the last {asked} meetings.")
    if late:
        found.append(f"Answers in time: nothing was reported since the last board on {_listed(late)}.")
    if overdue:
        verb = "is" if len(overdue) == 1 else "are"
        found.append(f"Delivery: {_listed(overdue)} {verb} past the end and not complete.")
    if matters:
        noun = "matter" if len(matters) == 1 else "matters"
        found.append(
            f"What the board asked for: {noun} {_listed([str(number) for number in matters])} overdue."
        )
    return found


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
