"""The board's log of risks and issues."""

from django.db import models
from django.db.models import Q

from boards.models.bodies import Board

LEVELS = [(1, "1, very low"), (2, "2, low"), (3, "3, medium"), (4, "4, high"), (5, "5, very high")]


class Risk(models.Model):
    """Something that may happen (risk) or has (issue): how likely, how bad, what is done about it."""

    class Kind(models.TextChoices):
        RISK = "risk", "Risk"
        ISSUE = "issue", "Issue"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RISK)
    text = models.TextField()
    likelihood = models.PositiveSmallIntegerField(choices=LEVELS, null=True, blank=True)
    impact = models.PositiveSmallIntegerField(choices=LEVELS)
    mitigation = models.TextField(blank=True)
    owner_name = models.CharField(max_length=200)
    objective = models.ForeignKey(
        "plans.Objective", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_on = models.DateField()
    reviewed_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="risk_number_once_a_board"),
            models.CheckConstraint(
                condition=Q(kind="issue", likelihood__isnull=True)
                | Q(kind="risk", likelihood__gte=1, likelihood__lte=5),
                name="a_risk_has_a_likelihood_an_issue_none",
            ),
            models.CheckConstraint(condition=Q(impact__gte=1, impact__lte=5), name="impact_from_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def score(self) -> int:
        """Likelihood times impact; an issue has happened, so it counts as certain."""
        return (self.likelihood or 5) * self.impact
