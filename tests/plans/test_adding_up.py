"""What is expected and what does not add up: rules on facts, without a database."""

import dataclasses
import datetime as dt

import pytest

from deadlines.codec import to_json
from deadlines.months import Period
from deadlines.schedules.base import Anchor
from deadlines.schedules.periods import EveryPeriod
from plans.adding_up import RULES, in_force
from plans.rag import Palette, Standing
from plans.table import ActionRow, Code, Filters, Lead, ObjectiveRow, ThemeRow, assemble

DAY = dt.date(2015, 3, 20)
RED = Code("R", "RED", "", Palette.RED, Standing.OFF_TRACK, is_mark=False)
AMBER = Code("A", "AMBER", "", Palette.AMBER, Standing.ON_TRACK, is_mark=False)
GREEN = Code("G", "GREEN", "", Palette.GREEN, Standing.COMPLETE, is_mark=False)
GREY = Code("W", "WAITING", "", Palette.GREY, Standing.NOT_STARTED, is_mark=False)
BLANK = ActionRow(
    1, 1, 1, "X1", "", "", "", "", None, None, (), None, (), "", None, 1, overdue=False
)  # fmt: skip


def day(number):
    return DAY + dt.timedelta(days=number)


def row(number=1, **fields):
    return dataclasses.replace(BLANK, id=number, order=number, ref=f"X{number}", **fields)


def table(*rows, rules=frozenset(RULES), last_board=None, judged=AMBER):
    return assemble(
        on=DAY,
        scale=[RED, AMBER, GREEN, GREY],
        themes=[ThemeRow(1, 0, "First")],
        objectives=[ObjectiveRow(1, 1, 0, "A1", "A1 Caseloads", "", judged, 1)],
        actions=rows,
        last_board=last_board,
        rules=frozenset(rules),
    )


def found(*rows, **context):
    return [(c.ref, c.rule.code) for c in table(*rows, **context).contradictions]


@pytest.mark.parametrize(
    ("fields", "standing", "code", "says"),
    [
        ({"ends_on": day(-1), "rating": AMBER}, Standing.OFF_TRACK, "R", "Past its end, 19 March 2015"),
        ({"ends_on": day(0), "rating": AMBER}, Standing.ON_TRACK, "A", "Within its dates"),
        (
            {"starts_on": day(-5), "ends_on": day(9), "rating": GREY},
            Standing.AT_RISK,
            "R",  # this scale has no code for at risk
            "Due to start on 15 March 2015 and not begun",
        ),
        ({"starts_on": day(5), "ends_on": day(9)}, Standing.NOT_STARTED, "W", "Does not start before"),
        ({"ends_on": day(9), "late_step": day(-2), "rating": AMBER}, Standing.AT_RISK, "R", "A milestone"),
        ({"rating": AMBER, "timeline": "TBC"}, None, None, "No date can be read from “TBC”"),
        ({"rating": AMBER}, None, None, "It has no date"),
        ({"ends_on": day(-9), "rating": GREEN, "evidence": 1}, Standing.COMPLETE, "G", "with evidence"),
        ({"ends_on": day(-9), "rating": GREEN}, None, None, "nothing here that shows it"),
    ],
)
def test_the_expected_rating_follows_from_dates_and_facts_and_says_why(fields, standing, code, says):
    expected = table(row(**fields)).expected[1]
    assert (expected.standing, expected.code.code if expected.code else None) == (standing, code)
    assert says in expected.why


def test_completion_is_believed_until_the_plan_asks_for_evidence():
    claimed = table(row(rating=GREEN), rules=()).expected[1]
    assert claimed.standing is Standing.COMPLETE


@pytest.mark.parametrize(("reported", "standing"), [(-2, Standing.ON_TRACK), (-40, Standing.OFF_TRACK)])
def test_a_recurring_action_is_behind_where_nothing_was_reported_for_the_time_it_fell_due(reported, standing):
    monthly = to_json(EveryPeriod(Period(months=1), Anchor(on=dt.date(2015, 1, 15))))
    expected = table(row(rating=AMBER, recurs=monthly, reported_on=day(reported))).expected[1]
    assert (expected.standing, "15 March 2015" in expected.why) == (standing, True)


def test_a_gap_is_flagged_only_where_facts_are_worse_than_the_report():
    late = table(row(ends_on=day(-1), rating=AMBER), row(2, ends_on=day(5), rating=RED))
    assert late.expected[1].worse_than(AMBER)
    assert not late.expected[2].worse_than(RED)


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("on_track_past_end", {"rating": AMBER, "ends_on": day(-1)}, {"rating": AMBER, "ends_on": day(0)}),
        ("on_track_past_end", {"rating": AMBER, "ends_on": day(-1)}, {"rating": RED, "ends_on": day(-1)}),
        ("complete_without_evidence", {"rating": GREEN}, {"rating": GREEN, "evidence": 1}),
        (
            "complete_before_start",
            {"rating": GREEN, "starts_on": day(3), "reported_on": day(0)},
            {"rating": GREEN, "starts_on": day(0), "reported_on": day(0)},
        ),
        (
            "started_not_begun",
            {"rating": GREY, "starts_on": day(-1)},
            {"rating": AMBER, "starts_on": day(-1)},
        ),
        ("started_not_begun", {"starts_on": day(-1)}, {"starts_on": day(0)}),
        ("no_readable_date", {"timeline": "TBC"}, {"timeline": "TBC", "rating": GREEN}),
        (
            "not_updated_since_board",
            {"rating": AMBER, "reported_on": day(-10)},
            {"rating": AMBER, "reported_on": day(-9)},
        ),
        ("reported_better_than_assured", {"rating": AMBER, "assured": RED}, {"rating": RED, "assured": RED}),
        (
            "end_before_start",
            {"starts_on": day(2), "ends_on": day(1)},
            {"starts_on": day(2), "ends_on": day(2)},
        ),
    ],
)
def test_each_rule_finds_what_does_not_add_up_and_leaves_alone_what_does(rule, wrong, right):
    context = {"rules": {rule}, "last_board": day(-10)}
    assert found(row(**wrong), **context) == [("X1", rule)]
    assert found(row(**right), **context) == []
    assert found(row(**wrong), rules=()) == []


def test_nothing_is_owed_on_the_boards_own_day():
    assert (
        found(row(rating=AMBER, reported_on=day(-3)), rules={"not_updated_since_board"}, last_board=DAY) == []
    )


def test_an_objective_judged_complete_names_its_open_actions():
    rows = (row(1, rating=GREEN), row(2, rating=AMBER), row(3))
    contradiction = table(*rows, rules={"objective_complete_with_open_actions"}, judged=GREEN).contradictions[
        0
    ]
    assert (contradiction.ref, contradiction.message) == ("A1", "Judged complete, and X2 and X3 are not")
    assert found(*rows, rules={"objective_complete_with_open_actions"}, judged=AMBER) == []


def test_two_actions_of_the_same_words_are_found_whatever_their_marks_and_case():
    rows = (
        row(1, activity="Review the duty rota in every team."),
        row(2, activity="review the duty rota, in every team"),
        row(3, activity="Review it"),
        row(4, activity="Review it"),
    )
    assert found(*rows, rules={"duplicate_actions"}) == [("X2", "duplicate_actions")]


def test_a_lead_has_too_much_due_at_once_from_eight_in_four_weeks():
    def due(count, within=28):
        return [row(n, leads=(Lead("Ann"),), ends_on=day(within)) for n in range(count)]

    assert found(*due(8), rules={"lead_with_too_much_due"}) == [("Ann", "lead_with_too_much_due")]
    assert found(*due(7), rules={"lead_with_too_much_due"}) == []
    assert found(*due(8, within=29), rules={"lead_with_too_much_due"}) == []


def test_a_rule_holds_from_its_day_and_a_plan_from_a_document_begins_without_a_flood():
    begun = day(-30)
    assert "on_track_past_end" in in_force({}, on=begun, begun_on=begun)
    assert "not_updated_since_board" not in in_force({}, on=DAY, begun_on=begun)
    switched = {"not_updated_since_board": DAY, "on_track_past_end": None}
    assert "not_updated_since_board" in in_force(switched, on=DAY, begun_on=begun)
    assert "not_updated_since_board" not in in_force(switched, on=day(-1), begun_on=begun)
    assert "on_track_past_end" not in in_force(switched, on=DAY, begun_on=begun)


def test_counts_open_their_list():
    shown = table(row(1, rating=AMBER, ends_on=day(-1)), row(2, rating=AMBER, ends_on=day(1)))
    assert shown.counts.contradictions == 1
    assert [a.ref for a in shown.filtered(Filters(adds_up="no")).actions] == ["X1"]
    assert [a.ref for a in shown.filtered(Filters(adds_up="on_track_past_end")).actions] == ["X1"]
    assert shown.filtered(Filters(adds_up="end_before_start")).actions == ()
