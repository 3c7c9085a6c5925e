"""The long work of this room, as jobs know it."""

from typing import Any

from jobs.registry import job
from jobs.run import JobRun
from reporting.exceptions_file import MAKE as MAKE_EXCEPTIONS
from reporting.exceptions_file import make_exceptions_file
from reporting.packs.making import MAKE, make_pack
from reporting.reports.previewing import PREVIEW, preview_report
from reporting.reports.submitting import SUBMIT, submit_report
from reporting.scrutiny.document import MAKE as MAKE_FOR_SCRUTINY
from reporting.scrutiny.document import make_document


@job(MAKE)
def make_pack_job(run: JobRun) -> dict[str, Any] | None:
    make_pack(run)
    return None


@job(PREVIEW)
def preview_report_job(run: JobRun) -> dict[str, Any] | None:
    return preview_report(run)


@job(SUBMIT)
def submit_report_job(run: JobRun) -> dict[str, Any] | None:
    submit_report(run)
    return None


@job(MAKE_FOR_SCRUTINY)
def make_scrutiny_document_job(run: JobRun) -> dict[str, Any] | None:
    make_document(run)
    return None


@job(MAKE_EXCEPTIONS)
def make_exceptions_job(run: JobRun) -> dict[str, Any] | None:
    return make_exceptions_file(run)
