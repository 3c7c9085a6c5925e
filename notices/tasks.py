"""The daily sweep of deadlines."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from notices.deadlines import sweep as sweeping


@shared_task(name="notices.sweep")
def sweep(**leftovers: Any) -> None:
    """Sweep the councils that today's sweep has not been through yet."""
    sweeping.sweep(today=timezone.localdate(), clock=timezone.now, only_missing=True)
