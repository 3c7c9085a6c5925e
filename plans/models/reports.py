"""What people say of an action: updates, assurance, evidence, challenges. All but challenges append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models.actions import Action
from plans.models.plan import Plan, ScaleCode
from plans.models.undoable import Undoable


class ProgressUpdate(models.Model):
    """What was reported of an action, for a day. Append-only by triggers, but for redaction."""

    class Source(models.TextChoices):
        PAGE = "page", "on the page"
        DOCUMENT = "document", "read from a document"
        API = "api", "through the API"
        LINK = "link", "by a signed link"
        SHEET = "sheet", "in an Excel sheet of the lead's rows"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    on = models.DateField()
    rating = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, related_name="+")
    impact = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, related_name="+")
    narrative = models.TextField(blank=True)
    reason = models.TextField(
        blank=True, help_text="what is in the way; owed where the code means at risk or off track"
    )
    next_step = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.CharField(
        max_length=200, blank=True, help_text="who reported it, where that is not the user who recorded it"
    )
    batch = models.UUIDField(null=True)
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="undone_by",
        help_text="the report that this one puts back; neither counts from then on",
    )
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    objects = Undoable["ProgressUpdate"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["action", "-on", "-id"], name="update_of_action")]

    def __str__(self) -> str:
        return f"{self.action} on {self.on}"


class Assurance(models.Model):
    """What the chair or an independent validator accepts after testing. Append-only; the last one counts."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="assurances")
    on = models.DateField()
    rating = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, related_name="+")
    finding = models.TextField(help_text="what was tested and what it showed")
    said_by = models.CharField(max_length=200, blank=True, help_text="who assures, where another records it")
    source = models.CharField(
        max_length=200, blank=True, help_text="the test or meeting it comes from, in words"
    )
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["action", "-on", "-id"], name="assurance_of_action")]

    def __str__(self) -> str:
        return f"{self.action} on {self.on}"


class Evidence(models.Model):
    """A file or a link that supports what is said of an action. Withdrawn, never deleted."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    update = models.ForeignKey(
        ProgressUpdate, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    title = models.CharField(max_length=300)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.URLField(max_length=2000, blank=True)
    on = models.DateField(help_text="the day the evidence speaks of")
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, address="") | (Q(file__isnull=True) & ~Q(address="")),
                name="evidence_is_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Challenge(models.Model):
    """A question to an action's lead about something that does not add up. Open until it is answered and closed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="challenges")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="challenges")
    rule = models.CharField(
        max_length=40, blank=True, help_text="the rule of plans.adding_up; empty for own words"
    )
    question = models.TextField()
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="the answer was accepted on this day")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["plan"], condition=Q(closed_on__isnull=True), name="challenge_open")]

    def __str__(self) -> str:
        return f"{self.action}: {self.question[:60]}"


class RuleSwitch(models.Model):
    """From which day a rule of what does not add up holds for a plan; without a row it is off."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rules")
    rule = models.CharField(max_length=40)
    from_on = models.DateField(null=True, blank=True, help_text="inclusive; empty: switched off")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "rule"], name="rule_once_a_plan")]

    def __str__(self) -> str:
        return self.rule
