"""What the council gave to its scrutiny committee, and what the committee recommended. Nothing is deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Q


def _who() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


class Publication(models.Model):
    """A position of the plan, the decisions of a meeting or a submitted report, given to scrutiny by the office.

    Taken back with a reason, it stays on record and may be given again by another publication.
    """

    class Kind(models.TextChoices):
        POSITION = "position", "position of the plan"
        DECISIONS = "decisions", "decisions of a board"
        REPORT = "report", "report"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.ForeignKey(
        "plans.Position", on_delete=models.PROTECT, null=True, blank=True, related_name="publications"
    )
    meeting = models.ForeignKey(
        "boards.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="publications"
    )
    decisions = models.JSONField(default=list, help_text="the decisions of the meeting that were published")
    report = models.ForeignKey(
        "reporting.Report", on_delete=models.PROTECT, null=True, blank=True, related_name="publications"
    )
    note = models.TextField(blank=True, help_text="what the office says to the committee")
    published_at = models.DateTimeField()
    published_by = _who()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = _who()
    taken_back_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="position", position__isnull=False, meeting=None, report=None)
                | Q(kind="decisions", position=None, meeting__isnull=False, report=None)
                | Q(kind="report", position=None, meeting=None, report__isnull=False),
                name="publication_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | ~Q(taken_back_because=""),
                name="publication_taken_back_and_why",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name], condition=Q(taken_back_at=None), name=f"{name}_published_once"
                )
                for name in ("position", "meeting", "report")
            ),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.POSITION:
            return f"Plan as at {_day(self.position.on)}" if self.position else "Plan"
        if self.kind == self.Kind.DECISIONS and self.meeting:
            return f"Decisions of the {self.meeting.board.name}, {_day(self.meeting.on)}"
        return f"{self.report}, {_day(self.report.submitted.on)}" if self.report else "Report"

    @property
    def live(self) -> bool:
        return self.taken_back_at is None


class Recommendation(models.Model):
    """What the committee recommended: a matter arising of a board, and what the board answered."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        PARTLY = "partly", "Accepted in part"
        NOT_ACCEPTED = "not", "Not accepted"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(help_text="counts the council's; never used again")
    text = models.TextField()
    made_on = models.DateField(help_text="the day of the committee")
    about = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    matter = models.OneToOneField("boards.Matter", on_delete=models.PROTECT, related_name="recommendation")
    recorded_at = models.DateTimeField()
    recorded_by = _who()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_text = models.TextField(blank=True, help_text="the board's answer to the committee, in its words")
    answered_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"], name="recommendation_number_once_a_council"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & ~Q(answer_text="") & Q(answered_on__isnull=False)),
                name="recommendation_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

    @property
    def state_words(self) -> str:
        """How the matter that it became stands, as the committee may know it."""
        matter = self.matter
        if matter.state == "open":
            return f"open, due {_day(matter.due_on)}" if matter.due_on else "open"
        return f"{matter.get_state_display()}, {_day(matter.closed_on)}"


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
