"""What every endpoint is built on: rights out of the table that pages ask, versions, pages, strict input.

An endpoint under a council says in `rules` what each method needs. Everything else is refused: a method
without a rule is a 405, a council that the user has nothing to do with a 404, a right that is lacking a 403.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

from django.http import Http404
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, permissions, serializers
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from councils.access import Access
from councils.queries import councils_known_to
from councils.rights import Thing, Verb

if TYPE_CHECKING:
    from councils.models import Council, User

Rules = Mapping[str, tuple[Verb, Thing]]
SAFE = ("GET", "HEAD")
_OUR_ETAG = re.compile(r'(?:W/)?"(\d{1,9})\.[0-9a-f]+"')


ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="The version that you read: send it in If-Match to write, in If-None-Match to read again.",
)


class VersionNeeded(exceptions.APIException):
    """A write that does not say which version it was made from."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = "Send the ETag that you read in the header If-Match."
    default_code = "version_needed"


class Stale(exceptions.APIException):
    """A write made from a version that somebody has changed since; both values are told, field by field."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = "If-Match is no ETag of this resource. Read it again."
    default_code = "stale"

    @classmethod
    def of(
        cls, *, theirs: Mapping[str, Any], yours: Mapping[str, Any], version: int, by_name: str
    ) -> "Stale":
        """Somebody else changed the same fields: `theirs` stands now, `yours` was sent."""
        stale = cls("Somebody else has changed this since you read it.")
        stale.members = {
            "conflicts": [{"field": n, "yours": yours[n], "theirs": value} for n, value in theirs.items()],
            "changed_by": by_name,
            "version": version,
        }
        return stale

    members: dict[str, Any]

    def __init__(self, detail: Any = None, code: str | None = None) -> None:
        super().__init__(detail, code)
        self.members = {}


class SignedIn(permissions.BasePermission):
    """For everybody with an account; the endpoint shows only what `access` lets it."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.user.is_authenticated


class ByRights(SignedIn):
    """For those who may do what the endpoint's rule for this method says in the council of the URL."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in view.rules:
            raise exceptions.MethodNotAllowed(method)
        council = councils_known_to(view.access).filter(slug=view.kwargs["council"]).first()
        if council is None:
            raise Http404
        view.council = council
        verb, thing = view.rules[method]
        return bool(view.access.may(verb, thing, council))


class Endpoint(GenericAPIView[Any]):
    """An endpoint of the API. What it answers is for whoever asked alone, and asked for again each time."""

    permission_classes: Sequence[Any] = (SignedIn,)

    @property
    def access(self) -> Access:
        """What whoever asks may do today: of the token's one role, or of all roles of who is signed in."""
        access: Access = self.request.access  # type: ignore[attr-defined]
        return access

    @property
    def user(self) -> "User":
        user: User = self.request.user  # type: ignore[assignment]
        return user

    def options(self, request: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """Not offered: the schema says what an endpoint takes."""
        raise exceptions.MethodNotAllowed("OPTIONS")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response

    def many(self, rows: Any, shape: type[serializers.Serializer[Any]]) -> Response:
        """One page of a list or query set."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(shape(page, many=True, context=self.get_serializer_context()).data)

    def one(self, data: Any, *, version: int, status: int = HTTPStatus.OK) -> Response:
        """One resource with its ETag: 304 where the client has it as it is."""
        etag = etag_of(data, version)
        known = [tag.removeprefix("W/") for tag in parse_etags(self.request.headers.get("If-None-Match", ""))]
        if self.request.method in SAFE and (etag in known or "*" in known):
            return Response(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
        return Response(data, status=status, headers={"ETag": etag})

    def version_sent(self, current: int) -> int:
        """The version that a write was made from, out of If-Match; `current` is the one that stands.

        Whether an older one may still be written is the service's to say, as it is for forms. Raises
        VersionNeeded or Stale.
        """
        tags = parse_etags(self.request.headers.get("If-Match", ""))
        if not tags or "*" in tags:
            raise VersionNeeded
        ours = [int(match[1]) for tag in tags if (match := _OUR_ETAG.fullmatch(tag))]
        if not ours or max(ours) > current:
            raise Stale
        return max(ours)


class AsItIs(GenericAPIView[Any]):
    """Mixed into an endpoint that answers with a file: a file is what it is, whatever else the client would accept."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002 - REST framework's own
        return super().perform_content_negotiation(request, force=True)


class CouncilEndpoint(Endpoint):
    """An endpoint under /councils/{slug}; `rules` says by which right each method is asked."""

    permission_classes: Sequence[Any] = (ByRights,)
    rules: ClassVar[Rules] = {}
    council: "Council"


def etag_of(data: Any, version: int) -> str:
    """An ETag that carries the version, for writing, and a digest of what was shown, for reading again."""
    digest = hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:16]
    return f'"{version}.{digest}"'


class Strict(serializers.Serializer[Any]):
    """Input that refuses what it does not know: a misspelt field is an error, not a silent nothing."""

    @classmethod
    def sent(cls, request: Request) -> Self:
        """What the body says, checked. Raises ValidationError."""
        return cls._checked(request.data)

    @classmethod
    def asked(cls, request: Request) -> Self:
        """What the query says, checked; a parameter left empty asks for nothing. Raises ValidationError."""
        return cls._checked({name: value for name, value in request.query_params.items() if value})

    @classmethod
    def _checked(cls, data: Any) -> Self:
        checked = cls(data=data)
        checked.is_valid(raise_exception=True)
        return checked

    also: ClassVar[frozenset[str]] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [name for name in data if name not in self.fields and name not in self.also]
            if unknown:
                raise exceptions.ValidationError({str(name): ["This is not known here."] for name in unknown})
        return super().to_internal_value(data)


@extend_schema(exclude=True)
class NoSuchEndpoint(Endpoint):
    """Every other address of the API."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # the same answer whatever the method
        request.method = "GET"
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        raise Http404
