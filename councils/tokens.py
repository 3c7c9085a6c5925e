"""API tokens: keys by which programs act for one person, in one of the roles that person holds.

A token never opens more than its owner could open by signing in: its role must still be held, the account be
open. It may open less: one role of several, reading only, until a day at most a year away.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from councils.access import Access, access_of
from councils.models import ApiToken, Council, RoleHolding, User
from councils.queries import hash_of
from councils.rights import Thing, Verb
from councils.roles import Role
from history.services import ChangeLog

SUBJECT = "councils.apitoken"
PREFIX = "nbt_"  # so that a token that leaks can be recognised by scanners
LONGEST = dt.timedelta(days=365)
# the moment of last use is written at most this often, so that reading seldom costs a write
GRAIN = dt.timedelta(minutes=5)


class TokenRefused(ValueError):  # noqa: N818 - the domain's word
    """A token that cannot be made so; `field` is what is wrong, the message says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ReadingAccess(Access):
    """The access of a token that only reads."""

    def may(self, verb: Verb, thing: Thing, council: Council | None = None) -> bool:
        """Ask the table of rights, and of it only what is reading."""
        return verb == Verb.READ and super().may(verb, thing, council)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The tokens that somebody made and has not revoked, expired or not, newest first."""
    held = ApiToken.objects.filter(holding__user=user, revoked_at__isnull=True)
    return held.select_related("holding__council", "holding__user").order_by("-made_at", "-pk")


def roles_for_tokens(user: User, *, today: dt.date) -> QuerySet[RoleHolding]:
    """The roles that somebody holds today: a token is for one of them."""
    return (
        RoleHolding.objects.held_on(today).filter(user=user).select_related("council").order_by("role", "pk")
    )


@transaction.atomic
def make_token(
    *, holding: RoleHolding, name: str, read_only: bool, expires_on: dt.date, by: User, now: dt.datetime
) -> tuple[ApiToken, str]:
    """Make a token for a role that `by` holds; returns it and the key, which is nowhere else to be had.

    `expires_on` is its last day (inclusive): today at the earliest, 365 days from today at the latest. Raises
    TokenRefused.
    """
    today = timezone.localdate(now)
    # two presses of one button wait for each other here
    User.objects.select_for_update().get(pk=by.pk)
    if holding.user_id != by.pk or not holding.counts_on(today):
        raise TokenRefused("holding", "Choose a role that you hold")
    if not today <= expires_on <= today + LONGEST:
        last = today + LONGEST
        raise TokenRefused("expires_on", f"The last day must be between today and {last.day} {last:%B %Y}")
    if ApiToken.objects.filter(holding=holding, name__iexact=name.strip(), revoked_at__isnull=True).exists():
        raise TokenRefused(
            "name", "You have a token with this name already: choose another, or revoke that one"
        )
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        holding=holding,
        name=name.strip(),
        token_hash=hash_of(key),
        ending=key[-4:],
        read_only=read_only,
        made_at=now,
        expires_on=expires_on,
    )
    log = ChangeLog(council_id=holding.council_id, by=by, on=today, now=now)
    values = {"name": token.name, "role": holding.role, "read_only": read_only, "expires_on": expires_on}
    log.made(SUBJECT, token.pk, {"user": by.pk, **values})
    log.write()
    return token, key


@transaction.atomic
def revoke_token(*, number: int, by: User, now: dt.datetime) -> ApiToken:
    """Take a token of one's own back, at once and for good; again changes nothing.

    Raises ApiToken.DoesNotExist for the token of somebody else.
    """
    token = (
        ApiToken.objects.select_for_update(of=("self",))
        .select_related("holding")
        .get(pk=number, holding__user=by)
    )
    if token.revoked_at is None:
        token.revoked_at = now
        token.version += 1
        token.save(update_fields=["revoked_at", "version"])
        log = ChangeLog(council_id=token.holding.council_id, by=by, on=timezone.localdate(now), now=now)
        log.changed(SUBJECT, token.pk, "revoked_at", None, now, version=token.version)
        log.write()
    return token


def token_by_key(key: str, *, today: dt.date) -> ApiToken | None:
    """The token behind a key, if it works on that day."""
    found = ApiToken.objects.filter(token_hash=hash_of(key)).select_related("holding__user").first()
    return found if found is not None and found.works_on(today) else None


def access_through(token: ApiToken, *, today: dt.date) -> Access:
    """What a token opens on a day: of its owner's access the one role, and of that perhaps only reading."""
    held = access_of(token.holding.user, today=today)
    role, council = frozenset({Role(token.holding.role)}), token.holding.council_id
    kind = ReadingAccess if token.read_only else Access
    if council is None:
        return kind(held.user, national=held.national & role)
    return kind(held.user, by_council={council: held.by_council.get(council, frozenset()) & role})


def note_use(token: ApiToken, *, now: dt.datetime) -> None:
    """Remember when a token was last used, to the nearest few minutes."""
    if token.last_used_at is None or now - token.last_used_at >= GRAIN:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
