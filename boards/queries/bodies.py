"""Reading boards: themselves, members and seats, terms, frequency, templates."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from boards.models import Board, Capacity, Frequency, Membership, Seat, StandingItem, TermsOfReference
from boards.rules.cadence import Proposal, in_time, series
from boards.rules.numbering import Numbered, numbered
from councils.models import Council, User
from deadlines.months import Period
from notices.deadlines.boards import board_asked
from plans.queries import people_of

_ORDER = {Capacity.CHAIR: 0, Capacity.MEMBER: 1, Capacity.OBSERVER: 2, Capacity.SUPPORT: 3}


def boards_of(council: Council) -> QuerySet[Board]:
    """The boards of a council: the notice's first, then open ones, then closed."""
    return Board.objects.filter(council=council).order_by("closed_on", "-of_notice", "begun_on", "id")


def main_board(council: Council, *, today: dt.date) -> Board | None:
    """The board that "Board" means: the notice's own if there is one, else the first that is open."""
    is_open = boards_of(council).filter(Q(closed_on__isnull=True) | Q(closed_on__gte=today))
    return is_open.order_by("-of_notice", "begun_on", "id").first()


def board_of(council: Council, pk: int) -> Board | None:
    """One board of a council, or None."""
    return Board.objects.filter(council=council, pk=pk).select_related("council", "follows").first()


def members_on(board: Board, day: dt.date) -> list[Membership]:
    """Who belongs to a board on a day: chair, members, observers, support; by seat and name."""
    rows = board.memberships.on(day).select_related("person__user", "organisation", "seat")
    return sorted(
        rows,
        key=lambda row: (
            _ORDER.get(Capacity(row.capacity), 9),
            row.seat.order if row.seat else 999,
            str(row.person),
        ),
    )


def past_members(board: Board, day: dt.date) -> QuerySet[Membership]:
    """Who belonged to it before a day, or will later."""
    gone = board.memberships.filter(Q(until_on__lt=day) | Q(from_on__gt=day))
    return gone.select_related("person", "organisation", "seat").order_by("-from_on")


def membership_of(council: Council, pk: int) -> Membership | None:
    """One membership in the council's boards, or None."""
    rows = Membership.objects.filter(board__council=council, pk=pk)
    return rows.select_related("board", "person", "organisation").first()


@dataclass(frozen=True)
class SeatLine:
    """A seat and who sits on it today, None for nobody; `missing` where it is required and empty."""

    seat: Seat
    holder: Membership | None

    @property
    def missing(self) -> bool:
        return self.holder is None and bool(self.seat.required_by)


def seats_on(board: Board, day: dt.date) -> list[SeatLine]:
    """The board's seats on a day and who sits on them."""
    holders = {row.seat_id: row for row in members_on(board, day) if row.seat_id}
    seats = board.seats.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day)).select_related("organisation")
    return [SeatLine(seat, holders.get(seat.pk)) for seat in seats.order_by("order", "id")]


def seat_of(council: Council, pk: int) -> Seat | None:
    """One seat of the council's boards, or None."""
    return Seat.objects.filter(board__council=council, pk=pk).select_related("board").first()


def terms_of(board: Board) -> list[TermsOfReference]:
    """The versions of the terms of reference, latest first."""
    return list(board.terms.select_related("file", "by").order_by("-number"))


def who_acknowledged(terms: TermsOfReference | None) -> dict[int, dt.datetime]:
    """When each membership acknowledged a version, by the membership's number."""
    if terms is None:
        return {}
    return dict(terms.acknowledgements.values_list("membership_id", "at"))


def own_memberships(board: Board, user: User, day: dt.date) -> list[Membership]:
    """The memberships of somebody with an account, on a day."""
    people = people_of(user, board.council)
    return list(board.memberships.on(day).filter(person__in=people))


def frequencies_of(board: Board) -> list[Frequency]:
    """What was agreed, asked for and refused, latest first."""
    rows = board.frequencies.select_related("asked_by", "decided_by", "letter")
    return list(rows.order_by("-from_on", "-id"))


def frequency_on(board: Board, day: dt.date) -> Frequency | None:
    """How often the board meets as agreed for a day."""
    agreed = board.frequencies.filter(state=Frequency.State.AGREED, from_on__lte=day)
    return agreed.order_by("-from_on", "-id").first()


def frequency_of(council: Council, pk: int) -> Frequency | None:
    """One agreed or asked-for frequency of the council's boards, or None."""
    return Frequency.objects.filter(board__council=council, pk=pk).select_related("board").first()


def period_of(frequency: Frequency) -> Period:
    """A frequency as the schedule engine counts."""
    return Period.weeks(frequency.every) if frequency.unit == "weeks" else Period(months=frequency.every)


def proposed_series(board: Board, *, today: dt.date, count: int) -> list[Proposal]:
    """The next meetings, from the last one held or planned (else from today), at the agreed frequency.

    A meeting that the notice does not count puts off none of its board's. No day is before today: where the board has
    not met yet, or longer ago than the period, the first is the last working day that is in time for the notice's next
    deadline, and a period from today for a board of no notice.
    """
    frequency = frequency_on(board, today)
    if frequency is None or count < 1:
        return []
    period = period_of(frequency)
    meetings = board.meetings.exclude(state="cancelled")
    if board.of_notice:
        meetings = meetings.filter(counts=True)
    last = meetings.order_by("-on").values_list("on", flat=True).first()
    if last is not None:
        proposals = series(last=last, every=period, count=count)
        if proposals[0].on >= today:
            return proposals
    begins = max(board.begun_on, today)
    asked = board_asked(board.council, today=today) if board.of_notice else None
    if asked is not None and asked.by is not None:
        return in_time(by=asked.by, today=begins, every=period, count=count)
    return series(last=begins, every=period, count=count, weekday=last.weekday() if last else None)


def template_of(board: Board) -> list[Numbered[StandingItem]]:
    """The agenda template with its numbers."""
    return numbered(board.standing_items.select_related("under"))


def standing_item_of(council: Council, pk: int) -> StandingItem | None:
    """One line of an agenda template in the council, or None."""
    return StandingItem.objects.filter(board__council=council, pk=pk).select_related("board").first()
