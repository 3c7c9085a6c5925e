"""Matters arising chased between rounds: notes for the digests of their owners, worked out anew each time.

Each note has a key of its own, so a run that is missed, doubled or killed loses and doubles nothing.
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.urls import reverse

from boards.models import Matter
from boards.rules.chasing import BEFORE, Chase, chase
from councils.rights import Thing
from notifications.models import Note
from notifications.services.digests import NewNote, leave_out, queue_notes

if TYPE_CHECKING:
    from councils.models import Council

logger = logging.getLogger(__name__)


def chase_matters(*, today: dt.date, clock: Callable[[], dt.datetime]) -> list[str]:
    """Tell the owners of open matters that are nearly due or overdue; returns the keys of notes that were new.

    Owners with an account that is open are told, with their next digest and as they chose; what they may not see they
    are not told. A council that fails holds up no other.
    """
    soon = today + dt.timedelta(days=max(BEFORE))
    rows = Matter.objects.filter(
        state=Matter.State.OPEN,
        due_on__lte=soon,
        board__closed_on__isnull=True,
        owner__user__is_active=True,
    )
    by_council: dict[Council, list[NewNote]] = {}
    for matter in rows.select_related("owner", "board__council").order_by("board__council", "due_on", "pk"):
        if matter.due_on is None or matter.owner is None or matter.owner.user_id is None:
            continue
        found = chase(
            matter=matter.pk,
            number=matter.number,
            text=matter.text,
            due_on=matter.due_on,
            user=matter.owner.user_id,
            today=today,
        )
        if found is not None:
            by_council.setdefault(matter.board.council, []).append(_note(found, matter, today))
    new: list[str] = []
    for council, notes in by_council.items():
        try:
            new += queue_notes(notes, council=council, now=clock())
        except Exception:
            logger.exception("The matters of %s could not be chased", council)
    return new


def chase_no_more(matter: Matter, reason: str) -> None:
    """What waits to be told of a matter is not told any more: it is closed, or owed by another day or somebody else."""
    leave_out(prefix=f"matter:{matter.pk}:", reason=reason)


def _note(found: Chase, matter: Matter, today: dt.date) -> NewNote:
    return NewNote(
        key=found.key,
        recipient=found.user,
        thing=Thing.RESTRICTED_PAPERS if matter.restricted else Thing.BOARD,
        kind=(Note.Kind.BREACH if found.late else Note.Kind.REMINDER).value,
        text=found.words(today),
        path=reverse("boards:matter", kwargs={"council": matter.board.council.slug, "matter": matter.pk}),
        until=found.until,
    )
