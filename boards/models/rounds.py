"""The collecting of updates before a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.meetings import Meeting


class Round(models.Model):
    """One round. The position date is fixed when it opens; closing freezes the position the board sees."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        CLOSED = "closed", "closed"
        DROPPED = "dropped", "dropped"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="rounds")
    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    position_on = models.DateField(help_text="the day the updates speak of, at the latest")
    answer_by = models.DateField(help_text="what leads are asked for: the last day")
    message = models.TextField(blank=True, help_text="words for the leads, from whoever opened it")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.ForeignKey(
        "plans.Position", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=~Q(state="dropped"), name="one_round_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="round_closed_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed", position__isnull=True), name="closed_round_has_its_position"
            ),
        ]

    def __str__(self) -> str:
        return f"Round for {self.meeting}"


class RoundAsk(models.Model):
    """An action that a round asks about. Answered is worked out: an update recorded since the round opened."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asks")
    action = models.ForeignKey("plans.Action", on_delete=models.PROTECT, related_name="+")
    leads = models.JSONField(default=list, help_text="the names of its leads when it was asked")
    people = models.JSONField(default=list, help_text="the number of each who is a person, beside its name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "action"], name="action_asked_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round}: {self.action}"


class RoundMail(models.Model):
    """Somebody was asked, or reminded, once. Append-only by triggers."""

    class Kind(models.TextChoices):
        ASKED = "asked", "asked"
        NUDGED = "nudged", "reminded"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="mails")
    lead = models.CharField(max_length=200, help_text="the name under which the plan has them")
    person = models.ForeignKey("councils.Person", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.EmailField(help_text="where it went")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actions = models.PositiveSmallIntegerField(help_text="how many it named")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.lead} {self.get_kind_display()}"
