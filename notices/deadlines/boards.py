"""How often a council's notices ask for its board, and by when it has to meet next."""

import datetime as dt
from dataclasses import dataclass

from councils.models import Council
from deadlines.codec import from_json
from deadlines.months import Period
from notices.deadlines.queries import deadlines_of
from notices.drafting import board_pace
from notices.queries.notice import duties_of
from notices.queries.standing import ended_by, versions_on


@dataclass(frozen=True)
class BoardAsked:
    """What a notice asks of its board: a meeting every so often, in which paragraph, and by when next."""

    every: Period
    paragraph: str
    by: dt.date | None  # the first day that is not past yet; None where none can be worked out


def board_asked(council: Council, *, today: dt.date) -> BoardAsked | None:
    """What the latest notice that stands on a day asks of the board; None where none does."""
    for version in versions_on(council, today):
        if ended_by(version.instrument, today):
            continue
        for duty in duties_of(version):
            every = board_pace([from_json(duty.schedule)])
            if every:
                lines = deadlines_of(council, today=today).lines
                owed = [line.due for line in lines if line.duty.number == duty.pk and line.open]
                by = min((due for due in owed if due >= today), default=None)
                return BoardAsked(every, duty.requirement.ref, by)
    return None
