"""What runs by the clock for boards."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from boards.services import chasing


@shared_task(name="boards.chase_matters")
def chase_matters(**leftovers: Any) -> None:
    """Tell owners of matters arising that are nearly due or overdue."""
    chasing.chase_matters(today=timezone.localdate(), clock=timezone.now)
