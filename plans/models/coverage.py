"""What answers which provision of a notice, as people decided it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models.actions import Action
from plans.models.plan import Objective, Plan

_OF_A_TARGET = ["linked", "refused", "unlinked"]


class CoverageDecision(models.Model):
    """One decision about a provision of a notice, or a recommendation of an inspection. Append-only by triggers.

    Of the decisions about one provision and one target the last (by id) holds; so does the last of those without a
    target, which say whether it needs action at all. It holds on to the provision's `key`, which every version of a
    notice has, and keeps the words it was made for.
    """

    class Kind(models.TextChoices):
        LINKED = "linked", "linked"
        REFUSED = "refused", "refused"
        UNLINKED = "unlinked", "no longer linked"
        NOT_NEEDED = "not_needed", "needs no action"
        NEEDED = "needed", "needs action"

    council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="coverage_decisions"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="coverage")
    instrument = models.ForeignKey(
        "notices.Instrument", on_delete=models.PROTECT, null=True, related_name="+"
    )
    inspection = models.ForeignKey(
        "notices.Inspection", on_delete=models.PROTECT, null=True, related_name="+"
    )
    key = models.CharField(
        max_length=100, help_text="of the requirement; reference or place of a recommendation"
    )
    ref = models.CharField(max_length=100)
    words = models.TextField(help_text="the provision as it read when this was decided")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="coverage")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, related_name="coverage")
    reason = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.UUIDField(null=True)
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(instrument__isnull=False, inspection__isnull=True)
                | Q(instrument__isnull=True, inspection__isnull=False),
                name="coverage_of_notice_or_inspection",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["not_needed", "needed"], action__isnull=True, objective__isnull=True)
                | Q(kind__in=_OF_A_TARGET, action__isnull=False, objective__isnull=True)
                | Q(kind__in=_OF_A_TARGET, action__isnull=True, objective__isnull=False),
                name="coverage_link_has_one_target",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["linked", "refused"]) | ~Q(reason=""), name="coverage_says_why"
            ),
        ]
        indexes = [models.Index(fields=["plan", "id"], name="coverage_of_plan")]

    def __str__(self) -> str:
        return f"{self.ref}: {self.get_kind_display()}"
