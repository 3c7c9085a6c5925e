"""Beginning drafts everywhere, each day. What is due is derived anew, so a missed or doubled run does no harm."""

import datetime as dt
import logging

from django.db.models import Q

from councils.models import Council
from notices.models import Instrument
from reporting.reports.drafting import begin_due

logger = logging.getLogger(__name__)


def begin_everywhere(*, today: dt.date, now: dt.datetime) -> int:
    """Begin the drafts that are due in every council under a notice; returns how many.

    A council where that fails is logged and holds up no other.
    """
    in_force = Instrument.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today), on__lte=today, versions__isnull=False
    )
    begun = 0
    for council in Council.objects.filter(pk__in=in_force.values("council")).order_by("pk"):
        try:
            begun += len(begin_due(council, today=today, now=now))
        except Exception:
            logger.exception("The reports of %s could not be begun", council)
    return begun
