"""How what is made in this room reads in the change log; the chair's questions are named by their number alone."""

from collections.abc import Collection

from django.urls import reverse

from history.labels import Kind, Label, register
from reporting.models import ChairQuestion, Newsletter, Publication, Recommendation, Report, ReportTemplate
from reporting.reports.kinds import KINDS


def _questions(numbers: Collection[int]) -> dict[int, Label]:
    return {row.pk: Label(str(row)) for row in ChairQuestion.objects.filter(pk__in=numbers)}


def _newsletters(numbers: Collection[int]) -> dict[int, Label]:
    rows = Newsletter.objects.filter(pk__in=numbers).select_related("meeting__board__council")
    return {
        row.pk: Label(
            row.title,
            reverse(
                "reporting:newsletter",
                kwargs={"council": row.meeting.board.council.slug, "meeting": row.meeting_id},
            ),
        )
        for row in rows
    }


def _reports(numbers: Collection[int]) -> dict[int, Label]:
    rows = Report.objects.filter(pk__in=numbers).select_related("council")
    return {
        row.pk: Label(
            f"{KINDS[row.kind].title} begun {row.begun_at:%d/%m/%Y}",
            reverse("reporting:report", kwargs={"council": row.council.slug, "report": row.pk}),
        )
        for row in rows
    }


def _templates(numbers: Collection[int]) -> dict[int, Label]:
    rows = ReportTemplate.objects.filter(pk__in=numbers).select_related("council", "instrument")
    return {
        row.pk: Label(
            f"{KINDS[row.kind].title}, {row.instrument}" if row.instrument else KINDS[row.kind].title,
            reverse("reporting:report_template", kwargs={"council": row.council.slug, "kind": row.kind}),
        )
        for row in rows
    }


register("reporting.chairquestion", Kind("question of the chair’s", _questions))
register("reporting.newsletter", Kind("newsletter", _newsletters))
register("reporting.report", Kind("report", _reports, {"as_at": "facts as at", "position_on": "plan as at"}))
register("reporting.reporttemplate", Kind("sections of reports", _templates))


def _publications(numbers: Collection[int]) -> dict[int, Label]:
    rows = Publication.objects.filter(pk__in=numbers).select_related(
        "council", "position", "meeting__board", "report"
    )
    return {row.pk: Label(str(row), _page(row.council.slug)) for row in rows}


def _recommendations(numbers: Collection[int]) -> dict[int, Label]:
    rows = Recommendation.objects.filter(pk__in=numbers).select_related("council")
    return {row.pk: Label(str(row), _page(row.council.slug)) for row in rows}


def _page(council: str) -> str:
    return reverse("reporting:scrutiny", kwargs={"council": council})


register(
    "reporting.publication", Kind("publication to scrutiny", _publications, {"taken_back": "taken back"})
)
register(
    "reporting.recommendation",
    Kind(
        "recommendation of scrutiny",
        _recommendations,
        {"answer_text": "answer in words", "answered_on": "answered", "made_on": "made"},
        {"matter": "boards.matter"},
    ),
)
