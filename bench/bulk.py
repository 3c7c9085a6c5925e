"""A bulk update of 50 rows beside single updates in the same run.

Run as `python -m bench.bulk`: it prints the ratio of CPU time and fails past the bound of issue 4.
"""

import sys
import uuid
from itertools import cycle

from django.utils import timezone

from bench.support.plans import BEGUN, reading
from bench.support.site import Bounds, medians, serve
from councils.models import Council, User
from plans.answering.bulk import change_many
from plans.answering.outcomes import SetRating
from plans.importing.writing import write_reading
from plans.models import Action, Plan, ScaleCode
from plans.queries import live_table
from plans.services import Report, record_update

ROUNDS, ROWS, BOUND = 11, 50, 10


class Bench:
    """One council's plan, whose actions go up and down between two ratings."""

    def __init__(self) -> None:
        self.council = Council.objects.create(
            short_name="Bulkham",
            name="Bulkham Council",
            slug="bulkham",
            code="XBulkham",
            la_number="Bu",
            region="north_west",
        )
        write_reading(reading(120), council=self.council, as_at=BEGUN, by=None, now=timezone.now())
        self.plan = Plan.objects.get(council=self.council)
        self.by = User.objects.create_user("pm@bulkham.example", "seven green kettles", name="Jo Manager")
        ratings = ScaleCode.objects.filter(plan=self.plan, is_mark=False).order_by("order")
        codes = list(ratings.values_list("code", flat=True)[:2])
        # each its own turn, so that every run changes what it rates
        self.codes, self.codes_of_many = cycle(codes), cycle(codes)
        self.changed: list[int] = []
        numbers = list(Action.objects.filter(plan=self.plan).values_list("pk", flat=True))
        self.many, self.single = numbers[:ROWS], cycle(numbers[ROWS:])

    def bulk(self) -> None:
        """Fifty rows at once, from the plan as it is read for it."""
        today = timezone.localdate()
        rows = {row.id: row for row in live_table(self.plan, today=today).actions}
        outcome = change_many(
            council=self.council,
            plan=self.plan,
            rows=rows,
            chosen={number: rows[number].version for number in self.many},
            wanted=SetRating(next(self.codes_of_many), today, "Two posts are vacant", "Interviews in May"),
            may=lambda row: True,
            by=self.by,
            now=timezone.now(),
            today=today,
            batch=uuid.uuid4(),
        )
        self.changed.append(len(outcome.done))

    def one(self) -> None:
        """One action, from the plan as it is read for it."""
        today = timezone.localdate()
        number = next(self.single)
        row = next(row for row in live_table(self.plan, today=today).actions if row.id == number)
        record_update(
            council=self.council,
            action_id=number,
            report=Report(today, next(self.codes), row.progress, "Two posts are vacant", "Interviews in May"),
            version=row.version,
            by=self.by,
            now=timezone.now(),
            today=today,
        )


def main() -> int:
    """Print a line for the bound; 1 where it is missed, else 0."""
    serve()
    bench = Bench()
    seconds = medians({"one": bench.one, "bulk": bench.bulk}, rounds=ROUNDS)
    assert set(bench.changed[1:]) == {ROWS}, bench.changed  # noqa: S101
    bounds = Bounds()
    bounds.at_most(f"bulk update of {ROWS} rows", seconds["bulk"] / seconds["one"], BOUND, "single updates")
    return bounds.code


if __name__ == "__main__":
    sys.exit(main())
