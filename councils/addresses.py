"""Where requests come from."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever sent a request, behind the proxies that settings trust; None if no network did."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None
