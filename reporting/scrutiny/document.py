"""The document for the committee: a publication with the recommendations, as PDF or Word by a job."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from boards.services.records import Act
from councils.models import Council
from councils.rights import Thing
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_once
from plans.exporting.page import css_string
from plans.exporting.press import PrintingFailed
from plans.exporting.printing import render
from reporting.models import Publication
from reporting.scrutiny.reading import Shown, publication_of, recommendations_of, shown
from reporting.scrutiny.word import as_word

MAKE = "reporting.scrutiny_document"
STYLES = ("pack.css", "scrutiny.css")


FORMATS = {"pdf": "PDF", "docx": "Word document"}


def as_html(publication: Shown, council: Council) -> str:
    """The page to print, with its style in it."""
    folder = settings.BASE_DIR / Path("static") / "print"
    known = {
        "shown": publication,
        "council": council,
        "recommendations": list(recommendations_of(council)),
        "css": "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES),
        "running": css_string(f"{council.name}: {publication.row}"),
    }
    return render_to_string("reporting/scrutiny/document.html", known, using="pages")


def ask_for_document(*, act: Act, row: Publication, kind: str) -> Job:
    """Have the document of a publication made, "pdf" or "docx"; the job under way where that was just asked."""
    return queue_once(
        kind=MAKE,
        council=act.council,
        thing=Thing.SCRUTINY,
        title=f"{row}: {FORMATS[kind]} for scrutiny"[:200],
        back_url=reverse(
            "reporting:publication", kwargs={"council": act.council.slug, "publication": row.pk}
        ),
        arguments={"publication": row.pk, "format": kind},
        by=act.by,
        now=act.now,
    )


def make_document(run: JobRun) -> None:
    """The job: write what the publication shows now, unless it was taken back, also while it is being written."""
    council, kind = run.job.council, run.arguments["format"]
    row = publication_of(council, run.arguments["publication"]) if council else None
    if council is None or row is None:
        raise JobRefused("This is not published to scrutiny any more.")
    try:
        content = (
            render(as_html(shown(row), council), lambda step: run.progress(0, 0, step))
            if kind == "pdf"
            else as_word(shown(row), council)
        )
    except PrintingFailed as failed:
        raise RuntimeError(f"the document of publication {row.pk} could not be drawn: {failed}") from failed
    with transaction.atomic():
        held = Publication.objects.select_for_update().get(pk=row.pk)
        if not held.live:
            raise JobRefused("This is not published to scrutiny any more.")
        run.result_file = store_file(
            council=council,
            thing=Thing.SCRUTINY,
            name=f"{council.short_name} {row} for scrutiny.{kind}".replace(":", ""),
            content=content,
            by=run.job.asked_by,
            now=run.clock(),
        )
        run.complete({})
