"""Accounts: made from an invitation or by command, never by signing up."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from councils.models import User
from history.services import ChangeLog


class AccountExistsError(ValueError):
    """Somebody has an account with this address already."""


@transaction.atomic
def create_account(
    *, email: str, name: str, password: str | None, by: User | None, now: dt.datetime, reason: str = ""
) -> User:
    """An account whose address counts as verified: whoever asks for it has shown or vouches that it is
    theirs.

    Without a password only single sign-on or a passkey can open it. `by` is None when the product acts for
    the person, who then stands as the actor. Raises AccountExistsError.
    """
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AccountExistsError(f"{email} has an account already.")
    user = User.objects.create_user(email, password, name=name.strip())
    log_new_account(user, by=by, now=now, reason=reason)
    return user


def log_new_account(user: User, *, by: User | None, now: dt.datetime, reason: str = "") -> None:
    """Mark the address of a new account as verified, and write down that the account came to be."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    log = ChangeLog(council_id=None, by=by or user, on=timezone.localdate(now), now=now, reason=reason)
    log.made("councils.user", user.pk, {"email": user.email, "name": user.name, "is_active": user.is_active})
    log.write()


@transaction.atomic
def set_active(*, user: User, active: bool, by: User, now: dt.datetime, reason: str) -> None:
    """Close an account or open it again. Closing ends its sessions at once; the roles stay as they are."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        return
    user.is_active = active
    user.version += 1
    user.save(update_fields=["is_active", "version"])
    if not active:
        for session in UserSession.objects.filter(user=user):
            session.end()
    log = ChangeLog(council_id=None, by=by, on=timezone.localdate(now), now=now, reason=reason)
    log.changed("councils.user", user.pk, "is_active", not active, active, version=user.version)
    log.write()
