"""Matters arising chased between rounds: notes for the digests of their owners, or mail to those without an account.

Each has a key of its own, so a run that is missed, doubled or killed loses and doubles nothing.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from boards.models import Capacity, Matter, MatterMail
from boards.queries.rounds import address_of
from boards.rules.chasing import BEFORE, Chase, chase
from councils.models import Council, Person
from councils.rights import Thing
from deadlines.workdays import is_working_day
from notifications.models import Note
from notifications.services import queue_message
from notifications.services.digests import NewNote, leave_out, queue_notes

logger = logging.getLogger(__name__)

Owed = tuple[Matter, Chase]


def chase_matters(*, today: dt.date, clock: Callable[[], dt.datetime]) -> list[str]:
    """Tell the owners of open matters that are nearly due or overdue; returns the keys of what was new.

    Owners with an account that is open are told with their next digest and as they chose; what they may not see they
    are not told. Owners without an account are written to at the address the council has, on working days, at most
    once a day. A council that fails holds up no other.
    """
    by_council: dict[Council, list[Owed]] = defaultdict(list)
    for matter in _chased(today):
        if (found := _chase(matter, today)) is not None:
            by_council[matter.board.council].append((matter, found))
    new: list[str] = []
    for council, owed in by_council.items():
        try:
            notes = [_note(found, matter, today) for matter, found in owed if _user(matter) is not None]
            new += queue_notes(notes, council=council, now=clock())
            if is_working_day(today):
                new += _write([one for one in owed if _user(one[0]) is None], today=today, now=clock())
        except Exception:
            logger.exception("The matters of %s could not be chased", council)
    return new


def _chased(today: dt.date) -> QuerySet[Matter]:
    soon = today + dt.timedelta(days=max(BEFORE))
    rows = Matter.objects.filter(
        state=Matter.State.OPEN, due_on__lte=soon, board__closed_on__isnull=True, owner__isnull=False
    ).exclude(owner__user__is_active=False)
    return rows.select_related("owner__user", "board__council").order_by("board__council", "due_on", "pk")


def _user(matter: Matter) -> int | None:
    return matter.owner.user_id if matter.owner else None


def _chase(matter: Matter, today: dt.date) -> Chase | None:
    if matter.due_on is None:
        return None
    return chase(
        matter=matter.pk,
        number=matter.number,
        text=matter.text,
        due_on=matter.due_on,
        owner=str(_user(matter) or f"person {matter.owner_id}"),
        today=today,
    )


def _write(owed: Iterable[Owed], *, today: dt.date, now: dt.datetime) -> list[str]:
    """One mail for each owner without an account who has an address and was not written to today."""
    by_person: dict[Person, list[Owed]] = defaultdict(list)
    for matter, found in owed:
        if matter.owner is not None and address_of(matter.owner):
            by_person[matter.owner].append((matter, found))
    new: list[str] = []
    for person, theirs in by_person.items():
        mails = MatterMail.objects.filter(person=person)
        latest = mails.order_by("-at").first()
        known = set(mails.filter(key__in=[found.key for _, found in theirs]).values_list("key", flat=True))
        untold = [(matter, found) for matter, found in theirs if found.key not in known]
        if untold and (latest is None or timezone.localdate(latest.at) < today):
            new += _mail(person, untold, today=today, now=now)
    return new


@transaction.atomic
def _mail(person: Person, owed: Sequence[Owed], *, today: dt.date, now: dt.datetime) -> list[str]:
    address = address_of(person)
    first = owed[0][0]
    what = "something" if len(owed) == 1 else f"{len(owed)} things"
    queue_message(
        key=f"mail {owed[0][1].key}",
        address=address,
        subject=f"{first.board.name}: {what} the board asked you for",
        body=_body(person, owed, today),
        now=now,
    )
    MatterMail.objects.bulk_create(
        MatterMail(matter=matter, person=person, address=address, key=found.key, late=found.late, at=now)
        for matter, found in owed
    )
    return [found.key for _, found in owed]


def _body(person: Person, owed: Sequence[Owed], today: dt.date) -> str:
    board = owed[0][0].board
    lines = [f"{person},", "", f"The {board.name.removeprefix('The ')} of {board.council} asked you for:", ""]
    for matter, found in owed:
        # nobody has said what somebody without an account may see
        words = "restricted, ask those who serve the board" if matter.restricted else matter.text
        lines.append(f"* Matter {matter.number}, which {found.when(today)}: {words}")
    support = [
        f"{one.person} ({address})" if (address := address_of(one.person)) else str(one.person)
        for one in board.memberships.on(today)
        .filter(capacity=Capacity.SUPPORT)
        .select_related("person__user")
    ]
    whom = f"those who serve the board: {', '.join(support)}" if support else "those who serve the board"
    lines += ["", f"Is it done, or do you need longer? Tell {whom}."]
    return "\n".join(lines) + "\n"


def chase_no_more(matter: Matter, reason: str) -> None:
    """What waits to be told of a matter is not told any more: it is closed, or owed by another day or somebody else."""
    leave_out(prefix=f"matter:{matter.pk}:", reason=reason)


def _note(found: Chase, matter: Matter, today: dt.date) -> NewNote:
    return NewNote(
        key=found.key,
        recipient=int(found.owner),
        thing=Thing.RESTRICTED_PAPERS if matter.restricted else Thing.BOARD,
        kind=(Note.Kind.BREACH if found.late else Note.Kind.REMINDER).value,
        text=found.words(today),
        path=reverse("boards:matter", kwargs={"council": matter.board.council.slug, "matter": matter.pk}),
        until=found.until,
    )
