"""Why a meeting that was held stays as it is: something rests on it."""

from collections.abc import Callable

from boards.models import Meeting
from notices.models import Event
from notices.queries import standing_events

# Rooms below say what rests on a held meeting (a signed report): each returns why it has to stay, "" if it need not.
RESTS_ON_MEETING: list[Callable[[Meeting], str]] = []


def rests_on(meeting: Meeting) -> str:
    """Why a held meeting has to go on counting as one: a report counts it; "" if none does."""
    reasons = (_reported_on(meeting), *(rule(meeting) for rule in RESTS_ON_MEETING))
    return next(filter(None, reasons), "")


def _reported_on(meeting: Meeting) -> str:
    """The same of a report that was submitted on a later day."""
    if not (meeting.board.of_notice and meeting.counts):
        return ""
    reports = standing_events(meeting.board.council).filter(
        kind=Event.Kind.REPORT_SUBMITTED, state=Event.State.HAPPENED, on__gt=meeting.on
    )
    report = reports.first()
    if report is None:
        return ""
    return f"A report was submitted on {report.on.day} {report.on:%B %Y}, and it counts this meeting"
