"""Independent testing: days provided and used, samples, and what testing finds."""

import datetime as dt
from decimal import Decimal

import pytest

from boards.queries.testing import days_by_month, proposed_sample
from boards.seen import Sight
from boards.services.records import Refused
from boards.services.testing import (
    change_test,
    plan_test,
    provide_days,
    record_finding,
    share_test,
    withdraw_days,
)
from history.models import Change
from notices.models import Event
from plans.models import Assurance
from plans.queries import live_table
from plans.seen import Seen
from plans.services import retire
from tests.boards.build import TODAY, act, board_of
from tests.factories import CouncilFactory
from tests.plans.build import action, plan_of, read_action

JULY = dt.date(2015, 7, 14)
ALL = Sight(True, True, True, True, True, True, True, True)
READER = Sight(False, False, False, False, False, False, False, False)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def board(council):
    return board_of(council)


def test_days_provided_and_used_are_kept_apart(council, board):
    plan_of(council, read_action("P1.1", rating="G"))
    given = provide_days(act=act(council), board_id=board.pk, on=TODAY, days=Decimal(2))
    event = Event.objects.get(kind="testing_provided", replaced_by__isnull=True)
    assert (event.on, event.amount, event.state) == (TODAY, 2, "happened")
    rows = days_by_month(board)
    assert [(row.month, row.provided, row.used) for row in rows] == [(dt.date(2015, 6, 1), 2, 0)]
    withdraw_days(act=act(council), provision_id=given.pk)
    assert days_by_month(board) == []
    assert not Event.objects.filter(
        kind="testing_provided", state="happened", replaced_by__isnull=True
    ).exists()


def sampled(board, plan):
    return proposed_sample(board, Seen(plan, live_table(plan, today=TODAY), None, live=True), size=5)


@pytest.fixture
def test(council, board):
    plan = plan_of(council, read_action("P1.1", rating="G"), read_action("P1.2", rating="A"))
    chosen = sampled(board, plan)
    assert [row.candidate.ref for row in chosen] == ["P1.1"]
    sample = [(row.candidate.number, row.because) for row in chosen]
    values = {"title": "First visits", "tester": "Cy Chair", "on": TODAY}
    made = plan_test(act=act(council), board_id=board.pk, values=values, sample=sample)
    made.plan = plan
    return made


def test_a_finding_assures_a_rating_only_once_it_is_shared(council, test):
    finding = test.findings.get()
    record_finding(
        act=act(council),
        finding_id=finding.pk,
        result="partly",
        text="Six of ten files",
        assured="A",
        made_from=1,
    )
    assert not Assurance.objects.exists()
    with pytest.raises(Refused, match="is done"):
        share_test(act=act(council), test_id=test.pk)
    done = {"state": "done", "days": Decimal(1), "notes": "Secret thoughts"}
    change_test(act=act(council), test_id=test.pk, values=done, made_from=1)
    share_test(act=act(council), test_id=test.pk)
    share_test(act=act(council), test_id=test.pk)
    assurance = Assurance.objects.get()
    assert (assurance.action, assurance.rating.code, assurance.said_by) == (
        action(test.plan, "P1.1"),
        "A",
        "Cy Chair",
    )


def test_findings_about_an_action_that_left_the_plan_are_shared_all_the_same(council, test):
    finding = test.findings.get()
    found = {"result": "partly", "text": "Six of ten files", "assured": "A", "made_from": 1}
    record_finding(act=act(council), finding_id=finding.pk, **found)
    done = {"state": "done", "days": Decimal(1)}
    change_test(act=act(council), test_id=test.pk, values=done, made_from=1)
    who = {"council": council, "by": None, "now": act(council).now, "today": TODAY}
    retire(action_id=finding.action_id, reason="Merged elsewhere", version=1, **who)
    assert share_test(act=act(council), test_id=test.pk).shared_at is not None
    assert not Assurance.objects.exists()


def test_the_change_log_keeps_the_testers_words_to_itself_until_shared(council, test):
    change_test(act=act(council), test_id=test.pk, values={"notes": "Secret thoughts"}, made_from=1)
    record_finding(
        act=act(council),
        finding_id=test.findings.get().pk,
        result="not_confirmed",
        text="Secret finding",
        assured="",
        made_from=1,
    )
    rows = Change.objects.filter(subject__in=["boards.test", "boards.finding"])
    assert rows.exists()
    assert not [row for row in rows if "Secret" in f"{row.old} {row.new} {row.reason}"]


def test_what_was_tested_is_not_proposed_again(council, board, test):
    record_finding(
        act=act(council),
        finding_id=test.findings.get().pk,
        result="confirmed",
        text="Seen",
        assured="",
        made_from=1,
    )
    assert sampled(board, test.plan) == []
