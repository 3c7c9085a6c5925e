"""How leads without an account answer, and the lists that people keep of a plan."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.plan import Plan


class AnswerLink(models.Model):
    """A signed link by which one lead without an account answers for exactly their actions, for one round.

    The link itself is sent once; only its hash is kept. `lead` are the words that the plan uses for the lead, or
    `person` and `organisation` where one is known.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="answer_links")
    lead = models.CharField(max_length=200)
    person = models.ForeignKey(
        "councils.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "councils.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True, help_text="where the link was sent")
    label = models.CharField(max_length=200, help_text="the round it is for, in words")
    position_on = models.DateField(null=True, blank=True, help_text="the day that answers speak of")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(help_text="exclusive")
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organisation__isnull=True),
                name="link_for_person_or_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead}, {self.label}"

    @property
    def last_day(self) -> dt.date:
        """The last day on which it works, as pages and messages name its end."""
        return timezone.localdate(self.expires_at - dt.timedelta(microseconds=1))


class SavedFilter(models.Model):
    """A list somebody keeps of a plan: a name and the query of the address, shared with the council or not."""

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="saved_filters")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=1000, blank=True)
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "owner", "name"], name="filter_name_once_an_owner")
        ]

    def __str__(self) -> str:
        return self.name
