"""Dated facts that deadlines count from. The notice itself, its requirements and obligations join them here later."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Something that is planned, happened or was cancelled on a day. Append-only: a later row replaces an earlier one.

    Triggers refuse update and delete; a correction is a new row that `replaces` the old.
    """

    class Kind(models.TextChoices):
        INSPECTION_PUBLISHED = "inspection_published", "Inspection report published"
        NOTICE_ISSUED = "notice_issued", "Improvement notice issued"
        BOARD_HELD = "board_held", "Improvement board"
        REVIEW_HELD = "review_held", "DfE review"
        REPORT_SUBMITTED = "report_submitted", "Report submitted"
        ADVISER_PLACED = "adviser_placed", "Adviser placed"

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        HAPPENED = "happened", "happened"
        CANCELLED = "cancelled", "cancelled"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    board = models.CharField(max_length=200, blank=True, help_text="which board, where it is one")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    note = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["council", "kind", "on"], name="event_of_council")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()} {self.on}"
