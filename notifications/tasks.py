"""Sending what waits."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from notifications import services
from notifications.services import digests


@shared_task(name="notifications.drain")
def drain(**leftovers: Any) -> None:
    """Send the messages that are due."""
    services.drain(clock=timezone.now)


@shared_task(name="notifications.digests")
def write_digests(**leftovers: Any) -> None:
    """Write the day's digest of everybody who has something to be told."""
    digests.write_digests(now=timezone.now())
