"""Planning, moving, cancelling and reconvening meetings. The deadlines are told, and people are told once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from boards.models import AgendaItem, Board, Meeting, MeetingMove
from boards.services.bodies import locked_board
from boards.services.mail import tell_members
from boards.services.numbering import number_by_day
from boards.services.records import Act, Refused, add, change
from boards.services.resting import rests_on
from deadlines.months import within_reach
from notices.models import Event
from notices.services import FAR, About, EventRefused, record_event

NOT_OF_NOTICE = "not the notice’s board"
"""Why the meetings of other boards do not count."""


def locked_meeting(act: Act, meeting_id: int) -> Meeting:
    """A meeting of the act's council, held until the transaction ends. Raises Meeting.DoesNotExist."""
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("board", "event")
    return meetings.get(pk=meeting_id, board__council=act.council)


def _locked_after_board(act: Act, meeting_id: int) -> Meeting:
    """A meeting whose move or return may change the numbers of others: its board is locked first, as for planning."""
    of_council = Meeting.objects.filter(board__council=act.council)
    locked_board(act, of_council.values_list("board", flat=True).get(pk=meeting_id))
    return locked_meeting(act, meeting_id)


def locked_item(act: Act, item_id: int) -> AgendaItem:
    """An item of the council's and its meeting, held until the transaction ends. Raises AgendaItem.DoesNotExist.

    The meeting too, so that nothing of its agenda changes while members are given it.
    """
    items = AgendaItem.objects.filter(meeting__board__council=act.council)
    meeting = locked_meeting(act, items.values_list("meeting", flat=True).get(pk=item_id))
    return meeting.items.select_for_update().get(pk=item_id)


@transaction.atomic
def plan_meetings(*, act: Act, board_id: int, days: Sequence[dt.date]) -> list[Meeting]:
    """Plan meetings on these days, each with the board's template as its agenda. Raises Refused, then none is made."""
    board = locked_board(act, board_id)
    return [_planned(board, on, {}, act) for on in sorted(set(days))]


@transaction.atomic
def plan_meeting(*, act: Act, board_id: int, on: dt.date, values: Mapping[str, Any]) -> Meeting:
    """Plan one meeting. `values` are its fields; an extraordinary one says whether it counts and why.

    A day that has passed is that of a meeting nobody had planned here, of a board that met before the council kept it
    here or all of a sudden: the deadlines learn of it once it is recorded as held. Raises Refused: a day that the board
    has a meeting on, or after the board closed; one that does not count for the notice, without why.
    """
    return _planned(locked_board(act, board_id), on, values, act, past_too=True)


def _planned(
    board: Board, on: dt.date, values: Mapping[str, Any], act: Act, *, past_too: bool = False
) -> Meeting:
    _refuse_day(board, on, act, past_too=past_too)
    _refuse_silent(board, values)
    number = (board.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    usual = {
        "starts_at": board.usual_time,
        "minutes_long": board.usual_minutes,
        "place": board.usual_place,
        "counts": board.of_notice,
        "counts_because": "" if board.of_notice else NOT_OF_NOTICE,
    }
    meeting = add(Meeting(board=board, number=number, on=on, **(usual | dict(values))), act=act)
    _agenda_from_template(meeting, act)
    return _tell_numbered(meeting, act)


def _tell_numbered(meeting: Meeting, act: Act, *, note: str = "") -> Meeting:
    """A meeting that is new, or on another day, takes its number in the order of days; the deadlines are told."""
    for other in number_by_day(locked_board(act, meeting.board_id), act):
        if other.pk == meeting.pk:
            meeting.number, meeting.version = other.number, other.version
        elif other.on >= act.today:
            tell_deadlines(other, Event.State.PLANNED, act)
    if meeting.on >= act.today:
        tell_deadlines(meeting, Event.State.PLANNED, act, note=note)
    return meeting


def _refuse_silent(board: Board, values: Mapping[str, Any]) -> None:
    if board.of_notice and not values.get("counts", True) and not values.get("counts_because", "").strip():
        raise Refused({"counts_because": "Say why it does not count for the notice"})


def _refuse_day(
    board: Board, on: dt.date, act: Act, *, meeting: Meeting | None = None, past_too: bool = False
) -> None:
    if on < act.today and not past_too:
        raise Refused({"on": "That day has passed"})
    if on < min(board.begun_on, act.today):
        began = f"The board began on {board.begun_on.day} {board.begun_on:%B %Y}"
        raise Refused({"on": f"{began}: put its first day earlier if it met before"})
    if not within_reach(on, act.today):
        raise Refused({"on": FAR})
    if board.closed_on and on > board.closed_on:
        raise Refused({"on": f"The board closed on {board.closed_on:%d/%m/%Y}"})
    same = board.meetings.filter(on=on).exclude(state=Meeting.State.CANCELLED)
    if meeting is not None:
        same = same.exclude(pk=meeting.pk)
    if same.exists():
        raise Refused({"on": f"The board has a meeting on {on.day} {on:%B %Y} already"})


@transaction.atomic
def begin_agenda(*, act: Act, meeting_id: int) -> Meeting:
    """Put the template's items on the agenda of a planned meeting that has none: it was planned before there were any.

    Raises Refused for a meeting with items, one that is over or cancelled, and where the template is empty.
    """
    meeting = locked_meeting(act, meeting_id)
    if not meeting.planned:
        raise Refused({"title": f"This meeting is {meeting.get_state_display()}"})
    if meeting.items.exists():
        raise Refused({"title": "The agenda has items already, or had some that can be put back"})
    if not meeting.board.standing_items.exists():
        raise Refused({"title": "The agenda template is empty: add its items first"})
    _agenda_from_template(meeting, act)
    return meeting


def _agenda_from_template(meeting: Meeting, act: Act) -> None:
    made: dict[int, AgendaItem] = {}
    template = list(meeting.board.standing_items.order_by("order", "id"))
    for line in sorted(template, key=lambda line: (line.under_id is not None, line.order, line.pk)):
        under = made.get(line.under_id) if line.under_id else None
        item = AgendaItem(
            meeting=meeting,
            under=under,
            order=line.order,
            title=line.title,
            presenter=line.presenter,
            purpose=line.purpose,
            minutes=line.minutes,
            section=line.section,
            restricted=line.restricted or (under is not None and under.restricted),
            standing=line,
        )
        made[line.pk] = add(item, act=act)


@transaction.atomic
def change_meeting(*, act: Act, meeting_id: int, values: Mapping[str, Any], made_from: int) -> Meeting:
    """Change time, place, length, or whether it counts and why (not the day: see `move_meeting`).

    Raises Refused for a meeting that is cancelled, and for one that is to count no more though a report counts it;
    Conflict where somebody changed the same.
    """
    meeting = locked_meeting(act, meeting_id)
    if meeting.cancelled:
        raise Refused({"place": "This meeting is cancelled"})
    if meeting.held and meeting.counts and not values.get("counts", True) and (why_not := rests_on(meeting)):
        raise Refused({"counts": why_not})
    _refuse_silent(meeting.board, values)
    counted = meeting.counts
    change(meeting, values, act=act, made_from=made_from)
    if counted != meeting.counts and (meeting.held or meeting.on >= act.today):
        tell_deadlines(meeting, Event.State.HAPPENED if meeting.held else Event.State.PLANNED, act)
    return meeting


@transaction.atomic
def move_meeting(
    *, act: Act, meeting_id: int, to: dt.date, because: str, made_from: int | None = None
) -> Meeting:
    """Move a planned meeting to another day: agenda and papers come with it, deadlines that rest on it move too.

    People are told once. Raises Refused without a reason, for the same day, a day that has passed or is taken, and
    for a meeting that is not planned; Conflict where somebody else moved it since the version `made_from`.
    """
    meeting = _locked_after_board(act, meeting_id)
    if not meeting.planned:
        raise Refused({"on": f"This meeting is {meeting.get_state_display()}"})
    if not because.strip():
        raise Refused({"because": "Say why it is moved"})
    if to == meeting.on:
        raise Refused({"on": "It is on that day already"})
    _refuse_day(meeting.board, to, act, meeting=meeting)
    opened = meeting.rounds.filter(state="open", position_on__gt=to).first()
    if opened is not None:
        raise Refused(
            {"to": f"Its open round is of the position of {_day(opened.position_on)}: drop that round first"}
        )
    move = MeetingMove.objects.create(
        meeting=meeting, from_on=meeting.on, to_on=to, because=because, at=act.now, by=act.by
    )
    change(meeting, {"on": to}, act=act, made_from=made_from, reason=because)
    _tell_numbered(meeting, act, note=because)
    tell_members(
        meeting,
        act,
        key=f"move {move.pk}",
        subject=f"{meeting.board} moved to {_day(to)}",
        words=f"The meeting of {_day(move.from_on)} is moved to {_day(to)}.\n\nReason: {because}",
    )
    return meeting


@transaction.atomic
def cancel_meeting(*, act: Act, meeting_id: int, because: str) -> Meeting:
    """Cancel a planned meeting, with the reason. People are told once; its agenda and papers stay readable."""
    meeting = locked_meeting(act, meeting_id)
    if not meeting.planned:
        raise Refused({"because": f"This meeting is {meeting.get_state_display()}"})
    if not because.strip():
        raise Refused({"because": "Say why it is cancelled"})
    if meeting.rounds.filter(state="open").exists():
        raise Refused({"because": "A round is open for it: close it, or drop it, first"})
    change(meeting, {"state": Meeting.State.CANCELLED.value, "cancelled_because": because}, act=act)
    tell_deadlines(meeting, Event.State.CANCELLED, act, note=because)
    tell_members(
        meeting,
        act,
        key=f"cancelled {meeting.pk}",
        subject=f"{meeting.board} of {_day(meeting.on)} cancelled",
        words=f"The meeting of {_day(meeting.on)} is cancelled.\n\nReason: {because}",
    )
    return meeting


@transaction.atomic
def reconvene(*, act: Act, meeting_id: int, on: dt.date) -> Meeting:
    """A cancelled, inquorate or adjourned meeting is held again on another day, with the items of its agenda.

    Raises Refused for a meeting that is only planned (move that instead), or a day that will not do.
    """
    first = _locked_after_board(act, meeting_id)
    if first.planned:
        raise Refused({"on": "This meeting is planned: move it instead"})
    board = locked_board(act, first.board_id)
    _refuse_day(board, on, act)
    if on <= first.on:
        raise Refused({"on": "Choose a day after the meeting that is reconvened"})
    number = (board.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    again = add(
        Meeting(
            board=board,
            number=number,
            kind=Meeting.Kind.RECONVENED,
            on=on,
            starts_at=first.starts_at,
            minutes_long=first.minutes_long,
            place=first.place,
            reconvenes=first,
            counts=board.of_notice,
        ),
        act=act,
    )
    _agenda_of(first, again, act)
    _tell_numbered(again, act)
    tell_members(
        again,
        act,
        key=f"reconvened {again.pk}",
        subject=f"{board} reconvened on {_day(on)}",
        words=f"The meeting of {_day(first.on)} is reconvened on {_day(on)}.",
    )
    return again


def _agenda_of(first: Meeting, again: Meeting, act: Act) -> None:
    made: dict[int, AgendaItem] = {}
    items = list(first.items.filter(withdrawn_at__isnull=True))
    for item in sorted(items, key=lambda item: (item.under_id is not None, item.order, item.pk)):
        made[item.pk] = add(
            AgendaItem(
                meeting=again,
                under=made.get(item.under_id) if item.under_id else None,
                order=item.order,
                title=item.title,
                presenter=item.presenter,
                purpose=item.purpose,
                minutes=item.minutes,
                section=item.section,
                restricted=item.restricted,
                standing_id=item.standing_id,
            ),
            act=act,
        )


def tell_deadlines(meeting: Meeting, state: str, act: Act, *, note: str = "") -> None:
    """The deadlines learn of a meeting of the notice's board, and whether it counts.

    Raises Refused for what cannot be ("that day has not come").
    """
    if not meeting.board.of_notice:
        return
    standing = _replaceable(meeting)
    day = standing.on if standing is not None and state == Event.State.CANCELLED else meeting.on
    try:
        event = record_event(
            council=act.council,
            kind=Event.Kind.BOARD_HELD,
            on=day,
            state=state,
            board=meeting.board.name,
            note=note,
            about=About(
                counts=meeting.counts,
                counts_because=meeting.counts_because,
                label=f"Meeting {meeting.number}",
                link=reverse("boards:meeting", kwargs={"council": act.council.slug, "meeting": meeting.pk}),
            ),
            replaces=standing,
            by=act.by,
            now=act.now,
            today=act.today,
        )
    except EventRefused as refused:
        raise Refused({"on": str(refused)}) from None
    Meeting.objects.filter(pk=meeting.pk).update(event=event)
    meeting.event = event


def _replaceable(meeting: Meeting) -> Event | None:
    """The latest row about this meeting: somebody may have replaced ours on the page of key dates."""
    event = meeting.event
    while event is not None and (later := Event.objects.filter(replaces=event).first()) is not None:
        event = later
    return event


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"
