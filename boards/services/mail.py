"""Telling people, through the outbox: once for each thing that happened."""

from django.conf import settings
from django.urls import reverse

from boards.models import Meeting
from boards.queries.rounds import address_of
from boards.services.records import Act
from notifications.services import queue_message


def meeting_url(meeting: Meeting) -> str:
    """The address of a meeting's page, whole, for a message."""
    path = reverse("boards:meeting", kwargs={"council": meeting.board.council.slug, "meeting": meeting.pk})
    return f"{settings.SITE_URL}{path}"


def tell_members(meeting: Meeting, act: Act, *, key: str, subject: str, words: str) -> int:
    """Tell everybody who belongs to the board on the meeting's day; says how many. `key` names what happened."""
    if act.quiet:
        return 0
    told = 0
    seen: set[str] = set()
    members = meeting.board.memberships.on(meeting.on).select_related("person__user")
    for membership in members:
        address = address_of(membership.person)
        if not address or address in seen:
            continue
        seen.add(address)
        queue_message(
            key=f"board {key} to {membership.person_id}",
            address=address,
            recipient=membership.person.user,
            subject=subject,
            body=f"{words}\n\n{meeting_url(meeting)}\n",
            now=act.now,
        )
        told += 1
    return told
