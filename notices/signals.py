"""What deadlines are worked out from has changed: the strip's next deadline is made anew."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from notices.deadlines.upcoming import forget
from notices.models import Agreement, DeadlineMark, Event, Instrument, NoticeVersion, Obligation


def _council_of(row: Any) -> int:
    if isinstance(row, NoticeVersion):
        return row.instrument.council_id
    if isinstance(row, Obligation):
        return row.notice_version.instrument.council_id
    return int(row.council_id)


@receiver(post_save, sender=Event)
@receiver(post_save, sender=Agreement)
@receiver(post_save, sender=DeadlineMark)
@receiver(post_save, sender=Instrument)
@receiver(post_save, sender=NoticeVersion)
@receiver(post_save, sender=Obligation)
def facts_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Once it is committed, so that nobody makes it from what was there before."""
    number = _council_of(instance)
    transaction.on_commit(lambda: forget(number, today=timezone.localdate()))
