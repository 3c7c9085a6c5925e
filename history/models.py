"""The append-only log. Database triggers (migration 0002) refuse update and delete on SQLite and PostgreSQL.

This room stands above all others, so it names nothing of theirs: a subject is a label such as "plans.action"
and a number, a person is a number and the name they had at the time.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Change(models.Model):
    """One field of one thing, changed. Field "" is the making of the thing; `new` has its first values."""

    council_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    field = models.CharField(max_length=60, blank=True)
    old = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    new = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(help_text="the subject's version once this change was made")
    on = models.DateField(help_text="the day the fact speaks of")
    recorded_at = models.DateTimeField(help_text="the moment it was written down")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    batch = models.UUIDField(null=True)
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id", "on", "recorded_at"], name="change_of_subject"),
            models.Index(fields=["council_id", "recorded_at"], name="change_of_council"),
            models.Index(fields=["batch"], name="change_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.field or 'made'} on {self.on}"


class Access(models.Model):
    """Somebody signed in, tried to, or read a file or a pack."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "signed in"
        SIGNED_OUT = "signed_out", "signed out"
        SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
        READ = "read", "read"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    council_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_uuid = models.UUIDField(
        null=True, help_text="for things that are numbered by UUID, such as files"
    )
    label = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["council_id", "at"], name="access_to_council"),
            models.Index(fields=["subject", "subject_id", "at"], name="access_to_subject"),
            models.Index(fields=["subject", "subject_uuid", "at"], name="access_to_uuid_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.get_kind_display()} {self.label}"
