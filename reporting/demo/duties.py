"""What the invented council did about its notice: most deadlines met, one of them late, the latest still owed."""

import datetime as dt
from collections.abc import Callable

from councils.models import Council, User
from deadlines.sentences import day_in_words
from notices.deadlines.lines import Line, Proof
from notices.deadlines.queries import deadlines_of
from notices.deadlines.services import meet

Moment = Callable[[dt.date, int], dt.datetime]


def meet_duties(
    council: Council,
    *,
    by: User | None,
    today: dt.date,
    at: Moment,
    but: Callable[[Line], bool] = lambda line: False,
) -> None:
    """Record what met the deadlines that have passed, but for the last "must"; nothing without a notice.

    `at` gives the moment of an hour of a day: each is recorded on the day it was done. `but` says which are left.
    """
    late = [line for line in deadlines_of(council, today=today).overdue if not but(line)]
    musts = [line for line in late if line.breach]
    owed = musts[-1] if musts else None
    done = [line for line in late if line is not owed]
    for place, line in enumerate(done):
        on = line.due + dt.timedelta(days=6) if place == len(done) // 2 else line.due - dt.timedelta(days=1)
        meet(
            council=council,
            number=line.duty.number,
            due=line.due,
            on=min(on, today),
            proof=Proof(_label(line)),
            by=by,
            now=at(min(on, today), 12),
            today=today,
        )


def _label(line: Line) -> str:
    return f"{line.duty.deliverable[:200]}, sent for {day_in_words(line.due)}"
