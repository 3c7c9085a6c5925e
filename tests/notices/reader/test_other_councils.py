"""Made-up notices of other kinds: a direction with a schedule, SEND, an amendment, a reissue, a letter, contradictions."""

from datetime import date

import pytest

from notices.reader import UnreadableNotice, left_open, read_notice
from tests.notices.reader.reads import codes, made_up, questions, row

DFE, BOARD, CHAIR = "Department for Education", "Improvement board", "Board chair"
LIFTED = "until the lifting of the notice"
DIRECTION, SEND, AMENDED = "brackwater.txt", "wexmere.txt", "amended.txt"
REISSUED, LETTER, CONTRADICTORY = "millhaven.txt", "fernshire.txt", "oxmoor.txt"


def refs(name: str) -> list[str]:
    return [one.ref for one in made_up(name).requirements]


def test_a_directions_schedule_is_read_behind_its_signature():
    reading = made_up(DIRECTION)
    assert (reading.council, reading.issued_on) == ("Brackwater Borough Council", date(2021, 7, 2))
    assert reading.signatory == "J. Example, A Senior Civil Servant in the Department for Education"
    assert refs(DIRECTION) == [
        *("1", "2", "3", "4", "5", "6", "Schedule 1", "Schedule 2"),
        *("Schedule 3", "Schedule 3a", "Schedule 3b", "Schedule 3c"),
        *("Schedule 4", "Schedule 4(i)", "Schedule 4(ii)"),
        *("Schedule 5", "Schedule 6", "Schedule 7", "Schedule 8"),
    ]


@pytest.mark.parametrize(
    ("ref", "number", "expected"),
    [
        ("Schedule 3", 1, ("Council", None, "must", "at all times")),
        (
            "Schedule 5",
            1,
            ("Council", "Commissioner", "must", f"by the 10th of each month from the notice {LIFTED}"),
        ),
        ("Schedule 6", 1, ("Council", None, "must", "at all times")),
        ("Schedule 6", 2, ("Council", "Minister", "must", "within six weeks of the notice")),
        (
            "Schedule 7",
            1,
            (
                "Commissioner",
                "Minister",
                "expected",
                f"by 30 September 2021 and every six months from 30 September 2021 {LIFTED}",
            ),
        ),
        (
            "Schedule 8",
            1,
            ("Minister", None, "expected", "at least one review every six months, from the notice"),
        ),
    ],
)
def test_a_directions_obligation(ref, number, expected):
    assert row(made_up(DIRECTION), ref, number=number) == expected


def test_numbers_without_full_stops_are_headings_and_three_deep_provisions():
    reading = made_up(SEND)
    by_ref = {one.ref: one for one in reading.requirements}
    assert (by_ref["2"].text, by_ref["2.4.3"].parent, by_ref["2.4"].parent) == (
        "Priority action plan",
        "2.4",
        "2",
    )
    assert by_ref["3.1"].heading == "Monitoring"


@pytest.mark.parametrize(
    ("ref", "number", "expected"),
    [
        (
            "1.2",
            1,
            (
                BOARD,
                None,
                "must",
                ("at least one board every six weeks for six months, from the notice "
                "and at least one board every three months, from six months after the notice"),
            ),
        ),
        ("1.3a", 1, (CHAIR, DFE, "must", "within three months of the notice")),
        ("1.3b", 1, (CHAIR, DFE, "must", f"every six months from three months after the notice {LIFTED}")),
        ("2.1", 1, ("Council", None, "must", "within 35 working days of the inspection report's publication")),
        ("2.2", 1, ("Council", None, "must", "at all times")),
        ("2.2", 2, ("Council", None, "must", "when is not yet agreed (the notice says “termly”)")),
        ("2.3", 1, ("Council", None, "must", f"in each April and October from the notice {LIFTED}")),
        ("2.4.1", 1, ("Council", None, "must", "by 31 August 2023")),
        ("2.4.3", 1, ("Council", BOARD, "must", "with each board")),
        (
            "3.1",
            1,
            (DFE, "Council", "expected", "at least one performance challenge discussion every six months, from the notice"),
        ),
        ("3.2", 1, ("Council", DFE, "must", "two weeks before each discussion")),
        ("3.3", 1, ("Minister", "Council", "may", "only after a failure to comply: at all times")),
    ],
)  # fmt: skip
def test_a_send_notices_obligation(ref, number, expected):
    assert row(made_up(SEND), ref, number=number) == expected


def test_a_lead_whose_items_only_say_when_is_no_duty_of_its_own():
    assert [one.requirement for one in made_up(SEND).obligations if one.requirement.startswith("1.3")] == [
        "1.3a",
        "1.3b",
    ]


def test_terms_are_asked_with_the_months_that_usually_end_them():
    (asked,) = questions(made_up(SEND), "term")
    assert [option.label for option in asked.options] == ["By the end of each April, July and December"]


def test_an_amendments_own_paragraphs_are_read_and_the_rest_of_the_notice_is_asked_for():
    reading = made_up(AMENDED)
    assert refs(AMENDED) == ["1", "14", "2", "6A", "3", "4", "5"]
    assert row(reading, "14") == (
        CHAIR,
        "Minister",
        "must",
        "in December 2019, and with every second board thereafter",
    )
    assert row(reading, "6A") == ("Council", BOARD, "must", f"every two months from the notice {LIFTED}")
    (asked,) = questions(reading, "amendment")
    assert asked.text.startswith("This document changes paragraphs 14, 6, 7 and 9 of an earlier notice")


def test_an_amendment_is_not_dated_by_the_notice_it_amends():
    (asked,) = questions(made_up(AMENDED), "issue_date")
    assert asked.text == "The notice gives 28 October 2019 and 1 November 2019. On which day was it issued?"


def test_a_reissued_notice_has_its_own_date_and_not_that_of_the_one_it_replaces():
    reading = made_up(REISSUED)
    assert (reading.council, reading.issued_on, codes(reading)) == (
        "Millhaven Council",
        date(2018, 6, 8),
        ["times_a_year"],
    )
    assert "Annex A 2" in refs(REISSUED)


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        (
            "2b",
            (
                "Council",
                DFE,
                "must",
                f"by the end of each quarter (March, June, September and December) from the notice {LIFTED}",
            ),
        ),
        ("2c", ("Council", None, "must", "at all times")),
        ("3", (BOARD, None, "must", "at least one board every eight weeks, from the notice")),
        ("4", (CHAIR, "Minister", "should", f"every six months from the notice {LIFTED}")),
        ("5", (DFE, None, "expected", "in December 2018 and in June 2019")),
        ("6", ("Council", None, "must", "ten working days before each review")),
    ],
)
def test_a_reissued_notices_obligation(ref, expected):
    assert row(made_up(REISSUED), ref) == expected


def test_reviews_on_named_months_are_met_by_reviews():
    (review,) = [one for one in made_up(REISSUED).obligations if one.requirement == "5"]
    assert review.met_by is not None
    assert review.met_by.kind == "review_held"


def test_a_letter_is_a_notice_where_it_says_so():
    reading = made_up(LETTER)
    assert (reading.council, reading.issued_on) == ("Fernshire County Council", date(2020, 7, 16))
    assert (reading.addressee, reading.signatory) == ("Ms Placeholder", "A. Member MP, Minister for Children")
    assert refs(LETTER) == [f"Paragraph {number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("paragraph", "number", "expected"),
    [
        (1, 1, ("Council", None, "expected", "by 30 September 2020")),
        (
            1,
            2,
            (
                BOARD,
                None,
                "should",
                ("at least one board in each month for six months, from the notice "
                "and at least one board every two months, from six months after the notice"),
            ),
        ),
        (1, 3, (DFE, BOARD, "expected", "with each board")),
        (2, 1, ("Council", "Minister", "expected", "within 70 working days of the inspection report's publication")),
        (2, 2, ("Council", BOARD, "should", "with each board")),
        (2, 3, ("Council", None, "should", "at all times")),
        (
            3,
            1,
            (
                CHAIR,
                "Minister",
                "must",
                f"after six months from the notice and every three months from six months after the notice {LIFTED}",
            ),
        ),
        (3, 2, ("Council", None, "should", "on request, within five working days")),
        (4, 1, (DFE, None, "expected", "within six months of the notice and after twelve months from the notice")),
        (4, 2, ("Council", None, "should", "two weeks before each review")),
        (5, 1, (DFE, "Council", "may", "only after a failure to comply: at all times")),
    ],
)  # fmt: skip
def test_a_letters_obligation(paragraph, number, expected):
    assert row(made_up(LETTER), f"Paragraph {paragraph}", number=number) == expected


def test_which_report_a_letter_means_is_asked_with_the_inspections():
    (asked,) = questions(made_up(LETTER), "which_report")
    assert (asked.proposal, asked.blocks) == ("The inspection report", True)


def test_of_contradictory_clauses_either_may_be_chosen_and_left_open_the_later_is_not_agreed():
    reading = made_up(CONTRADICTORY)
    board, review = questions(reading, "contradiction")
    assert (board.obligation, review.obligation) == ("3", "5")
    assert [option.label for option in board.options] == [
        "1: at least one board in each calendar month, from the notice",
        "3: at least one board every four weeks, from the notice",
    ]
    left = {one.key: left_open(one, reading.questions).kind for one in reading.obligations}
    assert (left["1"], left["3"]) == ("at_least_in_each_month", "not_yet_agreed")


@pytest.mark.parametrize(
    "text",
    [
        "Lunch menu, week of 3 May\n\nMonday: soup of the day. All dishes must be ordered by 10am.",
        ("Anytown Council Improvement Plan\n\nThis plan responds to the Improvement Notice. Actions must be completed by the "
        "dates shown.\n\nA1 Appoint a Director. Lead: Chief Executive. By 31 May 2016. RAG: Green"),
        ("Minutes of the Improvement Board, 3 May 2016\n\n1. The chair welcomed members.\n\n2. The board agreed that the "
        "Council should report on progress against the Improvement Notice at each meeting."),
        "Dear Ms Placeholder\n\nThank you for your letter about the Improvement Notice. You should reply by 3 May 2016.",
    ],
)  # fmt: skip
def test_what_only_speaks_of_a_notice_is_none(text):
    with pytest.raises(UnreadableNotice) as refused:
        read_notice(text.encode(), "file.txt")
    assert refused.value.code == "no_notice"
