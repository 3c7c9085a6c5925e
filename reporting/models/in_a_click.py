"""What the chair means to challenge, which is the chair's own, and what staff and schools are told after a board."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class ChairQuestion(models.Model):
    """A question of the chair's for a meeting: one of their own, or one from the facts that they did something with.

    `key` names the case it is about (`reporting.chair.questions`), "" for the chair's own. Nobody else reads it: the
    change log says that it was changed and not what it says.
    """

    meeting = models.ForeignKey("boards.Meeting", on_delete=models.PROTECT, related_name="chair_questions")
    key = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=300, blank=True)
    case = models.TextField(blank=True, help_text="what was the case when it was kept")
    ask = models.TextField(help_text="the question")
    link = models.CharField(max_length=300, blank=True, help_text="a path of this site")
    note = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True, help_text="not worth asking at this meeting")
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "key"], condition=~Q(key=""), name="chair_question_once_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.pk} of the chair’s"


class Newsletter(models.Model):
    """What staff and schools are told after a meeting: drafted from facts, then written by people."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        READY = "ready", "ready to go out"

    meeting = models.OneToOneField("boards.Meeting", on_delete=models.PROTECT, related_name="newsletter")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=200)
    opening = models.TextField(blank=True)
    decided = models.TextField(blank=True, help_text="one thing a line")
    completed = models.TextField(blank=True, help_text="one thing a line")
    coming = models.TextField(blank=True, help_text="one thing a line")
    closing = models.TextField(blank=True)
    drafted = models.JSONField(default=dict, help_text="each part as it was drafted from facts")
    drafted_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.title

    @property
    def ready(self) -> bool:
        """Whether it may go out."""
        return self.state == self.State.READY
