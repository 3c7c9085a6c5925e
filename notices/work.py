"""The long work of this room, as jobs know it."""

from typing import Any

from jobs.registry import job
from jobs.run import JobRun
from notices.services.reading import READ_NOTICE, read_stored


@job(READ_NOTICE)
def read_notice_job(run: JobRun) -> dict[str, Any] | None:
    read_stored(run)
    return None
