"""How far a job is."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from jobs.models import Job
from jobs.run import note_key

STATES = Job.State.choices
"""What a job can be: waiting, running, done, failed; each with its words."""


@dataclass(frozen=True)
class Progress:
    """How far a job is: a share that grows, or just the present step."""

    state: str
    done: int
    total: int
    step: str

    @property
    def percent(self) -> int | None:
        """0 to 100; None while nobody knows how much there is."""
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def mark(self) -> str:
        """The same as long as there is nothing new to say: a page that speaks up each second is no help."""
        tenths = "" if self.percent is None else self.percent // 10
        return f"{self.state} {tenths} {self.step}"


def find_job(number: uuid.UUID) -> Job | None:
    """The job of this number with its council and result, whoever asks; None if there is none."""
    return Job.objects.select_related("council", "result_file__council").filter(pk=number).first()


def progress_of(job: Job) -> Progress:
    """What the job last reported, from inside a transaction or outside."""
    note = _newer_note(job)
    if note:
        return Progress(job.state, note["done"], note["total"], note["step"])
    return Progress(job.state, job.done, job.total, job.step)


def last_sign_of_life(job: Job) -> dt.datetime:
    """When the job last showed that somebody has it in hand."""
    note = _newer_note(job)
    return note["heartbeat_at"] if note else job.heartbeat_at


def _newer_note(job: Job) -> dict[str, Any] | None:
    if job.state != Job.State.RUNNING:
        return None
    note: dict[str, Any] | None = cache.get(note_key(job, job.attempts))
    return note if note and note["heartbeat_at"] > job.heartbeat_at else None
