"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from config.version import VERSION


def page(request: HttpRequest) -> dict[str, Any]:
    """Names that the base templates use, whoever is looking."""
    return {
        "version": VERSION,
        "govuk_branding": settings.GOVUK_BRANDING,
        # as text: an unused nonce is falsy, and the template asks before it uses it
        "cspNonce": str(getattr(request, "csp_nonce", "")),
        "demo_accounts": settings.DEMO_ACCOUNTS,
    }
