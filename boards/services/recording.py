"""During a meeting and after: who was there, what was decided and asked for, and that it was held."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from boards.models import Attendance, Capacity, Decision, Matter, MatterNote, Meeting
from boards.services.bodies import locked_board
from boards.services.chasing import chase_no_more
from boards.services.meetings import locked_meeting, tell_deadlines
from boards.services.records import Act, Refused, add, change
from boards.services.resting import rests_on
from notices.models import Event

LATER = "record a decision of a later meeting"
INQUORATE = "inquorate"
"""Why a meeting does not count where nobody says otherwise."""


@dataclass(frozen=True)
class Presence:
    """What somebody says of one member at a meeting.

    `was` is what the form showed ("present/", "" for nothing yet); None: whatever stands is replaced.
    """

    membership_id: int
    state: str
    deputy: str = ""
    was: str | None = None


class Recorded(NamedTuple):
    """How many rows changed, and the names of those left as somebody else had recorded them meanwhile."""

    changed: int
    left: tuple[str, ...]


@transaction.atomic
def record_attendance(*, act: Act, meeting_id: int, presences: Iterable[Presence]) -> Recorded:
    """Record who was there. What the form did not change, or somebody else changed meanwhile, is left as they left it.

    Raises Refused for a cancelled meeting, and once its minutes are approved.
    """
    meeting = locked_meeting(act, meeting_id)
    _refuse_cancelled(meeting)
    _refuse_approved(meeting, "state", "who was there is settled")
    members = {row.pk: row for row in meeting.board.memberships.on(meeting.on).select_related("person")}
    standing = {row.membership_id: row for row in meeting.attendances.filter(membership__isnull=False)}
    changed, left = 0, []
    for presence in presences:
        member = members.get(presence.membership_id)
        if member is None or not presence.state:
            continue
        deputy = presence.deputy if presence.state == Attendance.State.DEPUTY else ""
        row = standing.get(member.pk)
        said, stands = f"{presence.state}/{deputy}", f"{row.state}/{row.deputy}" if row else ""
        if said in (presence.was, stands):
            continue
        if presence.was not in (None, stands):
            left.append(row.name if row else str(member.person))
            continue
        if row is None:
            add(
                Attendance(
                    meeting=meeting,
                    membership=member,
                    name=member.person.name or member.person.post,
                    role=member.role or member.person.post,
                    organisation_id=member.organisation_id,
                    capacity=member.capacity,
                    state=presence.state,
                    deputy=deputy,
                ),
                act=act,
            )
        else:
            change(row, {"state": presence.state, "deputy": deputy}, act=act)
        changed += 1
    if changed:
        _reckon_quorum_again(meeting, act)
    return Recorded(changed, tuple(left))


def _reckon_quorum_again(meeting: Meeting, act: Act) -> None:
    """Attendance that is put right after a meeting was recorded as held may make a quorum of it, or none.

    The notice counts it accordingly, unless somebody has said why it counts or does not all the same. Raises Refused
    where it would count no more though a report counts it.
    """
    quorate = is_quorate(meeting)
    if not meeting.held or quorate == meeting.quorate:
        return
    values: dict[str, Any] = {"quorate": quorate}
    if meeting.board.of_notice and quorate is False and meeting.counts and not meeting.counts_because:
        if why_not := rests_on(meeting):
            raise Refused({"state": why_not})
        values |= {"counts": False, "counts_because": INQUORATE}
    elif meeting.board.of_notice and quorate and meeting.counts_because == INQUORATE:
        values |= {"counts": True, "counts_because": ""}
    change(meeting, values, act=act)
    if "counts" in values:
        tell_deadlines(meeting, Event.State.HAPPENED, act)


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.cancelled:
        raise Refused({"state": "This meeting is cancelled"})


@transaction.atomic
def add_guest(*, act: Act, meeting_id: int, name: str, role: str, organisation: Any = None) -> Attendance:
    """Somebody was there who does not belong to the board."""
    meeting = locked_meeting(act, meeting_id)
    _refuse_cancelled(meeting)
    _refuse_approved(meeting, "name", "who was there is settled")
    if not name.strip():
        raise Refused({"name": "Enter the name"})
    guest = Attendance(
        meeting=meeting,
        name=name.strip(),
        role=role.strip(),
        organisation=organisation,
        capacity="guest",
        state=Attendance.State.PRESENT,
    )
    return add(guest, act=act)


@transaction.atomic
def remove_guest(*, act: Act, attendance_id: int) -> None:
    """A guest was entered by mistake."""
    guest = Attendance.objects.get(
        pk=attendance_id, membership__isnull=True, meeting__board__council=act.council
    )
    _refuse_approved(locked_meeting(act, guest.meeting_id), "name", "who was there is settled")
    log = act.log()
    log.changed("boards.attendance", guest.pk, "removed", guest.name, None, version=0)
    log.write()
    guest.delete()


def is_quorate(meeting: Meeting) -> bool | None:
    """Whether enough members, or their deputies, are recorded as there; None where the board has no quorum."""
    quorum = meeting.board.quorum
    if quorum is None:
        return None
    voting = meeting.attendances.filter(capacity__in=[Capacity.CHAIR, Capacity.MEMBER])
    return voting.filter(state__in=[Attendance.State.PRESENT, Attendance.State.DEPUTY]).count() >= quorum


@transaction.atomic
def record_held(
    *, act: Act, meeting_id: int, counts: bool | None = None, counts_because: str = ""
) -> Meeting:
    """The meeting was held: its deadlines are met, and those that count from it move on. Twice is the same as once.

    `counts`: whether the notice counts it (None: as planned). An inquorate meeting of the notice's board does not,
    unless somebody says so and why. Raises Refused for a day to come, a cancelled meeting, or a reason that lacks.
    """
    meeting = locked_meeting(act, meeting_id)
    if meeting.held:
        return meeting
    _refuse_cancelled(meeting)
    if meeting.on > act.today:
        raise Refused({"state": "That day has not come yet: record the meeting as held afterwards"})
    if not meeting.attendances.exists():
        raise Refused({"state": "Record who was there first"})
    quorate = is_quorate(meeting)
    counts, because = _whether_it_counts(meeting, quorate, counts=counts, because=counts_because)
    values = {
        "state": Meeting.State.HELD.value,
        "quorate": quorate,
        "counts": counts,
        "counts_because": because,
        "held_recorded_at": act.now,
        "held_recorded_by": act.by,
    }
    change(meeting, values, act=act)
    tell_deadlines(meeting, Event.State.HAPPENED, act)
    return meeting


def _whether_it_counts(
    meeting: Meeting, quorate: object, *, counts: bool | None, because: str
) -> tuple[bool, str]:
    if not meeting.board.of_notice:
        return meeting.counts, meeting.counts_because
    if quorate is False and counts is None:
        return False, INQUORATE
    counts = meeting.counts if counts is None else counts
    because = because or meeting.counts_because
    if not because.strip() and (not counts or quorate is False):
        why = "counts although it was inquorate" if counts else "does not count"
        raise Refused({"counts_because": f"Say why it {why}"})
    return counts, because


@transaction.atomic
def take_back_held(*, act: Act, meeting_id: int, because: str) -> Meeting:
    """The meeting was recorded as held by mistake. Raises Refused where something rests on it, or without a reason."""
    meeting = locked_meeting(act, meeting_id)
    if not meeting.held:
        raise Refused({"because": f"This meeting is {meeting.get_state_display()}"})
    if not because.strip():
        raise Refused({"because": "Say why"})
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.state != "draft":
        raise Refused({"because": f"Its minutes are {minutes.get_state_display()}"})
    if why_not := rests_on(meeting):
        raise Refused({"because": why_not})
    values = {
        "state": Meeting.State.PLANNED.value,
        "quorate": None,
        "held_recorded_at": None,
        "held_recorded_by": None,
    }
    change(meeting, values, act=act, reason=because)
    tell_deadlines(meeting, Event.State.CANCELLED, act, note=because)
    return meeting


@transaction.atomic
def add_decision(*, act: Act, meeting_id: int, text: str, item_id: int | None) -> Decision:
    """What the meeting resolved, under an item or under none. The same words sent twice are one decision.

    Raises Refused for no words, a cancelled meeting, or one whose minutes are approved.
    """
    meeting = locked_meeting(act, meeting_id)
    _refuse_cancelled(meeting)
    _refuse_approved(meeting, "text", LATER)
    if not text.strip():
        raise Refused({"text": "Write what was decided"})
    item = meeting.items.get(pk=item_id) if item_id is not None else None
    twin = meeting.decisions.filter(item=item, text=text.strip(), withdrawn_at=None).first()
    if twin is not None:
        return twin
    number = (meeting.decisions.aggregate(last=Max("number"))["last"] or 0) + 1
    decision = Decision(
        meeting=meeting,
        item=item,
        number=number,
        text=text.strip(),
        restricted=item.restricted if item else False,
    )
    return add(decision, act=act)


@transaction.atomic
def change_decision(
    *, act: Act, decision_id: int, text: str, made_from: int, withdraw: bool = False
) -> Decision:
    """Put a decision's words right, or take back one recorded by mistake; its number is not used again."""
    decision = Decision.objects.select_for_update(of=("self",)).get(
        pk=decision_id, meeting__board__council=act.council
    )
    _refuse_approved(decision.meeting, "text", LATER)
    if not text.strip():
        raise Refused({"text": "Write what was decided"})
    values = {"text": text.strip(), "withdrawn_at": act.now if withdraw else None}
    return change(decision, values, act=act, made_from=made_from)


def _refuse_approved(meeting: Meeting, field: str, so: str) -> None:
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.state == "approved":
        raise Refused({field: f"The minutes of this meeting are approved: {so}"})


@transaction.atomic
def add_matter(
    *, act: Act, board_id: int, values: Mapping[str, Any], meeting_id: int | None = None
) -> Matter:
    """Ask somebody to do something: a matter arising. The same asked by a meeting, or on a day, and open is asked once.

    Raises Refused without words or anybody to do it, and for a meeting whose minutes are approved.
    """
    board = locked_board(act, board_id)
    meeting = board.meetings.get(pk=meeting_id) if meeting_id is not None else None
    if meeting is not None:
        _refuse_approved(meeting, "text", "add it to the board’s matters arising")
    item = values.get("item")
    owner, organisation = values.get("owner"), values.get("organisation")
    name = (values.get("owner_name") or "").strip() or str(owner or organisation or "")
    errors = {}
    if not values["text"].strip():
        errors["text"] = "Write what is to be done"
    if not name:
        errors["owner_name"] = "Say who is to do it"
    if item is not None and (meeting is None or item.meeting_id != meeting.pk):
        errors["item"] = "Choose an item of this meeting’s agenda"
    if errors:
        raise Refused(errors)
    asked = {
        "meeting": meeting,
        "item": item,
        "text": values["text"].strip(),
        "owner_name": name[:200],
        "source": values.get("source") or Matter.Source.BOARD,
        "due_on": values.get("due_on"),
        "asked_on": meeting.on if meeting is not None else act.today,
    }
    twin = board.matters.filter(**asked, state=Matter.State.OPEN).first()
    if twin is not None:
        return twin
    number = (board.matters.aggregate(last=Max("number"))["last"] or 0) + 1
    matter = Matter(
        **asked,
        board=board,
        number=number,
        owner=owner,
        organisation=organisation,
        restricted=item.restricted if item is not None else False,
    )
    return add(matter, act=act)


@transaction.atomic
def change_matter(*, act: Act, matter_id: int, values: Mapping[str, Any], made_from: int) -> Matter:
    """Change who owes a matter, by when, or its words. Raises Conflict, and Refused for one that is closed."""
    matter = _locked_matter(act, matter_id)
    if matter.state != Matter.State.OPEN:
        raise Refused({"text": "This matter is closed"})
    owed = (matter.due_on, matter.owner_id)
    change(matter, values, act=act, made_from=made_from)
    if owed != (matter.due_on, matter.owner_id):
        chase_no_more(matter, "another day or owner was set")
    return matter


def _locked_matter(act: Act, matter_id: int) -> Matter:
    return Matter.objects.select_for_update(of=("self",)).get(pk=matter_id, board__council=act.council)


@transaction.atomic
def note_matter(*, act: Act, matter_id: int, text: str, state: str, on: dt.date | None = None) -> MatterNote:
    """Say how a matter stands, and whether it is done, open or no longer asked for. Raises Refused without words."""
    matter = _locked_matter(act, matter_id)
    on = on or act.today
    if not text.strip():
        raise Refused({"note": "Say what was done, or why"})
    if on > act.today:
        raise Refused({"on": "That day has not come yet"})
    note = MatterNote.objects.create(
        matter=matter, on=on, text=text.strip(), state=state, recorded_at=act.now, by=act.by
    )
    closed = None if state == Matter.State.OPEN else on
    change(matter, {"state": state, "closed_on": closed}, act=act, reason=text.strip())
    if closed is not None:
        chase_no_more(matter, "closed meanwhile")
    return note
