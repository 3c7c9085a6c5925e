"""What waits for somebody, from facts alone."""

import datetime as dt

from reporting.home import needs
from reporting.home.needs import Board, Need, OwedMatter, OwnActions, Question, Sitting
from reporting.home.steps import Setup, first_steps

TODAY = dt.date(2015, 6, 1)
BOARD = dt.date(2015, 6, 16)


def to(name, **numbers):
    return f"{name}{numbers or ''}"


def days(count):
    return dt.timedelta(days=count)


def words(found):
    return [need.what for need in found]


def test_overdue_comes_first_and_what_has_no_day_last():
    found = needs.in_order(
        [Need("never", "", ""), Need("late", "", "", TODAY - days(1)), Need("soon", "", "", TODAY)]
    )
    assert words(found) == ["late", "soon", "never"]
    assert [need.overdue(TODAY) for need in found] == [True, False, False]


def test_a_lead_who_has_answered_for_all_is_asked_nothing():
    assert needs.own_actions(OwnActions(3, 3, 0, BOARD, "the board of 16 June 2015"), to) == []
    (asked,) = needs.own_actions(OwnActions(3, 1, 1, BOARD, "the board of 16 June 2015"), to)
    assert asked.what == "2 actions of yours to update"
    assert asked.why == "For the board of 16 June 2015: 1 of 3 done, 1 of them overdue or off track"
    assert asked.due == BOARD


def test_a_round_goes_from_opening_through_answers_to_closing():
    def steps(**facts):
        return words(
            needs.preparing(
                Board(Sitting(1, BOARD, circulated=True, pack="published", **facts)), to, today=TODAY
            )
        )

    assert steps() == ["Open the update round"]
    assert steps(round_state="open", asked=9, answered=8) == ["1 action still waits for an update"]
    assert steps(round_state="open", asked=9, answered=9) == ["Close the update round"]
    assert steps(round_state="closed", asked=9, answered=9) == []


def test_a_meeting_far_off_asks_for_nothing_yet():
    assert needs.preparing(Board(Sitting(1, TODAY + days(40))), to, today=TODAY) == []


def test_agenda_and_pack_are_wanted_a_week_before():
    found = needs.preparing(Board(Sitting(1, BOARD, round_state="closed", pack="draft")), to, today=TODAY)
    assert words(found) == ["Give members agenda and papers", "Publish the pack"]
    assert {need.due for need in found} == {BOARD - days(7)}


def test_members_read_the_pack_where_there_is_one_else_the_papers_they_were_given():
    assert needs.reading(Sitting(1, BOARD), to, today=TODAY) == []
    assert words(needs.reading(Sitting(1, BOARD, circulated=True), to, today=TODAY)) == [
        "Read agenda and papers for 16 June 2015"
    ]
    published = Sitting(1, BOARD, circulated=True, pack="published")
    assert words(needs.reading(published, to, today=TODAY)) == ["Read the pack for 16 June 2015"]
    assert needs.reading(published, to, today=BOARD + days(1)) == []


def test_questions_go_to_who_leads_and_answers_to_who_asks():
    asked = [
        Question(1, "A1", "Why?", answered=False, mine=True),
        Question(2, "A2", "How?", answered=True, mine=False),
    ]
    assert words(needs.questions(asked, to, accepts=False)) == ["A question about A1 to answer"]
    assert words(needs.questions(asked[1:], to, accepts=True)) == [
        "An answer about A2 to accept, or to ask again"
    ]


def test_a_matter_leads_to_its_own_page():
    (need,) = needs.own_matters([OwedMatter(7, 3, "Bring the figures", BOARD)], to)
    assert (need.what, need.link, need.due) == (
        "Matter 3: Bring the figures",
        "boards:matter{'matter': 7}",
        BOARD,
    )


def test_setting_up_goes_away_once_every_step_is_done():
    new = Setup(plan=False, notice=False, board=None, ready=False, leads=False, round=False)
    steps = first_steps(new, to)
    assert [step.done for step in steps] == [False] * 5
    assert steps[2].link == "boards:add"
    done = Setup(plan=True, notice=True, board=1, ready=True, leads=True, round=True)
    assert first_steps(done, to) == []


def test_a_report_whose_forecast_day_has_passed_is_not_overdue_and_says_what_it_waits_for():
    moves = "It would have been due 14 November 2026 had the review come; it moves with the review."
    [need] = needs.reports([needs.Writing(1, "Report", "draft", TODAY - days(1), "7", moves)], to)
    assert (need.due, need.why) == (None, moves)
