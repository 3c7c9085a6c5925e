"""Minutes: drafted from the agenda and the notes, edited, given to members, approved at a later meeting."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import Max

from boards.models import Attendance, Meeting, Minutes, MinutesSection, MinutesVersion
from boards.queries.meetings import attendance_shown
from boards.rules.numbering import numbered
from boards.seen import Sight
from boards.services.mail import tell_members
from boards.services.meetings import locked_meeting
from boards.services.records import Act, Refused, add, change

WITHHELD = "Restricted item"  # what stands in the place of a section that somebody may not read


@transaction.atomic
def draft_minutes(*, act: Act, meeting_id: int) -> Minutes:
    """Draft the minutes of a held meeting: a section for each item, with the notes taken under it.

    Drafting again adds sections for items that have none, and fills sections nobody has written in; nothing written
    is touched. Raises Refused for a meeting that was not held, or whose minutes are approved.
    """
    meeting = locked_meeting(act, meeting_id)
    if not meeting.held:
        raise Refused({"state": "Record the meeting as held first"})
    minutes = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if minutes is None:
        minutes = add(Minutes(meeting=meeting, drafted_at=act.now), act=act)
    elif minutes.state == Minutes.State.APPROVED:
        raise Refused({"state": "These minutes are approved"})
    _fill(minutes, act)
    return minutes


def _fill(minutes: Minutes, act: Act) -> None:
    sections = {section.item_id: section for section in minutes.sections.all()}
    order = minutes.sections.aggregate(last=Max("order"))["last"] or 0
    for row in numbered(minutes.meeting.items.filter(withdrawn_at__isnull=True)):
        section = sections.get(row.item.pk)
        if section is None:
            order += 1
            section = MinutesSection(
                minutes=minutes,
                item=row.item,
                order=order,
                number=row.number,
                heading=row.item.title,
                text=row.item.notes,
                restricted=row.item.restricted,
            )
            add(section, act=act)
        elif not section.text and row.item.notes:
            change(section, {"text": row.item.notes}, act=act)


def _locked(act: Act, meeting_id: int) -> Minutes:
    minutes = (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting__board")
        .get(meeting=meeting_id, meeting__board__council=act.council)
    )
    if minutes.state == Minutes.State.APPROVED:
        raise Refused({"state": "These minutes are approved, and are only read from now on"})
    return minutes


@transaction.atomic
def write_section(*, act: Act, meeting_id: int, section_id: int, text: str, made_from: int) -> MinutesSection:
    """Write one section. Raises Conflict where somebody else wrote in it meanwhile, Refused once approved."""
    minutes = _locked(act, meeting_id)
    section = minutes.sections.select_for_update().get(pk=section_id)
    return change(section, {"text": text}, act=act, made_from=made_from)


@transaction.atomic
def circulate_minutes(*, act: Act, meeting_id: int) -> Minutes:
    """Give members the draft minutes: kept whole as a version, and they are told once."""
    minutes = _locked(act, meeting_id)
    change(minutes, {"state": Minutes.State.CIRCULATED.value}, act=act)
    version = _keep(minutes, act)
    meeting = minutes.meeting
    tell_members(
        meeting,
        act,
        key=f"minutes {minutes.pk}/{version.number}",
        subject=f"Draft minutes: {meeting}",
        words=f"The draft minutes of the meeting of {meeting.on.day} {meeting.on:%B %Y} are ready to read.",
    )
    return minutes


@transaction.atomic
def approve_minutes(*, act: Act, meeting_id: int, at_meeting_id: int | None, on: dt.date) -> Minutes:
    """The minutes were approved, usually at the next meeting; from then on they are only read.

    Raises Refused before they were circulated, for a day to come or before the meeting, or for a meeting not later.
    """
    minutes = _locked(act, meeting_id)
    meeting = minutes.meeting
    errors = {}
    if minutes.state != Minutes.State.CIRCULATED:
        errors["at"] = "Members have not been given these minutes yet"
    at: Meeting | None = None
    if at_meeting_id is not None:
        at = meeting.board.meetings.get(pk=at_meeting_id)
        on = at.on
        if at.on <= meeting.on or not at.held:
            errors["at"] = "Choose a later meeting that was held"
    if on > act.today or on <= meeting.on:
        errors["on"] = "Enter a day after the meeting, not in the future"
    if errors:
        raise Refused(errors)
    values = {
        "state": Minutes.State.APPROVED.value,
        "approved_on": on,
        "approved_at_meeting": at,
    }
    change(minutes, values, act=act)
    _keep(minutes, act)
    return minutes


def _keep(minutes: Minutes, act: Act) -> MinutesVersion:
    body = body_of(minutes)
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    return MinutesVersion.objects.create(
        minutes=minutes,
        number=minutes.versions.count() + 1,
        state=minutes.state,
        body=body,
        sha256=digest,
        at=act.now,
        by=act.by,
    )


def body_of(minutes: Minutes) -> dict[str, Any]:
    """The minutes as plain data: attendance by capacity, sections with their decisions and matters.

    What a circulated or approved version keeps, and what pages, packs and Word files are made of.
    """
    meeting = minutes.meeting
    decisions = meeting.decisions.filter(withdrawn_at__isnull=True).order_by("number")
    matters = meeting.matters.exclude(state="withdrawn").order_by("number")
    known = {section.item_id for section in minutes.sections.all() if section.item_id}
    body: dict[str, Any] = {
        "board": meeting.board.name,
        "number": meeting.number,
        "on": meeting.on.isoformat(),
        "starts_at": meeting.starts_at.strftime("%H:%M") if meeting.starts_at else "",
        "place": meeting.place,
        "quorate": meeting.quorate,
        "attendance": [_presence(row) for row in attendance_shown(meeting)],
        "sections": [],
    }
    decided = [(row.item_id if row.item_id in known else None, _decided(row)) for row in decisions]
    asked = [(row.item_id if row.item_id in known else None, _asked(row)) for row in matters]
    for section in minutes.sections.order_by("order"):
        here = {
            "id": section.pk,
            "number": section.number,
            "heading": section.heading,
            "text": section.text,
            "restricted": section.restricted,
            "decisions": [row for item, row in decided if item == section.item_id and item],
            "matters": [row for item, row in asked if item == section.item_id and item],
        }
        body["sections"].append(here)
    loose = {
        "decisions": [row for item, row in decided if item is None],
        "matters": [row for item, row in asked if item is None],
    }
    if loose["decisions"] or loose["matters"]:
        body["sections"].append(
            {
                "id": 0,
                "number": "",
                "heading": "Other decisions and matters",
                "text": "",
                "restricted": False,
                **loose,
            }
        )
    return body


def body_seen(minutes: Minutes, sight: Sight) -> dict[str, Any]:
    """The minutes as somebody may see them: as last circulated for those who only read, restricted parts left out.

    Approved minutes are as the board approved them, whatever becomes of their matters afterwards. An item that became
    restricted since they were kept is restricted in them too.
    """
    kept = minutes.versions.order_by("-number").first()
    writes = sight.drafts and minutes.state != Minutes.State.APPROVED
    body = body_of(minutes) if writes or kept is None else dict(kept.body)
    since = set(minutes.sections.filter(restricted=True).values_list("pk", flat=True))
    sections = [
        section | {"restricted": section["restricted"] or section["id"] in since}
        for section in body["sections"]
    ]
    return {**body, "sections": sections if sight.restricted else list(map(_less_restricted, sections))}


def _less_restricted(section: dict[str, Any]) -> dict[str, Any]:
    if section["restricted"]:
        return {**section, "heading": WITHHELD, "text": "", "decisions": [], "matters": []}
    return section | {
        name: [row for row in section[name] if not row["restricted"]] for name in ("decisions", "matters")
    }


def _presence(row: Attendance) -> dict[str, Any]:
    return {
        "name": row.name,
        "role": row.role,
        "organisation": row.organisation.name if row.organisation else "",
        "capacity": row.capacity,
        "state": row.state,
        "deputy": row.deputy,
    }


def _decided(row: Any) -> dict[str, Any]:
    return {"ref": f"{row.meeting.number}/{row.number}", "text": row.text, "restricted": row.restricted}


def _asked(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "text": row.text,
        "owner": row.owner_name,
        "due": row.due_on.isoformat() if row.due_on else "",
        "restricted": row.restricted,
    }
