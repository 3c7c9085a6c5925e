"""The plan's part of a report's facts: two positions side by side, and what stands behind every action."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from boards.models import Board, Finding, Test
from boards.queries.testing import tests_seen
from boards.seen import Sight
from notices.models import NoticeVersion
from plans.coverage.asked import Origin, SourceKey
from plans.coverage.queries import book_of, left_of, sources_of
from plans.coverage.standing import lines_of
from plans.evidenced import counted
from plans.models import Evidence, Plan
from plans.queries import table_at
from plans.seen import table_as_at
from reporting.packs.basis import Basis as PlanBasis
from reporting.packs.collect import slips_between
from reporting.packs.facts import Figures
from reporting.reports.describe import Tested, answered_by, evidence_lines, judged_lines, named
from reporting.reports.facts import Reference


@dataclass(frozen=True)
class Ends:
    """The two positions of a plan that a report compares; no earlier one before the plan began."""

    plan: Plan
    now: PlanBasis
    before: PlanBasis | None


def figures_of(ends: Ends) -> Figures:
    """The plan at the later position, and how it moved since the earlier one."""
    table = table_as_at(ends.plan, on=ends.now.on, recorded_until=ends.now.recorded_until)
    actions = {action.id: action for action in table.actions}
    before = ends.before
    return Figures(
        table=table,
        before=table_at(ends.plan, on=before.on, recorded_until=before.recorded_until) if before else None,
        before_on=before.on if before else None,
        slips=slips_between(ends.plan, before, ends.now, actions),
    )


def tests_of(boards: Sequence[Board], sight: Sight, *, until: dt.date) -> list[Test]:
    """The tests that were done by a day and that the report's author may see, oldest first."""
    found = [
        test
        for board in boards
        for test in tests_seen(board, sight).filter(state=Test.State.DONE, on__lte=until)
    ]
    return sorted(found, key=lambda test: (test.on, test.pk))


@dataclass(frozen=True)
class Testing:
    """What was found of actions and of objectives, by their numbers, the latest test first."""

    __test__ = False  # no test of ours

    actions: Mapping[int, Sequence[Tested]]
    objectives: Mapping[int, Sequence[Tested]]


def testing_of(tests: Sequence[Test]) -> Testing:
    """What these tests found, oldest first as they come."""
    actions: dict[int, list[Tested]] = {}
    objectives: dict[int, list[Tested]] = {}
    for test in reversed(tests):
        for finding in test.findings.all():
            if finding.result == Finding.Result.WAITING:
                continue
            result = finding.get_result_display()
            said = Tested(f"test {test.number}", test.tester, test.on, result, finding.text, finding.assured)
            if finding.action_id is not None:
                actions.setdefault(finding.action_id, []).append(said)
            elif finding.objective_id is not None:
                objectives.setdefault(finding.objective_id, []).append(said)
    return Testing(actions, objectives)


def references(ends: Ends, figures: Figures, testing: Testing) -> list[Reference]:
    """Every action and objective as something a claim can point at, followed to test and evidence."""
    slug = ends.plan.council.slug
    evidence = _evidence(ends)
    actions = [
        Reference(
            action.ref,
            f"Action {action.ref}: {' '.join(action.activity.split())}",
            evidence_lines(action, testing.actions.get(action.id, ()), evidence.get(action.id, "")),
            reverse("plans:action", kwargs={"council": slug, "pk": action.id}),
            tested=bool(testing.actions.get(action.id)),
        )
        for action in figures.table.actions
        if action.ref
    ]
    objectives = [
        Reference(
            objective.ref,
            f"Objective {objective.ref}: {named(objective)}",
            judged_lines(objective, testing.objectives.get(objective.id, ())),
            reverse("plans:objective", kwargs={"council": slug, "pk": objective.id}),
            # an objective is judged rather than claimed, so one that was not tested is no warning
            tested=bool(testing.objectives.get(objective.id)) or None,
        )
        for objective in figures.table.objectives
        if objective.ref
    ]
    return [*actions, *objectives]


def answering(
    ends: Ends,
    figures: Figures,
    version: NoticeVersion | None,
    tested: Mapping[int, Sequence[Tested]],
    *,
    today: dt.date,
) -> dict[str, str]:
    """What of the plan answers each provision of a notice, in words, by the provision's key."""
    plan = ends.plan
    wanted = SourceKey(Origin.NOTICE, version.instrument_id) if version else None
    source = next((one for one in sources_of(plan.council, on=today) if one.key == wanted), None)
    if source is None:
        return {}
    book = book_of(plan, on=ends.now.on, recorded_until=ends.now.recorded_until)
    left, _ = left_of(plan, on=ends.now.on)
    found = {}
    for line in lines_of(source, book, figures.table, left):
        words = answered_by(line.actions, tested)
        if line.none is not None:
            words = f"No action is needed: {line.none.reason.rstrip().removesuffix('.')}."
        elif not words and line.gap is not None and not line.introduces:
            words = f"{line.gap.label}."
        if words:
            found[line.provision.key] = words
    return found


def _evidence(ends: Ends) -> dict[int, str]:
    """How much evidence is kept of each action: a report is read by many who may not open it."""
    on, until = ends.now.on, ends.now.recorded_until
    rows = Evidence.objects.filter(action__plan=ends.plan, on__lte=on, recorded_at__lte=until)
    rows = rows.exclude(Q(withdrawn_on__lte=on) & Q(withdrawn_at__lte=until))
    found: dict[int, list[Evidence]] = {}
    for kept in rows:
        found.setdefault(kept.action_id, []).append(kept)
    return {number: counted(pieces) for number, pieces in found.items()}
