"""Changing a board's own fields, and what follows from them for its meetings and the deadlines."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from boards.models import Board, Meeting
from boards.services.bodies import locked_board
from boards.services.meetings import NOT_OF_NOTICE, tell_deadlines
from boards.services.records import Act, Refused, change
from notices.models import Event
from notices.services import rename_board


@transaction.atomic
def change_board(*, act: Act, board_id: int, values: Mapping[str, Any], made_from: int) -> Board:
    """Change a board's own fields. Raises Board.DoesNotExist outside the council, Refused, Conflict.

    A board that becomes the notice's, or is so no longer, takes its planned meetings with it: from now on they count,
    or they do not. Meetings that were held stay as they were recorded.
    """
    board = locked_board(act, board_id)
    same = Board.objects.filter(council=act.council, name__iexact=values["name"].strip())
    if same.exclude(pk=board.pk).exists():
        raise Refused({"name": "The council has a board of this name already"})
    began, begins = board.begun_on, values.get("begun_on", board.begun_on)
    if board.meetings.filter(on__lt=begins).exists():
        raise Refused({"begun_on": "It has meetings before that day"})
    closed = values.get("closed_on")
    if closed and closed < begins:
        raise Refused({"closed_on": "A board cannot close before it began"})
    if closed and board.meetings.filter(state="planned", on__gt=closed).exists():
        raise Refused({"closed_on": "Meetings are planned after that day: cancel them first"})
    was, of_notice = board.name, board.of_notice
    to_come = list(planned_from_today(board, act))
    if of_notice and not values.get("of_notice", of_notice):
        _count_no_more(to_come, act)
    changed = change(board, values, act=act, made_from=made_from)
    if changed.begun_on != began:  # it met as it began to before, too
        for first in changed.frequencies.select_for_update().filter(from_on=began):
            change(first, {"from_on": changed.begun_on}, act=act)
    rename_board(council=act.council, was=was, name=changed.name, by=act.by, now=act.now)
    if changed.of_notice and not of_notice:
        _count(to_come, changed, act)
    return changed


def planned_from_today(board: Board, act: Act) -> list[Meeting]:
    """The board's planned meetings from today on, held until the transaction ends."""
    rows = board.meetings.select_for_update(of=("self",)).select_related("board", "event")
    return list(rows.filter(state=Meeting.State.PLANNED, on__gte=act.today).order_by("on"))


def _count(meetings: list[Meeting], board: Board, act: Act) -> None:
    for meeting in meetings:
        meeting.board = board
        if meeting.counts_because == NOT_OF_NOTICE:
            change(meeting, {"counts": True, "counts_because": ""}, act=act)
        tell_deadlines(meeting, Event.State.PLANNED, act)


def _count_no_more(meetings: list[Meeting], act: Act) -> None:
    for meeting in meetings:
        tell_deadlines(meeting, Event.State.CANCELLED, act, note="The board is not the notice’s any more")
        change(meeting, {"counts": False, "counts_because": NOT_OF_NOTICE}, act=act)
