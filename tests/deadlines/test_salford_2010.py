"""Salford, notice of 2010: every dated or recurring row of its table, for a notice issued on 31 August 2010."""

import pytest

from deadlines.events import Event, Happening, Variation
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.schedules.family import (
    AtLeastInEachMonth,
    Between,
    ByEndOfMonth,
    EveryPeriod,
    OnOrAfter,
    Together,
    WithEach,
    Within,
)
from tests.deadlines.build import BOARD, NOTICE, boards, day, dues, issued, one, owed, seen

EVENTS = [issued("2010-08-31")]
TWO_MONTHS = Within(Period(months=2), NOTICE)
MONTHLY = AtLeastInEachMonth(1, BOARD, NOTICE)
DISCUSSION = Happening("discussion_held")


def test_measures_i_to_vi_within_two_months_of_the_date_of_the_notice():
    found = one(TWO_MONTHS, EVENTS)
    assert (found.due, found.because) == (
        day("2010-10-31"),
        "Two months after the notice issued on 31 August 2010.",
    )


def test_permanent_directors_by_the_end_of_december_2010():
    assert one(ByEndOfMonth(2010, 12), EVENTS).due == day("2010-12-31")


def test_a_monthly_board_on_7_september_then_12_october_complies():
    held = [*EVENTS, *boards("2010-09-07", "2010-10-12")]
    assert seen([owed(MONTHLY)], held, "2010-11-01", "2010-11-30") == [
        ("1", "2010-09-30", "met"),
        ("1", "2010-10-31", "met"),
        ("1", "2010-11-30", "due_soon"),  # its month has begun
    ]


def test_a_month_without_a_board_is_missed_for_good():
    held = [*EVENTS, *boards("2010-09-07", "2010-11-02", "2010-11-30")]
    assert seen([owed(MONTHLY)], held, "2010-12-01", "2010-11-30") == [
        ("1", "2010-09-30", "met"),
        ("1", "2010-10-31", "overdue"),
        ("1", "2010-11-30", "met"),
    ]


def test_a_month_that_an_agreed_gap_covers_asks_for_no_board():
    gap = Variation(day("2010-11-15"), "board_held", gap_from=day("2010-12-01"), gap_to=day("2010-12-31"))
    assert dues(MONTHLY, EVENTS, "2011-01-31", [gap]) == [
        "2010-09-30",
        "2010-10-31",
        "2010-11-30",
        "2011-01-31",
    ]


def test_another_frequency_replaces_the_months_not_yet_over_on_the_day_it_was_agreed():
    held = [*EVENTS, *boards("2010-09-07", "2010-10-12")]
    six_weeks = Variation(day("2010-10-20"), "board_held", Period.weeks(6))
    assert dues(MONTHLY, held, "2010-12-31", [six_weeks]) == ["2010-09-30", "2010-11-23"]


@pytest.mark.parametrize("agreed", [("2010-11-01", None), ("2010-09-20", "2010-11-01")])
def test_a_shorter_frequency_than_the_months_is_owed_from_the_day_it_counts(agreed):
    held = [*EVENTS, *boards("2010-09-07", "2010-10-01")]
    said_on, counts_from = agreed
    fortnightly = Variation(
        day(said_on), "board_held", Period.weeks(2), from_on=day(counts_from) if counts_from else None
    )
    assert seen([owed(MONTHLY)], held, "2010-11-16", "2010-11-30", variations=[fortnightly]) == [
        ("1", "2010-09-30", "met"),
        ("1", "2010-10-31", "met"),
        ("1", "2010-11-15", "overdue"),
        ("1", "2010-11-29", "due_soon"),
    ]


def test_a_board_that_met_its_month_meets_no_deadline_of_the_later_frequency():
    held = [*EVENTS, *boards("2010-09-07", "2010-10-12")]
    later = Variation(day("2010-09-20"), "board_held", Period.weeks(8), from_on=day("2010-11-01"))
    assert dues(MONTHLY, held, "2010-12-31", [later]) == ["2010-09-30", "2010-10-31", "2010-12-07"]


def test_a_notice_issued_on_the_first_counts_that_month():
    assert dues(MONTHLY, [issued("2010-09-01")], "2010-10-31") == ["2010-09-30", "2010-10-31"]


def test_the_chairs_progress_reports_two_months_after_the_notice_and_at_the_start_of_january():
    both = Together((TWO_MONTHS, Between(day("2011-01-01"), day("2011-01-07"))))
    found = both.due(Facts.of(EVENTS), day("2011-12-31"))
    assert [(row.window_from, row.due) for row in found] == [
        (None, day("2010-10-31")),
        (day("2011-01-01"), day("2011-01-07")),
    ]
    assert both.sentence() == "within two months of the notice and between 1 January 2011 and 7 January 2011"


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (EveryPeriod(Period(months=2), NOTICE), ["2010-10-31", "2010-12-31", "2011-02-28"]),
        (
            AtLeastInEachMonth(2, Happening("report_submitted", "chair"), NOTICE),
            ["2010-09-30", "2010-10-31", "2010-11-30", "2010-12-31", "2011-01-31", "2011-02-28"],
        ),
    ],
    ids=["every two months", "twice a month"],
)
def test_bi_monthly_can_be_held_in_both_readings(reading, expected):
    assert dues(reading, EVENTS, "2011-02-28") == expected


def test_the_minister_reviews_after_six_and_after_twelve_months():
    after = Together((OnOrAfter(Period(months=6), NOTICE), OnOrAfter(Period(months=12), NOTICE)))
    found = after.due(Facts.of(EVENTS), day("2011-12-31"))
    assert [(row.due.isoformat(), row.open_ended) for row in found] == [
        ("2011-02-28", True),
        ("2011-08-31", True),
    ]
    assert found[0].because == (
        "It opens on 28 February 2011, six months after the notice issued on 31 August 2010; "
        "no day is agreed after which it is late."
    )


def test_challenge_discussions_are_monthly_for_the_first_six_months():
    monthly = AtLeastInEachMonth(1, DISCUSSION, NOTICE, times=6, calendar=False)
    held = [*EVENTS, Event("discussion_held", day("2010-09-14")), Event("discussion_held", day("2010-11-05"))]
    assert seen([owed(monthly)], held, "2010-12-01", "2012-01-01") == [
        ("1", "2010-09-30", "met"),
        ("1", "2010-10-31", "overdue"),
        ("1", "2010-11-30", "met"),
        ("1", "2010-12-31", "due_soon"),
        ("1", "2011-01-31", "not_yet_due"),
        ("1", "2011-02-28", "not_yet_due"),
    ]


def test_officials_advise_ministers_after_each_look_at_progress():
    advice = Together((WithEach(Happening("review_held")), WithEach(DISCUSSION)))
    held = [*EVENTS, Event("discussion_held", day("2010-09-14")), Event("review_held", day("2011-03-02"))]
    assert dues(advice, held, "2012-01-01") == ["2010-09-14", "2011-03-02"]
