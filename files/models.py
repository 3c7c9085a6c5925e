"""Stored files. The bytes lie in the storage under a name of ours; the row says what they are and whose."""

import uuid

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """A file somebody gave us or that we made; never altered, never overwritten."""

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "not scanned"
        CLEAN = "clean", "clean"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="files")
    thing = models.CharField(max_length=30, help_text="what rights are asked of: councils.rights.Thing")
    name = models.CharField(max_length=255, help_text="the name it came under, without any path")
    content = models.FileField(upload_to="files/%Y/%m/", max_length=300)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(
        max_length=150, help_text="sniffed from the bytes, not believed from the browser"
    )
    scan = models.CharField(max_length=20, choices=Scan.choices, default=Scan.NOT_SCANNED)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
