"""States are derived from facts, marks and the day; nothing that was recorded is lost."""

import pytest

from deadlines.events import Event, Happening
from deadlines.facts import Facts
from deadlines.marks import Mark, MarkKind
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.family import (
    Before,
    EveryNth,
    EveryPeriod,
    OnDate,
    OnOrAfter,
    OnRequest,
    WithEach,
    Within,
)
from deadlines.states import CLOSED_STATES, State, work_out
from tests.deadlines.build import BOARD, NOTICE, REVIEW, SIX_MONTHS, boards, day, issued, met, owed, seen

REPORT = Happening("report_submitted")
ON_DATE = OnDate(day("2015-05-31"))
MONTHLY = EveryPeriod(Period(months=1), NOTICE)
START = issued("2015-01-15")


def state(today: str, force: Force = Force.MUST, *marks: Mark) -> str:
    ((_, _, found),) = seen([owed(ON_DATE, force=force)], [START], today, "2016-01-01", marks=marks)
    return found


def waived(on: str, sequence: int = 0) -> Mark:
    return Mark(
        "1",
        day("2015-05-31"),
        MarkKind.WAIVED,
        day(on),
        reason="merged",
        approver="official",
        sequence=sequence,
    )


def reopened(on: str, sequence: int) -> Mark:
    return Mark(
        "1", day("2015-05-31"), MarkKind.REOPENED, day(on), reason="recorded wrongly", sequence=sequence
    )


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2015-05-02", "not_yet_due"),
        ("2015-05-03", "due_soon"),
        ("2015-05-31", "due_soon"),
        ("2015-06-01", "overdue"),
    ],
)
def test_a_deadline_is_overdue_from_the_day_after_its_last_day(today, expected):
    assert state(today) == expected


@pytest.mark.parametrize(
    ("force", "expected"),
    [
        (Force.MUST, "overdue"),
        (Force.SHOULD, "overdue"),
        (Force.EXPECTED, "overdue"),
        (Force.AIM, "target_passed"),
        (Force.MAY, "not_yet_due"),
    ],
)
def test_how_the_words_bind_decides_what_a_passed_date_means(force, expected):
    assert state("2015-06-01", force) == expected


@pytest.mark.parametrize("force", list(Force))
def test_only_a_missed_must_is_a_breach(force):
    (found,) = work_out(
        [owed(ON_DATE, force=force)], Facts.of(), today=day("2015-06-01"), horizon=day("2016-01-01")
    ).deadlines
    assert found.breach == (force is Force.MUST)


@pytest.mark.parametrize(("on", "expected"), [("2015-05-31", "met"), ("2015-06-01", "met_late")])
def test_met_on_the_last_day_is_in_time_and_a_day_later_is_late(on, expected):
    assert state("2015-07-01", Force.MUST, met("1", "2015-05-31", on)) == expected


def test_a_mark_of_a_later_day_does_not_bear_on_an_earlier_view():
    assert state("2015-06-01", Force.MUST, met("1", "2015-05-31", "2015-06-02")) == "overdue"


def test_a_waiver_stands_until_the_deadline_is_opened_again():
    assert state("2015-06-10", Force.MUST, waived("2015-06-01")) == "waived"
    assert state("2015-06-10", Force.MUST, waived("2015-06-01", 1), reopened("2015-06-05", 2)) == "overdue"
    assert state("2015-06-10", Force.MUST, reopened("2015-06-05", 2), waived("2015-06-01", 1)) == "overdue"


@pytest.mark.parametrize(
    ("kind", "more", "reason"),
    [
        (MarkKind.WAIVED, {"approver": "official"}, "for a reason"),
        (MarkKind.WAIVED, {"reason": "merged"}, "who approved"),
        (MarkKind.REOPENED, {"reason": "  "}, "for a reason"),
    ],
)
def test_waiving_and_opening_again_need_a_reason_and_a_waiver_its_approver(kind, more, reason):
    with pytest.raises(ValueError, match=reason):
        Mark("1", day("2015-05-31"), kind, day("2015-06-01"), **more)


def test_a_recorded_report_meets_the_earliest_deadline_still_owed():
    report = Event("report_submitted", day("2015-04-20"))
    found = seen([owed(MONTHLY, met_by=REPORT)], [START, report], "2015-04-30", "2015-04-30")
    assert found == [
        ("1", "2015-02-15", "met_late"),
        ("1", "2015-03-15", "overdue"),
        ("1", "2015-04-15", "overdue"),
    ]


def test_a_report_before_its_window_opens_meets_nothing_yet():
    opening = OnOrAfter(SIX_MONTHS, NOTICE)
    early = Event("review_held", day("2015-07-14"))
    assert seen([owed(opening, met_by=REVIEW)], [START, early], "2015-08-01", "2016-01-01") == [
        ("1", "2015-07-15", "not_yet_due")
    ]


@pytest.mark.parametrize(
    ("today", "opened"), [("2015-07-14", False), ("2015-07-15", True), ("2016-07-15", True)]
)
def test_what_has_no_time_limit_opens_and_is_never_due_soon(today, opened):
    (found,) = work_out(
        [owed(OnOrAfter(SIX_MONTHS, NOTICE), met_by=REVIEW)],
        Facts.of([START]),
        today=day(today),
        horizon=day("2016-12-31"),
    ).deadlines
    assert (found.state, found.opened) == (State.NOT_YET_DUE, opened)


def test_what_was_recorded_as_met_follows_its_deadline_when_facts_move_it():
    report = owed(Within(Period(months=2), NOTICE))
    mark = met("1", "2015-03-15", "2015-03-10")
    assert seen([report], [issued("2015-01-20")], "2015-04-01", "2016-01-01", marks=[mark]) == [
        ("1", "2015-03-20", "met")
    ]


_THIRD_BOARD = EveryNth(3, BOARD)


def test_a_report_that_was_in_time_is_late_once_facts_move_its_deadline_before_it():
    held = boards("2015-02-12", "2015-03-12", "2015-04-09")
    mark = met("1", "2015-05-07", "2015-04-30")
    missing = boards("2015-02-12", "2015-03-12", "2015-05-07")
    assert seen([owed(_THIRD_BOARD)], [START, *missing], "2015-06-01", "2015-06-01", marks=[mark]) == [
        ("1", "2015-05-07", "met")
    ]
    assert seen([owed(_THIRD_BOARD)], [START, *held], "2015-06-01", "2015-06-01", marks=[mark]) == [
        ("1", "2015-04-09", "met_late")
    ]


def test_a_report_after_the_third_board_is_in_time_once_one_of_the_three_turns_out_not_to_have_been_held():
    mark = met("1", "2015-04-09", "2015-04-20")
    held = boards("2015-02-12", "2015-03-12", "2015-04-09", "2015-05-07")
    assert seen([owed(_THIRD_BOARD)], [START, *held], "2015-05-01", "2015-06-01", marks=[mark]) == [
        ("1", "2015-04-09", "met_late")
    ]
    without = [event for event in held if event.on != day("2015-03-12")]
    assert seen([owed(_THIRD_BOARD)], [START, *without], "2015-06-01", "2015-06-01", marks=[mark]) == [
        ("1", "2015-05-07", "met")
    ]


def test_what_was_late_stays_late_when_its_deadline_moves_back_and_does_not_meet_the_next_one():
    each = WithEach(BOARD, after=Period.weeks(2))
    mark = met("1", "2015-04-23", "2015-05-05")
    wrong = boards("2015-02-12", "2015-04-09", "2015-06-04")
    right = boards("2015-02-12", "2015-04-02", "2015-06-04")
    for held, due in ((wrong, "2015-04-23"), (right, "2015-04-16")):
        assert seen([owed(each)], [START, *held], "2015-08-01", "2015-08-01", marks=[mark]) == [
            ("1", "2015-02-26", "overdue"),
            ("1", due, "met_late"),
            ("1", "2015-06-18", "overdue"),
        ]


def test_a_mark_does_not_move_to_a_deadline_that_another_mark_or_an_earlier_event_has_done():
    held = boards("2015-02-12", "2015-03-12", "2015-04-09", "2015-05-07", "2015-06-04", "2015-07-02")
    marks = [met("1", "2015-04-09", "2015-04-09"), met("1", "2015-07-02", "2015-07-01", 1)]
    assert [
        one.state
        for one in work_out(
            [owed(_THIRD_BOARD)],
            Facts.of([START, *held]),
            marks,
            today=day("2015-08-01"),
            horizon=day("2015-08-01"),
        ).deadlines
    ] == [State.MET, State.MET]
    without = [event for event in held if event.on != day("2015-07-02")]
    found = work_out(
        [owed(_THIRD_BOARD)],
        Facts.of([START, *without]),
        marks,
        today=day("2015-08-01"),
        horizon=day("2016-08-01"),
    )
    assert [one.state for one in found.deadlines] == [State.MET]
    assert found.unplaced == (marks[1],)


@pytest.mark.parametrize("due", ["2014-06-01", "2016-06-01"])
def test_a_deadline_more_than_half_a_year_off_is_another_one(due):
    mark = met("1", "2015-06-01", "2015-05-20")
    found = work_out(
        [owed(OnDate(day(due)))], Facts.of(), [mark], today=day("2016-07-01"), horizon=day("2017-01-01")
    )
    assert [one.state for one in found.deadlines] == [State.OVERDUE]
    assert found.unplaced == (mark,)


def test_where_a_mark_stands_does_not_depend_on_how_far_somebody_looks():
    monthly = owed(EveryPeriod(Period(months=1), NOTICE))
    mark = met("1", "2015-06-20", "2015-03-01")
    moved = [issued("2015-01-25")]
    far = seen([monthly], moved, "2015-03-02", "2015-12-31", marks=[mark])
    near = seen([monthly], moved, "2015-03-02", "2015-06-20", marks=[mark])
    assert ("1", "2015-06-25", "met") in far
    assert near == [row for row in far if row[1] <= "2015-06-20"]


def test_what_was_recorded_is_kept_when_its_deadline_has_gone():
    mark = met("1", "2015-03-15", "2015-03-10")
    found = work_out(
        [owed(Within(Period(months=2), NOTICE))],
        Facts.of(),
        [mark],
        today=day("2015-04-01"),
        horizon=day("2016-01-01"),
    )
    assert (found.deadlines, found.unplaced) == ((), (mark,))


def test_an_amendment_keeps_history_and_closes_what_was_open():
    old = owed(MONTHLY, superseded_on=day("2015-04-01"))
    new = owed(EveryPeriod(Period(months=3), NOTICE), key="2", starts_on=day("2015-04-01"))
    marks = [met("1", "2015-02-15", "2015-02-10")]
    assert seen([old, new], [START], "2015-05-01", "2015-08-01", marks=marks) == [
        ("1", "2015-02-15", "met"),
        ("1", "2015-03-15", "superseded"),
        ("1", "2015-04-15", "superseded"),
        ("2", "2015-04-15", "overdue"),
        ("2", "2015-07-15", "not_yet_due"),
    ]


def test_before_the_day_of_the_amendment_the_old_deadlines_are_open():
    old = owed(MONTHLY, superseded_on=day("2015-04-01"))
    assert seen([old], [START], "2015-03-31", "2015-08-01")[1] == ("1", "2015-03-15", "overdue")


def test_a_request_that_names_a_day_is_due_then_and_met_by_the_review_on_request():
    schedule = OnRequest(REVIEW, Happening("review_requested"))
    asked = Event("review_requested", day("2015-02-02"), wanted_by=day("2015-03-02"))
    held = Event("review_held", day("2015-03-04"), on_request=True)
    assert seen([owed(schedule)], [START, asked], "2015-03-03", "2015-12-31") == [
        ("1", "2015-03-02", "overdue")
    ]
    assert seen([owed(schedule)], [START, asked, held], "2015-03-05", "2015-12-31") == [
        ("1", "2015-03-02", "met_late")
    ]


def test_a_request_without_a_day_is_open_and_never_late():
    schedule = OnRequest(REVIEW, Happening("review_requested"))
    asked = Event("review_requested", day("2015-02-02"))
    assert seen([owed(schedule)], [START, asked], "2015-12-31", "2015-12-31") == [
        ("1", "2015-02-02", "not_yet_due")
    ]


def test_a_request_answered_within_an_agreed_period():
    schedule = OnRequest(REVIEW, Happening("review_requested"), within=Period.weeks(4), resets=False)
    asked = Event("review_requested", day("2015-02-02"))
    assert seen([owed(schedule)], [START, asked], "2015-12-31", "2015-12-31") == [
        ("1", "2015-03-02", "overdue")
    ]
    assert schedule.sentence() == "on request, within four weeks; none starts the interval again"


def test_every_state_has_a_label_and_is_open_or_closed():
    assert [one.label for one in State if one in CLOSED_STATES] == ["Met", "Met late", "Waived", "Superseded"]
    assert [one.label for one in State if one not in CLOSED_STATES] == [
        "Not yet due",
        "Due soon",
        "Overdue",
        "Target passed",
    ]


def test_a_forecast_whose_day_passes_unmet_has_lapsed_and_is_never_overdue():
    review = owed(EveryPeriod(Period(months=6), NOTICE), key="20")
    report = owed(Before("20", "the review", Period(days=7)), key="17")
    passed = work_out([review, report], Facts.of([START]), today=day("2015-08-01"), horizon=day("2015-12-31"))
    found = {one.obligation: one for one in passed.deadlines}
    assert (found["20"].state, found["20"].lapsed) == (State.OVERDUE, False)
    assert (found["17"].occurrence.due, found["17"].lapsed) == (day("2015-07-08"), True)
    assert found["17"].state is State.NOT_YET_DUE
