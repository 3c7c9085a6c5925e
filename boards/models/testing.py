"""Independent testing: days provided and used, what was tested, what was found. Notes are the chair's until shared."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.bodies import Board


class TestingProvision(models.Model):
    """Days of independent testing that the council provided: the only part that a notice can find missed."""

    __test__ = False  # no test of ours

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="testing_provided")
    on = models.DateField(help_text="the day, or the first of the days")
    days = models.DecimalField(max_digits=4, decimal_places=1)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(
        "notices.Event", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gt=0), name="provision_is_of_some_days")]

    def __str__(self) -> str:
        return f"{self.days} days from {self.on}"


class Test(models.Model):
    """One piece of testing by the chair or a validator, on a sample of actions and objectives."""

    __test__ = False  # no test of ours

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        DONE = "done", "done"
        DROPPED = "dropped", "dropped"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="tests")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    tester = models.CharField(max_length=200)
    on = models.DateField(help_text="the day it is, or was, done")
    days = models.DecimalField(max_digits=4, decimal_places=1, default=0, help_text="days used")
    method = models.TextField(blank=True, help_text="case files read, staff spoken to, visits")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    notes = models.TextField(blank=True, help_text="the chair's own, until shared")
    notes_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField(
        null=True, blank=True, help_text="shown to the council for factual accuracy"
    )
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="test_number_once_a_board")]

    def __str__(self) -> str:
        return f"Test {self.number}: {self.title}"


class Finding(models.Model):
    """One action or objective in a test's sample: why it was chosen, what was found, the rating assured by it."""

    class Result(models.TextChoices):
        WAITING = "waiting", "not tested yet"
        CONFIRMED = "confirmed", "confirmed"
        PARTLY = "partly", "confirmed in part"
        NOT_CONFIRMED = "not_confirmed", "not confirmed"

    test = models.ForeignKey(Test, on_delete=models.PROTECT, related_name="findings")
    action = models.ForeignKey(
        "plans.Action", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    objective = models.ForeignKey(
        "plans.Objective", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    chosen_because = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=15, choices=Result.choices, default=Result.WAITING)
    text = models.TextField(blank=True)
    assured = models.CharField(max_length=20, blank=True, help_text="the code accepted after testing")
    found_at = models.DateTimeField(null=True, blank=True)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=True, objective__isnull=False)
                | Q(action__isnull=False, objective__isnull=True),
                name="finding_is_of_an_action_or_an_objective",
            ),
            models.UniqueConstraint(
                fields=["test", "action"], condition=Q(action__isnull=False), name="action_once_a_test"
            ),
            models.UniqueConstraint(
                fields=["test", "objective"],
                condition=Q(objective__isnull=False),
                name="objective_once_a_test",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test}: {self.action or self.objective}"
