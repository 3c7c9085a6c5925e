"""Calendars that people subscribe to, and when a council wants to be reminded."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from councils.models import ROLE_CHOICES


class CalendarFeed(models.Model):
    """One user's private calendar of one council's deadlines; its token is shown once and kept as a hash."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(
        max_length=4, help_text="the last characters, by which its owner knows it again"
    )
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "council"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_once_a_user_and_council",
            )
        ]

    def __str__(self) -> str:
        return f"calendar of {self.council} for {self.user}"


class ReminderSetting(models.Model):
    """How a council wants one role to be told of deadlines; without a row the product's own defaults hold."""

    council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="reminder_settings"
    )
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    days_before = models.JSONField(
        default=list, help_text="reminders so many days before a deadline; [] for none"
    )
    escalate_after = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="told of a breach so many days after its deadline; empty: never"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "role"], name="reminders_once_a_role")]

    def __str__(self) -> str:
        return f"reminders of {self.council} for {self.role}"
