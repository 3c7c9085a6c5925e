"""One sitting of a board, its moves, and who was there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from boards.models.bodies import Board, Capacity, Membership


class Meeting(models.Model):
    """One sitting. A moved meeting stays the same meeting, with a `MeetingMove` for each earlier day."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        HELD = "held", "held"
        CANCELLED = "cancelled", "cancelled"

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "ordinary"
        EXTRAORDINARY = "extraordinary", "extraordinary"
        RECONVENED = "reconvened", "reconvened"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(
        help_text="by day, until it is given: boards.services.numbering"
    )
    kind = models.CharField(max_length=15, choices=Kind.choices, default=Kind.ORDINARY)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=300, blank=True, help_text="room, or the link of a call")
    reconvenes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reconvened_as"
    )
    counts = models.BooleanField(default=True, help_text="whether it is one of the boards the notice counts")
    counts_because = models.CharField(max_length=300, blank=True)
    quorate = models.BooleanField(null=True, blank=True)
    cancelled_because = models.TextField(blank=True)
    circulated_at = models.DateTimeField(
        null=True, blank=True, help_text="when members were given agenda and papers; empty: a draft"
    )
    circulated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_recorded_at = models.DateTimeField(null=True, blank=True)
    held_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    event = models.ForeignKey(
        "notices.Event",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="what the deadlines know of it: the latest row",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="meeting_number_once_a_board"),
            models.UniqueConstraint(
                fields=["board", "on"], condition=~Q(state="cancelled"), name="one_meeting_of_a_board_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") | Q(cancelled_because=""), name="only_cancelled_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="held", held_recorded_at__isnull=False)
                | (~Q(state="held") & Q(held_recorded_at__isnull=True)),
                name="meeting_held_and_recorded",
            ),
        ]
        indexes = [models.Index(fields=["board", "-on"], name="meeting_of_board")]

    def __str__(self) -> str:
        return f"{self.board}, {self.on.day} {self.on:%B %Y}"

    @property
    def planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def cancelled(self) -> bool:
        return self.state == self.State.CANCELLED


class MeetingMove(models.Model):
    """A meeting was moved from a day to another. Append-only by triggers."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    from_on = models.DateField()
    to_on = models.DateField()
    because = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_on=F("to_on")), name="move_is_to_another_day")
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: from {self.from_on}"


class Attendance(models.Model):
    """Whether one who belongs to the board, or a guest, was at a meeting; name and organisation as they were then."""

    class State(models.TextChoices):
        PRESENT = "present", "Present"
        DEPUTY = "deputy", "Sent a deputy"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent without apologies"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        "councils.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="none: the council itself",
    )
    capacity = models.CharField(
        max_length=10, choices=[*Capacity.choices, ("guest", "In attendance")], default=Capacity.MEMBER
    )
    state = models.CharField(max_length=10, choices=State.choices)
    deputy = models.CharField(max_length=200, blank=True, help_text="who came instead")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                condition=Q(membership__isnull=False),
                name="attendance_once_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    @property
    def independent(self) -> bool:
        """Whether they belong to the board without belonging to the council or a partner."""
        return self.membership is not None and self.membership.independent

    @property
    def represented(self) -> bool:
        """Whether the member, or somebody for them, was there."""
        return self.state in {self.State.PRESENT, self.State.DEPUTY}
