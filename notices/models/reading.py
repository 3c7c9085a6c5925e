"""A notice on its way in: what was sent, what was found in it, what a person made of that."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices.models.instruments import Instrument, NoticeVersion


class NoticeReading(models.Model):
    """A file or pasted text that was read as a notice. Nothing takes effect before it is confirmed.

    `proposal` is what `notices.reader` found, `choices` what people corrected and answered so far. With an
    `instrument` it is read as that instrument's next version.
    """

    class State(models.TextChoices):
        READING = "reading", "being read"
        READY = "ready", "waiting for confirmation"
        REFUSED = "refused", "could not be read"
        CONFIRMED = "confirmed", "confirmed"
        LEFT = "left", "put aside"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="notice_readings")
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="readings"
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    pasted = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    problem = models.TextField(blank=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    proposal = models.JSONField(null=True, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    became = models.OneToOneField(
        NoticeVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="reading"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(pasted=""), name="notice_reading_has_a_file_or_text"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it was read from, in words."""
        return self.file.name if self.file else "Pasted text"

    @property
    def being_read(self) -> bool:
        """Whether a job still reads it."""
        return self.state == self.State.READING

    @property
    def waiting(self) -> bool:
        """Whether it waits for a person."""
        return self.state == self.State.READY
