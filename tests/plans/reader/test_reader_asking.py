"""What a reading asks and never guesses: ratings without a meaning, references, dates out of order."""

from datetime import date

import pytest

from plans.reader import FindingCode, accept, accept_suggestions, read_plan
from tests.plans.reader.documents import saved, sheet_of
from tests.plans.reader.rows import HEAD, codes, text, workbook


@pytest.mark.parametrize(
    ("rating", "code", "choices"),
    [
        ("A/G", "ambiguous_rating", ["A", "G"]),
        ("N/A", "unknown_rating", ["R", "A"]),
        ("Mauve", "unknown_rating", ["R", "A"]),
    ],
)
def test_a_rating_that_the_legend_does_not_have_is_never_guessed(rating, code, choices):
    legend = [["Red", "late"], ["Amber", "at risk"], ["Green", "on track"], []]
    reading = workbook([*legend, HEAD, ["1", "Write it", "PSW", "31/03/25", rating], ["2", "Send it", "PSW", "31/03/25", "R"],
                        ["3", "Read it", "PSW", "31/03/25", "A"], ["4", "File it", "PSW", "31/03/25", "G"]])  # fmt: skip
    assert reading.actions[0].rating is None
    (asked,) = [finding for finding in reading.findings if finding.ref == "1"]
    assert (asked.code.value, [choice.key for choice in asked.choices][:2]) == (code, choices)


def test_a_letter_wins_over_its_colour_and_the_difference_is_asked():
    reading = workbook(
        [
            ["Red", "late"],
            ["Green", "on track"],
            [],
            HEAD,
            ["1", "Write it", "PSW", "31/03/25", "G"],
            ["2", "Send it", "PSW", "31/03/25", "R"],
        ],
        fills={"A1": "FF0000", "A2": "00B050", "E5": "FF0000", "E6": "FF0000"},
    )
    assert [action.rating for action in reading.actions] == ["G", "R"]
    assert [(finding.code.value, finding.ref) for finding in reading.findings] == [("colour_disagrees", "1")]


def test_a_mark_of_the_legend_becomes_a_flag_on_the_actions_that_show_it():
    reading = workbook(
        [
            ["Red", "late"],
            ["Green", "on track"],
            ["Shaded", "Asked for by the notice"],
            [],
            HEAD,
            ["1", "Write it", "PSW", "31/03/25", "G"],
            ["2", "Send it", "PSW", "31/03/25", "R"],
        ],
        fills={"A7": "D9D9D9", "B7": "D9D9D9"},
    )
    assert [(action.ref, action.marks) for action in reading.actions] == [("1", ()), ("2", ("Shaded",))]
    assert "mark_not_shown" not in codes(reading)


def test_a_repeated_reference_and_a_missing_one_are_asked_with_a_free_one():
    rows = [
        HEAD,
        ["1.1", "Write it", "PSW", "Ongoing", "R"],
        ["1.1", "Send it", "PSW", "Ongoing", "R"],
        ["", "Read it well", "PSW", "Ongoing", "R"],
    ]
    reading = text(rows)
    offered = {finding.code: finding.suggestion for finding in reading.findings if finding.suggestion}
    assert offered == {FindingCode.REPEATED_REFERENCE: "1.1 (2)", FindingCode.NO_REFERENCE: "1.2"}
    assert [action.ref for action in accept_suggestions(reading).actions] == ["1.1", "1.1 (2)", "1.2"]


def test_a_reference_shown_with_two_decimals_is_not_cut():
    book = sheet_of([HEAD, [1.1, "Write it", "PSW", "Ongoing", "R"], [1.1, "Send it", "PSW", "Ongoing", "R"]])
    book.active["A3"].number_format = "0.00"
    assert [action.ref for action in read_plan(saved(book), "plan.xlsx").actions] == ["1.1", "1.10"]


def test_a_reference_that_became_a_date_is_asked():
    book = sheet_of(
        [
            HEAD,
            [date(2025, 1, 2), "Write it", "PSW", "Ongoing", "R"],
            ["2.2", "Send it", "PSW", "Ongoing", "R"],
        ]
    )
    reading = read_plan(saved(book), "plan.xlsx")
    (asked,) = [finding for finding in reading.findings if finding.code is FindingCode.REFERENCE_IS_DATE]
    assert asked.suggestion == "2.1"


def test_an_end_before_its_start_is_asked():
    reading = text(
        [
            ["Ref", "Action", "Start date", "End date", "Lead"],
            ["1", "Write it", "01/05/2025", "01/04/2025", "PSW"],
        ]
    )
    assert codes(reading) == ["end_before_start"]


def test_an_action_can_be_left_out_and_its_row_stays():
    same = ["Establish a board for transitions", "PSW", "31/03/25", "R"]
    reading = text([HEAD, ["1", *same], ["2", *same]])
    (repeated,) = [finding for finding in reading.findings if finding.code is FindingCode.REPEATED_ACTION]
    answered = accept(reading, {repeated.id: "leave_out"})
    assert [action.ref for action in answered.actions] == ["1"]
    assert len(answered.rows) == len(reading.rows)
    assert [finding.chosen for finding in answered.findings if finding.id == repeated.id] == ["leave_out"]
