"""The agenda: items, their order, deep dives from the forward plan, and giving it to members."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from boards.models import AgendaItem, ForwardItem, Meeting, MinutesSection, Paper, Risk
from boards.rules.numbering import numbered
from boards.services.bodies import locked_board
from boards.services.chasing import chase_no_more
from boards.services.mail import tell_members
from boards.services.meetings import locked_item, locked_meeting
from boards.services.papers import publish_papers, restrict_papers
from boards.services.records import Act, Refused, add, change

MOST_PARTS = 80


def open_items(meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting that were not withdrawn, in the order of the agenda."""
    return [row.item for row in numbered(meeting.items.filter(withdrawn_at__isnull=True))]


@transaction.atomic
def add_item(*, act: Act, meeting_id: int, values: Mapping[str, Any]) -> AgendaItem:
    """Add an item, last among those beside it; a part of a restricted item is restricted.

    Raises Refused for a cancelled meeting or parts of a part.
    """
    meeting = locked_meeting(act, meeting_id)
    _refuse_closed(meeting)
    under = values.get("under")
    if under is not None:
        if under.meeting_id != meeting.pk or under.under_id is not None:
            raise Refused({"under": "Choose an item of this agenda that is no part of another"})
        if under.parts.count() >= MOST_PARTS:
            raise Refused({"under": f"An item has at most {MOST_PARTS} parts"})
        values = {**values, "restricted": bool(values.get("restricted")) or under.restricted}
    order = (meeting.items.aggregate(last=Max("order"))["last"] or 0) + 1
    return add(AgendaItem(meeting=meeting, order=order, **values), act=act)


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.cancelled:
        raise Refused({"title": "This meeting is cancelled"})


@transaction.atomic
def change_item(*, act: Act, item_id: int, values: Mapping[str, Any], made_from: int) -> AgendaItem:
    """Change an item. One that becomes restricted, or open again, takes along what hangs on it.

    A part of a restricted item stays restricted. Raises Conflict, Refused.
    """
    item = locked_item(act, item_id)
    _refuse_closed(item.meeting)
    under = values.get("under")
    if under is not None and (under.pk == item.pk or under.under_id or item.parts.exists()):
        raise Refused({"under": "An item with parts of its own cannot be a part"})
    above = values.get("under", item.under)
    if above is not None and above.restricted:
        values = {**values, "restricted": True}
    restricted = item.restricted
    change(item, values, act=act, made_from=made_from)
    if item.restricted != restricted:
        _follow(item, act)
    return item


def _follow(item: AgendaItem, act: Act) -> None:
    """Papers, decisions, matters and minutes are as restricted as their item; so are its parts once it is."""
    restrict_papers(item, act)
    matters = list(item.matters.all())
    for row in (*item.decisions.all(), *matters, *MinutesSection.objects.filter(item=item)):
        change(row, {"restricted": item.restricted}, act=act)
    for matter in matters:
        chase_no_more(matter, "who may see it has changed")
    for part in item.parts.filter(restricted=False) if item.restricted else ():
        _follow(change(part, {"restricted": True}, act=act), act)


@transaction.atomic
def move_item(*, act: Act, item_id: int, up: bool) -> AgendaItem:
    """Change places with the item above (or below) among those beside it; at the edge nothing happens."""
    item = locked_item(act, item_id)
    beside = [other for other in open_items(item.meeting) if other.under_id == item.under_id]
    place = next((count for count, other in enumerate(beside) if other.pk == item.pk), None)
    if place is None:
        return item
    to = place - 1 if up else place + 1
    if 0 <= to < len(beside):
        beside[place], beside[to] = beside[to], beside[place]
        for order, other in enumerate(beside, 1):
            change(other, {"order": order}, act=act)
    return item


@transaction.atomic
def withdraw_item(*, act: Act, item_id: int) -> AgendaItem:
    """Take an item, and its parts, off the agenda; papers and notes are kept, and it can be put back.

    Raises Refused where something was decided under it.
    """
    item = locked_item(act, item_id)
    for part in (*item.parts.filter(withdrawn_at__isnull=True), item):
        if part.decisions.filter(withdrawn_at__isnull=True).exists() or part.matters.exists():
            raise Refused({"title": "Something was decided or asked for under this item"})
        change(part, {"withdrawn_at": act.now}, act=act)
    return item


@transaction.atomic
def put_back_item(*, act: Act, item_id: int) -> AgendaItem:
    """Put a withdrawn item, and the parts that were withdrawn with it, back on the agenda."""
    item = locked_item(act, item_id)
    for part in (item, *item.parts.filter(withdrawn_at=item.withdrawn_at)):
        change(part, {"withdrawn_at": None}, act=act)
    return item


@transaction.atomic
def take_notes(*, act: Act, item_id: int, notes: str, made_from: int) -> AgendaItem:
    """Keep what was said under an item. Raises Conflict where somebody else took notes under it meanwhile."""
    item = locked_item(act, item_id)
    return change(item, {"notes": notes}, act=act, made_from=made_from)


@transaction.atomic
def circulate(*, act: Act, meeting_id: int) -> Meeting:
    """Give members agenda and papers, and tell them once. What is added afterwards is a supplement.

    Raises Refused for a meeting that is cancelled, without an agenda, or whose papers are still being converted.
    """
    meeting = locked_meeting(act, meeting_id)
    _refuse_closed(meeting)
    if meeting.circulated_at is not None:
        return meeting
    items = open_items(meeting)
    if not items:
        raise Refused({"title": "The agenda is empty: add an item first"})
    waiting = Paper.objects.filter(item__in=items, withdrawn_at__isnull=True, state=Paper.State.CONVERTING)
    if (paper := waiting.select_related("item").order_by("item__order").first()) is not None:
        raise Refused({"title": f"The paper for “{paper.item}” is still being turned into PDF"})
    change(meeting, {"circulated_at": act.now, "circulated_by": act.by}, act=act)
    publish_papers(meeting, act)
    tell_members(
        meeting,
        act,
        key=f"papers {meeting.pk}",
        subject=f"Agenda and papers: {meeting}",
        words=f"The agenda and papers for the meeting of {meeting.on.day} {meeting.on:%B %Y} are ready.",
    )
    return meeting


@transaction.atomic
def save_forward_item(
    *, act: Act, board_id: int, values: Mapping[str, Any], item_id: int | None = None, made_from: int = 1
) -> ForwardItem:
    """Add something to the forward plan, or change it."""
    board = locked_board(act, board_id)
    if item_id is None:
        return add(ForwardItem(board=board, **values), act=act)
    row = board.forward_items.select_for_update().get(pk=item_id)
    return change(row, values, act=act, made_from=made_from)


@transaction.atomic
def schedule_forward_item(*, act: Act, item_id: int, meeting_id: int) -> AgendaItem:
    """Put something from the forward plan onto the agenda of a meeting. Raises Refused if it is on one already."""
    row = ForwardItem.objects.select_for_update(of=("self",)).get(pk=item_id, board__council=act.council)
    if row.item_id is not None or row.dropped_at is not None:
        raise Refused({"meeting": "It is on an agenda already, or was dropped"})
    meeting = locked_meeting(act, meeting_id)
    if meeting.board_id != row.board_id or not meeting.planned:
        raise Refused({"meeting": "Choose a planned meeting of this board"})
    item = add_item(act=act, meeting_id=meeting.pk, values={"title": row.title, "presenter": row.presenter})
    change(row, {"item": item}, act=act)
    return item


@transaction.atomic
def put_risk(*, act: Act, risk_id: int, meeting_id: int) -> AgendaItem:
    """Put a risk or an issue of the log on the agenda of a planned meeting; twice is once.

    Raises Refused for one that is closed or a meeting that will not do.
    """
    risk = Risk.objects.get(pk=risk_id, board__council=act.council)
    meeting = locked_meeting(act, meeting_id)
    if risk.closed_on is not None:
        raise Refused({"risk": f"{risk} is closed"})
    if meeting.board_id != risk.board_id or not meeting.planned:
        raise Refused({"risk": "Choose a planned meeting of this board"})
    title = f"{risk}: {risk.text}"[:300]
    there = meeting.items.filter(title__startswith=f"{risk}: ", withdrawn_at__isnull=True).first()
    values = {"title": title, "presenter": risk.owner_name}
    return there or add_item(act=act, meeting_id=meeting.pk, values=values)


@transaction.atomic
def drop_forward_item(*, act: Act, item_id: int, because: str) -> ForwardItem:
    """Something the board will not look into after all. Raises Refused without a reason."""
    row = ForwardItem.objects.select_for_update(of=("self",)).get(pk=item_id, board__council=act.council)
    if not because.strip():
        raise Refused({"because": "Say why it is dropped"})
    return change(row, {"dropped_at": act.now, "dropped_because": because}, act=act)
