"""A draft as a file to look at, at any time: made by a job, for those alone who may see the draft."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from boards.services.records import Act
from councils.models import User
from deadlines.sentences import day_in_words
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_job
from plans.exporting.press import PrintingFailed
from reporting.models import Report
from reporting.reports.composing import Composed, body_of, compose
from reporting.reports.gather import facts_of
from reporting.reports.kinds import KINDS
from reporting.reports.printing import as_pdf
from reporting.reports.submitting import page_of
from reporting.reports.word import as_docx

PREVIEW = "reporting.preview_report"
FORMATS = ("pdf", "docx")


@transaction.atomic
def ask_for_preview(*, act: Act, report: Report, kind_of_file: str) -> Job:
    """Have a draft made into a file as it stands; returns the job, which the report remembers as its last preview."""
    kind = KINDS[report.kind]
    job = queue_job(
        kind=PREVIEW,
        council=act.council,
        thing=kind.drafts,
        title=f"Draft of the {kind.title[:1].lower()}{kind.title[1:]}",
        back_url=page_of(report),
        arguments={
            "report": report.pk,
            "format": kind_of_file,
            "by": act.by.pk if act.by else None,
        },
        by=act.by,
        now=act.now,
    )
    Report.objects.filter(pk=report.pk).update(preview=job)
    return job


def preview_report(run: JobRun) -> dict[str, Any] | None:
    """The job: make the file and keep it as the job's own."""
    report = Report.objects.select_related("council", "board").get(pk=run.arguments["report"])
    now = run.clock()
    today = timezone.localdate(now)
    composed = draft_of(report, today=today, now=now)
    run.progress(0, 2, "Printing")
    kind = KINDS[report.kind]
    if run.arguments["format"] == "docx":
        content = as_docx(composed, made_at=now)
    else:
        try:
            content = as_pdf(composed, lambda step: run.progress(0, 2, step))
        except PrintingFailed as failed:
            raise JobRefused("The draft could not be printed. Try again.") from failed
    run.result_file = store_file(
        council=report.council,
        thing=kind.drafts,
        name=f"Draft {kind.title} {today.isoformat()}.{run.arguments['format']}",
        content=content,
        by=User.objects.filter(pk=run.arguments["by"]).first(),
        now=now,
    )
    return None


def draft_of(report: Report, *, today: dt.date, now: dt.datetime) -> Composed:
    """A draft put together as it stands."""
    edition = f"Draft of {day_in_words(today)}"
    return compose(body_of(report, facts_of(report, today=today, now=now)), edition=edition, dated=today)
