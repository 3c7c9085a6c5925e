"""Three made-up notices unlike the real ones: dotted numbers, lettered parts under headings, bare bullets."""

from datetime import date

import pytest

from tests.notices.reader.reads import codes, made_up, questions, row

DFE, BOARD, CHAIR = "Department for Education", "Improvement board", "Board chair"
NORCHESTER, WESTMARSH, EASTHOLME = "norchester.txt", "westmarsh.txt", "eastholme.txt"


def test_norchester_is_addressed_dated_and_signed():
    reading = made_up(NORCHESTER)
    assert reading.council == "Norchester Metropolitan Borough Council"
    assert reading.addressee.startswith("The Chief Executive, Norchester")
    assert (reading.issued_on, reading.signatory) == (
        date(2018, 2, 5),
        "A. N. Official, Director, Department for Education",
    )
    assert reading.evidence[0].published_on == date(2018, 1, 19)


def test_norchester_has_dotted_numbers_under_numbered_headings():
    by_ref = {one.ref: one for one in made_up(NORCHESTER).requirements}
    assert list(by_ref) == [
        *("1", "1.1", "2", "2.1", "2.2", "2.3", "2.3a", "2.3b", "2.3c", "2.4"),
        *("3", "3.1", "3.2", "3.3", "4", "4.1", "4.2", "4.3"),
    ]
    assert (by_ref["2.3b"].parent, by_ref["2.3"].parent, by_ref["2.3"].heading) == ("2.3", "2", "Governance")


@pytest.mark.parametrize(
    ("ref", "number", "expected"),
    [
        ("2.1", 1, ("Council", None, "must", "within six weeks of the notice")),
        ("2.2", 1, (BOARD, None, "must", "at least one board every six weeks, from the notice")),
        ("2.2", 2, ("Council", None, "must", "five working days before each board")),
        (
            "2.3a",
            1,
            (CHAIR, "Minister", "must", "every three months from the notice until the lifting of the notice"),
        ),
        ("2.3c", 1, ("Director of Children's Services", CHAIR, "must", "with every second board")),
        ("2.4", 1, ("Commissioner", BOARD, "may", "with each board")),
        ("3.1", 1, ("Council", DFE, "must", "by 31 March 2018")),
        ("3.2", 1, ("Council", BOARD, "expected", "with each board")),
        ("3.3", 1, ("Council", None, "aim", "within two years of the inspection report's publication")),
        ("4.1", 1, (DFE, None, "expected", "at least one review every four months, from the notice")),
        ("4.1", 2, ("Council", DFE, "must", "ten working days before each review")),
        (
            "4.2",
            1,
            (
                "Safeguarding board chair",
                BOARD,
                "must",
                "every six months from the notice until the lifting of the notice",
            ),
        ),
        ("4.3", 1, ("Minister", "Council", "may", "only after a failure to comply: at all times")),
    ],
)
def test_norchester_obligation(ref, number, expected):
    assert row(made_up(NORCHESTER), ref, number=number) == expected


def test_norchester_asks_from_when_ten_working_days_of_each_report_count():
    (asked,) = questions(made_up(NORCHESTER), "which_date")
    assert (asked.requirement, asked.blocks) == ("2.3b", True)


def test_westmarsh_has_headings_and_capital_letters():
    reading = made_up(WESTMARSH)
    assert reading.council == "Westmarsh County Council"
    assert [one.ref for one in reading.requirements] == [
        *(f"Governance and oversight {number}" for number in (1, 2, 3)),
        *("Joint commissioning 1", *(f"Joint commissioning 1({letter})" for letter in "ABC")),
        *(f"Monitoring {number}" for number in (1, 2, 3, 4)),
    ]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        (
            "Governance and oversight 1",
            (BOARD, None, "must", "at least one board in each calendar month, from the notice"),
        ),
        (
            "Governance and oversight 2",
            (
                CHAIR,
                "Minister",
                "must",
                "between 1 October 2017 and 7 October 2017, and with every third board thereafter",
            ),
        ),
        (
            "Governance and oversight 3",
            ("Lead Member", None, "must", "every month from the notice until the lifting of the notice"),
        ),
        (
            "Joint commissioning 1(A)",
            ("Council", None, "must", "within three months of the inspection report's publication"),
        ),
        ("Joint commissioning 1(B)", ("Council", None, "must", "by the end of September 2017")),
        (
            "Joint commissioning 1(C)",
            ("Council", BOARD, "must", "when is not yet agreed (the notice says “regularly”)"),
        ),
        (
            "Monitoring 1",
            (
                DFE,
                "Council",
                "expected",
                "at least one monitoring visit every six weeks for twelve months, from the notice",
            ),
        ),
        (
            "Monitoring 2",
            (
                DFE,
                None,
                "expected",
                "after six months from the notice and after twelve months from the notice",
            ),
        ),
        ("Monitoring 3", ("Director of Children's Services", None, "should", "two weeks before each review")),
        (
            "Monitoring 4",
            ("Council", None, "aim", "when is not yet agreed (the notice says “by the autumn term 2018”)"),
        ),
    ],
)
def test_westmarsh_obligation(ref, expected):
    assert row(made_up(WESTMARSH), ref) == expected


def test_westmarsh_asks_for_its_date_and_which_date_of_the_inspection_counts():
    reading = made_up(WESTMARSH)
    assert codes(reading) == [
        "issue_date",
        "signatory",
        "start_of_month",
        "days_allowed",
        "no_interval",
        "vague_date",
        "inspection_date",
        "inspection_date",
    ]
    about = questions(reading, "inspection_date")
    assert [(one.requirement, one.blocks) for one in about] == [
        (None, False),
        ("Joint commissioning 1(A)", True),
    ]


def test_eastholme_has_bare_bullets_and_a_date_in_figures():
    reading = made_up(EASTHOLME)
    assert (reading.council, reading.issued_on) == ("London Borough of Eastholme", date(2012, 2, 14))
    assert [one.ref for one in reading.requirements] == [f"Paragraph {number}" for number in range(1, 12)]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, (BOARD, None, "must", "at least one board every two weeks, from the notice, up to 30 June 2012")),
        (2, ("Council", None, "must", "by 1 May 2012")),
        (3, ("Council", BOARD, "must", "with each board")),
        (4, ("Council", DFE, "must", "every six months from the notice until the lifting of the notice")),
        (5, ("Council", None, "must", "by the lifting of the notice")),
        (6, ("Council", "Adviser", "must", "within four weeks of the placing of an adviser")),
        (7, ("Council", None, "must", "at all times")),
        (8, ("Chief Executive", "Minister", "must", "by the end of March 2013")),
        (10, ("Leader of the Council", None, "must", "with each chair's report")),
        (11, (CHAIR, "Minister", "must", "every two months from the notice until the lifting of the notice")),
    ],
)
def test_eastholme_obligation(number, expected):
    assert row(made_up(EASTHOLME), f"Paragraph {number}") == expected


def test_eastholme_asks_what_its_words_leave_open():
    reading = made_up(EASTHOLME)
    assert codes(reading) == ["signatory", "until_day", "bi_monthly", "by_month", "which_date"]
    assert [one.requirement for one in reading.questions if one.blocks] == [
        "Paragraph 4",
        "Paragraph 8",
        "Paragraph 9",
    ]
