"""Attendance over time, by member and by organisation; what a partner owes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from boards.models import Attendance, Board, Capacity, Matter, Meeting
from boards.rules.partners import to_strengthen
from boards.seen import Sight
from councils.models import Council, Organisation
from plans.rows import ActionRow

LAST = 12
INDEPENDENT = "Independent"
_WORDS = {"present": "P", "deputy": "D", "apologies": "A", "absent": "–"}


@dataclass
class Row:
    """One member, or one organisation, over the meetings shown: a state each, "" where nothing is recorded."""

    name: str
    organisation: str = ""
    states: list[str] = field(default_factory=list)

    @property
    def recorded(self) -> int:
        return sum(bool(state) for state in self.states)

    @property
    def there(self) -> int:
        """Meetings at which they, or a deputy, were."""
        return sum(state in {"present", "deputy"} for state in self.states)

    @property
    def letters(self) -> list[tuple[str, str]]:
        """A letter and a word for each meeting."""
        return [
            (_WORDS.get(state, ""), Attendance.State(state).label if state else "") for state in self.states
        ]


@dataclass(frozen=True)
class OverTime:
    """Attendance at the last meetings, oldest first."""

    meetings: tuple[Meeting, ...]
    members: tuple[Row, ...]
    organisations: tuple[Row, ...]


def organisation_name(row: Attendance, council: Council) -> str:
    """The organisation somebody came from; where none is given, the council.

    An observer without one counts for what they are there for; an independent member counts for nobody.
    """
    if row.organisation is not None:
        return row.organisation.name
    if row.capacity == Capacity.OBSERVER:
        return row.role or "Observers"
    return INDEPENDENT if row.independent else council.name


def attendance_over_time(board: Board, *, last: int = LAST, until: dt.date | None = None) -> OverTime:
    """Who came to the last meetings that were held, by member and by organisation. Guests are left out.

    `until` is the last day that is looked at (inclusive; None: all).
    """
    held = board.meetings.filter(state=Meeting.State.HELD).order_by("-on")
    if until is not None:
        held = held.filter(on__lte=until)
    meetings = tuple(reversed(held[:last]))
    place = {meeting.pk: count for count, meeting in enumerate(meetings)}
    rows = Attendance.objects.filter(
        meeting__in=list(place), capacity__in=[Capacity.CHAIR, Capacity.MEMBER, Capacity.OBSERVER]
    ).select_related("organisation", "membership")
    members: dict[str, Row] = {}
    organisations: dict[str, Row] = {}
    for row in rows.order_by("capacity", "name"):
        where = organisation_name(row, board.council)
        member = members.setdefault(row.name, Row(row.name, where, [""] * len(meetings)))
        member.states[place[row.meeting_id]] = row.state
        if where == INDEPENDENT:
            continue
        body = organisations.setdefault(where, Row(where, where, [""] * len(meetings)))
        body.states[place[row.meeting_id]] = _better(body.states[place[row.meeting_id]], row.state)
    return OverTime(
        meetings,
        tuple(sorted(members.values(), key=lambda found: (found.organisation, found.name))),
        tuple(sorted(organisations.values(), key=lambda found: found.name)),
    )


def _better(one: str, other: str) -> str:
    """Of two people of an organisation, the one who says more for its being there."""
    order = ["present", "deputy", "apologies", "absent", ""]
    return min(one, other, key=order.index)


def organisation_of(council: Council, pk: int) -> Organisation | None:
    """One organisation of a council, or None."""
    return Organisation.objects.filter(council=council, pk=pk).first()


@dataclass(frozen=True)
class OwedAction:
    """An action that a partner leads: when last reported, and whether that is before the last board."""

    number: int
    ref: str
    activity: str
    ends_on: dt.date | None
    reported_on: dt.date | None
    late: bool
    overdue: bool = False  # past its end and not complete


@dataclass(frozen=True)
class Partner:
    """What the board sees of one organisation."""

    organisation: Organisation
    attendance: Row
    meetings: tuple[Meeting, ...]
    matters: tuple[Matter, ...]
    actions: tuple[OwedAction, ...]

    def lacks(self, *, today: dt.date) -> list[str]:
        """What of its contribution is to be strengthened, in sentences."""
        return to_strengthen(
            there=self.attendance.there,
            asked=self.attendance.recorded,
            late=[action.ref for action in self.actions if action.late],
            overdue=[action.ref for action in self.actions if action.overdue],
            matters=[row.number for row in self.matters if row.due_on is not None and row.due_on < today],
        )

    @property
    def late(self) -> int:
        """Actions not reported on since the last board."""
        return sum(action.late for action in self.actions)


def partners(
    board: Board,
    organisations: Iterable[Organisation],
    sight: Sight,
    *,
    today: dt.date,
    actions: Iterable[ActionRow],
) -> list[Partner]:
    """Of each organisation attendance, matters owed and actions led by it and its people, as at a day.

    `actions` are those of the plan as whoever asks sees it. The number of queries does not grow with the organisations.
    """
    over_time = attendance_over_time(board, until=today)
    there = {row.name: row for row in over_time.organisations}
    bodies = dict(board.council.people.values_list("pk", "organisation"))
    matters = board.matters.filter(Q(closed_on=None) | Q(closed_on__gt=today), asked_on__lte=today)
    if not sight.restricted:
        matters = matters.filter(restricted=False)
    owed = list(matters.order_by("due_on", "number"))
    held = board.meetings.filter(state=Meeting.State.HELD, on__lte=today).order_by("-on").first()
    led = [(_led_by(row, bodies), _owed(row, held)) for row in sorted(actions, key=lambda row: row.order)]
    return [
        Partner(
            organisation,
            there.get(organisation.name)
            or Row(organisation.name, organisation.name, [""] * len(over_time.meetings)),
            over_time.meetings,
            tuple(
                matter
                for matter in owed
                if organisation.pk in {matter.organisation_id, bodies.get(matter.owner_id or 0)}
            ),
            tuple(action for by, action in led if organisation.pk in by),
        )
        for organisation in organisations
    ]


def _led_by(row: ActionRow, bodies: Mapping[int, int | None]) -> set[int | None]:
    """The organisations that lead an action, themselves or by their people."""
    return {lead.organisation or bodies.get(lead.person or 0) for lead in row.leads}


def _owed(row: ActionRow, held: Meeting | None) -> OwedAction:
    return OwedAction(
        row.id,
        row.ref,
        row.activity,
        row.ends_on,
        row.reported_on,
        late=not row.finished and held is not None and (row.reported_on or dt.date.min) <= held.on,
        overdue=row.overdue,
    )


def organisations_of(council: Council) -> QuerySet[Organisation]:
    """The partner organisations of a council, by name."""
    return Organisation.objects.filter(council=council).order_by("name")
