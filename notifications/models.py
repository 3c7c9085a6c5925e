"""The outbox. Whoever has something to say writes a row in the same transaction; sending comes after."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

# The waits after a failed attempt; once they are used up the message is given up and its row says why.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
MAX_ATTEMPTS = len(WAITS) + 1
# A worker that took a message and said no more is thought dead after this long; mail servers time out sooner.
CLAIM_LASTS = dt.timedelta(minutes=10)


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self, now: dt.datetime) -> "MessageQuerySet":
        """Due at the moment (inclusive), neither sent nor given up, and in nobody's hands."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - CLAIM_LASTS)
        return self.filter(free, sent_at__isnull=True, send_after__lte=now, attempts__lt=MAX_ATTEMPTS)


class Message(models.Model):
    """One message to one person. `key` names the effect, so that saying it twice sends it once."""

    key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    address = models.EmailField(
        help_text="where it goes: the recipient's address, or that of somebody invited"
    )
    subject = models.CharField(max_length=200)
    body = models.TextField(help_text="emptied once it is sent: it may hold a link that lets somebody in")
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], condition=Q(sent_at__isnull=True), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"
