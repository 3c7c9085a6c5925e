"""The daily sweep: whom to tell what of each council's deadlines, as notes in the outbox.

It derives everything anew, and each note has a key of its own. So a missed night, a second run or a killed worker
loses and doubles nothing; a council that cannot be swept is tried again with the next run and holds up no other.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from councils.models import Council, RoleHolding
from councils.rights import Thing
from councils.roles import Role
from notices.deadlines.effects import Effect, Rule, effects
from notices.deadlines.queries import deadlines_of, reminder_settings
from notices.models import Instrument, SweptCouncil
from notifications.services.digests import NewNote, queue_notes

logger = logging.getLogger(__name__)

# a council that fails is not tried for ever on one day; tomorrow is another
MOST_ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: notes by council, and why councils could not be swept."""

    notes: dict[str, list[str]]
    problems: dict[str, str]


def sweep(
    *, today: dt.date, clock: Callable[[], dt.datetime], only_missing: bool = False, ahead: int = 200
) -> Swept:
    """Sweep every council with a notice in force on `today`; one that fails is told in `problems`.

    `only_missing` leaves out councils that today's sweep has been through already, which makes it cheap to run often.
    Deadlines up to `ahead` days from today are looked at.
    """
    notes: dict[str, list[str]] = {}
    problems: dict[str, str] = {}
    for council in _to_sweep(today, only_missing=only_missing):
        try:
            notes[council.short_name] = sweep_council(council, today=today, now=clock(), ahead=ahead)
        except Exception as problem:
            logger.exception("The deadlines of %s could not be swept", council)
            problems[council.short_name] = f"{type(problem).__name__}: {problem}"
            _failed(council, today, problems[council.short_name])
    return Swept(notes, problems)


def _to_sweep(today: dt.date, *, only_missing: bool) -> list[Council]:
    in_force = Instrument.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today), on__lte=today, versions__isnull=False
    )
    councils = Council.objects.filter(pk__in=in_force.values("council"))
    if only_missing:
        done = SweptCouncil.objects.filter(on=today).filter(
            Q(swept_at__isnull=False) | Q(attempts__gte=MOST_ATTEMPTS)
        )
        councils = councils.exclude(pk__in=done.values("council"))
    return list(councils.order_by("pk"))


@transaction.atomic
def sweep_council(council: Council, *, today: dt.date, now: dt.datetime, ahead: int) -> list[str]:
    """Write one council's notes and that it was swept, both or neither; returns the keys of notes that were new.

    The number of queries does not depend on how many deadlines or people there are.
    """
    rules = {role: rule for role, (rule, _) in reminder_settings(council).items()}
    people = _people(council, rules, today)
    found = deadlines_of(council, today=today, until=today + dt.timedelta(days=ahead))
    told = effects(found.lines, people, rules, today)
    new = queue_notes([_note(effect, council, today) for effect in told], council=council, now=now)
    SweptCouncil.objects.update_or_create(
        council=council, on=today, defaults={"swept_at": now, "problem": ""}
    )
    return new


def _note(effect: Effect, council: Council, today: dt.date) -> NewNote:
    path = reverse(
        "notices:deadline",
        kwargs={
            "council": council.slug,
            "obligation": effect.line.duty.number,
            "due": effect.line.due.isoformat(),
        },
    )
    return NewNote(
        key=effect.key,
        recipient=effect.user,
        thing=Thing.DEADLINES,
        kind=effect.kind,
        text=effect.text(today),
        path=path,
        until=effect.until,
    )


def _people(council: Council, rules: Mapping[Role, Rule], today: dt.date) -> dict[int, frozenset[Role]]:
    """Who holds a role that is told anything, with those roles; whose account is closed is nobody's reader."""
    told = [role.value for role, rule in rules.items() if rule]
    held = RoleHolding.objects.held_on(today).filter(
        Q(council=council) | Q(council__isnull=True), role__in=told, user__is_active=True
    )
    people: dict[int, set[Role]] = {}
    for user, role in held.values_list("user_id", "role"):
        people.setdefault(user, set()).add(Role(role))
    return {user: frozenset(roles) for user, roles in people.items()}


def _failed(council: Council, today: dt.date, problem: str) -> None:
    SweptCouncil.objects.get_or_create(council=council, on=today)
    SweptCouncil.objects.filter(council=council, on=today).update(
        attempts=F("attempts") + 1, problem=problem[:2000]
    )
