"""What is made of the rooms above: board packs. A pack that was made is never altered; a supplement adds to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class PackTemplate(models.Model):
    """Which sections a council's packs have, in which order."""

    council = models.OneToOneField("councils.Council", on_delete=models.PROTECT, related_name="pack_template")
    sections = models.JSONField(default=list, help_text="codes of reporting.packs.facts.Section")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Packs of {self.council}"


class Pack(models.Model):
    """One making of a meeting's pack. Its figures are the plan's at `position_on`, as known at `recorded_until`.

    `whole` is the copy with every item, `open_copy` the one without restricted items: one file where there are none.
    """

    class Edition(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        SUPPLEMENT = "supplement", "Supplement"

    class State(models.TextChoices):
        MAKING = "making", "being made"
        READY = "ready", "ready"
        REFUSED = "refused", "could not be made"

    meeting = models.ForeignKey("boards.Meeting", on_delete=models.PROTECT, related_name="packs")
    edition = models.CharField(max_length=10, choices=Edition.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAKING)
    sections = models.JSONField(default=list)
    position_on = models.DateField()
    recorded_until = models.DateTimeField()
    position = models.ForeignKey(
        "plans.Position", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    whole = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    open_copy = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pages = models.PositiveIntegerField(null=True, blank=True)
    problem = models.TextField(blank=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(edition="published") & ~Q(state="refused"),
                name="one_published_pack_a_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(whole__isnull=False, open_copy__isnull=False),
                name="ready_pack_has_its_files",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "-id"], name="pack_of_meeting")]

    def __str__(self) -> str:
        return f"{self.get_edition_display()} pack of {self.meeting}"

    @property
    def ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def being_made(self) -> bool:
        """Whether a worker may still finish it: not once its job was given up."""
        return self.state == self.State.MAKING and not (self.job and self.job.state == "failed")
