"""Sending what waits."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from notifications import services


@shared_task(name="notifications.drain")
def drain(**leftovers: Any) -> None:
    """Send the messages that are due."""
    services.drain(clock=timezone.now)
