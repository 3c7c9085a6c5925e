"""The numbers of a board's meetings: in the order of their days, until somebody has been given them."""

from django.db.models import Exists, F, OuterRef, Q

from boards.models import Board, Decision, Matter, Meeting, Minutes, Round
from boards.services.records import Act, change

_APART = 10_000  # further than any board's meetings are numbered


def number_by_day(board: Board, act: Act) -> list[Meeting]:
    """Share out among meetings whose numbers nobody has been given yet those same numbers, in the order of their days.

    A number is given with the papers, a closed round, minutes, decisions and matters, and by holding or cancelling
    the meeting; then it stays. Says whose number changed. Call with the board held locked.
    """
    given = (
        Q(circulated_at__isnull=False)
        | Exists(Round.objects.filter(meeting=OuterRef("pk"), position__isnull=False))
        | Exists(Minutes.objects.filter(meeting=OuterRef("pk")))
        | Exists(Decision.objects.filter(meeting=OuterRef("pk")))
        | Exists(Matter.objects.filter(meeting=OuterRef("pk")))
    )
    free = board.meetings.select_for_update(of=("self",)).filter(state=Meeting.State.PLANNED).exclude(given)
    meetings = list(free.select_related("board", "event").order_by("on"))
    numbers = sorted(meeting.number for meeting in meetings)
    changed = {
        meeting: number for meeting, number in zip(meetings, numbers, strict=True) if meeting.number != number
    }
    # a board has each number once, also half-way through
    Meeting.objects.filter(pk__in=[one.pk for one in changed]).update(number=F("number") + _APART)
    return [change(meeting, {"number": number}, act=act) for meeting, number in changed.items()]
