"""How people, roles, invitations and councils themselves read in the change log. `history.apps` loads this."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from councils.models import ApiToken, Council, Invitation, Organisation, Person, RoleHolding, User
from councils.roles import Role
from councils.services.invitations import SUBJECT as INVITATION
from councils.tokens import SUBJECT as TOKEN
from history.labels import Kind, Label, register


def _people_of(council: Council | None) -> str:
    """The page of a council's people, or of those with a national role."""
    return (
        reverse("councils:people", kwargs={"council": council.slug})
        if council
        else reverse("councils:accounts")
    )


def _users(numbers: Collection[int]) -> dict[int, Label]:
    return {row.pk: Label(str(row)) for row in User.objects.filter(pk__in=numbers)}


def _holdings(numbers: Collection[int]) -> dict[int, Label]:
    found = RoleHolding.objects.filter(pk__in=numbers).select_related("user", "council")
    return {row.pk: Label(str(row), _people_of(row.council)) for row in found}


def _invitations(numbers: Collection[int]) -> dict[int, Label]:
    found = Invitation.objects.filter(pk__in=numbers).select_related("council")
    return {row.pk: Label(str(row), _people_of(row.council)) for row in found}


def _tokens(numbers: Collection[int]) -> dict[int, Label]:
    found = ApiToken.objects.filter(pk__in=numbers).select_related("holding__user")
    return {row.pk: Label(f"{row.name}, of {row.holding.user}") for row in found}


def _persons(numbers: Collection[int]) -> dict[int, Label]:
    found = Person.objects.filter(pk__in=numbers).select_related("council")
    return {
        row.pk: Label(
            str(row), reverse("councils:person", kwargs={"council": row.council.slug, "person": row.pk})
        )
        for row in found
    }


def _organisations(numbers: Collection[int]) -> dict[int, Label]:
    found = Organisation.objects.filter(pk__in=numbers).select_related("council")
    return {row.pk: Label(str(row), _people_of(row.council)) for row in found}


def _councils(numbers: Collection[int]) -> dict[int, Label]:
    return {row.pk: Label(row.short_name) for row in Council.objects.filter(pk__in=numbers)}


def _role(value: Any) -> str:
    return Role(value).label


def _kind_of_organisation(value: Any) -> str:
    return str(Organisation.Kind(value).label)


_USER = "councils.user"
_ROLE = {"role": _role}
_DAYS = {"starts_on": "first day", "ends_on": "last day", "withdrawn_at": "ended at once"}
register(_USER, Kind("account", _users, {"is_active": "open", "email": "e-mail address"}))
register("councils.roleholding", Kind("role", _holdings, _DAYS, {"user": _USER}, _ROLE))
register(
    INVITATION,
    Kind("invitation", _invitations, {"email": "e-mail address", "expires_at": "open until"}, words=_ROLE),
)
register(
    TOKEN,
    Kind(
        "API token",
        _tokens,
        {"read_only": "reads only", "expires_on": "last day", "revoked_at": "revoked"},
        {"user": _USER},
        _ROLE,
    ),
)
register(
    "councils.person",
    Kind("person", _persons, {"user": "account"}, {"user": _USER, "organisation": "councils.organisation"}),
)
register("councils.organisation", Kind("organisation", _organisations, words={"kind": _kind_of_organisation}))
register(
    "councils.council",
    Kind(
        "council",
        _councils,
        {
            "shares_live_plan_with_chair": "live plan open to the chair",
            "opens_live_plan_to_dfe": "live plan open to the Department",
        },
    ),
)
