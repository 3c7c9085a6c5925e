"""What shows that something was so: a label with a link or a file, never a foreign key to a room below."""

from django.db import models


class Shown(models.Model):
    """A label, and a link or a stored file behind it; all three may be missing."""

    label = models.CharField(max_length=300, blank=True)
    link = models.CharField(
        max_length=2000,
        blank=True,
        help_text="an address, or a path of the product's own such as a meeting's page",
    )
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class Redactable(models.Model):
    """The columns that say who blacked out a text that should never have been there, and why (`history.triggers`)."""

    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    class Meta:
        abstract = True
