"""The long work of this room, as jobs know it."""

from typing import Any

from jobs.registry import job
from jobs.run import JobRun
from plans.exporting.jobs import EXPORT, export
from plans.importing.documents import READ_DOCUMENT, WRITE_DOCUMENT, read_document, write_document


@job(READ_DOCUMENT)
def read_document_job(run: JobRun) -> dict[str, Any] | None:
    read_document(run)
    return None


@job(WRITE_DOCUMENT)
def write_document_job(run: JobRun) -> dict[str, Any] | None:
    write_document(run)
    return None


@job(EXPORT)
def export_job(run: JobRun) -> dict[str, Any] | None:
    return export(run)
