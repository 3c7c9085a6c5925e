"""What a meeting is about, the papers for it, and what later meetings are to look into."""

from django.conf import settings
from django.db import models

from boards.models.bodies import Board, StandingItem
from boards.models.meetings import Meeting
from boards.models.purposes import Purpose
from boards.pack_sections import offered

__all__ = ["AgendaItem", "ForwardItem", "Paper", "Purpose"]


class AgendaItem(models.Model):
    """One item. Its number ("3 (i)") follows from the order; a withdrawn item keeps its row and has no number."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
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
    standing = models.ForeignKey(
        StandingItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    notes = models.TextField(blank=True, help_text="what was said, as taken down during the meeting")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["meeting", "order"], name="item_of_meeting")]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A document for an item. `original` is what was sent, `pdf` what members read: the same where it was a PDF."""

    class State(models.TextChoices):
        CONVERTING = "converting", "being turned into PDF"
        READY = "ready", "ready"
        REFUSED = "refused", "could not be turned into PDF"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    original = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    pages = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    problem = models.TextField(blank=True)
    notes = models.JSONField(
        default=list, blank=True, help_text="what was seen in it: forms, A3 pages, rotation"
    )
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    restricted = models.BooleanField(default=False, help_text="by itself, or because its item is")
    restricted_itself = models.BooleanField(default=False, help_text="it stays so when its item opens")
    supplement = models.BooleanField(default=False, help_text="came after the papers were circulated")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ready", pdf__isnull=False) | ~models.Q(state="ready"),
                name="ready_paper_has_a_pdf",
            ),
            models.CheckConstraint(
                condition=models.Q(restricted=True) | models.Q(restricted_itself=False),
                name="paper_restricted_by_itself_is_restricted",
            ),
        ]
        indexes = [models.Index(fields=["item", "order"], name="paper_of_item")]

    def __str__(self) -> str:
        return self.title


class ForwardItem(models.Model):
    """Something the board means to look into at a later meeting: a deep dive by objective or partner."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="forward_items")
    title = models.CharField(max_length=300)
    objective = models.ForeignKey(
        "plans.Objective", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "councils.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    presenter = models.CharField(max_length=200, blank=True)
    planned_for = models.DateField(null=True, blank=True, help_text="about when")
    item = models.OneToOneField(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forward_item",
        help_text="where it came onto an agenda",
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.title
