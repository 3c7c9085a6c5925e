"""What the calendar gives, and one pace after another: ways of other councils' notices that the real three lack."""

import pytest

from deadlines.events import Event, Happening, Status, Variation
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.obligations import Obligation
from deadlines.schedules.base import Anchor
from deadlines.schedules.calendar import QUARTERS
from deadlines.schedules.family import ByCalendar, EveryPeriod, NoLongerThan, Together, UpTo, cadence_of
from deadlines.states import work_out
from tests.deadlines.build import BOARD, NOTICE, boards, day, dues, issued, one

ISSUED = [issued("2015-03-23")]
MONTH, QUARTER = Period(months=1), Period(months=3)
LIFTED = Happening("notice_lifted")


@pytest.mark.parametrize(
    ("schedule", "sentence", "first"),
    [
        (ByCalendar(NOTICE, (9,)), "in each September from the notice", ["2015-09-30", "2016-09-30"]),
        (ByCalendar(NOTICE, (3,), 31, by=True), "by the end of each March from the notice", ["2015-03-31", "2016-03-31"]),
        (ByCalendar(NOTICE, day=10, by=True), "by the 10th of each month from the notice", ["2015-04-10", "2015-05-10"]),
        (ByCalendar(NOTICE, day=30), "on the 30th of each month from the notice", ["2015-03-30", "2015-04-30"]),
        (
            ByCalendar(NOTICE, day=1, weekday=0),
            "on the first Monday of each month from the notice",
            ["2015-04-06", "2015-05-04"],
        ),
        (
            ByCalendar(NOTICE, day=5, weekday=4),
            "on the last Friday of each month from the notice",
            ["2015-03-27", "2015-04-24"],
        ),
        (
            ByCalendar(NOTICE, QUARTERS, 31, by=True),
            "by the end of each quarter (March, June, September and December) from the notice",
            ["2015-03-31", "2015-06-30"],
        ),
        (
            ByCalendar(NOTICE, QUARTERS, 31, after=Period(working_days=10)),
            "within ten working days of the end of each quarter (March, June, September and December) from the notice",
            ["2015-04-16", "2015-07-14"],
        ),
    ],
)  # fmt: skip
def test_days_of_the_calendar(schedule, sentence, first):
    assert schedule.sentence() == sentence
    assert dues(schedule, ISSUED, "2017-12-31")[:2] == first


def test_a_month_may_be_used_from_its_first_day():
    found = one(ByCalendar(NOTICE, (9,)), ISSUED, "2015-12-31")
    assert (found.window_from, found.because) == (
        day("2015-09-01"),
        "In each September, counted from the notice issued on 23 March 2015.",
    )


def test_the_29th_of_each_month_is_the_end_of_a_short_february():
    assert dues(ByCalendar(Anchor(on=day("2015-01-31")), (2,), 29), ISSUED[:0], "2016-12-31") == [
        "2015-02-28",
        "2016-02-29",
    ]


def test_the_day_of_the_notice_itself_is_not_counted():
    assert dues(ByCalendar(NOTICE, day=23, by=True), ISSUED, "2015-05-01") == ["2015-04-23"]


def test_by_the_calendar_until_the_notice_is_lifted():
    lifted = Event("notice_lifted", day("2015-06-05"))
    assert dues(ByCalendar(NOTICE, day=31, until=LIFTED), [*ISSUED, lifted], "2016-01-01") == [
        "2015-03-31",
        "2015-04-30",
        "2015-05-31",
    ]


def test_a_new_frequency_holds_from_the_day_it_was_agreed():
    schedule = ByCalendar(NOTICE, (9,))
    quarterly = Variation(day("2015-11-02"), "1", Period(months=3))
    facts = Facts.of(ISSUED, [quarterly])
    found = work_out([Obligation("1", schedule)], facts, today=day("2016-01-01"), horizon=day("2016-12-31"))
    assert [one.occurrence.due.isoformat() for one in found.deadlines] == [
        *("2015-09-30", "2015-12-30", "2016-03-30", "2016-06-30", "2016-09-30", "2016-12-30"),
    ]


def test_an_agreed_gap_leaves_its_month_out_and_the_next_says_so():
    gap = Variation(day("2015-06-01"), "1", gap_from=day("2015-08-01"), gap_to=day("2015-08-31"))
    facts = Facts.of(ISSUED, [gap])
    found = work_out(
        [Obligation("1", ByCalendar(NOTICE, day=10))],
        facts,
        today=day("2015-07-01"),
        horizon=day("2015-10-31"),
    )
    due = [(one.occurrence.due.month, gap in one.occurrence.rests_on) for one in found.deadlines]
    assert due == [(4, False), (5, False), (6, False), (7, False), (9, True), (10, False)]


def test_monthly_for_three_months_and_quarterly_thereafter():
    thereafter = Anchor("notice_issued", after=QUARTER)
    schedule = Together((EveryPeriod(MONTH, NOTICE, 3), EveryPeriod(QUARTER, thereafter, until=LIFTED)))
    assert dues(schedule, ISSUED, "2016-01-31") == [
        *("2015-04-23", "2015-05-23", "2015-06-23", "2015-09-23", "2015-12-23"),
    ]
    assert schedule.sentence() == (
        "every month from the notice, three times and every three months from three months after the notice "
        "until the lifting of the notice"
    )
    last = schedule.due(Facts.of(ISSUED), day("2015-12-31"))[-1]
    assert last.because == (
        "The second time, every three months from three months after the notice issued on 23 March 2015."
    )


def test_fortnightly_until_a_day_then_monthly():
    end = Anchor(on=day("2015-04-30"))
    schedule = Together((UpTo(EveryPeriod(Period.weeks(2), NOTICE), end), EveryPeriod(MONTH, end)))
    assert dues(schedule, ISSUED, "2015-07-01") == ["2015-04-06", "2015-04-20", "2015-05-30", "2015-06-30"]
    assert schedule.sentence() == (
        "every two weeks from the notice, up to 30 April 2015 and every month from 30 April 2015"
    )


def test_a_board_every_two_weeks_for_three_months_then_every_six_weeks():
    schedule = Together(
        (
            NoLongerThan(Period.weeks(2), BOARD, NOTICE, QUARTER),
            NoLongerThan(Period.weeks(6), BOARD, Anchor("notice_issued", after=QUARTER)),
        )
    )
    held = boards("2015-04-06", "2015-06-22", "2015-07-20")
    found = schedule.due(Facts.of([*ISSUED, *held]), day("2015-09-15"))
    assert [(one.due.isoformat(), one.held.on.isoformat() if one.held else None) for one in found] == [
        ("2015-04-06", "2015-04-06"),
        ("2015-04-20", "2015-06-22"),
        ("2015-08-04", "2015-07-20"),
        ("2015-08-31", None),
    ]


def test_up_to_a_review_that_is_not_held_yet_goes_on():
    schedule = UpTo(EveryPeriod(MONTH, NOTICE), Anchor("review_held"))
    assert dues(schedule, ISSUED, "2015-06-30") == ["2015-04-23", "2015-05-23", "2015-06-23"]
    planned = Event("review_held", day("2015-05-01"), Status.PLANNED)
    assert dues(schedule, [*ISSUED, planned], "2015-06-30") == ["2015-04-23"]


@pytest.mark.parametrize(
    ("schedule", "pace"),
    [
        (UpTo(NoLongerThan(Period.weeks(2), BOARD, NOTICE), Anchor(on=day("2015-06-30"))), Period.weeks(2)),
        (
            Together((EveryPeriod(MONTH, NOTICE), NoLongerThan(Period.weeks(6), BOARD, NOTICE))),
            Period.weeks(6),
        ),
        (NoLongerThan(Period.weeks(6), Happening("review_held"), NOTICE), None),
        (ByCalendar(NOTICE, (9,)), None),
    ],
)
def test_the_pace_of_boards_is_that_of_the_first_schedule_that_asks_for_them(schedule, pace):
    assert cadence_of(schedule, "board_held") == pace
