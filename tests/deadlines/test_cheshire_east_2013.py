"""Cheshire East, notice of 2013: every dated or recurring row of its table, for a notice issued on 31 May 2013."""

from deadlines.events import Event, Happening
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.obligations import Force, Obligation
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import (
    Before,
    EveryPeriod,
    NoLongerThan,
    NotYetAgreed,
    OnOrAfter,
    OnRequest,
    Standing,
    Together,
    WithEach,
    Within,
)
from deadlines.states import work_out
from tests.deadlines.build import BOARD, FOUR_WEEKS, NOTICE, REVIEW, SIX_MONTHS, boards, day, dues, issued

EVENTS = [issued("2013-05-31"), *boards("2013-06-20", "2013-07-18")]

CHAIR = EveryPeriod(SIX_MONTHS, NOTICE, until=Happening("notice_lifted"))
REVIEWS = Together(
    (
        *(OnOrAfter(Period(months=months), NOTICE) for months in (6, 12, 18)),
        OnRequest(REVIEW, Happening("review_requested")),
    )
)
OBLIGATIONS = (
    Obligation("reviews", REVIEWS, Force.EXPECTED, REVIEW),
    Obligation("leader", Before("reviews", "the review"), Force.EXPECTED),
)


def rows(events, today, key, horizon="2015-12-31"):
    found = work_out(OBLIGATIONS, Facts.of(events), today=day(today), horizon=day(horizon)).deadlines
    return [
        (one.occurrence.due.isoformat(), one.state.value, one.occurrence.firm)
        for one in found
        if one.obligation == key
    ]


def test_the_board_meets_every_four_weeks():
    board = NoLongerThan(FOUR_WEEKS, BOARD, NOTICE)
    assert dues(board, EVENTS, "2013-08-31") == ["2013-06-28", "2013-07-18", "2013-08-15"]


def test_the_chairs_initial_report_is_due_two_months_after_commencement():
    assert dues(Within(Period(months=2), NOTICE), EVENTS, "2014-01-01") == ["2013-07-31"]


def test_the_chair_reports_every_six_months_ends_of_months_and_all():
    assert dues(CHAIR, EVENTS, "2015-06-01") == ["2013-11-30", "2014-05-31", "2014-11-30", "2015-05-31"]


def test_the_chair_reports_until_the_notice_is_lifted():
    assert dues(CHAIR, [*EVENTS, Event("notice_lifted", day("2014-10-01"))], "2020-01-01") == [
        "2013-11-30",
        "2014-05-31",
    ]


def test_reviews_after_six_twelve_and_eighteen_months_open_then_and_are_never_late():
    assert rows(EVENTS, "2016-01-01", "reviews") == [
        ("2013-11-30", "not_yet_due", True),
        ("2014-05-31", "not_yet_due", True),
        ("2014-11-30", "not_yet_due", True),
    ]


def test_a_review_held_after_six_months_meets_the_first_opening_and_is_not_late():
    held = [*EVENTS, Event("review_held", day("2014-01-14"))]
    assert rows(held, "2014-02-01", "reviews")[0] == ("2013-11-30", "met", True)


def test_a_tolerance_agreed_makes_the_review_late_past_it():
    tolerant = OnOrAfter(SIX_MONTHS, NOTICE, Period.weeks(2))
    (found,) = tolerant.due(Facts.of(EVENTS), day("2014-01-01"))
    assert (found.window_from, found.due, found.open_ended) == (day("2013-11-30"), day("2013-12-14"), False)


def test_the_leaders_report_comes_with_each_review_wherever_it_is_held():
    held = [*EVENTS, Event("review_held", day("2014-01-14"))]
    assert rows(held, "2014-02-01", "leader") == [
        ("2014-01-14", "overdue", True),
        ("2014-05-31", "not_yet_due", False),
        ("2014-11-30", "not_yet_due", False),
    ]


def test_the_progress_against_the_dataset_goes_to_each_board():
    assert dues(WithEach(BOARD, FOUR_WEEKS), EVENTS, "2013-09-15") == [
        "2013-06-20",
        "2013-07-18",
        "2013-08-15",
        "2013-09-12",
    ]


def test_the_targets_are_an_aim_18_months_from_the_start():
    assert dues(Within(Period(months=18), NOTICE), EVENTS, "2015-01-01") == ["2014-11-30"]


def test_external_validation_before_the_end_is_before_the_lifting_and_waits_for_its_date():
    validation = Within(Period(), Anchor("notice_lifted"))
    assert validation.due(Facts.of(EVENTS), day("2020-01-01")) == ()
    assert validation.waits_for(Facts.of(EVENTS)) == "The date of the lifting of the notice is not recorded."


def test_regular_feedback_has_no_date_until_an_interval_is_agreed():
    regular = NotYetAgreed("regular", agreed_by="the board")
    assert regular.due(Facts.of(EVENTS), day("2020-01-01")) == ()
    assert regular.waits_for(Facts.of(EVENTS)) == (
        "An interval or a date has to be agreed by the board and recorded: the notice says “regular” and gives no interval."
    )


def test_adoption_thresholds_on_track_throughout_are_standing():
    assert dues(Standing(), EVENTS, "2020-01-01") == []
    assert Standing().sentence() == "at all times"


def test_members_know_their_terms_of_reference_on_appointment_and_change():
    aware = Together((WithEach(Happening("member_appointed")), WithEach(Happening("terms_changed"))))
    facts = [*EVENTS, Event("member_appointed", day("2013-09-02")), Event("terms_changed", day("2013-07-18"))]
    assert dues(aware, facts, "2014-01-01") == ["2013-07-18", "2013-09-02"]


def test_without_an_issue_date_nothing_is_dated_and_each_says_why():
    for schedule in (CHAIR, Within(Period(months=2), NOTICE), OnOrAfter(SIX_MONTHS, NOTICE)):
        assert schedule.due(Facts.of(), day("2020-01-01")) == ()
        assert schedule.waits_for(Facts.of()) == "The date of the notice is not recorded."
