"""The long work of this room, as jobs know it."""

from typing import Any

from jobs.registry import job
from jobs.run import JobRun
from reporting.packs.making import MAKE, make_pack


@job(MAKE)
def make_pack_job(run: JobRun) -> dict[str, Any] | None:
    make_pack(run)
    return None
