"""The long work of this room, as jobs know it."""

from typing import Any

from boards.services.papers import CONVERT, convert_paper
from jobs.registry import job
from jobs.run import JobRun


@job(CONVERT)
def convert_paper_job(run: JobRun) -> dict[str, Any] | None:
    convert_paper(run)
    return None
