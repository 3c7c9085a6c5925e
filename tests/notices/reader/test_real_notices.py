"""The three real notices: every provision, and every dated or recurring row of the tables in shared/real."""

from datetime import date

import pytest

from deadlines.events import Event
from deadlines.facts import Facts
from deadlines.obligations import Obligation
from deadlines.states import work_out
from notices.reader import left_open
from tests.notices.reader.reads import codes, questions, real, row

MANCHESTER, CHESHIRE, SALFORD = (
    f"notice-{name}.txt" for name in ("manchester-2015", "cheshire-east-2013", "salford-2010")
)
ALL = (MANCHESTER, CHESHIRE, SALFORD)
DFE, BOARD, CHAIR = "Department for Education", "Improvement board", "Board chair"
NOT_AGREED = "when is not yet agreed"
SAYS_REGULAR = "when is not yet agreed (the notice says “Regular”)"
SIX_TWELVE_EIGHTEEN = (
    "after six months from the notice, after twelve months from the notice, after 18 months from the notice "
    "and on request; each says whether it starts the interval again"
)
LAST_PARAGRAPHS = "Improvement against the above measures"


@pytest.mark.parametrize("name", ALL)
def test_every_quote_stands_where_it_says(name):
    reading = real(name)
    quotes = [one.quote for one in (*reading.requirements, *reading.obligations, *reading.evidence)]
    assert [quote for quote in quotes if reading.text[quote.start : quote.end] != quote.text] == []


@pytest.mark.parametrize("name", ALL)
def test_references_are_never_used_twice(name):
    refs = [requirement.ref for requirement in real(name).requirements]
    assert len(refs) == len(set(refs))


@pytest.mark.parametrize("name", ALL)
def test_every_obligation_belongs_to_a_requirement_that_is_there(name):
    reading = real(name)
    refs = {requirement.ref for requirement in reading.requirements}
    assert {ref for one in reading.obligations for ref in (one.requirement, *one.also)} <= refs


def test_manchester_who_when_and_on_what_evidence():
    reading = real(MANCHESTER)
    (evidence,) = reading.evidence
    assert (reading.council, reading.issued_on) == ("Manchester City Council", date(2015, 3, 23))
    assert reading.addressee.endswith("Town Hall, Manchester, M60 2LA")
    assert reading.signatory.endswith("Parliamentary Under Secretary of State for Children and Families")
    assert (evidence.published_on, evidence.judgement) == (date(2014, 9, 3), "inadequate")


def test_manchester_all_eighteen_paragraphs_and_their_lettered_parts():
    assert [requirement.ref for requirement in real(MANCHESTER).requirements] == [
        *(
            "1",
            "2",
            "3",
            "3a",
            "3b",
            "3c",
            "3d",
            "4",
            "5",
            "5a",
            "5b",
            "5c",
            "5d",
            "5e",
            "6",
            "6a",
            "6b",
            "6c",
            "6d",
        ),
        *("7", "8", "9", "9a", "9b", "9c", "10", "10a", "10b", "10c", "11"),
        *("12", "12a", "12b", "12c", "12d", "12e", "12f", "13", "14", "15", "16", "17", "18"),
    ]


def test_manchester_parts_stand_under_their_paragraph_and_heading():
    by_ref = {requirement.ref: requirement for requirement in real(MANCHESTER).requirements}
    assert (by_ref["12f"].parent, by_ref["4"].parent) == ("12", None)
    assert by_ref["4"].heading == "Adviser arrangements"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("3a", (BOARD, None, "expected", "at least one board every four weeks, from the notice")),
        ("3b", (DFE, BOARD, "expected", "with each board")),
        ("3d", ("Council", None, "should", "at least two days in each calendar month, from the notice")),
        ("4", ("Council", None, "must", "only after the placing of an adviser: at all times")),
        (
            "16",
            (
                "Council",
                DFE,
                "must",
                "only after the placing of an adviser: when is not yet agreed (the notice says “regular”)",
            ),
        ),
        ("6a", ("Council", None, "must", "at all times")),
        ("6b", ("Council", BOARD, "must", "with each board")),
        ("6c", ("Council", BOARD, "must", "with each board")),
        ("6d", ("Council", BOARD, "must", "with each board")),
        ("3c", (BOARD, None, "should", "at all times")),
        ("10", ("Council", None, "should", "before each review")),
        ("11", ("Director of Children's Services", DFE, "should", "with each assessment")),
        ("13", ("Council", None, "aim", "within 18 months of the inspection report's publication")),
        ("14", (CHAIR, "Minister", "must", "in May 2015, and with every third board thereafter")),
        ("18", ("Minister", "Council", "may", "only after a failure to comply: at all times")),
    ],
)
def test_manchester_row_of_the_table(paragraph, expected):
    assert row(real(MANCHESTER), paragraph) == expected


@pytest.mark.parametrize("paragraph", ["7", "17"])
def test_manchester_7_and_17_one_review_at_least_every_six_months_and_on_request(paragraph):
    holder, _, _, sentence = row(real(MANCHESTER), paragraph)
    assert holder == DFE
    assert sentence == (
        "at least one review every six months, from the notice and on request; "
        "each says whether it starts the interval again"
    )


@pytest.mark.parametrize("paragraph", ["12f", "15"])
def test_manchester_12f_and_15_the_safeguarding_chair_reports_at_the_board_before_the_chairs_report(
    paragraph,
):
    assert row(real(MANCHESTER), paragraph) == (
        "Safeguarding board chair",
        BOARD,
        "should",
        "at the last board on or before each deadline of the chair's report",
    )


def test_manchester_17_the_councils_report_a_week_before_each_review():
    assert row(real(MANCHESTER), "17", number=2) == ("Council", DFE, "must", "one week before each review")
    assert row(real(MANCHESTER), "17", number=3) == (DFE, "Council", "may", "with each review")


def test_manchester_asks_what_the_words_leave_open():
    reading = real(MANCHESTER)
    (asked,) = questions(reading, "each_board_or_before")
    assert [option.label for option in asked.options] == [
        "At the board before each of the chair's reports",
        "At each board",
    ]
    assert [question.requirement for question in reading.questions if question.blocks] == [
        "3b",
        "12b",
        "15",
        "16",
    ]


def test_manchester_read_and_worked_out_gives_the_worked_example():
    reading = real(MANCHESTER)
    owed = [Obligation(one.key, one.schedule, one.force, one.met_by) for one in reading.obligations]
    days = ["02-24", "03-24", "04-21", "05-19", "06-16", "07-14", "08-11", "09-08"]
    events = [
        Event("notice_issued", reading.issued_on),
        Event("inspection_published", reading.evidence[0].published_on),
        *(Event("board_held", date.fromisoformat(f"2015-{day}")) for day in days),
        Event("report_submitted", date(2015, 5, 22), which="chair"),
        Event("review_held", date(2015, 9, 15)),
    ]
    found = work_out(owed, Facts.of(events), today=date(2015, 9, 20), horizon=date(2016, 3, 31)).deadlines
    rows = {(one.obligation, one.occurrence.due.isoformat(), one.state.value) for one in found}
    assert rows >= {
        ("14", "2015-05-31", "met"),
        ("14", "2015-08-11", "overdue"),
        ("14", "2015-11-03", "not_yet_due"),
        ("3a", "2015-10-06", "due_soon"),
        ("17", "2015-09-23", "met"),
        ("17", "2016-03-15", "not_yet_due"),
        ("17 #2", "2015-09-08", "overdue"),
        ("17 #2", "2016-03-08", "not_yet_due"),
        ("10", "2015-09-14", "overdue"),
        ("11", "2015-09-14", "overdue"),
        ("13", "2016-03-03", "not_yet_due"),
    }


def test_cheshire_east_is_undated_and_its_inspection_has_two_dates():
    reading = real(CHESHIRE)
    assert (reading.council, reading.issued_on) == ("Cheshire East", None)
    assert reading.signatory.endswith("Minister of State for Schools")
    assert [(one.dated, one.date_words) for one in reading.evidence] == [
        (date(2013, 3, 20), ("20 March 2013", "23 April"))
    ]
    assert {"issue_date", "inspection_date"} <= set(codes(reading))


def test_cheshire_east_measures_are_found_under_their_headings():
    reading = real(CHESHIRE)
    refs = [requirement.ref for requirement in reading.requirements]
    assert len(refs) == 46
    assert {"Paragraph 1(ii)", "Quality of practice 2-4", "Adoption 1-3", "Communications 1"} <= set(refs)
    assert {requirement.heading for requirement in reading.requirements} >= {
        "Quality of practice",
        "Performance Management Systems",
        "Adoption",
        "Quality Assurance Systems",
        "Auditing",
        "Staff capability and capacity",
        "Partnership and Governance",
        "Communications",
    }


@pytest.mark.parametrize(
    ("requirement", "number", "expected"),
    [
        (
            "Taking account of the measures set out 1",
            1,
            (BOARD, None, "expected", "at least one board every four weeks, from the notice"),
        ),
        ("Taking account of the measures set out 1", 2, (DFE, BOARD, "expected", "with each board")),
        (f"{LAST_PARAGRAPHS} 1", 2, (CHAIR, "Minister", "must", "within two months of the notice")),
        (
            f"{LAST_PARAGRAPHS} 1",
            1,
            (CHAIR, "Minister", "must", "every six months from the notice until the lifting of the notice"),
        ),
        (
            f"{LAST_PARAGRAPHS} 2",
            1,
            (
                DFE,
                None,
                "expected",
                SIX_TWELVE_EIGHTEEN,
            ),
        ),
        (f"{LAST_PARAGRAPHS} 2", 2, ("Leader of the Council", None, "must", "with each review")),
        ("Taking account of the measures set out 2", 2, ("Council", BOARD, "must", "with each board")),
        (
            "Taking account of the measures set out 2",
            3,
            ("Council", None, "aim", "within 18 months of the notice"),
        ),
        (f"{LAST_PARAGRAPHS} 1", 3, ("Council", None, "should", "by the lifting of the notice")),
        ("Adoption 1", 1, ("Council", None, "must", "at all times")),
        ("Quality of practice 3", 1, ("Council", "Safeguarding board", "must", NOT_AGREED)),
        ("Quality of practice 5", 2, ("Council", f"{BOARD} and Safeguarding board", "must", SAYS_REGULAR)),
        ("Quality of practice 6", 1, ("Council", BOARD, "must", NOT_AGREED)),
        (
            "Quality Assurance Systems 1",
            2,
            ("Council", f"{BOARD} and Safeguarding board", "must", SAYS_REGULAR),
        ),
        ("Auditing 1", 2, ("Council", f"{BOARD} and Safeguarding board", "must", NOT_AGREED)),
        ("Staff capability and capacity 1", 1, ("Council", BOARD, "should", NOT_AGREED)),
        ("Staff capability and capacity 3", 1, ("Council", BOARD, "must", NOT_AGREED)),
        ("Partnership and Governance 7", 1, ("Council", BOARD, "must", NOT_AGREED)),
        (
            "Partnership and Governance 9",
            1,
            (
                "Council",
                None,
                "must",
                "with each appointment of a member and with each change of the terms of reference",
            ),
        ),
    ],
)
def test_cheshire_east_row_of_the_table(requirement, number, expected):
    assert row(real(CHESHIRE), requirement, number=number) == expected


def test_cheshire_east_what_the_board_agrees_is_asked_and_never_invented():
    reading = real(CHESHIRE)
    agreed = [question.requirement for question in questions(reading, "to_be_agreed")]
    assert agreed == [
        "Quality of practice 5",
        "Quality Assurance Systems 1",
        "Auditing 1",
        "Taking account of the measures set out 2",
    ]
    left = [
        left_open(one, reading.questions).kind for one in reading.obligations if one.requirement in agreed
    ]
    assert left.count("not_yet_agreed") == 7


def test_salford_is_undated_and_unsigned():
    reading = real(SALFORD)
    assert (reading.council, reading.issued_on, reading.signatory) == ("Salford City Council", None, None)
    assert {"issue_date", "signatory", "inspection_date"} <= set(codes(reading))


def test_salford_all_roman_measures_are_found():
    refs = [requirement.ref for requirement in real(SALFORD).requirements]
    assert [ref for ref in refs if ref.startswith("Paragraph 1(")] == [
        f"Paragraph 1({roman})" for roman in ("i", "ii", "iii", "iv", "v", "vi")
    ]
    assert [ref for ref in refs if ref.startswith("Paragraph 5(")] == [
        f"Paragraph 5({roman})" for roman in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    ]


@pytest.mark.parametrize("roman", ["i", "ii", "v"])
def test_salford_six_measures_within_two_months(roman):
    assert row(real(SALFORD), f"Paragraph 1({roman})") == (
        "Council",
        None,
        "must",
        "within two months of the notice",
    )


@pytest.mark.parametrize("roman", ["iii", "iv", "vi"])
def test_salford_what_must_be_ensured_within_two_months_then_stands(roman):
    assert row(real(SALFORD), f"Paragraph 1({roman})") == (
        "Council",
        None,
        "must",
        "within two months of the notice and at all times",
    )


@pytest.mark.parametrize(
    ("requirement", "number", "expected"),
    [
        ("Paragraph 3(i)", 1, ("Council", None, "must", "by the end of December 2010")),
        ("Paragraph 3(ii)", 1, ("Council", None, "must", "by the end of December 2010")),
        (
            "Paragraph 2",
            1,
            (BOARD, None, "expected", "at least one board in each calendar month, from the notice"),
        ),
        ("Paragraph 2", 2, (DFE, BOARD, "expected", "with each board")),
        (f"{LAST_PARAGRAPHS} 1", 1, (CHAIR, None, "should", "within two months of the notice")),
        (f"{LAST_PARAGRAPHS} 1", 2, (CHAIR, None, "should", "between 1 January 2011 and 7 January 2011")),
        (
            f"{LAST_PARAGRAPHS} 2",
            1,
            (CHAIR, "Minister", "must", "every two months from the notice until the lifting of the notice"),
        ),
        (
            f"{LAST_PARAGRAPHS} 3",
            1,
            (
                "Minister",
                None,
                "expected",
                "after six months from the notice and after twelve months from the notice",
            ),
        ),
        (
            f"{LAST_PARAGRAPHS} 4",
            1,
            (
                DFE,
                "Council",
                "expected",
                "at least one performance challenge discussion in each month for six months, from the notice",
            ),
        ),
        (
            f"{LAST_PARAGRAPHS} 5",
            1,
            (DFE, "Minister", "expected", "with each review and with each performance challenge discussion"),
        ),
        (
            "Paragraph 4",
            1,
            ("Council", BOARD, "must", "when is not yet agreed (the notice says “agreed”)"),
        ),
    ],
)
def test_salford_row_of_the_table(requirement, number, expected):
    assert row(real(SALFORD), requirement, number=number) == expected


def test_salford_bi_monthly_and_the_start_of_january_are_asked_with_a_proposal():
    reading = real(SALFORD)
    (bi_monthly,) = questions(reading, "bi_monthly")
    (start,) = questions(reading, "start_of_month")
    assert [option.label for option in bi_monthly.options] == ["Every two months", "Twice a month"]
    assert (bi_monthly.proposal, bi_monthly.blocks) == ("Every two months", True)
    assert (start.proposal, start.blocks) == ("between 1 January 2011 and 7 January 2011", True)
    by_key = {one.key: one for one in reading.obligations}
    assert left_open(by_key[bi_monthly.obligation], reading.questions).kind == "not_yet_agreed"
