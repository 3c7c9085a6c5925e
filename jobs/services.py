"""Asking for a job, doing it, and finding those that were lost.

The row is what counts; the queue only carries its number. A number that comes twice, late or never does no
harm: a job is taken up by a conditional update, its attempt number fences off a worker that was given up too
early, and the sweeper sends again what shows no sign of life.
"""

import datetime as dt
import logging
import uuid
from typing import Any

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from councils.models import Council, User
from councils.rights import Thing
from jobs.models import Job
from jobs.queries import last_sign_of_life
from jobs.registry import Handler, handler_of
from jobs.run import Clock, JobLost, JobRefused, JobRun

logger = logging.getLogger(__name__)

# No sign of life for this long: the worker, or the message on the queue, is taken for lost.
LOST_AFTER = dt.timedelta(minutes=3)
# A job that workers die of is not tried for ever.
MAX_ATTEMPTS = 3
# A job that no worker took up is not held for ever; long enough for a machine that was off over a holiday
# weekend.
GIVE_UP_WAITING_AFTER = dt.timedelta(days=7)
# What may well work a moment later: the database or the file store is away.
PASSING = (OperationalError, InterfaceError, ConnectionError, TimeoutError)

OUR_FAULT = "Something went wrong on our side, so this was not finished. Try again later."
TOOK_TOO_LONG = "This took longer than a job may take, so it was stopped before it was finished."
NEVER_STARTED = "This was never started, because nothing took it up for a week. Try again."


def queue_job(
    *,
    kind: str,
    council: Council | None,
    thing: Thing,
    title: str,
    back_url: str,
    arguments: dict[str, Any],
    by: User | None,
    now: dt.datetime,
) -> Job:
    """Ask for a job; the worker is told once the caller's transaction is committed.

    `kind` is a name in jobs.registry (ValueError if not), `thing` what somebody must be allowed to read to
    see the job, `back_url` a path of this site to go to once it is done, `arguments` plain JSON. If the queue
    cannot be reached the job waits for the sweeper.
    """
    if handler_of(kind) is None:
        raise ValueError(f"nothing does jobs of the kind {kind!r}")
    job = Job.objects.create(
        kind=kind,
        council=council,
        thing=thing,
        title=title[:200],
        back_url=back_url,
        arguments=arguments,
        asked_by=by,
        queued_at=now,
        heartbeat_at=now,
    )
    transaction.on_commit(lambda: _send(job.pk), robust=True)  # robust: a queue that is away is only logged
    return job


def queue_once(
    *, kind: str, council: Council, thing: Thing, by: User | None, arguments: dict[str, Any], **more: Any
) -> Job:
    """As `queue_job`; the job under way where the same person just asked for the same thing."""
    under_way = Job.objects.filter(
        kind=kind, council=council, thing=thing, asked_by=by, state__in=[Job.State.QUEUED, Job.State.RUNNING]
    )
    for job in under_way.order_by("-queued_at")[:20]:
        if job.arguments == arguments:
            return job
    return queue_job(kind=kind, council=council, thing=thing, by=by, arguments=arguments, **more)


def run_job(job_id: str | uuid.UUID, *, clock: Clock) -> None:
    """Do one job to its end, whatever that is. Returns at once if it is not waiting any more."""
    run = _claim(job_id, clock)
    if run is None:
        return
    handler = handler_of(run.job.kind)
    if handler is None:
        _fail(run, OUR_FAULT)
        logger.error("Nothing does jobs of the kind %r (job %s)", run.job.kind, job_id)
        return
    try:
        _handle(run, handler)
    except JobLost:
        logger.warning("Job %s was taken over while attempt %s worked on it", job_id, run.attempt)


def _claim(job_id: str | uuid.UUID, clock: Clock) -> JobRun | None:
    """Take the job up if it waits. Of several workers exactly one gets it."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
    now = clock()
    if not waiting.update(
        state=Job.State.RUNNING, attempts=F("attempts") + 1, heartbeat_at=now, done=0, total=0, step=""
    ):
        return None
    job = Job.objects.get(pk=job_id)
    return JobRun(job=job, attempt=job.attempts, clock=clock)


def _handle(run: JobRun, handler: Handler) -> None:
    try:
        result = handler(run)
        if not run.completed:
            run.complete(result)
    except JobRefused as refusal:
        _fail(run, str(refusal))
    except SoftTimeLimitExceeded:
        _fail(run, TOOK_TOO_LONG)
        raise
    except PASSING:
        if run.attempt >= MAX_ATTEMPTS:
            _fail(run, OUR_FAULT)
            raise
        logger.warning("Job %s is put back after attempt %s", run.job.pk, run.attempt, exc_info=True)
        run.update(state=Job.State.QUEUED, heartbeat_at=run.clock())
    except JobLost:
        raise
    except Exception:
        _fail(run, OUR_FAULT)
        raise


def _fail(run: JobRun, problem: str) -> None:
    now = run.clock()
    run.update(state=Job.State.FAILED, problem=problem, heartbeat_at=now, finished_at=now)


def sweep(*, now: dt.datetime) -> None:
    """Send lost jobs again; fail those that were tried or have waited too often.

    Derived from the rows alone: running it twice, or not for a week, ends the same.
    """
    for job in Job.objects.filter(
        state__in=[Job.State.QUEUED, Job.State.RUNNING], heartbeat_at__lte=now - LOST_AFTER
    ).order_by("heartbeat_at"):
        try:
            _sweep_one(job, now)
        except Exception:
            # one bad row, or a queue that is away, must not keep the others waiting
            logger.exception("Job %s could not be swept", job.pk)


def _sweep_one(job: Job, now: dt.datetime) -> None:
    if last_sign_of_life(job) > now - LOST_AFTER:
        return
    unchanged = Job.objects.filter(
        pk=job.pk, state=job.state, attempts=job.attempts, heartbeat_at=job.heartbeat_at
    )
    problem = _given_up_because(job, now)
    if problem:
        unchanged.update(state=Job.State.FAILED, problem=problem, heartbeat_at=now, finished_at=now)
    elif unchanged.update(state=Job.State.QUEUED, heartbeat_at=now):
        _send(job.pk)


def _given_up_because(job: Job, now: dt.datetime) -> str:
    """Why a lost job is not tried again, in words for the person who asked; "" if it is."""
    if job.state == Job.State.RUNNING and job.attempts >= MAX_ATTEMPTS:
        return OUR_FAULT
    if job.state == Job.State.QUEUED and job.queued_at <= now - GIVE_UP_WAITING_AFTER:
        return NEVER_STARTED
    return ""


def _send(job_id: uuid.UUID) -> None:
    """Put the job's number on the queue. The task is found by name: services know no tasks."""
    current_app.tasks["jobs.run"].apply_async(kwargs={"job_id": str(job_id)})
