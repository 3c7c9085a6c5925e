"""Sign-ins, failures and sign-outs go to the log, whichever way they came."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils import timezone

from councils import sessions
from councils.addresses import client_address
from history.models import Access
from history.services import record_sign_in


def signed_in(sender: object, request: HttpRequest, user: Any, **kwargs: object) -> None:
    now = timezone.now()
    sessions.start(request.session, now=now)
    record_sign_in(
        kind=Access.Kind.SIGNED_IN, now=now, by=user, label=user.email, address=client_address(request)
    )


def signed_out(sender: object, request: HttpRequest, user: Any, **kwargs: object) -> None:
    if user is not None:
        record_sign_in(
            kind=Access.Kind.SIGNED_OUT,
            now=timezone.now(),
            by=user,
            label=user.email,
            address=client_address(request),
        )


def failed(
    sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: object
) -> None:
    tried = str(credentials.get("email") or credentials.get("username") or "")
    record_sign_in(
        kind=Access.Kind.SIGN_IN_FAILED,
        now=timezone.now(),
        label=_address_tried(tried),
        address=client_address(request) if request else None,
    )


def _address_tried(tried: str) -> str:
    """The e-mail address that was tried; nothing else, since people type passwords into the wrong box."""
    try:
        validate_email(tried)
    except ValidationError:
        return ""
    return tried.lower()
