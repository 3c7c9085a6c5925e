"""The real plan of February 2015 in its three forms: what a person counted in it, and the traps named in its README."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from plans.reader import FindingCode, RowUse, accept_suggestions, rating_counts, read_plan, summary

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
FORMS = ("xlsx", "docx", "tsv")
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}")

UNRATED = ["B7.7", "B7.8", "B7.9", "B7.10", "B7.11", "B8.2", "B8.3", "B8.4"]
SLIPPED = {"A6.4": "B", "B14.1": "B", "LMG.20": "A"}
SEVERAL_FORMS = (FindingCode.AMBIGUOUS_RATING, FindingCode.FURNITURE_REMOVED, FindingCode.REPAIRED_REFERENCE)


def read(form):
    path = REAL / f"plan-manchester-2015.{form}"
    return read_plan(path.read_bytes(), path.name)


@pytest.fixture(scope="module", params=FORMS)
def reading(request):
    return read(request.param)


def refs(reading, code):
    return [finding.ref for finding in reading.findings if finding.code is code]


def test_its_themes_objectives_and_actions_are_counted(reading):
    counted = summary(reading)
    assert (counted["themes"], counted["objectives"], counted["actions"]) == (5, 25, 106)


def test_its_ratings_are_counted_before_any_suggestion_is_taken(reading):
    assert rating_counts(reading) == {"R": 14, "A": 44, "G": 13, "GREY": 0, "B": 24, "unrated": 11}


def test_three_ratings_slipped_into_the_objectives_column(reading):
    slipped = {
        finding.ref: finding.suggestion
        for finding in reading.findings
        if finding.code is FindingCode.RATING_SLIPPED
    }
    assert slipped == SLIPPED
    accepted = accept_suggestions(reading)
    assert {action.ref: action.rating for action in accepted.actions if action.ref in SLIPPED} == SLIPPED
    assert rating_counts(accepted) == {"R": 14, "A": 45, "G": 13, "GREY": 0, "B": 26, "unrated": 8}
    assert [action.ref for action in accepted.actions if action.rating is None] == UNRATED


def test_its_scale_has_five_ratings_with_standings_and_one_mark(reading):
    standings = {entry.code: "mark" if entry.is_mark else entry.standing.value for entry in reading.scale}
    assert standings == {
        "R": "off_track",
        "A": "on_track",
        "G": "complete",
        "GREY": "not_started",
        "B": "complete",
        "SHADED": "mark",
    }


def test_two_objectives_are_unrated_and_governance_contradicts_itself(reading):
    ratings = summary(reading)["objective_ratings"]
    assert [ref for ref, code in ratings.items() if code is None] == ["B17", "B8"]
    assert refs(reading, FindingCode.OBJECTIVE_UNRATED) == ["B17", "B8"]
    (contradiction,) = [
        finding for finding in reading.findings if finding.code is FindingCode.CONTRADICTORY_RATING
    ]
    assert (contradiction.ref, [choice.key for choice in contradiction.choices]) == ("LMG", ["A", "G"])


def test_an_objective_split_over_two_rows_is_put_together(reading):
    (split,) = [objective for objective in reading.objectives if objective.ref == "B7"]
    assert split.title == "B7 Area for Improvement"
    assert refs(reading, FindingCode.JOINED_TEXT) == ["B7"]


def test_the_findings_are_those_that_a_person_found(reading):
    assert refs(reading, FindingCode.REPEATED_ACTION) == ["B3.3"]
    assert refs(reading, FindingCode.IMPOSSIBLE_DATE) == ["LMG.1", "LMG.3", "LMG.4", "LMG.15"]
    assert refs(reading, FindingCode.UNLIKELY_DATE) == ["LMG.14", "LMG.16", "LMG.17"]
    assert refs(reading, FindingCode.NO_LEAD) == ["LMG.9"]
    assert refs(reading, FindingCode.NO_RATING) == UNRATED
    assert refs(reading, FindingCode.LEAD_TIDIED) == ["A4.3", "B1.1"]
    assert len(refs(reading, FindingCode.DOUBLE_MEANING)) == 1
    assert len(refs(reading, FindingCode.MARK_NOT_SHOWN)) == 1


def test_its_timelines_are_read_beside_their_words(reading):
    by_ref = {action.ref: action for action in reading.actions}
    assert (by_ref["A1.1"].start, by_ref["A1.1"].end) == (date(2015, 1, 31), date(2015, 4, 10))
    assert (by_ref["A4.1"].start, by_ref["A4.1"].end) == (date(2015, 1, 29), date(2015, 4, 9))
    assert (by_ref["A1.1e"].timeline, by_ref["A1.1e"].end) == ("Sent 29-01-15", date(2015, 1, 29))
    assert by_ref["B7.5"].schedule == "Monthly - After each Improvement Board"
    assert [by_ref[ref].timeline for ref in ("LMG.1", "LMG.2", "B7.10", "B2.3")] == [
        "31/11/14",
        "Ongoing",
        "TBC",
        "",
    ]
    assert [by_ref[ref].end for ref in ("LMG.1", "LMG.2", "B7.10", "B2.3")] == [None] * 4


def test_several_leads_in_one_cell_are_several_leads(reading):
    (action,) = [action for action in reading.actions if action.ref == "B2.3"]
    assert [lead.kind.value for lead in action.leads] == ["person", "person", "organisation"]


def test_every_row_of_the_document_is_in_the_reading(reading):
    uses = Counter(row.use for row in reading.rows)
    assert (uses[RowUse.ACTION], uses[RowUse.THEME], uses[RowUse.LEGEND] in {6, 7}) == (106, 5, True)


def test_the_three_forms_read_the_same():
    def told(reading):
        return [
            (
                action.ref,
                reading.theme_of(action).title,
                reading.objective_of(action).ref,
                " ".join(reading.objective_of(action).text.split()),
                " ".join(action.activity.split()),
                " ".join(action.outcome.split()),
                action.timeline,
                action.start,
                action.end,
                action.leads,
                action.rating,
            )
            for action in reading.actions
        ]

    workbook, document, text = map(read, FORMS)
    assert told(workbook) == told(document) == told(text)


def test_the_copied_text_loses_its_furniture_and_gets_its_references_back():
    reading = read("tsv")
    assert reading.as_at == date(2015, 2, 24)
    assert refs(reading, FindingCode.REPAIRED_REFERENCE) == [f"LMG.{number}" for number in range(12, 20)]
    assert len(reading.furniture) == len(refs(reading, FindingCode.FURNITURE_REMOVED)) == 22
    assert Counter(row.use for row in reading.rows)[RowUse.REPEATED_HEADING] == 16
    (letter,) = [finding for finding in reading.findings if finding.code is FindingCode.AMBIGUOUS_RATING]
    assert (letter.suggestion, [choice.key for choice in letter.choices]) == ("G", ["G", "GREY"])


def test_colours_settle_in_the_workbook_what_a_letter_leaves_open():
    assert refs(read("xlsx"), FindingCode.AMBIGUOUS_RATING) == []
