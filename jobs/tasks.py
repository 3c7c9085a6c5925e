"""Running jobs, and finding those that were lost."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from jobs import services


@shared_task(name="jobs.run")
def run(*, job_id: str, **leftovers: Any) -> None:
    """Do one job, unless somebody else is doing it or it is finished."""
    services.run_job(job_id, clock=timezone.now)


@shared_task(name="jobs.sweep", time_limit=55, soft_time_limit=50)
def sweep(**leftovers: Any) -> None:
    """Put lost jobs back on the queue."""
    services.sweep(now=timezone.now())
