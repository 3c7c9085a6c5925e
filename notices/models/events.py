"""Dated facts that deadlines count from."""

from django.conf import settings
from django.db import models

from notices.models.evidence import Redactable, Shown


class Event(Shown, Redactable):
    """Something that is planned, happened or was cancelled on a day. Append-only: a later row replaces an earlier one.

    Triggers refuse update and delete; a correction is a new row that `replaces` the old. The kinds are those of
    `deadlines.kinds`.
    """

    class Kind(models.TextChoices):
        INSPECTION_PUBLISHED = "inspection_published", "Inspection report published"
        INSPECTION_REPORTED = "inspection_reported", "Date on the inspection report"
        INSPECTION_ENDED = "inspection_ended", "End of the inspection's fieldwork"
        NOTICE_ISSUED = "notice_issued", "Improvement notice issued"
        NOTICE_AMENDED = "notice_amended", "Notice amended"
        NOTICE_LIFTED = "notice_lifted", "Notice lifted"
        NOTICE_CANCELLED = "notice_cancelled", "Notice cancelled"
        NOTICE_RESCINDED = "notice_rescinded", "Notice rescinded"
        NOTICE_REPLACED = "notice_replaced", "Notice replaced"
        BOARD_HELD = "board_held", "Improvement board"
        REVIEW_HELD = "review_held", "DfE review"
        REVIEW_REQUESTED = "review_requested", "Review asked for"
        DISCUSSION_HELD = "discussion_held", "Performance challenge discussion"
        VISIT_HELD = "visit_held", "Monitoring visit"
        REPORT_SUBMITTED = "report_submitted", "Report submitted"
        REPORT_REQUESTED = "report_requested", "Report asked for"
        ADVISER_PLACED = "adviser_placed", "Adviser placed"
        COMMISSIONER_APPOINTED = "commissioner_appointed", "Commissioner appointed"
        TESTING_PROVIDED = "testing_provided", "Days for independent testing provided"
        MEMBER_APPOINTED = "member_appointed", "Board member appointed"
        TERMS_CHANGED = "terms_changed", "Terms of reference changed"
        FAILURE_FOUND = "failure_found", "Failure to comply found"

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        HAPPENED = "happened", "happened"
        CANCELLED = "cancelled", "cancelled"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="events")
    instrument = models.ForeignKey(
        "notices.Instrument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        help_text="the notice this fact is about, where it is about one: its issue, amendment or end",
    )
    inspection = models.ForeignKey(
        "notices.Inspection", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    kind = models.CharField(max_length=30, choices=Kind.choices)
    board = models.CharField(max_length=200, blank=True, help_text="which board, where it is one")
    report = models.CharField(
        max_length=100,
        blank=True,
        help_text="which report: what its obligation is met by, or the obligation's key",
    )
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    counts = models.BooleanField(default=True, help_text="whether it counts for the notice")
    counts_because = models.CharField(
        max_length=300, blank=True, help_text="why a meeting does not count, or counts all the same"
    )
    on_request = models.BooleanField(default=False, help_text="a review held on request")
    resets = models.BooleanField(default=True, help_text="whether it starts the interval again")
    amount = models.FloatField(default=0, help_text="how much was provided, such as days of testing")
    wanted_by = models.DateField(null=True, blank=True, help_text="the day a request names (inclusive)")
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


class BoardRename(models.Model):
    """A board is called something else from a moment on. Append-only, as the events that hold its earlier name are.

    Rows recorded up to that moment under the earlier name are about the board of the new one.
    """

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="board_renames")
    was = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["council", "recorded_at"], name="board_rename_of_council")]

    def __str__(self) -> str:
        return f"{self.was} became {self.name}"
