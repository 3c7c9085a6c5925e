"""Making and keeping a board: itself, its seats and members, its terms of reference, its agenda template."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Q

from boards.models import (
    Acknowledgement,
    Board,
    Capacity,
    Frequency,
    Membership,
    Seat,
    StandingItem,
    TermsOfReference,
)
from boards.rules.usual import USUAL_AGENDA, UsualItem
from boards.services.records import Act, Refused, add, change
from councils.rights import Thing
from files.services import FileRefused, store_file
from plans.queries import people_of

if TYPE_CHECKING:
    from django.core.files.base import File


@transaction.atomic
def make_board(*, act: Act, values: Mapping[str, Any], every: int, unit: str, because: str = "") -> Board:
    """A new board with the frequency it begins with. Raises Refused for a name that the council's boards have."""
    name = values["name"].strip()
    if Board.objects.filter(council=act.council, name__iexact=name).exists():
        raise Refused({"name": "The council has a board of this name already"})
    board = add(Board(council=act.council, **{**values, "name": name}), act=act)
    add(
        Frequency(
            board=board,
            every=every,
            unit=unit,
            state=Frequency.State.AGREED,
            from_on=board.begun_on,
            because=because,
            asked_at=act.now,
            asked_by=act.by,
            decided_on=board.begun_on,
            decided_at=act.now,
            decided_by=act.by,
        ),
        act=act,
    )
    return board


def locked_board(act: Act, board_id: int) -> Board:
    """A board of the act's council, held until the transaction ends. Raises Board.DoesNotExist."""
    return Board.objects.select_for_update().get(pk=board_id, council=act.council)


@transaction.atomic
def add_seat(*, act: Act, board_id: int, values: Mapping[str, Any]) -> Seat:
    """A place on the board. Raises Refused for a title that the board has."""
    board = locked_board(act, board_id)
    if board.seats.filter(title__iexact=values["title"].strip()).exists():
        raise Refused({"title": "The board has a seat of this name already"})
    order = (board.seats.aggregate(last=Max("order"))["last"] or 0) + 1
    return add(Seat(board=board, order=order, **values), act=act)


@transaction.atomic
def end_seat(*, act: Act, seat_id: int, on: dt.date, because: str) -> Seat:
    """The board has a seat no longer after a day (that day included). Raises Refused while somebody sits on it."""
    seat = Seat.objects.select_for_update().get(pk=seat_id, board__council=act.council)
    if seat.memberships.filter(Q(until_on__isnull=True) | Q(until_on__gt=on)).exists():
        raise Refused({"on": "Somebody sits on it after that day: end their membership first"})
    return change(seat, {"ended_on": on}, act=act, reason=because)


@transaction.atomic
def add_member(*, act: Act, board_id: int, values: Mapping[str, Any]) -> Membership:
    """Somebody joins the board from a day (inclusive). A chair says who approved the appointment (issue 6, part 1).

    Raises Refused: the same person twice at a time, a second chair, a seat that is taken, a chair without approval.
    """
    board = locked_board(act, board_id)
    _refuse_member(board, values)
    return add(Membership(board=board, **values), act=act)


def _refuse_member(board: Board, values: Mapping[str, Any]) -> None:
    errors: dict[str, str] = {}
    from_on, until_on = values["from_on"], values.get("until_on")
    if until_on and until_on < from_on:
        errors["until_on"] = "The last day cannot be before the first"
    overlapping = board.memberships.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on))
    if until_on:
        overlapping = overlapping.filter(from_on__lte=until_on)
    if overlapping.filter(person=values["person"]).exists():
        errors["person"] = "They are on the board at that time already"
    if values["capacity"] == Capacity.CHAIR:
        if overlapping.filter(capacity=Capacity.CHAIR).exists():
            errors["capacity"] = "The board has a chair at that time: end that appointment first"
        if not values.get("approved_by"):
            errors["approved_by"] = "Say who approved the chair’s appointment"
    seat = values.get("seat")
    if seat is not None and overlapping.filter(seat=seat).exists():
        errors["seat"] = "Somebody sits on that seat at that time"
    if errors:
        raise Refused(errors)


@transaction.atomic
def end_membership(*, act: Act, membership_id: int, on: dt.date, because: str) -> Membership:
    """A membership ends with a day (its last, inclusive).

    Raises Refused for a day before it began, or after the last day that it has already.
    """
    membership = Membership.objects.select_for_update().get(pk=membership_id, board__council=act.council)
    if on < membership.from_on:
        raise Refused({"on": "That is before they joined"})
    if membership.until_on is not None and on > membership.until_on:
        left = f"{membership.until_on.day} {membership.until_on:%B %Y}"
        raise Refused({"on": f"Their last day was {left}: add them to the board again from a later day"})
    return change(membership, {"until_on": on}, act=act, reason=because)


@transaction.atomic
def add_terms(
    *, act: Act, board_id: int, in_force_from: dt.date, text: str, note: str, document: "File[Any] | None"
) -> TermsOfReference:
    """A new version of the terms of reference, which members then acknowledge. Raises Refused."""
    board = locked_board(act, board_id)
    if not text.strip() and document is None:
        raise Refused({"text": "Write the terms of reference, or choose a document"})
    file = None
    if document is not None:
        try:
            file = store_file(
                council=act.council,
                thing=Thing.MEETING_PAPERS,
                name=str(document.name),
                content=document,
                by=act.by,
                now=act.now,
            )
        except FileRefused as refused:
            raise Refused({"document": str(refused)}) from None
    number = (board.terms.aggregate(last=Max("number"))["last"] or 0) + 1
    return add(
        TermsOfReference(
            board=board,
            number=number,
            in_force_from=in_force_from,
            text=text,
            file=file,
            note=note,
            recorded_at=act.now,
            by=act.by,
        ),
        act=act,
    )


@transaction.atomic
def acknowledge_terms(*, act: Act, board_id: int) -> int:
    """Whoever acts has read the latest terms, for each membership they hold today; says for how many.

    Saying it twice records it once. Raises Refused for somebody who is no member of the board.
    """
    board = locked_board(act, board_id)
    terms = board.terms.order_by("-number").first()
    mine = board.memberships.on(act.today).filter(person__in=people_of(_user(act), act.council))
    if terms is None or not mine:
        raise Refused({"terms": "Only members acknowledge the terms of reference"})
    for membership in mine:
        Acknowledgement.objects.get_or_create(
            terms=terms, membership=membership, defaults={"at": act.now, "by": act.by}
        )
    return len(mine)


def _user(act: Act) -> Any:
    assert act.by is not None  # noqa: S101 - pages and the API act for somebody
    return act.by


@transaction.atomic
def save_standing_item(
    *, act: Act, board_id: int, values: Mapping[str, Any], item_id: int | None = None
) -> StandingItem:
    """Add a line to the agenda template, last among those beside it, or change one."""
    board = locked_board(act, board_id)
    if item_id is not None:
        return change(board.standing_items.get(pk=item_id), values, act=act)
    beside = board.standing_items.filter(under=values.get("under"))
    order = (beside.aggregate(last=Max("order"))["last"] or 0) + 1
    return add(StandingItem(board=board, order=order, **values), act=act)


@transaction.atomic
def begin_template(*, act: Act, board_id: int) -> None:
    """Give a board without an agenda template the usual one. Raises Refused where it has standing items."""
    board = locked_board(act, board_id)
    if board.standing_items.exists():
        raise Refused({"title": "The template has items already: add to them or change them"})
    for usual in USUAL_AGENDA:
        top = save_standing_item(act=act, board_id=board_id, values=_standing(usual))
        for part in usual.parts:
            save_standing_item(act=act, board_id=board_id, values={**_standing(part), "under": top})


def _standing(usual: UsualItem) -> dict[str, Any]:
    return {
        "title": usual.title,
        "purpose": usual.purpose,
        "minutes": usual.minutes,
        "section": usual.section or "",
    }


@transaction.atomic
def move_standing_item(*, act: Act, item_id: int, up: bool) -> None:
    """Change places with the line above (or below) among those beside it; at the edge nothing happens."""
    item = StandingItem.objects.select_for_update().get(pk=item_id, board__council=act.council)
    beside = StandingItem.objects.filter(board=item.board_id, under=item.under_id)
    if up:
        other = beside.filter(order__lt=item.order).order_by("-order").first()
    else:
        other = beside.filter(order__gt=item.order).order_by("order").first()
    if other is not None:
        mine, theirs = item.order, other.order
        change(item, {"order": theirs}, act=act)
        change(other, {"order": mine}, act=act)


@transaction.atomic
def remove_standing_item(*, act: Act, item_id: int) -> None:
    """Take a line, and its parts, out of the template; agendas made from it keep theirs."""
    item = StandingItem.objects.get(pk=item_id, board__council=act.council)
    log = act.log()
    for line in (*item.parts.all(), item):
        log.changed("boards.standingitem", line.pk, "removed", line.title, None, version=0)
        line.delete()
    log.write()
