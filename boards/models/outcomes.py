"""What a meeting resolved, what it asked somebody to do, and its minutes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.agenda import AgendaItem
from boards.models.bodies import Board
from boards.models.meetings import Meeting


class Decision(models.Model):
    """What a meeting resolved. Its reference, "7/2", is the second decision of meeting 7 and is never used again."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    restricted = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="recorded by mistake")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"Decision {self.meeting.number}/{self.number}"

    @property
    def ref(self) -> str:
        return f"{self.meeting.number}/{self.number}"


class Matter(models.Model):
    """Something the board asked somebody to do: a matter arising until it is done."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        DONE = "done", "done"
        WITHDRAWN = "withdrawn", "no longer asked for"

    class Source(models.TextChoices):
        BOARD = "board", "the board"
        SCRUTINY = "scrutiny", "scrutiny committee"
        DEPARTMENT = "department", "the Department"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="matters")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    number = models.PositiveSmallIntegerField(help_text="counts the board's matters; never used again")
    text = models.TextField()
    owner = models.ForeignKey(
        "councils.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "councils.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_name = models.CharField(max_length=200, help_text="as the board said it")
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.BOARD)
    asked_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="matter_number_once_a_board"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="matter_closed_and_when",
            ),
        ]
        indexes = [models.Index(fields=["board"], condition=Q(state="open"), name="matter_open")]

    def __str__(self) -> str:
        return f"Matter {self.number}"


class MatterNote(models.Model):
    """What was said of a matter, by its owner or at a meeting. Append-only by triggers, but for redaction."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="history")
    on = models.DateField()
    text = models.TextField()
    state = models.CharField(max_length=10, choices=Matter.State.choices, help_text="the state it left")
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    redacted_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.matter} on {self.on}"


class MatterMail(models.Model):
    """An owner without an account was written to, once for each `key`. Append-only by triggers."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="mails")
    person = models.ForeignKey("councils.Person", on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(help_text="where it went")
    key = models.CharField(max_length=100, unique=True)
    late = models.BooleanField(help_text="it was overdue; else nearly due")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter}: {self.address}"


class Minutes(models.Model):
    """The minutes of a meeting: a draft, given to members, approved at a later meeting (then only read)."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        CIRCULATED = "circulated", "circulated"
        APPROVED = "approved", "approved"

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    drafted_at = models.DateTimeField()
    approved_at_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_minutes"
    )
    approved_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="approved", approved_on__isnull=False)
                | (~Q(state="approved") & Q(approved_on__isnull=True)),
                name="minutes_approved_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"


class MinutesSection(models.Model):
    """One part of the minutes: the words under an item of the agenda, or under a heading of their own."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="sections")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True, help_text='"3 (i)", as it stood on the agenda')
    heading = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "order"], name="section_order_once_a_minutes")
        ]

    def __str__(self) -> str:
        return self.heading


class MinutesVersion(models.Model):
    """The minutes as they were when circulated or approved, whole. Append-only by triggers."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=Minutes.State.choices)
    body = models.JSONField(help_text="attendance, sections, decisions and matters: boards.minutes")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes}, version {self.number}"
