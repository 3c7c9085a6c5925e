"""The outbox. Whoever has something to say writes a row in the same transaction; sending comes after.

A `Message` is a mail of its own. A `Note` is a line in the recipient's next digest, of which there is one a day.
"""

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


class NoteQuerySet(models.QuerySet["Note"]):
    def waiting(self) -> "NoteQuerySet":
        """Neither in a digest yet nor left out of all of them."""
        return self.filter(digest__isnull=True, left_out="")


class Note(models.Model):
    """One thing that somebody is told in their next digest. `key` names the effect: said twice, it is told once."""

    class Kind(models.TextChoices):
        BREACH = "breach", "Overdue"
        REMINDER = "reminder", "Coming up"
        NEWS = "news", "New"

    key = models.CharField(max_length=300, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes")
    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, null=True, related_name="+")
    thing = models.CharField(max_length=30, help_text="what the recipient must be allowed to read to be told")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    path = models.CharField(max_length=300, help_text="the page that it is about")
    written_at = models.DateTimeField()
    until = models.DateField(null=True, help_text="the last day on which it is still worth telling")
    digest = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="notes")
    left_out = models.CharField(max_length=100, blank=True, help_text="why it was never told")

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__isnull=True) | Q(left_out=""), name="note_told_or_left_out"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(digest__isnull=True, left_out=""), name="note_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class MailChoices(models.Model):
    """What somebody wants to be mailed, and when. Who has chosen nothing gets everything on working days."""

    class When(models.TextChoices):
        WORKING_DAYS = "working_days", "Every working day that brings something"
        DAILY = "daily", "Every day that brings something, weekends too"
        WEEKLY = "weekly", "Once a week, on its first working day"
        NEVER = "never", "Never"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_choices"
    )
    when = models.CharField(max_length=20, choices=When.choices, default=When.WORKING_DAYS)
    breaches = models.BooleanField(default=True)
    reminders = models.BooleanField(default=True)
    news = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.get_when_display()

    def wants(self, kind: str) -> bool:
        """Whether notes of this kind go into the digest at all."""
        return {
            Note.Kind.BREACH.value: self.breaches,
            Note.Kind.REMINDER.value: self.reminders,
            Note.Kind.NEWS.value: self.news,
        }[kind]
