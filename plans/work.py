"""The long work of this room, as jobs know it."""

from typing import Any

from jobs.registry import job
from jobs.run import JobRun
from plans.importing.documents import READ_DOCUMENT, read_document


@job(READ_DOCUMENT)
def read_document_job(run: JobRun) -> dict[str, Any] | None:
    read_document(run)
    return None
