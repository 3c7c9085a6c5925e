"""Actions, who leads them, and when they are due."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models.plan import Objective, Plan, ScaleCode
from plans.models.undoable import Undoable


class Action(models.Model):
    """One activity of the plan. A reference is never used again for another."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    order = models.PositiveIntegerField()
    ref = models.CharField(max_length=60)
    activity = models.TextField()
    outcome = models.TextField(blank=True)
    milestones = models.TextField(blank=True, help_text="as the council's document has them, in one text")
    timeline = models.TextField(blank=True, help_text="the council's own words")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    recurs = models.JSONField(
        null=True, blank=True, help_text="the schedule of a timeline that recurs, as deadlines.codec has it"
    )
    evidence_words = models.TextField(blank=True, help_text="what a document says the evidence is or will be")
    marks = models.JSONField(default=list, blank=True)
    rating = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    impact = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    progress = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True, help_text="the day the latest update speaks of")
    assured = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    assured_on = models.DateField(null=True, blank=True)
    retired_on = models.DateField(
        null=True, blank=True, help_text="from this day (inclusive) it is no longer part of the plan"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="split_into"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "ref"], name="action_ref_once_a_plan"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(retired_on__isnull=False),
                name="merged_action_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class ActionLead(models.Model):
    """Who leads: a person, with or without an account, or an organisation, or only the words that the plan uses."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="leads")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    person = models.ForeignKey("councils.Person", on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "councils.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organisation__isnull=True),
                name="lead_is_person_or_organisation",
            ),
            models.UniqueConstraint(fields=["action", "order"], name="lead_order_once_an_action"),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A step on an action's way, with a day of its own. It may slip while the action's end holds."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(
        null=True, blank=True, help_text="no longer a step from this day (inclusive)"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "order"], name="milestone_order_once_an_action")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class MovedEnd(models.Model):
    """An action's end that was moved: from which day to which, why, and who approved it. Append-only by triggers."""

    class Source(models.TextChoices):
        PAGE = "page", "on the page"
        DOCUMENT = "document", "read from a document"
        API = "api", "through the API"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="moved_ends")
    old = models.DateField(null=True, help_text="empty where the action had no end before")
    new = models.DateField(null=True, help_text="empty where the end was taken away")
    on = models.DateField(null=True, help_text="the day of the move; empty where a document does not say")
    reason = models.TextField(blank=True)
    approved_by = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.UUIDField(null=True)
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="undone_by",
        help_text="the move that this one puts back; neither counts from then on",
    )
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    objects = Undoable["MovedEnd"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["action", "id"], name="moved_end_of_action")]

    def __str__(self) -> str:
        return f"{self.action}: {self.old} to {self.new}"
