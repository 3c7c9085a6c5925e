"""Where messages go. The outbox is a room below this one: settings name it, and nothing here imports it."""

import datetime as dt
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from councils.models import User


class QueueMessage(Protocol):
    """What `settings.OUTBOX` names: it writes one message into the outbox, in the caller's transaction."""

    def __call__(
        self,
        *,
        key: str,
        address: str,
        subject: str,
        body: str,
        now: dt.datetime,
        recipient: User | None = None,
    ) -> object: ...


def outbox() -> QueueMessage:
    """The function that queues a message."""
    return cast("QueueMessage", import_string(settings.OUTBOX))
