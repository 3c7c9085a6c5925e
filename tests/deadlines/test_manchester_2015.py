"""Manchester, notice of 23 March 2015: the worked example of issue 5 and every row of its table."""

import pytest

from deadlines.events import Event, Happening, Status, Variation
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.obligations import Force, Obligation
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import (
    AmountInEachMonth,
    AtLastBefore,
    Before,
    EveryNth,
    InMonth,
    NoLongerThan,
    NotYetAgreed,
    OnlyOnce,
    OnRequest,
    Standing,
    Together,
    WithEach,
    Within,
)
from deadlines.states import work_out
from tests.deadlines.build import (
    BOARD,
    FOUR_WEEKS,
    INSPECTION,
    NOTICE,
    REVIEW,
    SIX_MONTHS,
    boards,
    day,
    issued,
    seen,
)

CHAIRS_REPORT = Happening("report_submitted", "chair")
BOARDS = boards(
    "2015-02-24",
    "2015-03-24",
    "2015-04-21",
    "2015-05-19",
    "2015-06-16",
    "2015-07-14",
    "2015-08-11",
    "2015-09-08",
)
EVENTS = [
    issued("2015-03-23"),
    Event("inspection_published", day("2014-09-03")),
    *BOARDS,
    Event("report_submitted", day("2015-05-22"), which="chair"),
    Event("review_held", day("2015-09-15")),
]

OBLIGATIONS = {
    one.key: one
    for one in (
        Obligation("3a", NoLongerThan(FOUR_WEEKS, BOARD, NOTICE), Force.EXPECTED),
        Obligation("3b", WithEach(BOARD, FOUR_WEEKS), Force.EXPECTED),
        Obligation("3d", AmountInEachMonth(2, "days", Happening("testing_provided"), NOTICE), Force.SHOULD),
        Obligation("6a", Standing()),
        Obligation("6b", WithEach(BOARD, FOUR_WEEKS)),
        Obligation(
            "7",
            Together(
                (NoLongerThan(SIX_MONTHS, REVIEW, NOTICE), OnRequest(REVIEW, Happening("review_requested")))
            ),
        ),
        Obligation("10", Before("7", "the review", strictly=True), Force.SHOULD),
        Obligation("11", Before("10", "the self-assessment", of_deadline=True), Force.SHOULD),
        Obligation("12f", AtLastBefore(BOARD, "14", "the chair's report", FOUR_WEEKS), Force.SHOULD),
        Obligation("13", Within(Period(months=18), INSPECTION), Force.AIM),
        Obligation("14", EveryNth(3, BOARD, InMonth(2015, 5), FOUR_WEEKS), Force.MUST, CHAIRS_REPORT),
        Obligation("16", OnlyOnce(Happening("adviser_placed"), NotYetAgreed("regular")), Force.EXPECTED),
        Obligation("17", Before("7", "the review", Period.weeks(1)), Force.SHOULD),
        Obligation("17 amend", WithEach(REVIEW), Force.MAY),
        Obligation("18", OnlyOnce(Happening("failure_found"), Standing()), Force.MAY),
    )
}


def worked(horizon="2016-04-01", events=EVENTS, today="2015-09-20", variations=()):
    facts = Facts.of(events, variations)
    return work_out(OBLIGATIONS.values(), facts, today=day(today), horizon=day(horizon))


def deadlines_of(key, **more):
    return [one for one in worked(**more).deadlines if one.obligation == key]


def rows(key, **more):
    return [
        (d.occurrence.due.isoformat(), d.state.value, d.occurrence.firm) for d in deadlines_of(key, **more)
    ]


def test_paragraph_14_the_chairs_report_in_may_and_every_three_boards():
    assert rows("14", horizon="2015-12-31") == [
        ("2015-05-31", "met", True),
        ("2015-08-11", "overdue", True),
        ("2015-11-03", "not_yet_due", False),
    ]


def test_paragraph_14_the_window_opens_on_1_may_and_the_report_met_it_on_22_may():
    first = deadlines_of("14")[0]
    assert (first.occurrence.window_from, first.met_on) == (day("2015-05-01"), day("2015-05-22"))


def test_paragraph_14_an_overdue_must_is_a_breach():
    assert [one.breach for one in deadlines_of("14", horizon="2015-12-31")] == [False, True, False]


def test_paragraph_14_says_which_boards_it_counted():
    third = deadlines_of("14")[2].occurrence
    assert third.because == (
        "The third board after 11 August 2015: the board of 8 September 2015, one expected on 6 October 2015 "
        "and one expected on 3 November 2015, reckoned from the board of 8 September 2015."
    )
    assert third.rests_on == (BOARDS[-1],)


def test_paragraph_3a_the_next_board_is_due_by_6_october():
    pending = [row for row in rows("3a", horizon="2015-10-31") if row[1] != "met"]
    assert pending == [("2015-10-06", "due_soon", True)]


def test_paragraph_3a_every_board_so_far_was_in_time():
    assert [row[1] for row in rows("3a", horizon="2015-09-30")] == ["met"] * 7


def test_paragraph_3a_the_february_board_counts_only_where_the_clause_says_so():
    including = NoLongerThan(FOUR_WEEKS, Happening("board_held", before_notice=True), NOTICE)
    first_without = NoLongerThan(FOUR_WEEKS, BOARD, NOTICE).due(Facts.of(EVENTS), day("2015-04-30"))[0]
    first_with = including.due(Facts.of(EVENTS), day("2015-04-30"))[0]
    assert first_without.because == "At most four weeks after the notice issued on 23 March 2015."
    assert first_with.because == "At most four weeks after the board of 24 February 2015."


def test_paragraph_3a_another_frequency_counts_from_the_day_the_department_agreed():
    agreed = Variation(day("2015-09-10"), "board_held", Period.weeks(6), letter="letter of 10 September")
    found = rows("3a", horizon="2015-12-31", variations=[agreed])
    assert found[-3:] == [
        ("2015-09-08", "met", True),
        ("2015-10-20", "not_yet_due", True),
        ("2015-12-01", "not_yet_due", False),
    ]
    assert [row[0] for row in rows("14", horizon="2016-02-28", variations=[agreed])][2:] == ["2015-12-01"]


def test_paragraph_3b_the_department_attends_each_board():
    assert [row[0] for row in rows("3b", horizon="2015-10-31")] == [
        *(event.on.isoformat() for event in BOARDS[1:]),
        "2015-10-06",
    ]


def test_paragraph_3d_two_days_of_testing_are_provided_in_each_whole_month():
    provided = [
        Event("testing_provided", day("2015-04-10"), amount=1.5),
        Event("testing_provided", day("2015-04-30"), amount=0.5),
        Event("testing_provided", day("2015-05-12"), amount=1),
    ]
    assert rows("3d", horizon="2015-06-30", events=[*EVENTS, *provided], today="2015-06-15") == [
        ("2015-04-30", "met", True),
        ("2015-05-31", "overdue", True),
        ("2015-06-30", "due_soon", True),
    ]


def test_paragraph_3d_provision_not_use_is_what_can_be_missed():
    used = [Event("testing_used", day("2015-04-10"), amount=0)]
    assert rows("3d", events=[*EVENTS, *used]) == rows("3d")


@pytest.mark.parametrize("key", ["6a", "16", "18"])
def test_paragraphs_6a_16_and_18_give_no_date_of_their_own(key):
    assert rows(key, horizon="2025-01-01") == []


def test_paragraph_16_waits_for_an_adviser_and_then_for_an_agreed_interval():
    placed = [*EVENTS, Event("adviser_placed", day("2015-06-01"))]
    assert worked().waiting["16"] == "It holds only after the placing of an adviser."
    assert worked(events=placed).waiting["16"] == (
        "An interval or a date has to be agreed and recorded: the notice says “regular” and gives no interval."
    )


def test_paragraphs_6b_to_6d_progress_is_reported_to_each_board():
    assert rows("6b", horizon="2015-05-31") == [
        ("2015-03-24", "overdue", True),
        ("2015-04-21", "overdue", True),
        ("2015-05-19", "overdue", True),
    ]


def test_paragraphs_7_and_17_a_review_at_least_every_six_months():
    assert rows("7") == [("2015-09-23", "met", True), ("2016-03-15", "not_yet_due", True)]
    assert deadlines_of("7")[0].met_on == day("2015-09-15")


def test_paragraph_17_a_review_on_request_that_does_not_reset_leaves_the_six_months():
    requested = [
        Event("review_requested", day("2015-11-02"), wanted_by=day("2015-11-30")),
        Event("review_held", day("2015-11-24"), on_request=True, resets=False),
    ]
    assert rows("7", events=[*EVENTS, *requested], today="2015-12-01") == [
        ("2015-09-23", "met", True),
        ("2015-11-30", "met", True),
        ("2016-03-15", "not_yet_due", True),
    ]


def test_paragraph_17_a_review_on_request_that_resets_starts_the_six_months_again():
    requested = [
        Event("review_requested", day("2015-11-02"), wanted_by=day("2015-11-30")),
        Event("review_held", day("2015-11-24"), on_request=True, resets=True),
    ]
    found = rows("7", events=[*EVENTS, *requested], today="2015-12-01", horizon="2016-06-01")
    assert found[-1] == ("2016-05-24", "not_yet_due", True)


def test_paragraph_17_the_councils_report_is_due_a_week_before_a_review():
    assert rows("17") == [("2015-09-08", "overdue", True), ("2016-03-08", "not_yet_due", False)]


def test_paragraph_17_the_councils_report_is_due_before_a_requested_review_too():
    requested = [Event("review_held", day("2015-11-24"), on_request=True)]
    found = [row[0] for row in rows("17", events=[*EVENTS, *requested], horizon="2016-01-01")]
    assert found == ["2015-09-08", "2015-11-17"]


def test_paragraph_17_moving_a_planned_review_moves_the_report_with_it():
    def planned(on):
        return [*EVENTS, Event("review_held", day(on), Status.PLANNED)]

    assert rows("17", events=planned("2016-02-29"))[1] == ("2016-02-22", "not_yet_due", False)
    assert rows("17", events=planned("2016-03-10"))[1] == ("2016-03-03", "not_yet_due", False)
    assert rows("17", events=planned("2016-03-10"))[0] == rows("17")[0]


def test_paragraphs_10_and_11_the_assessments_are_due_before_the_review_of_15_september():
    assert rows("10")[0] == ("2015-09-14", "overdue", True)
    assert rows("11")[0] == ("2015-09-14", "overdue", True)
    assert deadlines_of("10")[0].occurrence.because == "Before the review of 15 September 2015."
    assert not deadlines_of("10")[0].breach


def test_paragraph_12f_the_safeguarding_chair_reports_at_the_board_before_the_chairs_report():
    assert [row[0] for row in rows("12f", horizon="2015-12-31")] == ["2015-05-19", "2015-08-11", "2015-11-03"]


def test_paragraph_13_the_aim_of_18_months_counts_from_the_inspections_publication():
    (aim,) = deadlines_of("13")
    assert (aim.occurrence.due, aim.occurrence.firm) == (day("2016-03-03"), True)
    assert aim.occurrence.because == "18 months after the inspection report published on 3 September 2014."


def test_paragraph_13_an_aim_that_passed_is_no_breach():
    (aim,) = deadlines_of("13", today="2016-03-04")
    assert (aim.state.value, aim.breach) == ("target_passed", False)


def test_paragraph_17_amending_after_a_review_is_a_permission_and_never_late():
    assert rows("17 amend") == [("2015-09-15", "not_yet_due", True)]


def test_lifting_the_notice_closes_what_is_open_and_keeps_what_was():
    lifted = [*EVENTS, Event("notice_lifted", day("2015-10-01"))]
    assert rows("14", events=lifted, today="2015-10-02", horizon="2016-12-31") == [
        ("2015-05-31", "met", True),
        ("2015-08-11", "superseded", True),
        ("2015-11-03", "superseded", False),
    ]


def test_an_inquorate_board_is_kept_and_does_not_count():
    inquorate = [Event("board_held", day("2015-07-28"), counts=False)]
    assert rows("14", events=[*EVENTS, *inquorate]) == rows("14")


def test_only_the_anchor_decides_eighteen_months_from_another_date_of_the_inspection():
    dated = Within(Period(months=18), Anchor("inspection_reported"))
    facts = [*EVENTS, Event("inspection_reported", day("2014-08-31"))]
    assert seen([Obligation("13", dated, Force.AIM)], facts, "2015-09-20", "2016-12-31") == [
        ("13", "2016-02-29", "not_yet_due")
    ]
