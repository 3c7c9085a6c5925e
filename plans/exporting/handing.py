"""Handing a file of a plan over at once: always to be kept, never to be shown by the browser, and noted."""

import datetime as dt

from django.http import HttpResponse

from councils.models import Council, User
from history.services import record_read
from plans.exporting.making import Made
from plans.models import Plan


def hand_over(made: Made, *, plan: Plan, council: Council, by: User, now: dt.datetime) -> HttpResponse:
    """The file for somebody whose right to it was checked; who took it is noted."""
    record_read(
        by=by, subject="plans.plan", subject_id=plan.pk, label=made.name, now=now, council_id=council.pk
    )
    return HttpResponse(
        made.content,
        content_type=made.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
