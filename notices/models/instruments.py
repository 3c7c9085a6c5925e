"""The chain of instruments a council is or was under, and the dated versions of those that ask for something."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from notices.models.evidence import Shown
from notices.models.inspections import Inspection


class Instrument(Shown):
    """One link of the chain: informal support, a notice, a letter, a direction. Several may stand at once.

    One that was read in has versions with requirements; others stand in the chain alone. `label`, `link` and
    `file` are those of its document. An amendment of a notice that was read in is a new version of it.
    """

    class Kind(models.TextChoices):
        INFORMAL_SUPPORT = "informal_support", "Informal support"
        NOTICE = "notice", "Improvement notice"
        AMENDED_NOTICE = "amended_notice", "Amended improvement notice"
        REISSUED_NOTICE = "reissued_notice", "Reissued improvement notice"
        MINDED_TO = "minded_to", "“Minded to” letter"
        DIRECTION = "direction", "Statutory direction"
        DIRECTION_COMMISSIONER = "direction_commissioner", "Direction with a commissioner"
        TRUST = "trust", "Children's services trust"

    class End(models.TextChoices):
        LIFTED = "lifted", "lifted"
        CANCELLED = "cancelled", "cancelled"
        RESCINDED = "rescinded", "rescinded"
        REPLACED = "replaced", "replaced"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    on = models.DateField(help_text="the day it was issued")
    decided_by = models.CharField(
        max_length=300, blank=True, help_text="who decided or signed, as the document says"
    )
    addressee = models.CharField(max_length=500, blank=True)
    grounds = models.TextField(blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    rests_on = models.ManyToManyField(Inspection, blank=True, related_name="instruments")
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    end_words = models.CharField(max_length=300, blank=True, help_text="what the document itself calls it")
    ended_by = models.CharField(max_length=300, blank=True, help_text="who decided the end")
    end_grounds = models.TextField(blank=True)
    end_link = models.CharField(max_length=2000, blank=True)
    end_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end="") | (Q(ended_on__isnull=False) & ~Q(end="")),
                name="instrument_end_has_day_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("on")),
                name="instrument_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["council", "on"], name="instrument_of_council")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.on:%d/%m/%Y}"


class NoticeVersion(Shown):
    """An instrument's words from a day on: version 1 as issued, later ones as amended.

    `text` is what requirement and quote spans point into. `label`, `link` and `file` are those of the document.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    text = models.TextField()
    decided_by = models.CharField(max_length=300, blank=True)
    grounds = models.TextField(blank=True, help_text="why it was amended")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="version_number_once_an_instrument")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.instrument}"
