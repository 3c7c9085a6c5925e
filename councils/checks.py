"""System checks of this room."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def demo_accounts_only_embedded(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demonstration accounts have a known password: never on a real database, never on a public address."""
    if settings.DEMO_ACCOUNTS and (not settings.EMBEDDED or settings.HTTPS):
        return [
            Error(
                "DEMO_ACCOUNTS is on, but this is not the embedded set-up on http://localhost.",
                hint="Take DEMO_ACCOUNTS out of the environment.",
                id="councils.E001",
            )
        ]
    return []
