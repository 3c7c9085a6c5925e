"""Which councils the daily sweep has been through."""

from django.db import models


class SweptCouncil(models.Model):
    """One council on one day: swept at a moment, or tried and failed. A day without a row was missed."""

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="sweeps")
    on = models.DateField()
    attempts = models.PositiveSmallIntegerField(default=0)
    swept_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "on"], name="council_swept_once_a_day")]

    def __str__(self) -> str:
        return f"{self.council} on {self.on:%d/%m/%Y}"
