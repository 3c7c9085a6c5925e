"""The outbox. Whoever has something to say writes a row in the same transaction; sending is somebody else's work."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One message to one person. `key` names the effect, so that saying it twice sends it once."""

    key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    address = models.EmailField(help_text="where it goes: the recipient's address, or that of somebody invited")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], condition=Q(sent_at__isnull=True), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"
