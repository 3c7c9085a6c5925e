"""Reports that somebody owes: drafts with every version of their words, and what was submitted, never altered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.reports.kinds import KINDS


def _who() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


class ReportTemplate(models.Model):
    """Which sections a council's reports of one kind have, in which order, under which headings.

    Those that one notice or direction asks for may have others than the council's usual ones (`instrument` None).
    """

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="report_templates")
    kind = models.CharField(max_length=30)
    instrument = models.ForeignKey(
        "notices.Instrument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sections = models.JSONField(default=list, help_text='[{"code": ..., "heading": ...}]')
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind"],
                condition=Q(instrument__isnull=True),
                name="report_template_once_a_kind",
            ),
            models.UniqueConstraint(
                fields=["council", "kind", "instrument"], name="report_template_once_an_instrument"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.council}"


class Report(models.Model):
    """One report from its draft on. Its facts refresh until they are frozen; once submitted it is only read.

    `instrument` and `obligation_key` say which duty it meets, `due` when that fell due when last looked at. The
    figures of a frozen report are the plan's at `position_on` as known at `recorded_until`, all else as at `as_at`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        VALIDATED = "validated", "checked"
        SIGNED = "signed", "signed"
        SUBMITTED = "submitted", "submitted"
        WITHDRAWN = "withdrawn", "withdrawn"
        DROPPED = "dropped", "dropped"

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=30, help_text="a code of reporting.reports.kinds")
    board = models.ForeignKey(
        "boards.Board", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    instrument = models.ForeignKey(
        "notices.Instrument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    obligation_key = models.CharField(max_length=100, blank=True)
    due = models.DateField(null=True, blank=True)
    addressee = models.TextField(blank=True, help_text="name and address, a line each")
    begun_at = models.DateTimeField()
    begun_by = _who()
    # frozen facts
    facts = models.JSONField(null=True, blank=True, help_text="reporting.reports.facts, once frozen")
    as_at = models.DateField(null=True, blank=True)
    position_on = models.DateField(null=True, blank=True)
    recorded_until = models.DateTimeField(null=True, blank=True)
    position = models.ForeignKey(
        "plans.Position", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = _who()
    # signature
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = _who()
    signature = models.CharField(max_length=300, blank=True, help_text="name and post under the report")
    job = models.ForeignKey(
        "jobs.Job",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the submission under way, or the last one tried",
    )
    preview = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # afterwards
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    corrects = models.TextField(blank=True, help_text="what was wrong with the report that it replaces")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _who()
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind", "instrument", "obligation_key"],
                condition=Q(state__in=["draft", "validated", "signed"])
                & Q(instrument__isnull=False, replaces__isnull=True),
                name="one_open_draft_a_duty",
            ),
            models.CheckConstraint(
                condition=Q(facts__isnull=True, as_at__isnull=True, frozen_at__isnull=True)
                | Q(facts__isnull=False, as_at__isnull=False, frozen_at__isnull=False),
                name="report_frozen_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "submitted"])
                | Q(signed_at__isnull=False, facts__isnull=False),
                name="signed_report_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="report_withdrawn_and_when",
            ),
        ]
        indexes = [models.Index(fields=["council", "kind", "-begun_at"], name="report_of_council")]

    def __str__(self) -> str:
        return KINDS[self.kind].title

    @property
    def open(self) -> bool:
        """Whether it can still be worked on."""
        return self.state in {self.State.DRAFT, self.State.VALIDATED, self.State.SIGNED}

    @property
    def editable(self) -> bool:
        """Whether its words may be changed: a signed one is given back to its author first."""
        return self.state in {self.State.DRAFT, self.State.VALIDATED}

    @property
    def frozen(self) -> bool:
        return self.facts is not None


class ReportSection(models.Model):
    """One section: the author's words as they stand, and whether the facts beside them are printed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300)
    area = models.CharField(
        max_length=500, blank=True, help_text="the heading of the notice that it comments on"
    )
    text = models.TextField(blank=True)
    prints_facts = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="section_code_once_a_report")]

    def __str__(self) -> str:
        return self.heading


class SectionVersion(models.Model):
    """The words of a section as they were saved. Append-only by triggers."""

    section = models.ForeignKey(ReportSection, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = _who()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="section_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.section}, version {self.number}"


class Judgement(models.Model):
    """Whether a requirement is met, as the author judges it in this report."""

    class Verdict(models.TextChoices):
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"
        NOT_JUDGED = "not_judged", "Not judged in this report"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="judgements")
    requirement_key = models.CharField(max_length=100)
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "requirement_key"], name="judgement_once_a_requirement")
        ]

    def __str__(self) -> str:
        return f"{self.requirement_key}: {self.get_verdict_display()}"


class SubmittedReport(models.Model):
    """A report as it was submitted: everything that it says, its two files and its hash. Append-only by triggers."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="submitted")
    body = models.JSONField(help_text="reporting.reports.letter")
    sha256 = models.CharField(max_length=64, help_text="of the body as canonical JSON")
    pdf = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField()
    on = models.DateField(help_text="the day it was submitted")
    at = models.DateTimeField()
    by = _who()
    met = models.CharField(max_length=300, blank=True, help_text="the deadline that it met, in words")
    event = models.ForeignKey("notices.Event", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.report}, submitted {self.on}"
