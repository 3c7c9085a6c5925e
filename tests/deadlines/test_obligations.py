"""Obligations that rest on each other, and facts seen as at a day."""

from datetime import UTC, datetime

import pytest

from deadlines.checks import impossible
from deadlines.events import Event, Happening, Status, Variation
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.obligations import (
    CircularScheduleError,
    ScheduleError,
    UnknownObligationError,
    dependency_order,
    occurrences,
)
from deadlines.occurrence import fact_as_data
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import (
    Before,
    EveryPeriod,
    InMonth,
    NoLongerThan,
    OnWorkingDay,
    Together,
    Within,
)
from tests.deadlines.build import BOARD, FOUR_WEEKS, NOTICE, REVIEW, boards, day, dues, issued, owed

WEEK = Period.weeks(1)
REVIEWS = owed(NoLongerThan(Period(months=6), REVIEW, NOTICE), key="review")


def test_obligations_are_worked_out_after_those_they_count_from():
    report = owed(Before("review", "the review", WEEK), key="a report")
    beside = owed(Before("a report", "the report", of_deadline=True), key="beside")
    assert dependency_order([beside, report, REVIEWS]) == ["review", "a report", "beside"]


def test_a_circle_is_refused_and_shown():
    first = owed(Before("b", "b"), key="a")
    second = owed(Together((Before("a", "a"), InMonth(2015, 5))), key="b")
    with pytest.raises(CircularScheduleError, match="these obligations wait for each other: a → b → a"):
        occurrences([first, second], Facts.of(), day("2020-01-01"))


def test_counting_from_an_obligation_that_is_not_there_is_refused():
    with pytest.raises(UnknownObligationError, match="“a” counts from “b”, which is not there"):
        occurrences([owed(Before("b", "b"), key="a")], Facts.of(), day("2020-01-01"))


def test_a_key_used_twice_is_refused():
    with pytest.raises(ScheduleError, match="two obligations have the key “1”"):
        occurrences([owed(InMonth(2015, 5)), owed(InMonth(2015, 6))], Facts.of(), day("2020-01-01"))


def test_a_lead_time_is_known_up_to_the_horizon_though_the_review_lies_beyond_it():
    report = owed(Before("review", "the review", WEEK), key="report")
    found = occurrences([REVIEWS, report], Facts.of([issued("2015-03-23")]), day("2015-09-20"))
    assert [one.due for one in found["report"]] == [day("2015-09-16")]
    assert found["review"] == ()


def test_a_lead_time_in_working_days_skips_the_august_bank_holiday():
    report = owed(Before("review", "the review", Period(working_days=5)), key="report")
    held = [issued("2015-03-23"), Event("review_held", day("2015-09-04"))]
    found = occurrences([REVIEWS, report], Facts.of(held), day("2015-12-31"))
    assert found["report"][0].due == day("2015-08-27")


def test_a_review_asked_for_by_interval_and_request_owes_one_report():
    event = Event("review_held", day("2015-09-04"), on_request=True)
    both = Together((REVIEWS.schedule, REVIEWS.schedule))
    report = owed(Before("review", "the review", WEEK), key="report")
    found = occurrences(
        [owed(both, key="review"), report], Facts.of([issued("2015-03-23"), event]), day("2015-12-31")
    )
    assert [one.due for one in found["report"]] == [day("2015-08-28")]


def test_only_a_schedule_that_says_so_moves_to_a_working_day():
    plain = InMonth(2015, 5)
    assert dues(plain, [], "2016-01-01") == ["2015-05-31"]
    assert dues(OnWorkingDay(plain), [], "2016-01-01") == ["2015-05-29"]
    assert dues(OnWorkingDay(plain, "later"), [], "2016-01-01") == ["2015-06-01"]
    # the Sunday lies past the horizon, the Friday it moves to does not
    assert dues(OnWorkingDay(plain), [], "2015-05-30") == ["2015-05-29"]


def test_the_last_review_can_be_an_anchor():
    held = [issued("2015-03-23"), *(Event("review_held", day(on)) for on in ("2015-09-15", "2016-03-01"))]
    assert dues(Within(Period(months=2), Anchor("review_held", last=True)), held, "2020-01-01") == [
        "2016-05-01"
    ]
    assert dues(Within(Period(months=2), Anchor("review_held")), held, "2020-01-01") == ["2015-11-15"]


def test_a_planned_anchor_gives_a_forecast():
    planned = Event("inspection_published", day("2015-09-03"), Status.PLANNED)
    (found,) = Within(Period(months=2), Anchor("inspection_published")).due(
        Facts.of([planned]), day("2020-01-01")
    )
    assert (found.due, found.firm) == (day("2015-11-03"), False)


def test_an_anchor_is_an_event_or_a_day():
    assert dues(Within(WEEK, Anchor(on=day("2015-05-01"))), [], "2020-01-01") == ["2015-05-08"]
    for parts in ({}, {"kind": "notice_issued", "on": day("2015-05-01")}):
        with pytest.raises(ValueError, match="one of the two"):
            Anchor(**parts)


def test_the_history_of_one_meeting_is_read_by_its_latest_record():
    def row(status, on, hour):
        return Event(
            "board_held", day(on), status, key="m1", recorded_at=datetime(2015, 5, 1, hour, tzinfo=UTC)
        )

    moved = [row(Status.PLANNED, "2015-05-19", 1), row(Status.PLANNED, "2015-05-26", 2)]
    cancelled = [*moved, row(Status.CANCELLED, "2015-05-26", 3)]
    assert [event.on for event in Facts.of(moved).planned(BOARD)] == [day("2015-05-26")]
    assert Facts.of(reversed(cancelled)).planned(BOARD) == ()


def test_as_at_a_day_takes_what_had_happened_and_been_agreed_and_keeps_plans():
    facts = Facts.of(
        [
            issued("2015-03-23"),
            *boards("2015-04-21", "2015-05-19"),
            Event("board_held", day("2015-06-16"), Status.PLANNED),
        ],
        [Variation(day("2015-05-01"), "board_held", Period.weeks(6))],
    )
    then = facts.as_at(day("2015-04-30"))
    assert [event.on for event in then.held(BOARD)] == [day("2015-04-21")]
    assert [event.on for event in then.planned(BOARD)] == [day("2015-06-16")]
    assert then.variations == ()


def test_known_by_a_moment_leaves_out_what_was_recorded_later():
    late = Event("board_held", day("2015-04-21"), recorded_at=datetime(2015, 6, 1, tzinfo=UTC))
    facts = Facts.of([issued("2015-03-23"), late])
    assert facts.as_at(day("2015-05-31"), known_by=datetime(2015, 5, 31, tzinfo=UTC)).held(BOARD) == ()
    assert facts.as_at(day("2015-05-31"), known_by=datetime(2015, 6, 1, tzinfo=UTC)).held(BOARD) == (late,)


def test_a_board_of_its_own_name_is_told_from_others():
    executive = [Event("board_held", day("2015-04-01"), which="executive")]
    facts = Facts.of(
        [issued("2015-03-23"), *executive, Event("board_held", day("2015-04-20"), which="improvement")]
    )
    assert [event.on for event in facts.held(Happening("board_held", "improvement"))] == [day("2015-04-20")]
    assert len(facts.held(BOARD)) == 2


def test_a_deadline_before_the_notice_is_said_to_be_impossible():
    facts = Facts.of([issued("2015-06-23"), *boards("2015-07-01")])
    found = impossible(
        [owed(InMonth(2015, 5)), owed(NoLongerThan(FOUR_WEEKS, BOARD, NOTICE), key="2")],
        facts,
        day("2016-01-01"),
    )
    assert found == {
        "1": "It falls due on 31 May 2015, before the notice was issued on 23 June 2015. The words give it: in May 2015."
    }
    assert impossible([owed(InMonth(2015, 5))], Facts.of(), day("2016-01-01")) == {}


def test_steps_before_the_notice_are_left_out_of_a_recurring_schedule():
    recurring = EveryPeriod(Period(months=3), Anchor("inspection_published"))
    facts = [issued("2015-03-23"), Event("inspection_published", day("2014-09-03"))]
    assert dues(recurring, facts, "2015-10-01") == ["2015-06-03", "2015-09-03"]


def test_facts_are_given_as_data():
    agreed = Variation(day("2015-05-01"), "board_held", Period.weeks(6), letter="letter")
    report = owed(Before("review", "the review", WEEK), key="report")
    found = occurrences([REVIEWS, report], Facts.of([issued("2015-03-23")]), day("2015-12-31"))
    assert fact_as_data(issued("2015-03-23")) == {
        "is": "event",
        "kind": "notice_issued",
        "which": "",
        "status": "happened",
        "key": "",
        "on": "2015-03-23",
        "name": "the notice issued on 23 March 2015",
    }
    assert fact_as_data(agreed)["name"] == "the agreement of 1 May 2015 to every six weeks"
    assert fact_as_data(found["report"][0].rests_on[0]) == {
        "is": "deadline",
        "obligation": "review",
        "on": "2015-09-23",
        "name": "the review due by 23 September 2015",
    }
