"""Notes for people's digests, and the one digest a day that tells them.

Everything follows from rows: a note is written once (its key), goes into one digest (a column), and a person has one
digest a day (the message's key). So a missed day, a doubled run or a killed worker loses and doubles nothing.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from councils.access import Access, access_of
from councils.models import Council, User
from councils.rights import Thing, Verb
from history.services import ChangeLog
from notifications.models import MailChoices, Message, Note
from notifications.rules import Line, body, goes_on, subject
from notifications.services import queue_message

logger = logging.getLogger(__name__)

CHOICES = "notifications.mailchoices"
_ORDER = {Note.Kind.BREACH: 0, Note.Kind.REMINDER: 1, Note.Kind.NEWS: 2}


class ChoicesConflict(Exception):  # noqa: N818 - the domain's word
    """The choices were saved from another page meanwhile."""


def queue_note(
    *,
    key: str,
    recipient: User,
    council: Council | None,
    thing: Thing,
    kind: str,
    text: str,
    path: str,
    now: dt.datetime,
    until: dt.date | None = None,
) -> bool:
    """Tell somebody something with their next digest, once; returns whether it was new.

    `key` names the effect ("reminder 7 to 12 of ..."): saying it again changes nothing. `thing` is what they must be
    allowed to read when the digest is written; `until` (inclusive) the last day it is worth telling. The row is
    written in the caller's transaction.
    """
    _, made = Note.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "council": council,
            "thing": thing,
            "kind": kind,
            "text": text,
            "path": path,
            "written_at": now,
            "until": until,
        },
    )
    return made


@dataclass(frozen=True, kw_only=True)
class NewNote:
    """A note as `queue_notes` takes it; see `queue_note`."""

    key: str
    recipient: int
    thing: Thing
    kind: str
    text: str
    path: str
    until: dt.date | None = None


def queue_notes(notes: Sequence[NewNote], *, council: Council | None, now: dt.datetime) -> list[str]:
    """Many notes at once, in two queries however many; returns the keys of those that were new."""
    keys = {note.key for note in notes}
    known = set(Note.objects.filter(key__in=keys).values_list("key", flat=True))
    new = {note.key: note for note in notes if note.key not in known}
    # another run may write the same between the two queries: then the database keeps the first
    Note.objects.bulk_create(
        [
            Note(
                key=note.key,
                recipient_id=note.recipient,
                council=council,
                thing=note.thing,
                kind=note.kind,
                text=note.text,
                path=note.path,
                written_at=now,
                until=note.until,
            )
            for note in new.values()
        ],
        ignore_conflicts=True,
    )
    return list(new)


def leave_out(*, prefix: str, reason: str) -> int:
    """Tell nobody any more what waits under keys that begin so, because it is settled; returns how many that were."""
    return Note.objects.waiting().filter(key__startswith=prefix).update(left_out=reason[:100])


def write_digests(*, now: dt.datetime, today: dt.date | None = None) -> int:
    """Put the waiting notes of everybody into one message each, and return how many messages were written.

    One person whose digest cannot be written does not hold up the others. Who has had a digest today waits until
    tomorrow. `today` is the day that they speak of (None: the day of `now`).
    """
    day = today or timezone.localdate(now)
    people = Note.objects.waiting().order_by().values_list("recipient_id", flat=True).distinct()
    written = 0
    for number in list(people):
        try:
            written += _digest_for(number, now, day)
        except Exception:
            logger.exception("The digest of user %s could not be written", number)
    return written


@transaction.atomic
def _digest_for(number: int, now: dt.datetime, today: dt.date) -> bool:
    # two runs at once wait for each other here; the second finds the notes gone
    user = User.objects.select_for_update().get(pk=number)
    key = f"digest:{user.pk}:{today.isoformat()}"
    if Message.objects.filter(key=key).exists():
        return False
    choices = choices_of(user)
    access = access_of(user, today=timezone.localdate(now))
    notes: list[Note] = []
    for note in Note.objects.waiting().filter(recipient=user).select_related("council").order_by("pk"):
        reason = _why_not(note, choices, access, today)
        if reason:
            Note.objects.filter(pk=note.pk).update(left_out=reason)
        else:
            notes.append(note)
    if not notes or not goes_on(choices.when, today, oldest=timezone.localdate(notes[0].written_at)):
        return False
    lines = [_line(note) for note in sorted(notes, key=lambda note: _ORDER[Note.Kind(note.kind)])]
    choose = urljoin(settings.SITE_URL, reverse("notifications:choices"))
    message = queue_message(
        key=key,
        address=user.email,
        subject=subject(lines),
        body=body(lines, name=user.name, choices_url=choose),
        now=now,
        recipient=user,
    )
    Note.objects.filter(pk__in=[note.pk for note in notes]).update(digest=message)
    return True


def _why_not(note: Note, choices: MailChoices, access: Access, today: dt.date) -> str:
    """Why somebody is not told this after all; "" where they are."""
    if access.user is None or not access.user.is_active:
        return "the account is closed"
    if not access.may(Verb.READ, Thing(note.thing), note.council):
        return "may not see it any more"
    if choices.when == MailChoices.When.NEVER or not choices.wants(note.kind):
        return "chose not to be told"
    if note.until is not None and note.until < today:
        return "too late to be of use"
    return ""


def _line(note: Note) -> Line:
    council = note.council.short_name if note.council else ""
    return Line(council, note.get_kind_display(), note.text, urljoin(settings.SITE_URL, note.path))


def choices_of(user: User) -> MailChoices:
    """What somebody chose to be mailed; unsaved defaults where they chose nothing yet."""
    return MailChoices.objects.filter(user=user).first() or MailChoices(user=user, version=0)


@transaction.atomic
def save_choices(
    *, user: User, when: str, breaches: bool, reminders: bool, news: bool, version: int, now: dt.datetime
) -> MailChoices:
    """Store what somebody wants to be mailed. Raises ChoicesConflict when `version` is not the one that stands."""
    User.objects.select_for_update().get(pk=user.pk)
    choices = choices_of(user)
    if choices.version != version:
        raise ChoicesConflict
    log = ChangeLog(council_id=None, by=user, on=timezone.localdate(now), now=now)
    new = {"when": when, "breaches": breaches, "reminders": reminders, "news": news}
    changed = {name: value for name, value in new.items() if getattr(choices, name) != value}
    if choices.pk and not changed:
        return choices
    old = {name: getattr(choices, name) for name in new}
    made = choices.pk is None
    for name, value in new.items():
        setattr(choices, name, value)
    choices.version += 1
    choices.save()
    if made:
        log.made(CHOICES, choices.pk, new)
    else:
        for name, value in changed.items():
            log.changed(CHOICES, choices.pk, name, old[name], value, version=choices.version)
    log.write()
    return choices
