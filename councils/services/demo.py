"""Demonstration accounts, one a role: in the embedded set-up alone, and labelled as what they are."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from councils.models import DEMO_DOMAIN, Council, RoleHolding, User
from councils.roles import NATIONAL, Role
from councils.services.accounts import create_account
from councils.services.holdings import give_role
from councils.services.invitations import add_person_of

# one password for all of them, told in README.md; worthless where settings.DEMO_ACCOUNTS is off
DEMO_PASSWORD = "demonstration only"  # noqa: S105 - meant to be known

# invented people
DEMO_NAMES = {
    Role.PROGRAMME_MANAGER: "Morgan Ashdown",
    Role.PROGRAMME_OFFICE: "Robin Teesdale",
    Role.ACTION_LEAD: "Sam Okonjo-Hale",
    Role.COUNCIL_LEADER: "Alex Wetherley",
    Role.LEAD_MEMBER: "Jules Farringford",
    Role.CHIEF_EXECUTIVE: "Kit Lindqvist",
    Role.DIRECTOR: "Dana Merriweather",
    Role.COUNCIL_VIEWER: "Jo Pendrell",
    Role.BOARD_CHAIR: "Frances Adeyomi",
    Role.CHAIRS_SUPPORT: "Lee Hartsop",
    Role.BOARD_MEMBER: "Priya Ranmore",
    Role.INDEPENDENT_VALIDATOR: "Chris Beaumaris",
    Role.SAFEGUARDING_CHAIR: "Noor Castleton",
    Role.DFE_OFFICIAL: "Taylor Whinfell",
    Role.DFE_ADVISER: "Ash Kirkbride",
    Role.COMMISSIONER: "Pat Thornaby",
    Role.MINISTERS_OFFICE: "Ellis Marchmont",
    Role.SCRUTINY_VIEWER: "Cam Rothbury",
    Role.ADMINISTRATOR: "Sasha Ingleton",
}


def demo_email(role: Role) -> str:
    """programme.manager@demo.example"""
    return f"{role.value.replace('_', '.')}@{DEMO_DOMAIN}"


@transaction.atomic
def make_demo_accounts(
    council: Council, *, now: dt.datetime, starts_on: dt.date | None = None
) -> dict[Role, User]:
    """Make one account a role, of this council or national; the same again changes nothing.

    `starts_on` is the first day of the roles (None: the day of `now`). Raises ImproperlyConfigured where
    demonstration accounts are off.
    """
    if not settings.DEMO_ACCOUNTS:
        raise ImproperlyConfigured(
            "demonstration accounts are made in the embedded set-up with DEMO_ACCOUNTS on"
        )
    kept = make_password(DEMO_PASSWORD)  # one for all: each takes half a second, and everybody knows it
    return {
        role: _demo_account(role, council, starts_on or timezone.localdate(now), now, kept) for role in Role
    }


def _demo_account(role: Role, council: Council, starts_on: dt.date, now: dt.datetime, kept: str) -> User:
    user = User.objects.filter(email=demo_email(role)).first()
    if user is None:
        user = create_account(email=demo_email(role), name=DEMO_NAMES[role], password=None, by=None, now=now)
        user.password = kept
        user.save(update_fields=["password"])
    where = None if role in NATIONAL else council
    if not RoleHolding.objects.filter(user=user, role=role, council=where).exists():
        give_role(user=user, role=role, council=where, starts_on=starts_on, by=None, now=now)
        if where is not None:
            add_person_of(user, where, label=role.label, now=now)
    return user


def demo_accounts() -> list[tuple[Role, User]]:
    """The demonstration accounts that are there, in the order of the roles; none where they are off."""
    if not settings.DEMO_ACCOUNTS:
        return []
    users = {user.email: user for user in User.objects.filter(email__in=[demo_email(role) for role in Role])}
    return [(role, users[demo_email(role)]) for role in Role if demo_email(role) in users]
