"""Errors of the API as problem details.

Apart from config.api, which REST framework's views import while they are being made.
"""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger("django.request")


def problem_json(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error as application/problem+json (RFC 9457): type, title, status, detail, fields at fault.

    An error that nobody foresaw is logged and says nothing of itself; in debugging it is left to Django.
    """
    response = exception_handler(error, context) or _unforeseen(error, context)
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    problem: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if isinstance(error, exceptions.ValidationError):
        problem["detail"] = "Some of what was sent could not be accepted."
        problem["errors"] = list(_errors(response.data))
    else:
        problem["detail"] = str(response.data["detail"])
    response.data = problem | getattr(error, "members", {})
    response.content_type = MEDIA_TYPE
    # also where the endpoint itself renders something else, as the schema's does
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = MEDIA_TYPE
    return response


def _errors(data: Any, field: str = "") -> Iterator[dict[str, str]]:
    """One entry an error, with the name of the field or parameter; "" is the whole of what was sent."""
    if isinstance(data, dict):
        for name, inner in data.items():
            inside = f"{field}.{name}" if field else str(name)
            yield from _errors(inner, "" if name == "non_field_errors" else inside)
    elif isinstance(data, list):
        for inner in data:
            yield from _errors(inner, field)
    else:
        yield {"field": field, "detail": str(data)}


def _unforeseen(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, RequestDataTooBig):
        return Response({"detail": "What was sent is too large."}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if isinstance(error, SuspiciousOperation):
        return Response({"detail": "This request cannot be understood."}, status=HTTPStatus.BAD_REQUEST)
    if settings.DEBUG or settings.DEBUG_PROPAGATE_EXCEPTIONS:
        return None
    set_rollback()
    request = context["request"]._request  # noqa: SLF001 - REST framework's name for Django's request
    got_request_exception.send(sender=problem_json, request=request)
    logger.error("Internal Server Error: %s", request.path, exc_info=error, extra={"request": request})
    detail = "Something went wrong here. It has been recorded; try again later."
    return Response({"detail": detail}, status=HTTPStatus.INTERNAL_SERVER_ERROR)
