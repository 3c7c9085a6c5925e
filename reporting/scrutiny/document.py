"""The document for the committee: a publication with the recommendations, as Word at once and as PDF by a job."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from docx import Document

from boards.services.records import Act
from councils.models import Council
from councils.rights import Thing
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_job
from plans.exporting.cells import cell_text
from plans.exporting.page import css_string
from plans.exporting.printing import PrintingFailed, render
from plans.table import ActionRow
from reporting.models import Publication, Recommendation
from reporting.scrutiny.reading import Shown, publication_of, recommendations_of, shown

MAKE = "reporting.scrutiny_document"
STYLES = ("pack.css", "scrutiny.css")
_ACTIONS = ("Ref", "Action", "Lead", "When", "Progress", "Rating")


def name_of(row: Publication, suffix: str) -> str:
    """What the file of a publication is called."""
    return f"{row.council.short_name}: {row} for scrutiny.{suffix}".replace(":", "")


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


def ask_for_pdf(*, act: Act, row: Publication) -> Job:
    """Have the PDF of a publication made for whoever asked."""
    return queue_job(
        kind=MAKE,
        council=act.council,
        thing=Thing.SCRUTINY,
        title=f"{row}: document for scrutiny"[:200],
        back_url=reverse(
            "reporting:publication", kwargs={"council": act.council.slug, "publication": row.pk}
        ),
        arguments={"publication": row.pk},
        by=act.by,
        now=act.now,
    )


def make_document(run: JobRun) -> None:
    """The job: print what the publication shows now, unless it was taken back, also while it is being printed."""
    council = run.job.council
    row = publication_of(council, run.arguments["publication"]) if council else None
    if council is None or row is None:
        raise JobRefused("This is not published to scrutiny any more.")
    try:
        content = render(as_html(shown(row), council), lambda step: run.progress(0, 0, step))
    except PrintingFailed as failed:
        raise RuntimeError(f"the document of publication {row.pk} could not be drawn: {failed}") from failed
    with transaction.atomic():
        held = Publication.objects.select_for_update().get(pk=row.pk)
        if not held.live:
            raise JobRefused("This is not published to scrutiny any more.")
        run.result_file = store_file(
            council=council,
            thing=Thing.SCRUTINY,
            name=name_of(row, "pdf"),
            content=content,
            by=run.job.asked_by,
            now=run.clock(),
        )
        run.complete({})


def as_word(publication: Shown, council: Council) -> bytes:
    """The same in Word."""
    document = Document()
    document.add_heading(cell_text(str(publication.row)), 0)
    document.add_paragraph(
        cell_text(f"{council.name}, for its scrutiny committee. {_published(publication.row)}")
    )
    if publication.row.note:
        document.add_paragraph(cell_text(publication.row.note))
    table = publication.table
    if table is not None:
        counts = [(code, sum(a.rating == code for a in table.actions)) for code in table.ratings]
        document.add_heading("Ratings", 1)
        _table(
            document, ("Rating", "Meaning", "Actions"), [(_rated(c), c.meaning, str(n)) for c, n in counts]
        )
        for theme in table.themes:
            document.add_heading(cell_text(theme.title or "Actions"), 1)
            rows = [_cells(action) for objective in theme.objectives for action in objective.actions]
            _table(document, _ACTIONS, rows)
    if publication.decisions:
        _table(document, ("Ref", "Decision"), [(one.ref, one.text) for one in publication.decisions])
    asked = list(recommendations_of(council))
    if asked:
        document.add_heading("The committee’s recommendations", 1)
        _table(
            document, ("No", "Recommendation", "Answer of the board", "State"), [_asked(one) for one in asked]
        )
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table(document: Any, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = cell_text(words)


def _published(row: Publication) -> str:
    on = timezone.localdate(row.published_at)
    return f"Published on {on.day} {on:%B %Y}."


def _rated(code: Any) -> str:
    return f"{code.code} {code.word}".strip() if code else "Not rated"


def _cells(action: ActionRow) -> tuple[str, ...]:
    when = f"{action.ends_on.day} {action.ends_on:%b %Y}" if action.ends_on else action.timeline
    return (action.ref, action.activity, action.lead_names, when, action.progress, _rated(action.rating))


def _asked(one: Recommendation) -> tuple[str, ...]:
    said = f"{one.get_answer_display()}: {one.answer_text}" if one.answer else "Not answered yet"
    return (str(one.number), one.text, said, one.state_words)
