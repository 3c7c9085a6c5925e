"""What the Department agreed to vary: a new frequency, one gap, and what was already history."""

from dataclasses import replace
from itertools import islice

import pytest

from deadlines.events import Variation
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.pace import coming, steps
from deadlines.schedules.family import EveryNth, EveryPeriod, NoLongerThan, OnDate
from tests.deadlines.build import (
    BOARD,
    FOUR_WEEKS,
    NOTICE,
    boards,
    day,
    dues,
    issued,
    owed,
    planned_boards,
    seen,
)

BOARD_RULE = NoLongerThan(FOUR_WEEKS, BOARD, NOTICE)
START = issued("2015-03-02")


def frequency(agreed: str, weeks: int, target: str = "board_held") -> Variation:
    return Variation(day(agreed), target, Period.weeks(weeks))


def gap(agreed: str, first: str, last: str) -> Variation:
    return Variation(day(agreed), "board_held", gap_from=day(first), gap_to=day(last))


def days(start: str, period: Period, count: int, *variations: Variation) -> list[str]:
    return [step.on.isoformat() for step in islice(steps(day(start), period, variations), count)]


def test_months_step_from_the_anchor():
    assert days("2013-08-31", Period(months=6), 3) == ["2014-02-28", "2014-08-31", "2015-02-28"]


def test_a_new_frequency_agreed_while_a_deadline_is_pending_moves_it():
    found = dues(BOARD_RULE, [START, *boards("2015-03-30")], "2015-06-30", [frequency("2015-04-20", 6)])
    assert found == ["2015-03-30", "2015-05-11", "2015-06-22"]


def test_a_new_frequency_leaves_a_deadline_already_passed_as_it_was():
    found = seen(
        [owed(BOARD_RULE)],
        [START, *boards("2015-03-30")],
        "2015-05-20",
        "2015-05-31",
        variations=[frequency("2015-05-08", 6)],
    )
    assert found == [("1", "2015-03-30", "met"), ("1", "2015-04-27", "overdue")]


def test_a_new_frequency_leaves_what_was_held_before_it_as_it_was():
    held = [START, *boards("2015-03-30", "2015-04-27")]
    assert dues(BOARD_RULE, held, "2015-06-30", [frequency("2015-05-08", 6)]) == [
        "2015-03-30",
        "2015-04-27",
        "2015-06-08",
    ]


def test_a_frequency_agreed_for_a_later_day_leaves_what_is_due_before_that_day_as_it_was():
    later = replace(frequency("2015-04-20", 6), from_on=day("2015-05-20"))
    found = dues(BOARD_RULE, [START, *boards("2015-03-30")], "2015-07-31", [later])
    assert found == ["2015-03-30", "2015-04-27", "2015-06-08", "2015-07-20"]
    assert later.name == "the agreement of 20 April 2015 to every six weeks from 20 May 2015"


def test_of_two_frequencies_the_one_that_counts_from_a_later_day_comes_second():
    for_later, at_once = (
        replace(frequency("2015-04-20", 6), from_on=day("2015-05-20")),
        frequency("2015-04-25", 5),
    )
    found = dues(BOARD_RULE, [START, *boards("2015-03-30")], "2015-07-31", [for_later, at_once])
    assert found == ["2015-03-30", "2015-05-04", "2015-06-15", "2015-07-27"]


def test_a_shorter_frequency_never_asks_for_a_date_that_had_passed_when_it_was_agreed():
    rule = NoLongerThan(Period.weeks(8), BOARD, NOTICE)
    # by the new two weeks the board would have been due on 13 April; two weeks from the agreement are given
    assert dues(rule, [START, *boards("2015-03-30")], "2015-05-31", [frequency("2015-05-01", 2)])[:2] == [
        "2015-04-27",
        "2015-05-15",
    ]


def test_the_explanation_names_the_agreement():
    (_, pending) = BOARD_RULE.due(
        Facts.of([START, *boards("2015-03-30")], [frequency("2015-04-20", 6)]), day("2015-05-31")
    )
    assert pending.because == (
        "At most six weeks after the board of 30 March 2015, by the agreement of 20 April 2015 to every six weeks."
    )


def test_an_agreed_august_gap_leaves_out_the_date_inside_it():
    held = [START, *boards("2015-07-14")]
    assert dues(BOARD_RULE, held, "2015-10-31", [gap("2015-07-20", "2015-08-01", "2015-08-31")])[1:] == [
        "2015-09-08",
        "2015-10-06",
    ]


def test_a_gap_agreed_after_the_date_had_passed_does_not_excuse_it():
    held = [START, *boards("2015-07-14")]
    found = seen(
        [owed(BOARD_RULE)],
        held,
        "2015-09-20",
        "2015-08-31",
        variations=[gap("2015-08-20", "2015-08-01", "2015-08-31")],
    )
    assert found[-1] == ("1", "2015-08-11", "overdue")


def test_a_variation_about_other_events_changes_nothing():
    held = [START, *boards("2015-03-30")]
    other = frequency("2015-04-01", 6, target="review_held")
    assert dues(BOARD_RULE, held, "2015-06-30", [other]) == dues(BOARD_RULE, held, "2015-06-30")


def test_a_report_every_period_can_be_varied_by_its_obligations_own_key():
    report = owed(EveryPeriod(Period(months=6), NOTICE), key="chair")
    agreed = Variation(day("2015-10-01"), "chair", Period(months=3))
    assert seen([report], [START], "2015-10-02", "2016-06-30", variations=[agreed]) == [
        ("chair", "2015-09-02", "overdue"),
        ("chair", "2015-12-02", "not_yet_due"),
        ("chair", "2016-03-02", "not_yet_due"),
        ("chair", "2016-06-02", "not_yet_due"),
    ]


def test_planned_meetings_beat_the_pace_which_speaks_after_the_last_plan():
    facts = Facts.of([START, *boards("2015-03-30"), *planned_boards("2015-05-05")])
    assert [one.on.isoformat() for one in islice(coming(BOARD, FOUR_WEEKS, facts), 4)] == [
        "2015-03-30",
        "2015-05-05",
        "2015-06-02",
        "2015-06-30",
    ]


def test_a_plan_that_a_later_meeting_overtook_is_no_forecast():
    facts = Facts.of([START, *planned_boards("2015-03-20"), *boards("2015-03-30")])
    assert facts.planned(BOARD) == ()


def test_without_a_pace_only_what_is_held_or_planned_is_foreseen():
    facts = Facts.of([START, *boards("2015-03-30"), *planned_boards("2015-05-05")])
    assert [one.on.isoformat() for one in coming(BOARD, None, facts)] == ["2015-03-30", "2015-05-05"]


def test_a_planned_board_past_the_limit_does_not_move_the_limit():
    held = [START, *boards("2015-03-30"), *planned_boards("2015-05-20")]
    assert dues(BOARD_RULE, held, "2015-06-30") == ["2015-03-30", "2015-04-27", "2015-06-17"]


def test_days_allowed_after_the_third_board_are_added():
    rule = EveryNth(3, BOARD, OnDate(day("2015-03-20")), days_allowed=5)
    held = [START, *boards("2015-03-30", "2015-04-27", "2015-05-25")]
    (_, second) = rule.due(Facts.of(held), day("2015-12-31"))
    assert (second.due, second.because[:52]) == (
        day("2015-05-30"),
        "Five days after the third board after 20 March 2015:",
    )


def test_a_pace_of_no_time_is_refused():
    with pytest.raises(ValueError, match="no time"):
        next(steps(day("2015-01-01"), Period()))


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"period": Period(months=1), "gap_from": day("2015-08-01"), "gap_to": day("2015-08-31")},
        {"gap_from": day("2015-08-01")},
        {"gap_from": day("2015-08-31"), "gap_to": day("2015-08-01")},
    ],
)
def test_a_variation_is_a_frequency_or_a_gap_and_nothing_else(parts):
    with pytest.raises(ValueError, match="gap"):
        Variation(day("2015-07-01"), "board_held", **parts)


def test_a_gap_rule_for_the_first_months_ends_with_them():
    rule = NoLongerThan(Period.weeks(6), BOARD, NOTICE, lasting=Period(months=3))
    assert dues(rule, [START], "2016-01-01") == ["2015-04-13", "2015-05-25"]
    assert rule.sentence() == "at least one board every six weeks for three months, from the notice"


def test_every_second_board_without_a_first_date_counts_from_the_notice():
    rule = EveryNth(2, BOARD)
    held = [START, *boards("2015-02-20", "2015-03-30", "2015-04-27", "2015-05-25", "2015-06-22")]
    assert dues(rule, held, "2016-01-01") == ["2015-04-27", "2015-06-22"]
    assert rule.sentence() == "with every second board"
    assert rule.waits_for(Facts.of()) == "The date of the notice is not recorded."


def test_every_month_is_not_said_to_be_every_one_month():
    assert EveryPeriod(Period(months=1), NOTICE).sentence() == "every month from the notice"
    assert OnDate(day("2015-03-20"), by=True).sentence() == "by 20 March 2015"
