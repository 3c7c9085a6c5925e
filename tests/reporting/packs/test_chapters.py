"""The plan falls into parts of a pack, of two pages each at most, that leave little of them empty and keep its order."""

from itertools import count
from types import SimpleNamespace

import pytest

from plans.table import ObjectiveRow, ThemeRow
from reporting.packs.chapters import _parts
from reporting.packs.filling import Row, empty_share, filled, rows_of


def action(progress="Done", activity="Do it"):
    return SimpleNamespace(activity=activity, lead_names="Head", progress=progress, overdue=False)


def themes_of(*themes):
    """A theme for each list of numbers of actions, an objective for each number; a page holds some 16 such actions."""
    ids = count(1)
    made = []
    for order, numbers in enumerate(themes, 1):
        objectives = tuple(
            ObjectiveRow(
                next(ids),
                order,
                place,
                f"{order}.{place}",
                "",
                "",
                None,
                1,
                tuple(action() for _ in range(number)),
            )
            for place, number in enumerate(numbers, 1)
        )
        made.append(ThemeRow(order, order, f"Theme {order}", objectives))
    return tuple(made)


def refs(part):
    return [objective.ref for theme in part for objective in theme.objectives]


@pytest.mark.parametrize(
    ("themes", "parts"),
    [
        ([[5, 5], [5]], [["1.1", "1.2"], ["2.1"]]),
        ([[12], [6, 12, 5]], [["1.1"], ["2.1", "2.2", "2.3"]]),
        ([[12, 14, 4], [12]], [["1.1"], ["1.2"], ["1.3", "2.1"]]),
        ([[50, 1]], [["1.1"], ["1.2"]]),
        ([[0], []], [["1.1"]]),
        ([], [[]]),
    ],
)
def test_a_part_ends_where_least_of_its_pages_stays_empty(themes, parts):
    assert [refs(part) for part in _parts(themes_of(*themes))] == parts


def test_no_objective_is_lost_or_doubled_and_a_theme_without_objectives_keeps_its_place():
    themes = themes_of([7] * 9, [], [3, 30, 1])
    parts = _parts(themes)
    assert [ref for part in parts for ref in refs(part)] == refs(themes)
    assert "Theme 2" in [theme.title for part in parts for theme in part]


def test_a_part_has_two_pages_at_most_unless_one_objective_has_more():
    for part in _parts(themes_of([7, 3, 9, 2, 12], [5, 40, 6], [11] * 6)):
        rows = [row for theme in part for objective in theme.objectives for row in rows_of(objective)]
        assert filled(rows) <= 2 or len(refs(part)) == 1


def test_a_row_that_finds_no_room_begins_the_next_page_with_the_heading_it_belongs_to():
    assert 1.2 < filled([Row(150), Row(6, holds=True), Row(40)]) < 1.4
    assert empty_share([Row(150), Row(6, holds=True), Row(40)]) > 0.3


def test_a_long_row_fills_the_page_and_goes_on_on_the_next():
    assert filled([Row(150), Row(60, flows=True)]) < filled([Row(150), Row(60)])


def test_more_words_take_more_room():
    assert [*rows_of(SimpleNamespace(ref="1", title="", text="", actions=[action("word " * 100)]))][
        1
    ].height > 20
