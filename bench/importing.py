"""A plan of 11,000 rows read in from Excel as a job and written, beside openpyxl merely reading the same file.

Run as `python -m bench.importing`: it prints the ratios of CPU time and fails past a bound of issue 2. The writing
is put beside a bare `bulk_create` of as many rows as it writes, of the same models with the same values.
"""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any

import openpyxl
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from bench.support.plans import BEGUN, workbook
from bench.support.site import Bounds, cpu_seconds, serve
from councils.models import Council, User
from history.models import Change
from jobs.models import Job
from jobs.services import run_job
from plans.importing import documents
from plans.models import Action, ActionLead, ProgressUpdate, Reading

ROWS, ROUNDS, BATCH = 11_000, 3, 1000
READ_BOUND, WRITE_BOUND = 2.5, 0.25
WRITTEN: tuple[type[Model], ...] = (Action, ActionLead, ProgressUpdate, Change)


@dataclass
class Times:
    """CPU seconds of one round."""

    openpyxl: float
    job: float
    confirm: float
    bare: float
    bare_actions: float
    rows: int


def _read_with_openpyxl(data: bytes) -> int:
    """Every value and every fill's colour, as a reader of ratings would need them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    seen = [
        (cell.value, cell.fill.fgColor.rgb) for sheet in book for row in sheet.iter_rows() for cell in row
    ]
    return len(seen)


def _counts() -> dict[type[Model], int]:
    return {model: model._default_manager.count() for model in apps.get_models()}  # noqa: SLF001 - Django's name


def _unsaved(rows: Sequence[Model]) -> Iterator[Model]:
    """The same rows again, as if they had never been saved."""
    for row in rows:
        row.pk = None
        row._state.adding = True  # noqa: SLF001 - Django's name
        yield row


def _bare(kinds: Sequence[tuple[type[Any], Sequence[Any]]]) -> float:
    """CPU time of a bare bulk_create of these rows; taken back again."""
    fresh = [(model, list(_unsaved(rows))) for model, rows in kinds]

    def create() -> None:
        for model, rows in fresh:
            model.objects.bulk_create(rows, batch_size=BATCH)

    with transaction.atomic():
        seconds = cpu_seconds(create)
        transaction.set_rollback(True)
    return seconds


def _other_plan(rows: list[Action]) -> list[Action]:
    """Actions under references of their own, since a plan has each once."""
    for number, row in enumerate(rows):
        row.ref = f"again {number}"
    return rows


def _latest(model: type[Any], number: int) -> list[Any]:
    return list(islice(model.objects.order_by("-pk"), number))


def _round(number: int, data: bytes, by: User) -> Times:
    council = Council.objects.create(
        short_name=f"Bench {number}", name=f"Bench {number}", slug=f"bench-{number}", code=f"X{number}",
        la_number=f"X{number}", region="north_west",
    )  # fmt: skip
    reading, job = documents.begin_reading(
        council=council, upload=SimpleUploadedFile("plan.xlsx", data), as_at=BEGUN, by=by, now=timezone.now()
    )
    theirs = cpu_seconds(lambda: _read_with_openpyxl(data))
    ours = cpu_seconds(lambda: run_job(job.pk, clock=timezone.now))
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE  # noqa: S101
    waiting = Reading.objects.get(pk=reading.pk)
    before = _counts()
    confirm = cpu_seconds(lambda: documents.confirm(waiting, by=by, now=timezone.now()))
    written = {model: count - before[model] for model, count in _counts().items() if count != before[model]}
    assert written[Action] == ROWS, written  # noqa: S101
    return Times(theirs, ours, confirm, *_beside(written), sum(written.values()))


def _beside(written: dict[type[Model], int]) -> tuple[float, float]:
    """Bare bulk_create of all rows of the four large tables, and of the actions alone."""
    actions = _other_plan(_latest(Action, ROWS))
    everything: list[tuple[type[Any], list[Any]]] = [(Action, actions)]
    everything += [(model, _latest(model, written[model])) for model in (ProgressUpdate, Change)]
    leads = _latest(ActionLead, written[ActionLead])
    for lead in leads:
        lead.order += 1000
    return _bare([*everything, (ActionLead, leads)]), _bare([(Action, actions)])


def _print(times: list[Times]) -> int:
    def of(pick: Callable[[Times], float]) -> float:
        return median(map(pick, times))

    rows = times[0].rows
    seconds = {
        "openpyxl's read": of(lambda t: t.openpyxl),
        "the job": of(lambda t: t.job),
        "confirming": of(lambda t: t.confirm),
        f"a bare bulk_create of the {rows} rows": of(lambda t: t.bare),
        f"of the {ROWS} actions alone": of(lambda t: t.bare_actions),
    }
    print("importing: " + ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items()))
    bounds = Bounds()
    whole = of(lambda t: (t.job + t.confirm) / t.openpyxl)
    bounds.at_most(f"import of {ROWS} rows, job and confirmation", whole, READ_BOUND, "times openpyxl's read")
    rate = of(lambda t: t.bare / t.confirm)
    bounds.at_least(f"writing, all {rows} rows counted", rate, WRITE_BOUND, "of the rate of bulk_create")
    strict = of(lambda t: t.bare_actions / t.confirm)
    print(f"writing, actions alone counted on both sides: {strict:.2f} of the rate of bulk_create (no bound)")
    return bounds.code


def main() -> int:
    """Print a line for each bound; 1 where one is missed, else 0."""
    serve()
    data = workbook(ROWS)
    by = User.objects.create_user("pm@bench.example", "seven green kettles", name="Jo Manager")
    return _print([_round(number, data, by) for number in range(ROUNDS)])


if __name__ == "__main__":
    sys.exit(main())
