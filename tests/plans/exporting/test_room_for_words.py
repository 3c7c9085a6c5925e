"""Columns of a Word table are wide enough for their longest word, as far as there is room."""

import pytest

from plans.exporting.docx_parts import WORD, room_for_words


def fitted(*rows, widths=(15, 155)):
    return room_for_words(widths, rows, size=8.5)


def test_a_narrow_column_takes_what_its_longest_word_needs_from_the_others():
    narrow, wide = fitted(("When", "Action"), ("Immediately", "Do it"))
    assert 24 < narrow < 28
    assert narrow + wide == pytest.approx(170)


def test_columns_with_room_for_their_words_stay_as_they_are():
    assert fitted(("1 May", "Commission"), widths=(30, 140)) == [30, 140]


def test_a_word_may_break_at_its_hyphen():
    assert fitted(("multi-agency", "")) < fitted(("multiagency", ""))


def test_no_word_makes_a_column_wider_than_a_word_may_be():
    assert fitted(("x" * 300, "Do it"))[0] == pytest.approx(WORD)


def test_where_there_is_no_room_to_take_nothing_is_taken():
    assert sum(fitted(("Immediately", "Immediately"), widths=(10, 10))) == pytest.approx(20)
    assert fitted(widths=(10, 10)) == [10, 10]
