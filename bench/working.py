"""The plan page with its rows kept, and the plan as at earlier days over two years of history.

Run as `python -m bench.working`: it prints ratios of CPU time and fails past a bound of issue 4.
"""

import datetime as dt
import sys
from collections.abc import Callable
from itertools import count
from statistics import median

from django.core.cache import cache
from django.utils import timezone

from bench.pages import _asked, _council, _signed_in
from bench.support.site import Bounds, cpu_seconds, medians, serve
from councils.models import Council
from plans.models import Action, Plan
from plans.services import Report, move_end, record_update

ROUNDS, MONTHS, ACTIONS = 21, 24, 106
CHANGED_BOUND, AS_AT_BOUND = 14, 2


def _months(council: Council, months: int) -> Plan:
    """Every action reported on in each month, a few of their ends moved: what two years of boards leave behind."""
    plan = Plan.objects.get(council=council)
    actions = list(Action.objects.filter(plan=plan).values_list("pk", flat=True))
    for month in range(months):
        on = plan.begun_on + dt.timedelta(days=30 * (month + 1))
        now = timezone.make_aware(dt.datetime.combine(on, dt.time(9)))
        for place, number in enumerate(actions):
            _report(council, number, "RAG"[(place + month) % 3], on, now)
            if (place + month) % 20 == 0:
                _move(council, number, on, now)
    return plan


def _report(council: Council, number: int, rating: str, on: dt.date, now: dt.datetime) -> None:
    row = Action.objects.get(pk=number)
    report = Report(
        on=on,
        rating=rating,
        narrative=f"At {now}: the audit of twelve files found {number % 12} of them in order, and what follows from it "
        "was agreed with the team managers of every district.",
        reason="Two posts are vacant",
        next_step="Interviews next month",
    )
    record_update(
        council=council,
        action_id=number,
        report=report,
        version=row.version,
        by=None,
        now=now,
        today=timezone.localdate(),
    )


def _move(council: Council, number: int, on: dt.date, now: dt.datetime) -> None:
    row = Action.objects.get(pk=number)
    move_end(
        council=council,
        action_id=number,
        end=(row.ends_on or on) + dt.timedelta(days=30),
        reason="Delayed",
        approved_by="The board",
        version=row.version,
        by=None,
        now=now,
        today=on,
    )


def _changing(council: Council) -> Callable[[], None]:
    """Change one action, each time another, as somebody's update does."""
    numbers = count()

    def change() -> None:
        row = Action.objects.filter(plan__council=council).order_by("pk")[next(numbers) % ACTIONS]
        _report(council, row.pk, "A", timezone.localdate(), timezone.now())

    return change


def main() -> int:
    """Print a line for each bound; 1 where one is missed, else 0."""
    serve(urls="bench.support.urls")
    bounds = Bounds()
    council = _council("Workham", ACTIONS)
    plan = _months(council, MONTHS)
    client = _signed_in(council)
    hello, page = _asked(client, "/hello"), _asked(client, f"/councils/{council.slug}/plan/")
    days = {
        f"as at month {month}": plan.begun_on + dt.timedelta(days=30 * month + 5) for month in (1, 12, MONTHS)
    }
    as_at = {
        name: _asked(client, f"/councils/{council.slug}/plan/?as_at={on.isoformat()}")
        for name, on in days.items()
    }

    def uncached() -> bytes:
        cache.clear()
        return page()

    taken = medians({"hello": hello, "uncached": uncached, **as_at}, rounds=ROUNDS)
    page()
    changed = _timed_with_change(hello, page, _changing(council))
    kept = medians({"hello": hello, "kept": page}, rounds=ROUNDS)
    print(f"working: rows kept and none changed: {kept['kept'] / kept['hello']:.2f} times hello")
    bounds.at_most("plan page with one action changed", changed, CHANGED_BOUND, "times hello")
    for name in as_at:
        bounds.at_most(name, taken[name] / taken["uncached"], AS_AT_BOUND, "times the uncached page of today")
    return bounds.code


def _timed_with_change(
    hello: Callable[[], object], ask: Callable[[], object], change: Callable[[], None]
) -> float:
    """How many hellos the page takes after each change; the change itself is not timed."""
    hellos, pages = [], []
    for _ in range(ROUNDS):
        change()
        hellos.append(cpu_seconds(hello))
        pages.append(cpu_seconds(ask))
    return median(pages) / median(hellos)


if __name__ == "__main__":
    sys.exit(main())
