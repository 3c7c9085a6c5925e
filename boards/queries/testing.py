"""Independent testing: days apart, samples, and what whoever asks may see of it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.urls import reverse

from boards.models import Board, Finding, Test, TestingProvision
from boards.rules.sampling import Candidate, Chosen, sample
from boards.seen import Sight
from councils.models import Council
from plans.assured import OnObjective
from plans.queries import live_table, open_plan
from plans.seen import Seen
from plans.table import Code


@dataclass(frozen=True)
class Days:
    """Days of testing in one month: provided by the council, used by the testers."""

    month: dt.date
    provided: Decimal
    used: Decimal


def days_by_month(board: Board) -> list[Days]:
    """Days provided and used, a line a month, latest first. Only provision can be missed."""
    provided = _by_month(
        board.testing_provided.filter(withdrawn_at__isnull=True).values_list("on").annotate(Sum("days"))
    )
    used = _by_month(board.tests.filter(state=Test.State.DONE).values_list("on").annotate(Sum("days")))
    months = sorted({*provided, *used}, reverse=True)
    return [Days(month, provided.get(month, Decimal()), used.get(month, Decimal())) for month in months]


def _by_month(
    rows: "QuerySet[Test, tuple[dt.date, Decimal]] | QuerySet[TestingProvision, tuple[dt.date, Decimal]]",
) -> dict[dt.date, Decimal]:
    found: dict[dt.date, Decimal] = {}
    for on, days in rows:
        month = on.replace(day=1)
        found[month] = found.get(month, Decimal()) + days
    return found


def provisions_of(board: Board) -> QuerySet[TestingProvision]:
    """What the council provided, latest first."""
    return (
        board.testing_provided.filter(withdrawn_at__isnull=True).select_related("by").order_by("-on", "-id")
    )


def tests_seen(board: Board, sight: Sight) -> QuerySet[Test]:
    """The tests somebody may see: testers all of them, others those that were shared."""
    rows = board.tests.exclude(state=Test.State.DROPPED)
    if not sight.testing_notes:
        rows = rows.filter(shared_at__isnull=False)
    return rows.prefetch_related("findings__action", "findings__objective").order_by("-on", "-number")


def test_seen(council: Council, pk: int, sight: Sight) -> Test | None:
    """One test, if whoever asks may see it."""
    rows = Test.objects.filter(board__council=council, pk=pk).select_related("board__council")
    if not sight.testing_notes:
        rows = rows.filter(shared_at__isnull=False)
    return rows.first()


def findings_of(test: Test) -> QuerySet[Finding]:
    """The sample of a test: actions in the plan's order, then objectives."""
    in_order = F("action__order").asc(nulls_last=True)
    return test.findings.select_related("action", "objective").order_by(in_order, "id")


def finding_of(council: Council, pk: int) -> Finding | None:
    """One finding of the council's boards, or None."""
    rows = Finding.objects.filter(test__board__council=council, pk=pk)
    return rows.select_related("test__board", "action__plan", "objective").first()


def ratings_of(council: Council) -> tuple[Code, ...]:
    """The codes of the council's open plan that can be assured."""
    plan = open_plan(council)
    return live_table(plan, today=plan.begun_on).ratings if plan else ()


def proposed_sample(board: Board, seen: Seen, *, size: int) -> list[Chosen]:
    """Which actions to test next, of the plan that is seen: claimed complete, not tested, high risk first."""
    if seen.table is None:
        return []
    tested = dict(
        Finding.objects.filter(test__board=board, action__isnull=False)
        .exclude(result=Finding.Result.WAITING)
        .order_by("test__on")
        .values_list("action_id", "test__on")
    )
    candidates = [
        Candidate(
            row.id,
            row.ref,
            row.objective_id,
            complete=row.finished,
            overdue=bool(row.ends_on and row.reported_on and row.reported_on > row.ends_on),
            of_notice=bool(row.marks),
            evidence=bool(row.evidence),
            tested_on=tested.get(row.id),
            reported_on=row.reported_on,
        )
        for row in seen.table.actions
    ]
    return sample(candidates, size=size, board=seen.boards.last)


def objectives_to_test(seen: Seen) -> list[tuple[int, str, str]]:
    """The objectives that can be tested, of the plan that is seen: number, words, and why one might choose it."""
    found = []
    for row in seen.table.objectives if seen.table else ():
        words = " ".join(part for part in (row.ref, row.title or row.text) if part) or "No objective"
        judged = row.rating is not None and row.rating.standing is not None and row.rating.standing.finished
        rating = row.rating.label if row.rating else ""
        why = "judged complete" if judged else f"judged {rating}" if rating else "not judged"
        found.append((row.id, words, why))
    return sorted(found, key=lambda row: row[2] != "judged complete")


def on_objective(objective_id: int) -> list[OnObjective]:
    """What testing found about an objective, the latest first, as far as it was shared."""
    rows = Finding.objects.filter(objective=objective_id, test__shared_at__isnull=False)
    rows = rows.exclude(result=Finding.Result.WAITING).select_related("test__board__council")
    return [
        OnObjective(
            on=row.test.on,
            said_by=row.test.tester,
            result=row.get_result_display(),
            text=row.text,
            rating=row.assured,
            source=str(row.test),
            link=reverse("boards:test", kwargs={"council": row.test.board.council.slug, "test": row.test_id}),
        )
        for row in rows.order_by("-test__on", "-pk")
    ]
