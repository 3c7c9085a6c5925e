"""One attempt at a job, as its handler sees it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection

from files.models import StoredFile
from jobs.models import Job

# Progress is written at most this often, whatever the handler reports.
BETWEEN_WRITES = dt.timedelta(seconds=0.5)
# How long a note in the cache stays: longer than any job may run (CELERY_TASK_TIME_LIMIT).
NOTE_LASTS = dt.timedelta(hours=1)

Clock = Callable[[], dt.datetime]


class JobRefused(Exception):  # noqa: N818 - what the domain says, no fault of ours
    """The job cannot be done, and the message says why in words for the person who asked."""


class JobLost(Exception):  # noqa: N818 - likewise
    """Another worker has taken the job over; whatever this attempt has not committed must not be."""


@dataclass
class JobRun:
    """What a handler is given. It may set `result_file`; what it returns becomes the job's `result`."""

    job: Job
    attempt: int
    clock: Clock
    result_file: StoredFile | None = None
    completed: bool = False
    written_at: dt.datetime | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """What the job was asked with."""
        arguments: dict[str, Any] = self.job.arguments
        return arguments

    def progress(self, done: int, total: int, step: str = "") -> None:
        """Say how far it is (`total` 0: not known). Cheap enough for every row; also the sign of life that
        keeps the sweeper away, so call it more often than `jobs.services.LOST_AFTER`.

        Inside the handler's own transaction nobody else could see the row change, and SQLite lets no second
        connection write, so there it is noted in the cache, which the page and the sweeper read too. Outside
        it raises JobLost if the job has been taken over.
        """
        now = self.clock()
        if self.written_at is not None and now - self.written_at < BETWEEN_WRITES:
            return
        self.written_at = now
        note = {"done": done, "total": total, "step": step[:200], "heartbeat_at": now}
        if connection.in_atomic_block:
            cache.set(note_key(self.job, self.attempt), note, NOTE_LASTS.total_seconds())
        else:
            self.update(**note)

    def complete(self, result: dict[str, Any] | None = None) -> None:
        """Mark the job done.

        A handler that calls this last inside its own transaction is done and has its effect at the same
        moment: a worker killed between the two cannot do it twice. Raises JobLost if the job has been taken
        over. A handler that does not call it is done when it returns.
        """
        now = self.clock()
        self.update(
            state=Job.State.DONE,
            result=result,
            result_file=self.result_file,
            heartbeat_at=now,
            finished_at=now,
        )
        self.completed = True

    def update(self, **values: Any) -> None:
        """Write to the job's row if this attempt still holds it; raises JobLost if not."""
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, attempts=self.attempt)
        if not mine.update(**values):
            raise JobLost(f"job {self.job.pk}, attempt {self.attempt}")


def note_key(job: Job, attempt: int) -> str:
    """Where the cache keeps what an attempt reported from inside its transaction."""
    return f"job-{job.pk}-{attempt}"
