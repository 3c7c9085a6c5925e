"""A board, who sits on it, by which terms, how often it meets and what it always discusses."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from boards.models.purposes import Purpose
from boards.pack_sections import offered


class Capacity(models.TextChoices):
    """As what somebody takes part."""

    CHAIR = "chair", "Chair"
    MEMBER = "member", "Member"
    OBSERVER = "observer", "Participant observer"
    SUPPORT = "support", "Administrative support"


class Board(models.Model):
    """A standing body of a council. `of_notice`: its meetings are the boards that the notice's deadlines count."""

    class Kind(models.TextChoices):
        IMPROVEMENT = "improvement", "Improvement board"
        EXECUTIVE = "executive", "Executive group"
        OPERATIONAL = "operational", "Operational group"
        SUBGROUP = "subgroup", "Subgroup"
        GETTING_TO_GOOD = "getting_to_good", "Getting to good board"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="boards")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.IMPROVEMENT)
    of_notice = models.BooleanField(default=False)
    begun_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    quorum = models.PositiveSmallIntegerField(null=True, blank=True, help_text="members who must be there")
    usual_time = models.TimeField(null=True, blank=True)
    usual_minutes = models.PositiveSmallIntegerField(default=120)
    usual_place = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("council", Lower("name"), name="board_name_once_a_council"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("begun_on")),
                name="board_closes_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TermsOfReference(models.Model):
    """One version of a board's terms of reference, in force from a day until the next version is."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    text = models.TextField(blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True, help_text="what changed, who agreed it")
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="terms_number_once_a_board"),
            models.CheckConstraint(condition=~Q(text="", file__isnull=True), name="terms_say_something"),
        ]

    def __str__(self) -> str:
        return f"Terms of reference, version {self.number}"


class Seat(models.Model):
    """A place on the board; `required_by` says what asks for it ("notice, paragraph 12"), empty: nothing does."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200, help_text='"Chief Superintendent", "A head teacher"')
    organisation = models.ForeignKey(
        "councils.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    required_by = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="the last day the board has this seat")

    class Meta:
        constraints = [models.UniqueConstraint("board", Lower("title"), name="seat_once_a_board")]

    def __str__(self) -> str:
        return self.title


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, asked by day."""

    def on(self, day: dt.date) -> Self:
        """Those that count on a day (both ends inclusive)."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Membership(models.Model):
    """Somebody who takes part in a board from a day to a day (both inclusive); a chair says who approved it."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="memberships")
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    person = models.ForeignKey("councils.Person", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity.choices, default=Capacity.MEMBER)
    role = models.CharField(max_length=200, blank=True, help_text="their post, as the board lists it")
    organisation = models.ForeignKey(
        "councils.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="none: the council itself",
    )
    independent = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=200, blank=True, help_text="who approved a chair's appointment")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="membership_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["board", "from_on"], name="membership_of_board")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_capacity_display()}"

    def counts_on(self, day: dt.date) -> bool:
        """Whether it holds on that day."""
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)


class Acknowledgement(models.Model):
    """A member has read a version of the terms of reference. Append-only by triggers."""

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="acknowledgements")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="acknowledgements")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["terms", "membership"], name="terms_acknowledged_once")
        ]

    def __str__(self) -> str:
        return f"{self.terms}: {self.membership}"


class Frequency(models.Model):
    """How often the board meets: agreed from a day, or asked for and not (yet) agreed by the Department."""

    class Unit(models.TextChoices):
        WEEKS = "weeks", "weeks"
        MONTHS = "months", "months"

    class State(models.TextChoices):
        ASKED = "asked", "asked of the Department"
        AGREED = "agreed", "agreed"
        REFUSED = "refused", "refused"
        WITHDRAWN = "withdrawn", "withdrawn"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="frequencies")
    every = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.WEEKS)
    state = models.CharField(max_length=10, choices=State.choices)
    from_on = models.DateField(help_text="the day it holds from")
    because = models.TextField(blank=True, help_text="why it is asked for, or what asks for it")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(blank=True, help_text="the Department's words")
    letter = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board"], condition=Q(state="asked"), name="one_frequency_asked_for_at_a_time"
            ),
            models.CheckConstraint(condition=Q(every__gte=1), name="frequency_is_at_least_one"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_on__isnull=True)
                | (~Q(state="asked") & Q(decided_on__isnull=False)),
                name="frequency_decided_and_when",
            ),
        ]

    def __str__(self) -> str:
        unit = self.unit if self.every != 1 else self.unit.removesuffix("s")
        return f"every {unit}" if self.every == 1 else f"every {self.every} {unit}"


class StandingItem(models.Model):
    """One line of a board's agenda template; `under` makes it "3 (i)"."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="standing_items")
    under = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    presenter = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.DISCUSS)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    restricted = models.BooleanField(default=False)
    section = models.CharField(
        max_length=20, blank=True, choices=offered(), help_text="the section of the pack it is about"
    )

    def __str__(self) -> str:
        return self.title
