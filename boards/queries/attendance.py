"""Attendance over time, by member and by organisation; what a partner owes."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import QuerySet

from boards.models import Attendance, Board, Capacity, Matter, Meeting
from boards.rules.partners import to_strengthen
from boards.seen import Sight
from councils.models import Council, Organisation
from plans.models import Action, ActionLead, ProgressUpdate
from plans.queries import open_plan
from plans.rag import Standing

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


def attendance_over_time(board: Board, *, last: int = LAST) -> OverTime:
    """Who came to the last meetings that were held, by member and by organisation. Guests are left out."""
    held = board.meetings.filter(state=Meeting.State.HELD).order_by("-on")[:last]
    meetings = tuple(reversed(held))
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

    def lacks(self, *, today: dt.date, sees_plan: bool) -> list[str]:
        """What of its contribution is to be strengthened, in sentences; of the plan only to those who see it."""
        return to_strengthen(
            there=self.attendance.there,
            asked=self.attendance.recorded,
            late=[action.ref for action in self.actions if action.late] if sees_plan else [],
            overdue=[action.ref for action in self.actions if action.overdue] if sees_plan else [],
            matters=[row.number for row in self.matters if row.due_on is not None and row.due_on < today],
        )

    @property
    def late(self) -> int:
        """Actions not reported on since the last board."""
        return sum(action.late for action in self.actions)


def partner(board: Board, organisation: Organisation, sight: Sight, *, today: dt.date) -> Partner:
    """Attendance, matters owed and actions led by an organisation and its people."""
    over_time = attendance_over_time(board)
    row = next((row for row in over_time.organisations if row.name == organisation.name), None)
    matters = board.matters.filter(state=Matter.State.OPEN)
    if not sight.restricted:
        matters = matters.filter(restricted=False)
    owed = [
        matter
        for matter in matters.select_related("owner").order_by("due_on", "number")
        if matter.organisation_id == organisation.pk
        or (matter.owner is not None and matter.owner.organisation_id == organisation.pk)
    ]
    return Partner(
        organisation,
        row or Row(organisation.name, organisation.name, [""] * len(over_time.meetings)),
        over_time.meetings,
        tuple(owed),
        tuple(_actions(board, organisation, today=today)),
    )


def _actions(board: Board, organisation: Organisation, *, today: dt.date) -> list[OwedAction]:
    plan = open_plan(board.council)
    if plan is None:
        return []
    held = board.meetings.filter(state=Meeting.State.HELD, on__lte=today).order_by("-on").first()
    leads = ActionLead.objects.filter(action__plan=plan).select_related("action__rating", "person")
    theirs = {
        lead.action_id: lead.action
        for lead in leads
        if lead.organisation_id == organisation.pk
        or (lead.person is not None and lead.person.organisation_id == organisation.pk)
    }
    reported: dict[int, dt.date] = {}
    counted = ProgressUpdate.objects.counted().filter(action__in=list(theirs))
    for number, on in counted.values_list("action_id", "on"):
        reported[number] = max(on, reported.get(number, on))
    return [
        OwedAction(
            action.pk,
            action.ref,
            action.activity,
            action.ends_on,
            reported.get(action.pk),
            late=_open(action) and held is not None and (reported.get(action.pk) or dt.date.min) <= held.on,
            overdue=_open(action) and action.ends_on is not None and action.ends_on < today,
        )
        for action in sorted(theirs.values(), key=lambda action: action.order)
    ]


def _open(action: Action) -> bool:
    rating = action.rating
    return action.retired_on is None and not (
        rating is not None and rating.standing and Standing(rating.standing).finished
    )


def organisations_of(council: Council) -> QuerySet[Organisation]:
    """The partner organisations of a council, by name."""
    return Organisation.objects.filter(council=council).order_by("name")
