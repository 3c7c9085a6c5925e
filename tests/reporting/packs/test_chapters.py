"""The plan falls into parts of a pack, none much longer than fifteen actions, that keep the plan's order."""

from itertools import count

import pytest

from plans.table import ObjectiveRow, ThemeRow
from reporting.packs.chapters import ACTIONS_IN_A_PART, _parts


def themes_of(*themes):
    """A theme for each list of numbers of actions, an objective for each number; actions need no more than a place."""
    ids = count(1)
    made = []
    for order, numbers in enumerate(themes, 1):
        objectives = tuple(
            ObjectiveRow(next(ids), order, place, f"{order}.{place}", "", "", None, 1, tuple(range(number)))
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
        ([[4], [3], [5], [2]], [["1.1", "2.1", "3.1"], ["4.1"]]),
        ([[9, 9, 9], [3]], [["1.1", "1.2"], ["1.3"], ["2.1"]]),
        ([[20, 3], [9]], [["1.1"], ["1.2", "2.1"]]),
        ([[20], [20]], [["1.1"], ["2.1"]]),
        ([[50, 1]], [["1.1"], ["1.2"]]),
        ([[0], []], [["1.1"]]),
        ([], [[]]),
    ],
)
def test_a_part_ends_with_the_objective_that_fills_it_or_with_a_theme_once_it_has_enough(themes, parts):
    assert [refs(part) for part in _parts(themes_of(*themes))] == parts


def test_no_objective_is_lost_or_doubled_and_a_theme_without_objectives_keeps_its_place():
    themes = themes_of([7] * 9, [], [3, 30, 1])
    parts = _parts(themes)
    assert [ref for part in parts for ref in refs(part)] == refs(themes)
    assert "Theme 2" in [theme.title for part in parts for theme in part]
    assert all(
        sum(len(o.actions) for t in part for o in t.objectives) < ACTIONS_IN_A_PART + 30 for part in parts
    )
