"""The long work of this room, as jobs know it."""

from typing import Any

from jobs.registry import job
from jobs.run import JobRun
from reporting.packs.making import MAKE, make_pack
from reporting.reports.previewing import PREVIEW, preview_report
from reporting.reports.submitting import SUBMIT, submit_report


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
