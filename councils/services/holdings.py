"""Roles held: given from a day, ended on a day or at once."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from councils.access import access_of
from councils.models import Council, RoleHolding, User
from councils.queries import roles_to_give
from councils.roles import Role
from history.services import ChangeLog


class NotAllowedError(PermissionError):
    """Whoever asks may not give or take away this role."""


class AlreadyHeldError(ValueError):
    """The role is held already on one of these days."""


def check_may_give(by: User | None, role: Role, council: Council | None, *, now: dt.datetime) -> None:
    """Refuse whoever may not give this role, or take it away; None is the operator at the command line."""
    if by is None:
        return
    if role not in roles_to_give(access_of(by, today=timezone.localdate(now)), council):
        raise NotAllowedError(f"You cannot give or take away the role “{role.label}” here.")


@transaction.atomic
def give_role(
    *,
    user: User,
    role: Role,
    council: Council | None,
    starts_on: dt.date,
    by: User | None,
    now: dt.datetime,
    ends_on: dt.date | None = None,
    reason: str = "",
) -> RoleHolding:
    """Let somebody hold a role from `starts_on` to `ends_on` (both inclusive; None: until it is ended).

    Does not ask whether `by` may: an invitation was asked about when it was sent. Raises AlreadyHeldError
    if the same role is held by the same user on any of these days.
    """
    # two gifts of the same role at the same moment wait for each other here
    User.objects.select_for_update().get(pk=user.pk)
    same = RoleHolding.objects.filter(user=user, role=role, council=council, withdrawn_at__isnull=True)
    still_held = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        still_held = still_held.filter(starts_on__lte=ends_on)
    if still_held.exists():
        raise AlreadyHeldError(f"{user} holds the role “{role.label}” already.")
    holding = RoleHolding.objects.create(
        user=user, role=role.value, council=council, starts_on=starts_on, ends_on=ends_on
    )
    log = _log(holding, by=by or user, on=starts_on, now=now, reason=reason)
    log.made(
        "councils.roleholding",
        holding.pk,
        {"user": user.pk, "name": user.name, "role": role.value, "starts_on": starts_on, "ends_on": ends_on},
    )
    log.write()
    return holding


@transaction.atomic
def end_role(
    *, holding: RoleHolding, last_day: dt.date | None, by: User, now: dt.datetime, reason: str
) -> RoleHolding:
    """End a role after its last day (inclusive), or at once (None).

    Raises NotAllowedError if `by` may not, or would end the role by which they do so; ValueError if it is
    over already or the last day lies before its first.
    """
    today = timezone.localdate(now)
    holding = RoleHolding.objects.select_for_update().get(pk=holding.pk)
    check_may_give(by, Role(holding.role), holding.council, now=now)
    if holding.user == by:
        raise NotAllowedError("You cannot end a role of your own: ask somebody else who looks after people.")
    if holding.over_on(today):
        raise ValueError("This role has ended already.")
    if last_day is not None and last_day < max(holding.starts_on, today):
        raise ValueError("The last day of a role cannot lie before its first day or in the past.")
    ends_on = max(holding.starts_on, today) if last_day is None else last_day
    log = _log(holding, by=by, on=ends_on, now=now, reason=reason)
    holding.version += 1
    log.changed(
        "councils.roleholding", holding.pk, "ends_on", holding.ends_on, ends_on, version=holding.version
    )
    holding.ends_on = ends_on
    if last_day is None:
        holding.withdrawn_at = now
        log.changed("councils.roleholding", holding.pk, "withdrawn_at", None, now, version=holding.version)
    holding.save(update_fields=["ends_on", "withdrawn_at", "version"])
    log.write()
    return holding


def _log(holding: RoleHolding, *, by: User, on: dt.date, now: dt.datetime, reason: str) -> ChangeLog:
    return ChangeLog(council_id=holding.council_id, by=by, on=on, now=now, reason=reason)
