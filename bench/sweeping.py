"""The nightly sweep over 153 councils with 40 obligations each: linear in councils, a bounded number of queries each.

Run as `python -m bench.sweeping`: it prints the ratios and fails past a bound of issue 5.
"""

import datetime as dt
import sys

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.deadlines import schedules
from bench.support.site import Bounds, cpu_seconds, serve
from councils.models import Council, RoleHolding, User
from councils.roles import Role
from deadlines.codec import to_json
from notices.deadlines.sweep import sweep
from notices.models import Event, Instrument, NoticeVersion, Obligation, Requirement

FEW, ALL, OBLIGATIONS = 17, 153, 40
LINEAR_BOUND, QUERIES_BOUND = 1.25, 25
TODAY = dt.date(2016, 9, 20)
ISSUED = dt.date(2015, 3, 23)


def _notice(council: Council, user: User, obligations: int) -> None:
    """A notice a year and a half old with its boards and reviews, and somebody to tell."""
    RoleHolding.objects.create(
        user=user, role=Role.PROGRAMME_MANAGER, council=council, starts_on=dt.date(2015, 1, 1)
    )
    now = timezone.now()
    instrument = Instrument.objects.create(council=council, kind="notice", on=ISSUED)
    version = NoticeVersion.objects.create(
        instrument=instrument, number=1, in_force_from=ISSUED, text="", confirmed_at=now
    )
    requirement = Requirement.objects.create(
        version=version, key="1", order=1, ref="1", text="-", start=0, end=1
    )
    Obligation.objects.bulk_create(
        Obligation(
            notice_version=version,
            requirement=requirement,
            key=key,
            order=order,
            duty_holder="Council",
            deliverable=f"Report {key}",
            force="must",
            schedule=to_json(schedule),
            sentence=schedule.sentence(),
            quote="-",
            quote_start=0,
            quote_end=1,
        )
        for order, (key, schedule) in enumerate(list(schedules().items())[:obligations])
    )
    held = {"council": council, "state": Event.State.HAPPENED, "recorded_at": now}
    Event.objects.bulk_create(
        [
            *(Event(kind="board_held", on=ISSUED + dt.timedelta(days=28 * n), **held) for n in range(1, 20)),
            *(Event(kind="review_held", on=ISSUED + dt.timedelta(days=182 * n), **held) for n in range(1, 3)),
        ]
    )


def _swept(day: dt.date) -> tuple[float, int]:
    """The processor's time and the queries of a sweep in which everything is to be derived and told."""
    with CaptureQueriesContext(connection) as caught:
        seconds = cpu_seconds(lambda: sweep(today=day, clock=timezone.now))
    return seconds, len(caught)


def main() -> int:
    """Print a line for each bound; 1 where one is missed, else 0."""
    serve()
    bounds = Bounds()
    user = User.objects.create_user("pm@council.example", "seven green kettles", name="Jo Manager")
    councils = list(Council.objects.order_by("pk")[:ALL])
    for council in councils[:FEW]:
        _notice(council, user, OBLIGATIONS)
    sweep(today=TODAY - dt.timedelta(days=60), clock=timezone.now)
    few, at_few = _swept(TODAY)
    for council in councils[FEW:]:
        _notice(council, user, OBLIGATIONS)
    _swept(TODAY - dt.timedelta(days=60))
    every, at_all = _swept(TODAY + dt.timedelta(days=1))
    print(
        f"sweep: {ALL} councils with {OBLIGATIONS} obligations each take {every:.1f} s of CPU, "
        f"{every / ALL * 1000:.0f} ms a council"
    )
    bounds.at_most(
        f"a council of {ALL}", (every / ALL) / (few / FEW), LINEAR_BOUND, f"times a council of {FEW}"
    )
    bounds.at_most("queries a council", at_all / ALL, QUERIES_BOUND, "queries")
    bounds.at_most("queries a council more than of few", max(0.0, at_all / ALL - at_few / FEW), 1, "queries")
    return bounds.code


if __name__ == "__main__":
    sys.exit(main())
