"""What reporting does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from reporting.reports import sweep


@shared_task(name="reporting.begin_reports")
def begin_reports(**leftovers: Any) -> None:
    """Begin the drafts of reports that are due."""
    now = timezone.now()
    sweep.begin_everywhere(today=timezone.localdate(now), now=now)
