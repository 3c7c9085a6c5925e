"""The API's base: default deny, tokens, sessions, pages.

REST framework's views import these classes while they are being made, so nothing here may import them.
"""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from rest_framework import authentication, exceptions, pagination, permissions, throttling
from rest_framework.request import Request

from councils.tokens import access_through, note_use, token_by_key

if TYPE_CHECKING:
    from councils.models import ApiToken, User


class DenyAll(permissions.BasePermission):
    """The default: an endpoint that does not say who it is for is for nobody."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return False


class FailedTokens(throttling.SimpleRateThrottle):
    """Counts refused tokens by address: whoever only fails never comes as far as the other limits."""

    scope = "failed_token"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer nbt_...`: the access is the token's, whatever else its owner may do."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> "tuple[User, ApiToken] | None":
        words = authentication.get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != self.keyword.lower():
            return None
        now = timezone.now()
        today = timezone.localdate(now)
        token = token_by_key(" ".join(words[1:]), today=today)
        if token is None:
            self._refuse(request)
            raise exceptions.AuthenticationFailed("The token is not known, has expired or was revoked.")
        note_use(token, now=now)
        request.access = access_through(token, today=today)  # type: ignore[attr-defined]
        return token.holding.user, token

    def authenticate_header(self, request: Request) -> str:
        return f'{self.keyword} realm="Noticeboard"'

    def _refuse(self, request: Request) -> None:
        throttle = FailedTokens()
        if not throttle.allow_request(request, None):  # type: ignore[arg-type]
            raise exceptions.Throttled(throttle.wait())


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, its access loaded by councils.middleware; writing needs the CSRF token."""


class Pages(pagination.PageNumberPagination):
    """`page` and `page_size`, of which the largest is 500."""

    page_size_query_param = "page_size"
    max_page_size = 500
