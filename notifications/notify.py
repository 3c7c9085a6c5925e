"""GOV.UK Notify as Django's mail backend: used where NOTIFY_API_KEY is set.

Plain HTTP by Notify's documented interface (a token signed with the key, one request a message), because the official
client needs a package that nobody has released since 2014. The template in Notify has two fields, ((subject)) and
((body)); its reference is the message's own mark, by which a repeated message can be recognised there.
"""

import time
from collections.abc import Sequence

import jwt
import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_UUID = 36  # characters; a key ends with the service's id and the secret, both UUIDs: name-SERVICE-SECRET
TIMEOUT = 30


class NotifyRefused(Exception):  # noqa: N818 - it says what happened
    """Notify did not take a message; the text is its answer."""


class NotifyBackend(BaseEmailBackend):
    """Sends each message to each of its recipients through Notify."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send; returns how many messages went. Raises NotifyRefused, or what requests raises, for one that did not."""
        return sum(self._send(message) for message in email_messages)

    def _send(self, message: EmailMessage) -> bool:
        for address in message.to:
            answer = requests.post(
                f"{settings.NOTIFY_URL}/v2/notifications/email",
                json={
                    "email_address": address,
                    "template_id": settings.NOTIFY_TEMPLATE_ID,
                    "personalisation": {"subject": str(message.subject), "body": str(message.body)},
                    "reference": message.extra_headers.get("Message-ID", "").strip("<>"),
                },
                headers={"Authorization": f"Bearer {token(settings.NOTIFY_API_KEY, now=int(time.time()))}"},
                timeout=TIMEOUT,
            )
            if not answer.ok:
                raise NotifyRefused(f"{answer.status_code}: {answer.text[:500]}")
        return bool(message.to)


def token(key: str, *, now: int) -> str:
    """The signed token of one request: who asks (the service's id) and when (seconds since 1970)."""
    service, secret = key[-2 * _UUID - 1 : -_UUID - 1], key[-_UUID:]
    return jwt.encode({"iss": service, "iat": now}, secret, algorithm="HS256")
