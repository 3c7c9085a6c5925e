"""What a report does to the deadline that it is for."""

import datetime as dt

from boards.services.records import Act
from councils.models import Council
from deadlines.sentences import day_in_words
from notices.deadlines.lines import Line, Proof
from notices.deadlines.queries import deadlines_of
from notices.deadlines.services import meet, reopen
from notices.services import Refused as DeadlineRefused
from reporting.models import Report
from reporting.reports.kinds import KINDS


def deadline_of(report: Report, council: Council, *, today: dt.date) -> Line | None:
    """The deadline that a report is for, as it stands today; None for a report that none asks for, or one gone."""
    if report.instrument_id is None or report.due is None:
        return None
    known = deadlines_of(council, today=today, until=max(report.due, today))
    lines = known.of_obligation(report.obligation_key, report.instrument_id)
    return next((line for line in lines if line.due == report.due), None)


def meet_deadline(act: Act, report: Report, on: dt.date, path: str) -> str:
    """See that a report just submitted has met its deadline; returns which, in words.

    The recorded event does it where the engine counts such reports; where it does not, the deadline is marked as met.
    """
    line = deadline_of(report, report.council, today=act.today)
    if line is None:
        return ""
    if not line.met:
        try:
            meet(
                council=report.council,
                number=line.duty.number,
                due=line.due,
                on=on,
                proof=Proof(KINDS[report.kind].title, path),
                by=act.by,
                now=act.now,
                today=act.today,
            )
        except DeadlineRefused:  # waived meanwhile: there is nothing left to meet
            return ""
    return f"{line.duty.deliverable}, due {day_in_words(line.due)} ({line.duty.requirement})"


def open_again(act: Act, report: Report, because: str) -> None:
    """Open the deadline again that a withdrawn report had met by a mark; an event cancelled does it by itself."""
    line = deadline_of(report, report.council, today=act.today)
    if line is None or line.deadline.mark is None or not line.met:
        return
    reopen(
        council=report.council,
        number=line.duty.number,
        due=line.due,
        reason=because,
        by=act.by,
        now=act.now,
        today=act.today,
    )
