"""Amendments, agreements, moved meetings and late records: what was judged stays judged, what changed counts from its day."""

import pytest

from deadlines.events import Happening
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import (
    Before,
    EveryPeriod,
    NoLongerThan,
    NotYetAgreed,
    OnDate,
    OnlyOnce,
    OnOrAfter,
    Within,
)
from notices.deadlines.queries import deadlines_of
from tests.factories import CouncilFactory
from tests.notices.deadlines.build import (
    agree,
    day,
    happened,
    instrument,
    mark,
    moment,
    owe,
    planned,
    version,
)

pytestmark = pytest.mark.django_db
NOTICE, BOARD, REVIEW = Anchor("notice_issued"), Happening("board_held"), Happening("review_held")
MONTHLY, QUARTERLY = EveryPeriod(Period(months=1), NOTICE), EveryPeriod(Period(months=3), NOTICE)
HALF_YEARLY = NoLongerThan(Period(months=6), REVIEW, NOTICE)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def notice(council):
    return instrument(council, "2015-01-15")


@pytest.fixture
def first(notice):
    return version(notice)


def rows(council, today, until, key=None, **more):
    found = deadlines_of(council, today=day(today), until=day(until), **more)
    return [(line.due.isoformat(), line.state.value) for line in found.lines if key in (None, line.duty.key)]


def test_an_unchanged_duty_goes_on_over_an_amendment_with_what_is_overdue(council, notice, first):
    old = owe(first, "1", MONTHLY)
    owe(version(notice, 2, "2015-04-01"), "1", MONTHLY, continues=old)
    assert rows(council, "2015-04-10", "2015-05-01") == [
        ("2015-02-15", "overdue"),
        ("2015-03-15", "overdue"),
        ("2015-04-15", "due_soon"),
    ]


def test_a_changed_duty_keeps_what_was_met_and_counts_anew_from_the_amendment(council, notice, first):
    old = owe(first, "1", MONTHLY, superseded_on=day("2015-04-01"))
    owe(version(notice, 2, "2015-04-01"), "1", QUARTERLY, changes=old, starts_on=day("2015-04-01"))
    mark(old, "2015-02-15", "met", "2015-02-10")
    assert rows(council, "2015-05-01", "2015-08-01") == [
        ("2015-02-15", "met"),
        ("2015-03-15", "superseded"),
        ("2015-04-15", "overdue"),
        ("2015-07-15", "not_yet_due"),
    ]


def test_before_the_amendment_nothing_is_known_of_it(council, notice, first):
    old = owe(first, "1", MONTHLY, superseded_on=day("2015-04-01"))
    owe(version(notice, 2, "2015-04-01"), "1", QUARTERLY, changes=old, starts_on=day("2015-04-01"))
    assert rows(council, "2015-03-20", "2015-05-01") == [
        ("2015-02-15", "overdue"),
        ("2015-03-15", "overdue"),
        ("2015-04-15", "due_soon"),
    ]


def test_what_counts_from_a_changed_duty_keeps_its_own_history(council, notice, first):
    report = Before("review", "the review", Period.weeks(1))
    old = owe(first, "review", HALF_YEARLY, superseded_on=day("2015-10-01"))
    same = owe(first, "report", report)
    second = version(notice, 2, "2015-10-01")
    thrice = NoLongerThan(Period(months=3), REVIEW, NOTICE)
    owe(second, "review", thrice, changes=old, starts_on=day("2015-10-01"))
    owe(second, "report", report, continues=same)
    happened(council, "review_held", "2015-07-10")
    assert rows(council, "2015-10-02", "2015-12-31", "report") == [
        ("2015-07-03", "overdue"),
        ("2015-10-03", "due_soon"),
    ]


def test_an_agreed_interval_gives_an_open_duty_dates_from_the_day_it_was_agreed(council, notice, first):
    owe(first, "16", NotYetAgreed("regular"))
    assert rows(council, "2015-03-01", "2015-08-01") == []
    agree(
        council,
        "interval",
        "2015-03-10",
        obligation_key="16",
        schedule={
            "version": 1,
            "kind": "every_period",
            "period": {"months": 1},
            "anchor": {"kind": "notice_issued"},
        },
    )
    assert rows(council, "2015-03-10", "2015-05-01") == [
        ("2015-03-15", "due_soon"),
        ("2015-04-15", "not_yet_due"),
    ]
    agree(
        council,
        "interval",
        "2015-04-01",
        obligation_key="16",
        schedule={
            "version": 1,
            "kind": "every_period",
            "period": {"months": 3},
            "anchor": {"kind": "notice_issued"},
        },
    )
    assert rows(council, "2015-04-02", "2015-08-01") == [
        ("2015-03-15", "overdue"),
        ("2015-04-15", "due_soon"),
        ("2015-07-15", "not_yet_due"),
    ]


def test_an_agreement_fills_only_what_was_left_open(council, notice, first):
    owe(first, "16", OnlyOnce(Happening("adviser_placed"), NotYetAgreed("regular")))
    agree(
        council,
        "interval",
        "2015-03-10",
        obligation_key="16",
        schedule={
            "version": 1,
            "kind": "every_period",
            "period": {"months": 1},
            "anchor": {"kind": "notice_issued"},
        },
    )
    assert rows(council, "2015-03-11", "2015-08-01") == []
    happened(council, "adviser_placed", "2015-04-20")
    assert rows(council, "2015-05-01", "2015-06-01") == [("2015-05-15", "due_soon")]


def test_an_agreed_tolerance_makes_a_review_late_only_past_it(council, notice, first):
    owe(first, "r", OnOrAfter(Period(months=6), NOTICE), Force.EXPECTED, holder="Department for Education")
    assert rows(council, "2015-09-01", "2016-01-01") == [("2015-07-15", "not_yet_due")]
    agree(council, "tolerance", "2015-02-01", obligation_key="r", period={"days": 14})
    assert rows(council, "2015-09-01", "2016-01-01") == [("2015-07-29", "overdue")]


@pytest.mark.parametrize("target", [{"event_kind": "board_held"}, {"obligation_key": "3a"}])
def test_an_agreed_frequency_counts_from_its_day_and_a_withdrawn_one_not(council, first, target):
    owe(first, "3a", NoLongerThan(Period.weeks(4), BOARD, NOTICE))
    happened(council, "board_held", "2015-02-10")
    agreed = agree(council, "frequency", "2015-02-20", period={"days": 42}, **target)
    assert rows(council, "2015-02-25", "2015-03-31") == [("2015-02-12", "met"), ("2015-03-24", "due_soon")]
    agree(council, "frequency", "2015-02-26", period={"days": 42}, withdrawn=True, replaces=agreed, **target)
    assert rows(council, "2015-02-27", "2015-03-31")[1] == ("2015-03-10", "due_soon")


def test_a_single_agreed_gap_leaves_its_dates_out(council, first):
    owe(first, "1", MONTHLY)
    agree(
        council, "gap", "2015-02-01", obligation_key="1", gap_from=day("2015-03-01"), gap_to=day("2015-03-31")
    )
    assert [due for due, _ in rows(council, "2015-02-02", "2015-04-30")] == ["2015-02-15", "2015-04-15"]


def test_moving_a_planned_board_moves_what_is_foreseen_and_nothing_past(council, first):
    owe(first, "3a", NoLongerThan(Period.weeks(4), BOARD, NOTICE))
    happened(council, "board_held", "2015-02-10")
    plan = planned(council, "board_held", "2015-03-03", "2015-02-11")
    before = rows(council, "2015-02-20", "2015-04-30")
    planned(council, "board_held", "2015-03-09", "2015-02-18", replaces=plan)
    after = rows(council, "2015-02-20", "2015-04-30")
    assert before[:2] == after[:2] == [("2015-02-12", "met"), ("2015-03-10", "due_soon")]
    assert (before[2][0], after[2][0]) == ("2015-03-31", "2015-04-06")


def test_as_at_an_earlier_day_the_plans_are_those_of_then(council, first):
    owe(first, "3a", NoLongerThan(Period.weeks(4), BOARD, NOTICE))
    plan = planned(council, "board_held", "2015-02-10", "2015-01-20")
    moved = planned(council, "board_held", "2015-02-12", "2015-02-05", replaces=plan)
    happened(council, "board_held", "2015-02-12", "2015-02-13", replaces=moved)
    assert rows(council, "2015-02-01", "2015-03-15")[1][0] == "2015-03-10"
    assert rows(council, "2015-02-06", "2015-03-15")[1][0] == "2015-03-12"
    assert rows(council, "2015-02-13", "2015-03-15") == [("2015-02-12", "met"), ("2015-03-12", "due_soon")]


def test_a_meeting_taken_back_after_deadlines_rested_on_it_opens_them_again(council, first):
    owe(first, "3a", NoLongerThan(Period.weeks(4), BOARD, NOTICE))
    held = happened(council, "board_held", "2015-02-10")
    assert rows(council, "2015-02-20", "2015-02-28") == [("2015-02-12", "met")]
    happened(council, "board_held", "2015-02-10", "2015-02-21", "cancelled", replaces=held)
    assert rows(council, "2015-02-21", "2015-02-28") == [("2015-02-12", "overdue")]


def test_nothing_recorded_after_a_moment_is_known_then(council, first):
    owe(first, "3a", NoLongerThan(Period.weeks(4), BOARD, NOTICE))
    happened(council, "board_held", "2015-02-10", "2015-03-01")
    until = moment("2015-02-20")
    assert rows(council, "2015-02-20", "2015-02-28", recorded_until=until) == [("2015-02-12", "overdue")]
    assert rows(council, "2015-02-20", "2015-02-28") == [("2015-02-12", "met")]


def test_what_was_recorded_of_a_deadline_that_has_gone_is_shown_not_dropped(council, notice, first):
    once = owe(first, "1", Within(Period(months=1), Anchor("inspection_published")))
    inspected = happened(council, "inspection_published", "2015-01-10")
    mark(once, "2015-02-10", "met", "2015-02-01", label="Minute 7")
    assert rows(council, "2015-03-01", "2015-12-31") == [("2015-02-10", "met")]
    happened(council, "inspection_published", "2015-01-10", "2015-03-01", "cancelled", replaces=inspected)
    found = deadlines_of(council, today=day("2015-03-01"))
    assert found.lines == ()
    assert [(stray.key, stray.due, stray.what) for stray in found.strays] == [
        ("1", day("2015-02-10"), "met on 1 February 2015: Minute 7")
    ]


def test_two_notices_at_once_count_each_from_its_own_day(council, first):
    owe(first, "1", Within(Period(months=2), NOTICE))
    other = version(instrument(council, "2015-03-01"))
    owe(other, "1", Within(Period(months=2), NOTICE))
    assert rows(council, "2015-03-10", "2015-12-31") == [
        ("2015-03-15", "due_soon"),
        ("2015-05-01", "not_yet_due"),
    ]


def test_lifting_the_notice_closes_what_is_open(council, notice, first):
    owe(first, "1", MONTHLY)
    notice.ended_on, notice.end = day("2015-03-20"), "lifted"
    notice.save()
    assert rows(council, "2015-03-19", "2015-04-30")[-1] == ("2015-04-15", "due_soon")
    assert [state for _, state in rows(council, "2015-03-21", "2015-12-31")] == ["superseded"] * 3


def test_a_schedule_nobody_can_satisfy_is_said_with_its_reason(council, first):
    owe(first, "1", OnDate(day("2014-12-01"), by=True))
    (problem,) = deadlines_of(council, today=day("2015-02-01")).problems
    assert problem.duty.key == "1"
    assert "before the notice was issued on 15 January 2015" in problem.why


def test_duties_that_wait_for_each_other_do_not_keep_the_others_from_being_worked_out(council, first):
    owe(first, "1", Before("2", "the report"))
    owe(first, "2", Before("1", "the report"))
    owe(first, "3", Before("nobody", "the report"))
    owe(first, "4", MONTHLY)
    broken = owe(first, "5", MONTHLY)
    broken.schedule = {"version": 99}
    broken.save()
    found = deadlines_of(council, today=day("2015-02-01"), until=day("2015-02-28"))
    assert [line.duty.key for line in found.lines] == ["4"]
    assert {one.duty.key for one in found.problems} == {"1", "2", "3", "5"}


def test_a_planned_meeting_whose_day_has_passed_is_asked_about(council, first):
    owe(first, "3a", NoLongerThan(Period.weeks(4), BOARD, NOTICE))
    planned(council, "board_held", "2015-02-10", "2015-01-20")
    found = deadlines_of(council, today=day("2015-02-20"))
    assert found.unsaid == ("Improvement board planned for 10 February 2015",)


def test_a_report_recorded_under_its_key_or_provision_meets_it(council, first):
    owe(first, "17 #2", OnDate(day("2015-03-01"), by=True), ref="17")
    owe(first, "14", OnDate(day("2015-04-01"), by=True), met_by=Happening("report_submitted", "chair"))
    happened(council, "report_submitted", "2015-02-20", report="17 #2")
    happened(council, "report_submitted", "2015-03-20", report="14")
    assert rows(council, "2015-05-01", "2015-12-31") == [("2015-03-01", "met"), ("2015-04-01", "met")]


def test_the_number_of_queries_does_not_grow(council, first, django_assert_max_num_queries):
    for number in range(12):
        owe(first, str(number), MONTHLY, also=[f"also {number}"])
        happened(council, "board_held", f"2015-02-{number + 1:02}")
    with django_assert_max_num_queries(8):
        deadlines_of(council, today=day("2015-06-01"))


def test_a_report_meets_either_the_old_or_the_changed_duty(council, notice, first):
    report = Happening("report_submitted", "progress")
    old = owe(first, "1", MONTHLY, superseded_on=day("2015-04-01"), met_by=report)
    changed = {"changes": old, "starts_on": day("2015-04-01"), "met_by": report}
    owe(version(notice, 2, "2015-04-01"), "1", QUARTERLY, **changed)
    happened(council, "report_submitted", "2015-04-10", report="progress")
    assert rows(council, "2015-05-01", "2015-08-01") == [
        ("2015-02-15", "superseded"),
        ("2015-03-15", "superseded"),
        ("2015-04-15", "met"),
        ("2015-07-15", "not_yet_due"),
    ]
