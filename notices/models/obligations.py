"""What a version of a notice says, and what follows from it for whom."""

from django.db import models
from django.db.models import Q

from deadlines.obligations import Force
from notices.models.instruments import NoticeVersion


class Requirement(models.Model):
    """One provision of a version, in its place in the tree, with the notice's own reference and words.

    `key` is the same in every version of the instrument that has this provision: links to plans hold on to it.
    """

    version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="requirements")
    key = models.CharField(max_length=100)
    order = models.PositiveIntegerField()
    ref = models.CharField(
        max_length=100, help_text="the notice's own reference, or one made from heading and place"
    )
    heading = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    start = models.PositiveIntegerField(help_text="where its words begin in the version's text (inclusive)")
    end = models.PositiveIntegerField(help_text="where they end (exclusive)")
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="continued_by",
        help_text="the same provision in the version before",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "ref"], name="requirement_ref_once_a_version"),
            models.UniqueConstraint(fields=["version", "key"], name="requirement_key_once_a_version"),
            models.UniqueConstraint(fields=["version", "order"], name="requirement_order_once_a_version"),
        ]

    def __str__(self) -> str:
        return self.ref


class Obligation(models.Model):
    """What a duty-holder must deliver or do, as confirmed by a person; its schedule as `deadlines.codec` has it.

    `key` is unique in a version and the same for the same duty in later ones; schedules of other obligations,
    agreements and marks name it. A later version that leaves a duty as it was `continues` it: the old row then
    no longer speaks. A changed or dropped duty is `superseded_on` the day of amendment, its successor `starts_on` it.
    """

    notice_version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="obligations")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="obligations")
    also = models.ManyToManyField(
        Requirement,
        blank=True,
        related_name="also_obligations",
        help_text="other provisions that ask for the same",
    )
    key = models.CharField(max_length=100)
    order = models.PositiveIntegerField()
    duty_holder = models.CharField(max_length=200)
    recipient = models.CharField(max_length=200, blank=True)
    deliverable = models.CharField(max_length=500)
    force = models.CharField(max_length=10, choices=[(force.value, force.value) for force in Force])
    schedule = models.JSONField(help_text="as deadlines.codec writes it")
    sentence = models.CharField(max_length=1000, help_text="the schedule in words, as the engine says it")
    met_by = models.JSONField(
        null=True, blank=True, help_text='which recorded events do it: {"kind": ..., "which": ...}'
    )
    quote = models.TextField(help_text="the words it was read from")
    quote_start = models.PositiveIntegerField()
    quote_end = models.PositiveIntegerField(help_text="exclusive")
    agreed_by = models.CharField(
        max_length=200, blank=True, help_text="who has to agree what the words leave open"
    )
    note = models.TextField(blank=True, help_text="how an open question was answered, and by whom")
    starts_on = models.DateField(
        null=True, blank=True, help_text="from this day (inclusive); empty: since the notice was issued"
    )
    superseded_on = models.DateField(
        null=True, blank=True, help_text="changed or dropped by an amendment on this day"
    )
    continues = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    changes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changed_by",
        help_text="the obligation of the version before that this one changes",
    )
    withdrawn = models.BooleanField(
        default=False, help_text="a person found that the notice asks for no such thing (`Correction`)"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice_version", "key"], name="obligation_key_once_a_version"),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | Q(changes__isnull=True),
                name="obligation_continues_or_changes",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def agreed(self) -> bool:
        """Whether it has a schedule; False where the notice leaves open when it is due."""
        return bool(self.schedule.get("kind") != "not_yet_agreed")
