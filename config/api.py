"""The API's base: default deny, problem+json errors, pages."""

from typing import Any

from rest_framework import exceptions, pagination, permissions
from rest_framework.authentication import SessionAuthentication as DjangoSessionAuthentication
from rest_framework.response import Response
from rest_framework.views import exception_handler


class DenyAll(permissions.BasePermission):
    """The default: an endpoint that does not say who it is for is for nobody."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return False


class SessionAuthentication(DjangoSessionAuthentication):
    """The browser's session, for the API's own pages; not being signed in is a 401, not a 403."""

    def authenticate_header(self, request: Any) -> str:
        return "Session"


class Pages(pagination.PageNumberPagination):
    page_size_query_param = "page_size"
    max_page_size = 500


def problem_json(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error as application/problem+json (RFC 9457): type, title, status, detail, and the fields at fault."""
    response = exception_handler(error, context)
    if response is None:
        return None
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": response.status_text,
        "status": response.status_code,
    }
    if isinstance(error, exceptions.ValidationError):
        problem["detail"] = "Some fields could not be accepted."
        problem["errors"] = response.data
    else:
        problem["detail"] = response.data.get("detail", "") if isinstance(response.data, dict) else response.data
    response.data = problem
    response.content_type = "application/problem+json"
    return response
