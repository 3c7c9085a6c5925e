"""Three more made-up notices: bilingual with lettered parts, dotted without an opening line, a "minded to" letter."""

from datetime import date

import pytest

from notices.reader import left_open
from tests.notices.reader.reads import codes, made_up, only, row

ABERWEN, SANDHOLME, THORNBECK = "aberwen.txt", "sandholme.txt", "thornbeck.txt"
COUNCIL, BOARD, CHAIR, DFE = "Council", "Improvement board", "Board chair", "Department for Education"


def test_a_bilingual_notice_is_addressed_and_dated_in_either_language():
    reading = made_up(ABERWEN)
    assert (reading.council, reading.issued_on) == ("Aberwen County Council", date(2023, 4, 12))
    assert reading.signatory == "R. Example, Director of Improvement, Department for Education"


def test_paragraphs_keep_the_letter_of_their_part():
    assert [one.ref for one in made_up(ABERWEN).requirements] == [
        *("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3", "D1"),
    ]


@pytest.mark.parametrize(
    ("ref", "number", "expected"),
    [
        ("A1", 1, (COUNCIL, None, "must", "within four weeks of the notice")),
        (
            "A2",
            1,
            (
                BOARD,
                None,
                "must",
                (
                    "at least one board every two weeks, from the notice, up to 30 September 2023 and "
                    "at least one board in each calendar month, from 30 September 2023"
                ),
            ),
        ),
        ("A3", 1, ("Director of Children's Services", None, "must", "five working days before each board")),
        ("B1", 1, (COUNCIL, DFE, "must", "by 26 May 2023")),
        (
            "B1",
            2,
            (COUNCIL, DFE, "must", "when is not yet agreed (the notice says “by the end of Q2 2023/24”)"),
        ),
        ("B3", 1, (COUNCIL, None, "must", "when is not yet agreed (the notice says “By the end of Q3”)")),
        (
            "D1",
            1,
            (
                DFE,
                None,
                "expected",
                "after three months from the notice and after twelve months from the notice",
            ),
        ),
    ],
)
def test_aberwen(ref, number, expected):
    assert row(made_up(ABERWEN), ref, number=number) == expected


def test_what_a_quarter_or_a_weekday_leaves_open_is_asked():
    asked = {(one.requirement, one.code) for one in made_up(ABERWEN).questions}
    assert {("B2", "times_a_year"), ("C1", "quarter"), ("C2", "weekday")} <= asked


@pytest.mark.parametrize(
    ("ref", "number", "expected"),
    [
        ("2.1", 1, (COUNCIL, None, "must", "within six weeks of the notice")),
        (
            "2.2",
            1,
            (
                COUNCIL,
                None,
                "must",
                "by the end of each March and September from the notice until the lifting of the notice",
            ),
        ),
        (
            "2.3",
            1,
            (
                BOARD,
                None,
                "must",
                "on the first Tuesday of each month from the notice until the lifting of the notice",
            ),
        ),
        (
            "3.1",
            1,
            (CHAIR, "Minister", "must", "every two months from the notice until the lifting of the notice"),
        ),
        ("3.1", 2, (CHAIR, "Minister", "must", "two weeks before each review")),
        (
            "3.2",
            1,
            (
                DFE,
                None,
                "expected",
                "by 31 July 2020 and at least one review every six months, from 31 July 2020",
            ),
        ),
        ("3.4", 1, (COUNCIL, None, "should", "three working days after each board")),
    ],
)
def test_sandholme(ref, number, expected):
    assert row(made_up(SANDHOLME), ref, number=number) == expected


def test_that_a_notice_is_served_on_a_day_owes_nothing_and_a_report_before_a_review_sets_no_pace_of_reviews():
    reading = made_up(SANDHOLME)
    assert [one.requirement for one in reading.obligations if one.requirement == "1.1"] == []
    assert [one.requirement for one in reading.obligations if one.deliverable == "Review of progress"] == [
        "3.2"
    ]
    assert "contradiction" not in codes(reading)


def test_a_minded_to_letter_binds_nobody_until_a_notice_is_issued():
    reading = made_up(THORNBECK)
    assert (reading.council, reading.issued_on) == ("Thornbeck Borough Council", date(2021, 11, 3))
    stored = {one.requirement: left_open(one, reading.questions).sentence() for one in reading.obligations}
    open_until_then = "when is not yet agreed (the notice says “once a notice is issued”)"
    assert stored == {
        "Paragraph 1": "within ten working days of the notice and by 17 November 2021",
        "Paragraph 2(a)": open_until_then,
        "Paragraph 2(b)": open_until_then,
        "Paragraph 2(c)": open_until_then,
    }
    assert row(reading, "Paragraph 1")[2] == "may"


@pytest.mark.parametrize(
    "said",
    [
        "by Friday 26 May 2023",
        "by 5pm on Friday 26 May 2023",
        "by close of business on Friday, 26 May 2023",
        "no later than 17:00 on 26 May 2023",
    ],
)
def test_the_day_of_the_week_and_the_hour_before_a_date_do_not_hide_it(said):
    assert only(f"1. The Council must submit a plan to the Department {said}.")[3] == "by 26 May 2023"
