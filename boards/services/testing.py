"""Independent testing: days provided and used, samples, findings, and sharing the notes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from boards.models import Finding, Test, TestingProvision
from boards.services.bodies import locked_board
from boards.services.records import Act, Refused, add, change
from notices.models import Event
from notices.services import About, EventRefused, record_event
from plans.models import ScaleCode
from plans.queries import open_plan
from plans.services import assure


@transaction.atomic
def provide_days(*, act: Act, board_id: int, on: dt.date, days: Decimal, note: str = "") -> TestingProvision:
    """The council provided days of testing. Raises Refused for a day to come or no days at all."""
    board = locked_board(act, board_id)
    if on > act.today:
        raise Refused({"on": "That day has not come yet"})
    if days <= 0:
        raise Refused({"days": "Enter how many days, for example 2 or 0.5"})
    if board.testing_provided.filter(on=on, withdrawn_at__isnull=True).exists():
        raise Refused({"on": "Days from that day are recorded already: take them back first"})
    event = None
    if board.of_notice:
        event = _tell_deadlines(act, on, Event.State.HAPPENED, days=days, note=note)
    provision = TestingProvision(
        board=board, on=on, days=days, note=note, recorded_at=act.now, by=act.by, event=event
    )
    return add(provision, act=act)


def _tell_deadlines(
    act: Act, on: dt.date, state: str, *, days: Decimal, note: str, replaces: Event | None = None
) -> Event:
    try:
        return record_event(
            council=act.council,
            kind=Event.Kind.TESTING_PROVIDED,
            on=on,
            state=state,
            note=note,
            about=About(amount=float(days), label=f"{days} days of testing"),
            replaces=replaces,
            by=act.by,
            now=act.now,
            today=act.today,
        )
    except EventRefused as refused:
        raise Refused({"on": str(refused)}) from None


@transaction.atomic
def withdraw_days(*, act: Act, provision_id: int) -> TestingProvision:
    """Days were recorded by mistake: the deadlines count them no longer."""
    provision = TestingProvision.objects.select_for_update(of=("self",)).get(
        pk=provision_id, board__council=act.council
    )
    if provision.withdrawn_at is not None:
        return provision
    if provision.event is not None:
        _tell_deadlines(
            act,
            provision.on,
            Event.State.CANCELLED,
            days=provision.days,
            note="recorded by mistake",
            replaces=provision.event,
        )
    return change(provision, {"withdrawn_at": act.now}, act=act)


Sample = Iterable[tuple[int, str]]


@transaction.atomic
def plan_test(
    *, act: Act, board_id: int, values: Mapping[str, Any], sample: Sample, objectives: Sample = ()
) -> Test:
    """Plan a piece of testing on a sample of actions and objectives: (number, why it was chosen).

    Raises Refused for an empty sample.
    """
    board = locked_board(act, board_id)
    plan = open_plan(act.council)
    chosen, judged = dict(sample), dict(objectives)
    actions = set(plan.actions.filter(pk__in=list(chosen)).values_list("pk", flat=True)) if plan else set()
    known = set(plan.objectives.filter(pk__in=list(judged)).values_list("pk", flat=True)) if plan else set()
    if not actions and not known:
        raise Refused({"sample": "Choose at least one action or objective"})
    number = (board.tests.aggregate(last=Max("number"))["last"] or 0) + 1
    test = add(Test(board=board, number=number, **values), act=act, private=True)
    findings = [Finding(action_id=pk, chosen_because=chosen[pk][:300]) for pk in sorted(actions)]
    findings += [Finding(objective_id=pk, chosen_because=judged[pk][:300]) for pk in sorted(known)]
    for finding in findings:
        finding.test = test
        add(finding, act=act, private=True)
    return test


def _locked(act: Act, test_id: int) -> Test:
    tests = Test.objects.select_for_update(of=("self",)).select_related("board")
    return tests.get(pk=test_id, board__council=act.council)


@transaction.atomic
def change_test(*, act: Act, test_id: int, values: Mapping[str, Any], made_from: int) -> Test:
    """Change a test: its day, days used, method, notes, or that it is done. Raises Conflict, Refused."""
    test = _locked(act, test_id)
    if values.get("state") == Test.State.DONE and values.get("on", test.on) > act.today:
        raise Refused({"on": "A test that is done was done today or before"})
    return change(test, values, act=act, made_from=made_from, private=test.shared_at is None)


@transaction.atomic
def record_finding(
    *, act: Act, finding_id: int, result: str, text: str, assured: str, made_from: int
) -> Finding:
    """What was found about one action or objective, and the rating the tester accepts ("" for none).

    Raises Refused without words, for a code that the plan's legend does not have, and Conflict.
    """
    finding = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("test__board", "action__plan", "objective__plan")
        .get(pk=finding_id, test__board__council=act.council)
    )
    errors = {}
    if result != Finding.Result.WAITING and not text.strip():
        errors["text"] = "Say what was found"
    about = finding.action or finding.objective
    if (
        assured
        and about is not None
        and not ScaleCode.objects.filter(plan=about.plan_id, code=assured, is_mark=False).exists()
    ):
        errors["assured"] = f"“{assured}” is not a rating of this plan"
    if errors:
        raise Refused(errors)
    values = {
        "result": result,
        "text": text.strip(),
        "assured": assured,
        "found_at": act.now,
        "found_by": act.by,
    }
    private = finding.test.shared_at is None
    change(finding, values, act=act, made_from=made_from, private=private)
    if not private and result != Finding.Result.WAITING:
        _assure(finding.test, finding, act)
    return finding


@transaction.atomic
def share_test(*, act: Act, test_id: int) -> Test:
    """Show notes and findings to the council, for factual accuracy. It cannot be taken back; twice is once.

    From then on the ratings that testing accepted stand beside the reported ones. Raises Refused before it is done.
    """
    test = _locked(act, test_id)
    if test.shared_at is not None:
        return test
    if test.state != Test.State.DONE:
        raise Refused({"state": "Say first that the test is done, and how many days it took"})
    change(test, {"shared_at": act.now, "shared_by": act.by}, act=act)
    for finding in test.findings.exclude(result=Finding.Result.WAITING).select_related("action__plan"):
        _assure(test, finding, act)
    return test


def _assure(test: Test, finding: Finding, act: Act) -> None:
    """What testing accepts of an action becomes its assured rating, for the day of the test.

    What it accepts of an objective stands in the finding alone: `boards.queries.testing.on_objective` reads it. So does
    what it accepts of an action that is no longer part of an open plan.
    """
    tested = finding.action
    if tested is None or not finding.assured or tested.retired_on or tested.plan.closed_on:
        return
    assure(
        council=act.council,
        action_id=tested.pk,
        rating=finding.assured,
        finding=finding.text,
        on=test.on,
        by=act.by,
        now=act.now,
        today=act.today,
        said_by=test.tester,
        source=str(test),
    )
