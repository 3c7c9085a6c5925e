"""The long work of this room, as jobs know it."""

from typing import Any

from boards.services.minutes_files import MAKE, make_minutes_file
from boards.services.papers import CONVERT, convert_paper
from jobs.registry import job
from jobs.run import JobRun


@job(CONVERT)
def convert_paper_job(run: JobRun) -> dict[str, Any] | None:
    convert_paper(run)
    return None


@job(MAKE)
def make_minutes_file_job(run: JobRun) -> dict[str, Any] | None:
    return make_minutes_file(run)
