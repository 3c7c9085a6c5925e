"""Answering findings, and keeping a reading for later."""

import json
from datetime import date

import pytest

from plans.reader import (
    FindingCode,
    Lead,
    LeadKind,
    UnknownChoice,
    accept,
    accept_suggestions,
    from_json,
    read_plan,
    to_json,
)
from tests.plans.reader import documents

MESSY = "\n".join(
    "\t".join(row)
    for row in (
        ["Ref", "Recommendation", "Action", "Lead", "Deadline", "Action RAG", "RAG Rating"],
        ["A1.1", "A1 Do better", "Write the plan", "Una Bray, Head of Service", "31/11/2024", "R", "R"],
        ["A1.2", "", "Send the plan to all", "Karl Jessop", "31/03/2025", "", "G"],
        ["A1.3", "", "Read the plan with care", "", "30/04/2025", "G", ""],
    )
).encode()


@pytest.fixture
def reading():
    return read_plan(MESSY, "plan.tsv")


def finding(reading, code):
    return next(found for found in reading.findings if found.code is code)


def test_nothing_is_taken_before_it_is_accepted(reading):
    assert [(action.rating, action.end) for action in reading.actions] == [
        ("R", None),
        (None, date(2025, 3, 31)),
        ("G", date(2025, 4, 30)),
    ]
    assert all(found.chosen is None for found in reading.findings)


def test_suggestions_are_taken_together(reading):
    accepted = accept_suggestions(reading)
    assert [(action.rating, action.end) for action in accepted.actions] == [
        ("R", date(2024, 11, 30)),
        ("G", date(2025, 3, 31)),
        ("G", date(2025, 4, 30)),
    ]
    assert {entry.code: entry.used for entry in accepted.scale} == {"R": 1, "G": 2}


def test_an_answer_of_ones_own_stands_against_the_suggestion(reading):
    slipped = finding(reading, FindingCode.RATING_SLIPPED)
    answered = accept_suggestions(accept(reading, {slipped.id: "objective"}))
    assert (answered.actions[1].rating, answered.objectives[0].rating) == (None, "G")
    assert finding(answered, FindingCode.RATING_SLIPPED).chosen == "objective"


def test_one_lead_instead_of_two_can_be_chosen(reading):
    unclear = finding(reading, FindingCode.LEAD_UNCLEAR)
    answered = accept(reading, {unclear.id: "reading 2"})
    assert answered.actions[0].leads == (Lead("Una Bray, Head of Service", LeadKind.ROLE),)


def test_an_answer_to_nothing_is_refused(reading):
    with pytest.raises(UnknownChoice):
        accept(reading, {"no_lead-0000000000": "keep"})
    with pytest.raises(UnknownChoice):
        accept(reading, {finding(reading, FindingCode.RATING_SLIPPED).id: "Mauve"})


def test_findings_keep_their_ids_when_the_document_is_read_again(reading):
    assert [found.id for found in read_plan(MESSY, "other.tsv").findings] == [
        found.id for found in reading.findings if found.code is not None
    ]


@pytest.mark.parametrize(
    "make", [documents.northvale, documents.southholm, documents.ashcombe, documents.highford]
)
def test_a_reading_is_kept_as_json_without_loss(make):
    reading = read_plan(make(), "plan")
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


def test_a_findings_row_and_an_actions_cells_are_the_documents_own(reading):
    nobody = finding(reading, FindingCode.NO_LEAD)
    assert reading.row_of(nobody).cells == ("A1.3", "", "Read the plan with care", "", "30/04/2025", "G", "")
    assert reading.cells_of(reading.actions[2]) == [
        ("Ref", "A1.3"),
        ("Action", "Read the plan with care"),
        ("Deadline", "30/04/2025"),
        ("Action RAG", "G"),
    ]


def test_every_code_of_finding_says_what_it_is():
    assert all(code.sentence.endswith(".") for code in FindingCode)
