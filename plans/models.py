"""Plans: what is stored. Ratings are codes of the plan's own scale; what a code means to the rules is its standing.

Current values on Theme, Objective and Action are caches of the change log: `manage.py rebuild_plan` makes
them again.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from plans.rag import Palette, Standing

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
        return f"{self.code} {self.name}"


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


class Action(models.Model):
    """One activity of the plan. A reference is never used again for another."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    order = models.PositiveIntegerField()
    ref = models.CharField(max_length=60)
    activity = models.TextField()
    outcome = models.TextField(blank=True)
    milestones = models.TextField(blank=True)
    timeline = models.TextField(blank=True, help_text="the council's own words")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    marks = models.JSONField(default=list, blank=True)
    rating = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    progress = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True, help_text="the day the latest update speaks of")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "ref"], name="action_ref_once_a_plan")]

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


class ProgressUpdate(models.Model):
    """What was reported of an action, for a day. Append-only by triggers, but for redaction."""

    class Source(models.TextChoices):
        PAGE = "page", "on the page"
        DOCUMENT = "document", "read from a document"
        API = "api", "through the API"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    on = models.DateField()
    rating = models.ForeignKey(ScaleCode, on_delete=models.PROTECT, null=True, related_name="+")
    narrative = models.TextField(blank=True)
    reason = models.TextField(
        blank=True, help_text="what is in the way; owed where the code means at risk or off track"
    )
    next_step = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.UUIDField(null=True)
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["action", "-on", "-id"], name="update_of_action")]

    def __str__(self) -> str:
        return f"{self.action} on {self.on}"


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
