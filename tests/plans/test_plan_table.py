"""The plan as a reader sees it: counts, filters, order, movement. No database."""

import datetime as dt

import pytest

from plans.rag import Palette, Standing
from plans.table import ActionRow, Code, Filters, Lead, ObjectiveRow, ThemeRow, assemble, is_overdue, movement

DAY = dt.date(2015, 3, 20)
RED = Code("R", "RED", "", Palette.RED, Standing.OFF_TRACK, is_mark=False)
AMBER = Code("A", "AMBER", "", Palette.AMBER, Standing.ON_TRACK, is_mark=False)
BLUE = Code("B", "BLUE", "", Palette.BLUE, Standing.COMPLETE, is_mark=False)
GREEN = Code("G", "GREEN", "", Palette.GREEN, Standing.COMPLETE, is_mark=False)
MARK = Code("S", "SHADED", "", Palette.GREY, None, is_mark=True)


def row(number, *, rating=AMBER, ends=None, leads=(), objective=1, reported=None, words=""):
    ends_on = ends and DAY + dt.timedelta(days=ends)
    return ActionRow(
        number, objective, number, f"X{number}", words, "", "", "", None, ends_on,
        tuple(Lead(name, person) for name, person in leads), rating, (), "", reported, 1,
        is_overdue(ends_on=ends_on, rating=rating, on=DAY),
    )  # fmt: skip


def table(*rows, last_board=None):
    return assemble(
        on=DAY,
        scale=[RED, AMBER, GREEN, BLUE, MARK],
        themes=[ThemeRow(1, 0, "First"), ThemeRow(2, 1, "Second")],
        objectives=[
            ObjectiveRow(1, 1, 0, "A1", "A1 Caseloads", "", AMBER, 1),
            ObjectiveRow(2, 2, 1, "B1", "B1 Visits", "", None, 1),
        ],
        actions=rows,
        last_board=last_board,
    )


def refs(found):
    return [action.ref for action in found.actions]


PLAN = table(
    row(1, rating=RED, ends=-3, leads=[("Ann", 7), ("Ben", None)], reported=dt.date(2015, 3, 1)),
    row(2, ends=10, leads=[("Ben", None)], words="Recruit six social workers"),
    row(3, rating=BLUE, ends=-30, objective=2, reported=dt.date(2015, 3, 18)),
    row(4, rating=None, objective=2),
    last_board=dt.date(2015, 3, 10),
)


def test_counts_say_how_many_of_each_and_leave_out_codes_nobody_has():
    counts = PLAN.counts
    assert (counts.total, counts.unrated, counts.overdue, counts.not_updated) == (4, 1, 1, 3)
    assert [(code.code, n) for code, n in counts.ratings] == [("R", 1), ("A", 1), ("B", 1)]


def test_marks_are_no_ratings():
    assert [code.code for code in PLAN.ratings] == ["R", "A", "G", "B"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["X1", "X2", "X3", "X4"]),
        (Filters(theme=2), ["X3", "X4"]),
        (Filters(objective=1), ["X1", "X2"]),
        (Filters(lead="Ben"), ["X1", "X2"]),
        (Filters(rating="B"), ["X3"]),
        (Filters(rating="unrated"), ["X4"]),
        (Filters(standing="off_track"), ["X1"]),
        (Filters(due="overdue"), ["X1"]),
        (Filters(due="soon"), ["X2"]),
        (Filters(due="none"), ["X4"]),
        (Filters(updated="no"), ["X1", "X2", "X4"]),
        (Filters(mine=True), ["X1"]),
        (Filters(words="social RECRUIT"), ["X2"]),
        (Filters(words="b1 visits"), ["X3", "X4"]),
        (Filters(rating="R", lead="Nobody"), []),
    ],
)
def test_filters_keep_what_is_asked_for(filters, expected):
    assert refs(PLAN.filtered(filters, person_ids=frozenset({7}))) == expected


def test_a_filter_leaves_out_themes_and_objectives_that_it_empties():
    assert [theme.title for theme in PLAN.filtered(Filters(rating="R")).themes] == ["First"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("plan", ["X1", "X2", "X3", "X4"]),
        ("due", ["X3", "X1", "X2", "X4"]),
        ("rating", ["X1", "X4", "X2", "X3"]),
        ("lead", ["X1", "X2", "X3", "X4"]),
        ("updated", ["X2", "X4", "X1", "X3"]),
    ],
)
def test_orders(sort, expected):
    assert [action.ref for action in PLAN.sorted_actions(sort)] == expected


@pytest.mark.parametrize(
    ("ends", "rating", "expected"),
    [(-1, AMBER, True), (0, AMBER, False), (-1, BLUE, False), (-1, None, True), (None, RED, False)],
)
def test_overdue_is_past_its_last_day_and_not_complete(ends, rating, expected):
    ends_on = None if ends is None else DAY + dt.timedelta(days=ends)
    assert is_overdue(ends_on=ends_on, rating=rating, on=DAY) is expected


def test_movement_goes_by_standing_so_two_words_for_complete_are_the_same():
    before = table(row(1, rating=AMBER), row(2, rating=BLUE), row(3, rating=AMBER))
    after = table(row(1, rating=RED), row(2, rating=GREEN), row(3, rating=GREEN), row(4))
    moved = movement(before, after)
    assert [a.ref for a in moved.worse] == ["X1"]
    assert [a.ref for a in moved.better] == ["X3"]
    assert moved.same == 1
    assert [a.ref for a in moved.new] == ["X4"]


def test_before_any_board_nothing_is_behind_with_its_update():
    assert table(row(1)).counts.not_updated is None


def test_on_the_day_of_a_board_nothing_is_behind_with_it_in_the_count_or_in_the_list():
    of_the_day = table(row(1), row(2), last_board=DAY)
    assert of_the_day.counts.not_updated is None
    assert of_the_day.filtered(Filters(updated="no")).actions == ()
