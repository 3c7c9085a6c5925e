"""What was agreed about a notice, and what people recorded of single deadlines. Both append-only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from notices.models.evidence import Redactable, Shown
from notices.models.instruments import Instrument


class Agreement(Shown, Redactable):
    """Something the Department (or whoever the notice names) agreed, with its letter. A later row `replaces` it.

    It is about a kind of event (`event_kind`, with `board` one board) or about one obligation (`obligation_key`).
    `label`, `link` and `file` are those of the letter. Counts from `agreed_on`, a frequency
    from `from_on` where it was agreed for a later day; history before it stands.
    """

    class Kind(models.TextChoices):
        FREQUENCY = "frequency", "Another frequency"
        GAP = "gap", "A single gap"
        INTERVAL = "interval", "An interval or a date"
        DATASET = "dataset", "A dataset"
        TOLERANCE = "tolerance", "A tolerance"
        OTHER = "other", "Something else"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="agreements")
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    event_kind = models.CharField(max_length=30, blank=True)
    board = models.CharField(max_length=200, blank=True)
    obligation_key = models.CharField(max_length=100, blank=True)
    period = models.JSONField(
        null=True, blank=True, help_text="frequency or tolerance: months, days or working_days"
    )
    gap_from = models.DateField(null=True, blank=True)
    gap_to = models.DateField(null=True, blank=True, help_text="inclusive")
    schedule = models.JSONField(null=True, blank=True, help_text="interval: as deadlines.codec writes it")
    words = models.TextField(help_text="what was agreed, in words")
    agreed_on = models.DateField()
    from_on = models.DateField(
        null=True, blank=True, help_text="a frequency: the day it counts from, where that is a later one"
    )
    agreed_by = models.CharField(max_length=300, help_text="who agreed: a name or post, and whose")
    withdrawn = models.BooleanField(default=False, help_text="the agreement it replaces no longer counts")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="frequency") | Q(period__isnull=False), name="agreed_frequency_has_a_period"
            ),
            models.CheckConstraint(
                condition=~Q(kind="gap") | Q(gap_from__isnull=False, gap_to__gte=F("gap_from")),
                name="agreed_gap_has_two_days",
            ),
            models.CheckConstraint(
                condition=~Q(kind="interval") | (Q(schedule__isnull=False) & ~Q(obligation_key="")),
                name="agreed_interval_is_of_an_obligation",
            ),
            models.CheckConstraint(
                condition=~Q(kind="tolerance") | (Q(period__isnull=False) & ~Q(obligation_key="")),
                name="agreed_tolerance_is_of_an_obligation",
            ),
        ]
        indexes = [models.Index(fields=["council", "agreed_on"], name="agreement_of_council")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} agreed on {self.agreed_on:%d/%m/%Y}"


class DeadlineMark(Shown, Redactable):
    """What a person recorded of the deadline of one obligation that was due on a day. The last row (by id) holds.

    `label`, `link` and `file` are what met it, or the approval of a waiver.
    """

    class Kind(models.TextChoices):
        MET = "met", "met"
        WAIVED = "waived", "waived"
        REOPENED = "reopened", "opened again"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="deadline_marks")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="deadline_marks")
    obligation_key = models.CharField(max_length=100)
    due = models.DateField(help_text="the day it was due when this was recorded")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField(help_text="the day it was met, waived or opened again")
    reason = models.TextField(blank=True)
    approver = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="met") | ~Q(reason=""), name="mark_but_met_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(kind="waived") | ~Q(approver=""), name="waiver_has_an_approver"
            ),
        ]
        indexes = [
            models.Index(fields=["council", "instrument", "obligation_key"], name="mark_of_obligation")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_key} due {self.due:%d/%m/%Y}: {self.get_kind_display()}"
