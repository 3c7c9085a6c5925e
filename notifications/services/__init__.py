"""Writing to the outbox, and emptying it.

A message is a row written in the caller's transaction: if the act is undone, so is the message. What is sent
follows from the rows alone: a missed night is made good, a doubled run finds nothing left to do. What can wait
is a note for the recipient's next digest (notifications.services.digests).
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from councils.models import User
from notifications.models import MAX_ATTEMPTS, WAITS, Message

logger = logging.getLogger(__name__)

# One run sends at most this many, so that it ends before the time limit of a task; the next run goes on.
BATCH = 200


def queue_message(
    *,
    key: str,
    address: str,
    subject: str,
    body: str,
    now: dt.datetime,
    recipient: User | None = None,
    send_after: dt.datetime | None = None,
) -> Message:
    """Say something to somebody by e-mail, once, at `send_after` (inclusive; None: with the next run).

    `key` names the effect ("invitation 12"): saying it again returns the first message unchanged. The row is
    written in the caller's transaction. A line break in the subject, which mail forbids, becomes a space.
    """
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "address": address,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "created_at": now,
            "send_after": send_after or now,
        },
    )
    return message


def drain(*, clock: Callable[[], dt.datetime]) -> int:
    """Send what is due, and return how many messages went.

    A message is marked after it was sent, so a worker killed in between repeats at most that one, under the
    same Message-ID. One that cannot be sent is put off and does not hold up the others.
    """
    due = list(Message.objects.waiting(clock()).order_by("send_after", "pk")[:BATCH])
    return sum(_claim(message, clock()) and _send(message, clock) for message in due)


def _claim(message: Message, now: dt.datetime) -> bool:
    """Take the message if nobody else has since it was read; counts as an attempt."""
    unchanged = Message.objects.filter(pk=message.pk, sent_at__isnull=True, attempts=message.attempts)
    claimed = unchanged.update(claimed_at=now, attempts=F("attempts") + 1)
    message.attempts += claimed
    return bool(claimed)


def _send(message: Message, clock: Callable[[], dt.datetime]) -> bool:
    try:
        _as_mail(message).send()
    except Exception as problem:
        logger.exception("Message %s could not be sent", message.pk)
        _put_off(message, problem, clock())
        return False
    Message.objects.filter(pk=message.pk).update(sent_at=clock(), problem="", body="")
    return True


def _put_off(message: Message, problem: Exception, now: dt.datetime) -> None:
    """Try again later, unless all tries are used up; either way the row says what went wrong."""
    given_up = message.attempts >= MAX_ATTEMPTS
    if given_up:
        logger.error("Message %s to %s is given up", message.pk, message.address)
    later = dt.timedelta(0) if given_up else WAITS[message.attempts - 1]
    Message.objects.filter(pk=message.pk, attempts=message.attempts).update(
        claimed_at=None, send_after=now + later, problem=f"{type(problem).__name__}: {problem}"
    )


def _as_mail(message: Message) -> EmailMessage:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.address],
        headers={
            # the same each time, so that mail programs recognise a repeated message
            "Message-ID": f"<{name}@{sender.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        },
    )
