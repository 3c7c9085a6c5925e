"""Closing what was found in documents."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from councils.models import Council, User
from history.services import ChangeLog
from plans.models import Finding


def settle_finding(*, council: Council, finding_id: int, how: str, by: User, now: dt.datetime) -> Finding:
    """Close an open finding of a document, saying how. Raises Finding.DoesNotExist outside the council."""
    with transaction.atomic():
        finding = Finding.objects.select_for_update().get(pk=finding_id, plan__council=council)
        if finding.settled_at is None:
            finding.settled_at, finding.settled_by, finding.settled_how = now, by, how[:300]
            finding.save(update_fields=["settled_at", "settled_by", "settled_how"])
            log = ChangeLog(council_id=council.pk, by=by, on=timezone.localdate(now), now=now, reason=how)
            log.changed("plans.finding", finding.pk, "settled", None, how, version=2)
            log.write()
        return finding
