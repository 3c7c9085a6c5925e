"""What one user may do today: loaded once a request, asked everywhere."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from councils.models import Council, RoleHolding, User
from councils.rights import Thing, Verb, allowed
from councils.roles import Role


@dataclass(frozen=True)
class Access:
    """The roles somebody holds today, nationally and by council number."""

    user: User | None = None
    national: frozenset[Role] = frozenset()
    by_council: dict[int, frozenset[Role]] = field(default_factory=dict)
    # the councils of those roles by their slugs, as far as they came with the roles
    councils: dict[str, Council] = field(default_factory=dict)

    def roles(self, council: Council) -> frozenset[Role]:
        """The roles that count for one council, national ones included."""
        return self.national | self.by_council.get(council.pk, frozenset())

    def knows(self, council: Council) -> bool:
        """Whether the council exists at all as far as this user is concerned; if not, its pages are a 404."""
        return bool(self.roles(council))

    def acting_in(self, roles: Iterable[Role], council: Council) -> "Access":
        """Of this access what is for one council, in these roles at most: who works for somebody opens no more."""
        meant = frozenset(roles)
        return Access(
            self.user,
            self.national & meant,
            {council.pk: self.by_council.get(council.pk, frozenset()) & meant},
        )

    def may(self, verb: Verb, thing: Thing, council: Council | None = None) -> bool:
        """Ask the table of rights; without a council, of the national roles alone."""
        if council is None:
            return allowed(self.national, verb, thing)
        return allowed(
            self.roles(council),
            verb,
            thing,
            shared_with_chair=council.shares_live_plan_with_chair,
            opened_to_dfe=council.opens_live_plan_to_dfe,
        )


NOBODY = Access()


def access_of(user: User, *, today: dt.date) -> Access:
    """The access of a user on a day, in one query; demonstration accounts have none where they are off."""
    if user.is_demo and not settings.DEMO_ACCOUNTS:
        return Access(user)
    held = RoleHolding.objects.held_on(today).filter(user=user).select_related("council")
    national: set[Role] = set()
    by_council: dict[int, set[Role]] = {}
    councils: dict[str, Council] = {}
    for holding in held:
        if holding.council is None:
            national.add(Role(holding.role))
        else:
            by_council.setdefault(holding.council.pk, set()).add(Role(holding.role))
            councils[holding.council.slug] = holding.council
    roles = {number: frozenset(held_there) for number, held_there in by_council.items()}
    return Access(user, frozenset(national), roles, councils)
