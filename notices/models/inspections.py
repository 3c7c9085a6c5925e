"""Inspections with their several dates, what they judged and what they recommended."""

from django.db import models
from django.db.models import F, Q

from notices.models.evidence import Shown


class Inspection(Shown):
    """An inspection, re-inspection or visit of a council's services. At least one of its dates is known.

    `label`, `link` and `file` are those of its report.
    """

    class Kind(models.TextChoices):
        INSPECTION = "inspection", "Inspection"
        REINSPECTION = "reinspection", "Re-inspection"
        MONITORING_VISIT = "monitoring_visit", "Monitoring visit"
        FOCUSED_VISIT = "focused_visit", "Focused visit"
        JOINT = "joint", "Joint targeted area inspection"
        SEND = "send", "Area SEND inspection"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="inspections")
    body = models.CharField(max_length=200, help_text='who inspected, "Ofsted"')
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fieldwork_from = models.DateField(null=True, blank=True)
    fieldwork_to = models.DateField(null=True, blank=True, help_text="inclusive")
    reported_on = models.DateField(null=True, blank=True, help_text="the date on the report")
    published_on = models.DateField(null=True, blank=True)
    overall = models.CharField(
        max_length=100, blank=True, help_text="the overall judgement, in the report's word"
    )
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fieldwork_to__isnull=False)
                | Q(reported_on__isnull=False)
                | Q(published_on__isnull=False),
                name="inspection_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(fieldwork_from__isnull=True) | Q(fieldwork_to__gte=F("fieldwork_from")),
                name="inspection_fieldwork_in_order",
            ),
        ]
        indexes = [models.Index(fields=["council", "published_on"], name="inspection_of_council")]

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display().lower()}"


class Judgement(models.Model):
    """What an inspection judged of one area, in its own word ("inadequate")."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="judgements")
    order = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=300)
    judgement = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "order"], name="judgement_order_once_an_inspection")
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.judgement}"


class Recommendation(models.Model):
    """Something that an inspection asked for, with its number in the report where it has one."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="recommendations")
    order = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=30, blank=True)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "order"], name="recommendation_order_once_an_inspection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text[:60]}".strip()
