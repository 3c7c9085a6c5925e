"""Reading councils, people, the roles they hold and the invitations that are open."""

import datetime as dt
import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from councils.access import Access
from councils.models import Council, Invitation, Organisation, Person, RoleHolding, User
from councils.rights import Thing, Verb
from councils.roles import COUNCIL_ROLES, NATIONAL, Role

# what councils put around their name: "London Borough of Barnet", "Hull City Council", "Bristol, City of"
_FORM_WORDS = re.compile(
    r"\b(the|(london|royal|metropolitan) borough( of)?|metropolitan (borough|district) council|"
    r"city of|county of|council of|(city|county|borough|district)? ?council|corporation)\b"
)


class CouncilNotFoundError(ValueError):
    """No one council is meant by these words; the message says what was read and what may have been meant."""


class UnknownCouncilError(CouncilNotFoundError):
    """No council is called so."""


class AmbiguousCouncilError(CouncilNotFoundError):
    """Several councils may be meant."""


def find_council(words: str) -> Council:
    """The council meant by a full name, usual short name, slug, ONS code (also a former one) or DfE number.

    Case, punctuation and words such as "City Council" do not matter. Part of a name is never taken for the
    whole: raises AmbiguousCouncilError where it is part of several names, else UnknownCouncilError, which
    names near misses.
    """
    key = words.strip()
    council = (
        Council.objects.filter(Q(code__iexact=key) | Q(la_number=key) | Q(slug__iexact=key)).first()
        or Council.objects.filter(former_code__iexact=key, former_code__gt="").first()
    )
    if council is not None:
        return council
    wanted = _plain(key)
    councils = list(Council.objects.order_by("short_name"))
    meant = [council for council in councils if wanted in {_plain(council.short_name), _plain(council.name)}]
    meant = meant or [council for council in councils if wanted and _core(key) in _cores(council)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousCouncilError(f"“{key}” may be {_either(meant)}: give the full name or the code.")
    raise _not_found(key, councils)


def _plain(name: str) -> str:
    """A name without case and punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ").replace("'", "")).split())


def _core(name: str) -> str:
    """A name without the words that say what kind of council it is."""
    return " ".join(_FORM_WORDS.sub(" ", _plain(name)).split())


def _cores(council: Council) -> set[str]:
    return {_core(council.short_name), _core(council.name)}


def _not_found(key: str, councils: list[Council]) -> CouncilNotFoundError:
    words = set(_core(key).split())
    parts = [
        council for council in councils if words and any(words <= set(c.split()) for c in _cores(council))
    ]
    if len(parts) > 1:
        return AmbiguousCouncilError(f"“{key}” may be {_either(parts)}: give the full name or the code.")
    if not parts:
        by_name = {_core(name): c for c in councils for name in (c.name, c.short_name)}
        near = difflib.get_close_matches(_core(key), by_name, n=3, cutoff=0.7)
        parts = list(dict.fromkeys(by_name[name] for name in near))
    hint = f" Did you mean {_either(parts)}?" if parts else " Give a full name, a usual short name or a code."
    return UnknownCouncilError(f"No council is called “{key}”.{hint}")


def _either(councils: Iterable[Council]) -> str:
    names = [f"{council.short_name} ({council.code})" for council in councils]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def councils_known_to(access: Access) -> QuerySet[Council]:
    """The councils that somebody may know of, by name: all for a national role, else those of their roles."""
    councils = Council.objects.order_by("short_name")
    if access.national:
        return councils
    return councils.filter(pk__in=[number for number, roles in access.by_council.items() if roles])


def roles_to_give(access: Access, council: Council | None) -> list[Role]:
    """The roles somebody may give, take away or invite to: for one council, or the national ones (None).

    Design, *Who sees what*: people are invited by an administrator or, within the own council and its roles,
    by a programme manager.
    """
    if access.may(Verb.WRITE, Thing.USERS):
        return [role for role in Role if (role in NATIONAL) == (council is None)]
    if council is not None and access.may(Verb.WRITE, Thing.PEOPLE, council):
        return [role for role in Role if role in COUNCIL_ROLES]
    return []


@dataclass(frozen=True)
class PersonRow:
    """Somebody a council works with, and the roles they hold or held there, newest first."""

    person: Person
    now: list[RoleHolding]
    before: list[RoleHolding]
    to_come: list[RoleHolding]


def people_of(council: Council, *, today: dt.date) -> list[PersonRow]:
    """Everybody a council works with, by name, those who are known by their post alone last."""
    holdings = Prefetch(
        "user__role_holdings",
        RoleHolding.objects.filter(council=council).order_by("-starts_on", "-pk"),
        to_attr="holdings_here",
    )
    people = (
        Person.objects.filter(council=council)
        .select_related("organisation", "user")
        .prefetch_related(holdings)
    )
    return [_row(person, today) for person in sorted(people, key=lambda p: (not p.name, str(p).lower()))]


def _row(person: Person, today: dt.date) -> PersonRow:
    holdings: list[RoleHolding] = getattr(person.user, "holdings_here", []) if person.user else []
    return PersonRow(
        person,
        now=[h for h in holdings if h.counts_on(today)],
        before=[h for h in holdings if h.over_on(today)],
        to_come=[h for h in holdings if not h.over_on(today) and h.starts_on > today],
    )


def known_people(council: Council) -> QuerySet[Person]:
    """The people of a council, in no order."""
    return Person.objects.filter(council=council)


def holdings_of(council: Council | None) -> QuerySet[RoleHolding]:
    """The roles held for a council, or (None) the national ones, past and to come included, with their users."""
    return RoleHolding.objects.filter(council=council).select_related("user", "council")


def users() -> QuerySet[User]:
    """Everybody with an account, closed ones included."""
    return User.objects.all()


def has_account(email: str) -> bool:
    """Whether somebody has an account with this address."""
    return User.objects.filter(email__iexact=email).exists()


def organisations_of(council: Council) -> QuerySet[Organisation]:
    """The partner organisations of a council, by name."""
    return Organisation.objects.filter(council=council).order_by("name")


def open_invitations(council: Council | None) -> QuerySet[Invitation]:
    """What was neither accepted nor revoked, expired or not, newest first; None: to national roles."""
    return (
        Invitation.objects.filter(council=council, accepted_at__isnull=True, revoked_at__isnull=True)
        .select_related("invited_by", "person")
        .order_by("-invited_at")
    )


def hash_of(token: str) -> str:
    """What is stored of a token. A random token of 256 bits needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str, *, now: dt.datetime) -> Invitation | None:
    """The invitation behind a link while it can be accepted: not expired (exclusive), revoked or used."""
    return (
        Invitation.objects.filter(
            token_hash=hash_of(token), expires_at__gt=now, accepted_at__isnull=True, revoked_at__isnull=True
        )
        .select_related("council", "invited_by", "person")
        .first()
    )


def invitations_to(email: str, *, now: dt.datetime) -> QuerySet[Invitation]:
    """The invitations to an address that can be accepted now."""
    return Invitation.objects.filter(
        email__iexact=email, expires_at__gt=now, accepted_at__isnull=True, revoked_at__isnull=True
    ).order_by("invited_at")


def accounts(words: str = "", *, today: dt.date) -> QuerySet[User]:
    """All accounts by name, with the roles that count today as `roles_today`; no case content."""
    roles = Prefetch(
        "role_holdings",
        RoleHolding.objects.held_on(today).select_related("council").order_by("role"),
        to_attr="roles_today",
    )
    users = User.objects.order_by("name", "email").prefetch_related(roles)
    for word in words.split():
        of_council = RoleHolding.objects.held_on(today).filter(
            Q(council__short_name__icontains=word) | Q(council__name__icontains=word), user=OuterRef("pk")
        )
        users = users.filter(Q(name__icontains=word) | Q(email__icontains=word) | Exists(of_council))
    return users
