"""Documents that a plan was read from, and what was found in them."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from plans.models.actions import Action
from plans.models.plan import Plan


class Reading(models.Model):
    """A document being read in: what was found, what the user chose, until it is written or left."""

    class State(models.TextChoices):
        READING = "reading", "being read"
        READY = "ready", "to be confirmed"
        REFUSED = "refused", "could not be read"
        WRITTEN = "written", "in the plan"
        LEFT = "left", "put aside"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="readings")
    kind = models.CharField(max_length=20, choices=Plan.Kind.choices, default=Plan.Kind.IMPROVEMENT)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField(help_text="the day the document speaks of")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    problem = models.TextField(blank=True)
    result = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="the whole reading, every cell of it"
    )
    choices = models.JSONField(
        default=dict, help_text="columns, standings and findings as the user settled them"
    )
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="readings")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.file} ({self.get_state_display()})"

    @property
    def being_read(self) -> bool:
        return self.state == self.State.READING

    @property
    def waiting(self) -> bool:
        """Whether it has been read and waits for somebody to confirm it."""
        return self.state == self.State.READY


class ColumnMemory(models.Model):
    """What a council's column is, as somebody corrected it: the council's next document is read so from the start."""

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="column_memories")
    heading = models.CharField(max_length=500)
    role = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "heading"], name="column_remembered_once")]

    def __str__(self) -> str:
        return f"{self.heading}: {self.role}"


class Finding(models.Model):
    """Something in a document that could not be taken as it stands, open until somebody settles it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="findings")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, related_name="findings")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="findings")
    ref = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=60)
    message = models.TextField()
    suggestion = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_how = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["plan"], condition=Q(settled_at__isnull=True), name="finding_open")]

    def __str__(self) -> str:
        return f"{self.ref} {self.code}"
