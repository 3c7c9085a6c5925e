"""A plan, its versions, its legend, its themes and objectives.

Current values on Theme, Objective and Action are caches of the change log: `manage.py rebuild_plan` makes
them again.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.rag import Palette, Standing
from plans.rows import word_of

STANDINGS = [(standing.value, standing.label) for standing in Standing]
PALETTE = [(colour.value, colour.label) for colour in Palette]


class Plan(models.Model):
    """A council's improvement plan, from its first reading to its end."""

    class Kind(models.TextChoices):
        IMPROVEMENT = "improvement", "Improvement plan"
        SAFEGUARDING = "safeguarding", "Safeguarding action plan"
        GETTING_TO_GOOD = "getting_to_good", "Getting to good plan"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.IMPROVEMENT)
    begun_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind"],
                condition=Q(closed_on__isnull=True),
                name="one_open_plan_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """The plan's wording as the board had it: a day and a moment in the log, a draft until the board endorses it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ENDORSED = "endorsed", "Endorsed"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    on = models.DateField()
    recorded_until = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    endorsed_on = models.DateField(null=True, blank=True)
    endorsed_by = models.CharField(max_length=300, blank=True, help_text="which board, by which decision")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft", endorsed_on__isnull=True, endorsed_by="")
                | (Q(state="endorsed", endorsed_on__isnull=False) & ~Q(endorsed_by="")),
                name="endorsed_version_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} version {self.number}"


class ScaleCode(models.Model):
    """One entry of the plan's legend. A mark ("shaded") is no rating and has no standing."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="scale")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    meaning = models.TextField(blank=True)
    colour = models.CharField(max_length=10, choices=PALETTE)
    is_mark = models.BooleanField(default=False)
    standing = models.CharField(max_length=20, choices=STANDINGS, blank=True)
    standing_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="scale_code_once_a_plan"),
            models.CheckConstraint(condition=Q(is_mark=False) | Q(standing=""), name="mark_has_no_standing"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The letter and the word: "A Amber"."""
        return f"{self.code} {word_of(self.code, self.name)}".strip()


class Theme(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="themes")
    order = models.PositiveIntegerField()
    title = models.TextField(blank=True, help_text="empty where the document has no themes")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "title"], name="theme_once_a_plan")]

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """A recommendation or priority that actions answer. Its rating is a person's judgement, not a roll-up."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="objectives")
    order = models.PositiveIntegerField()
    ref = models.CharField(max_length=60, blank=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    rating = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "ref"], condition=~Q(ref=""), name="objective_ref_once_a_plan"
            )
        ]

    def __str__(self) -> str:
        return self.ref or self.title or self.text[:60]


class Position(models.Model):
    """The plan as it stood on a day, as far as was known when it was frozen: what those above the council read."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="positions")
    on = models.DateField()
    recorded_until = models.DateTimeField()
    label = models.CharField(max_length=200)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["plan", "-on", "-recorded_until"], name="position_of_plan")]

    def __str__(self) -> str:
        return f"{self.label}, {self.on}"
