"""What was put right about obligations after they were confirmed: misread, missed, or none at all."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices.models.evidence import Redactable
from notices.models.obligations import Obligation


class Correction(Redactable):
    """Values of an obligation that a person put right, with the reason. Append-only; no amendment of the notice.

    `before` and `after` hold fields as stored; an obligation that was missed, or is none, changes `withdrawn` alone.
    A correction that `undoes` another puts back what stood before that one. `version` is the obligation's own once
    this was made.
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected", "corrected"
        ADDED = "added", "added: it had been missed"
        WITHDRAWN = "withdrawn", "withdrawn: it is none"
        UNDONE = "undone", "put back"

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    version = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason")]
        indexes = [models.Index(fields=["obligation", "recorded_at"], name="correction_of_obligation")]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.get_kind_display()}"

    @property
    def fields(self) -> list[str]:
        """What was put right, in words; nothing where the obligation as a whole came or went."""
        return [name.replace("_", " ") for name in self.after if name != "withdrawn"]
