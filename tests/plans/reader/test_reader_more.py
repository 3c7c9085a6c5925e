"""More made-up plans: what each must read as, checked by eye against `documents_more.py`."""

from datetime import date

import pytest

from plans.reader import TableUse, read_plan, summary
from plans.reader.reading import ColumnRole as Role
from tests.plans.reader import documents_more as documents
from tests.plans.reader.documents import saved, sheet_of


def outline(reading):
    """(theme, objective, reference, rating) of every action."""
    themes = {theme.key: theme.title for theme in reading.themes}
    objectives = {each.key: each.ref or each.title for each in reading.objectives}
    return [
        (themes.get(action.theme), objectives.get(action.objective), action.ref, action.rating)
        for action in reading.actions
    ]


def found(reading):
    return [(finding.code.value, finding.ref) for finding in reading.findings]


def roles(reading):
    return {column.heading: column.role for column in reading.columns}


def standings(reading):
    return {entry.code: entry.standing and entry.standing.value for entry in reading.scale}


def leads(action):
    return [(lead.name, lead.kind.value) for lead in action.leads]


def test_langdale_has_a_sheet_for_each_priority_and_numbers_for_references():
    reading = read_plan(documents.langdale(), "langdale.xlsx")
    assert outline(reading) == [
        (None, "1", "1.1", "Complete"),
        (None, "1", "1.2", "In progress"),
        (None, "1", "1.10", "Not started"),
        (None, "2", "2.1", "In progress"),
        (None, "2", "2.2", "Overdue"),
    ]
    assert roles(reading) == {
        "No": Role.REFERENCE, "What we will do": Role.ACTIVITY, "By whom": Role.LEAD, "By when": Role.TIMELINE,
        "How we will know": Role.OUTCOME, "Status": Role.RATING, "Commentary": Role.PROGRESS,
    }  # fmt: skip
    assert (reading.title, reading.as_at) == ("Langdale improvement plan 2024", date(2024, 6, 12))
    assert leads(reading.actions[2]) == [("Zoë Llŷr", "person")]
    assert reading.actions[4].schedule == "Monthly"
    assert [furniture.words for furniture in reading.furniture] == ["Total actions 3", "Total actions 2"]
    assert found(reading) == [("no_legend", None)]


def test_orwell_has_a_table_for_each_weakness_and_two_ratings():
    reading = read_plan(documents.orwell(), "orwell.docx")
    first, second = (
        "Area of weakness 1: Waiting times for assessment",
        "Area of weakness 2: Families are not heard",
    )
    assert outline(reading) == [
        (first, None, "1a", "Green"),
        (first, None, "1b", "Red"),
        (second, None, "2a", "Blue"),
    ]
    assert [action.impact_rating for action in reading.actions] == ["Amber", "Red", "Green"]
    assert [action.milestones for action in reading.actions] == [
        "Half issued\nAll issued",
        "Advert out\nIn post",
        "Drafted\nSigned",
    ]
    assert [action.outcome for action in reading.actions] == [
        "20 weeks met",
        "Advice on time",
        "Survey up 10 points",
    ]
    assert standings(reading) == {
        "Blue": "embedded", "Green": "on_track", "Amber": "at_risk", "Red": "off_track",
    }  # fmt: skip
    assert leads(reading.actions[2]) == [("DCO", "organisation"), ("Forum chair", "role")]
    assert found(reading) == []


def test_marchford_tracks_milestones_of_workstreams_and_a_dashboard_of_counts_is_no_legend():
    reading = read_plan(documents.marchford(), "marchford.xlsx")
    assert [(table.label, table.use) for table in reading.tables] == [
        ("Dashboard", TableUse.OTHER),
        ("Tracker", TableUse.PLAN),
    ]
    assert outline(reading) == [
        ("Finance", None, "M01", "A"),
        ("Finance", None, "M02", "A"),
        ("Governance", None, "M03", "B"),
        ("Governance", None, "M04", "G"),
    ]
    assert [action.previous_rating for action in reading.actions] == ["A", "G", "G", None]
    assert {entry.code: entry.meaning for entry in reading.scale} == {
        "B": "complete", "R": "critical delay", "A": "some delay", "G": "on track",
    }  # fmt: skip
    moved = reading.actions[1]
    assert (moved.original_end, moved.end) == (date(2024, 12, 31), date(2025, 6, 30))
    assert leads(reading.actions[2]) == [("Monitoring Officer", "role")]
    assert ("DoT", "↓") in reading.cells_of(moved)
    assert found(reading) == [("column_unclear", None)]


def test_tarnside_is_windows_1252_with_semicolons():
    reading = read_plan(documents.tarnside(), "tarnside.csv")
    assert outline(reading) == [
        (None, "1", "REC 1/1", "G"),
        (None, "1", "REC 1/2", "A"),
        (None, "3", "REC 3/2", "R"),
    ]
    assert [action.activity for action in reading.actions] == [
        "Screen contacts the same day",
        "Hold a daily huddle;\nwrite down who does what",
        "Pay the allowance – £25 a week – on time",
    ]
    assert [leads(action)[0][0] for action in reading.actions] == [
        "Siân Ó Briain",
        "François Müller",
        "Finance",
    ]
    assert [action.progress for action in reading.actions] == ["Done – “kept up”", "", "€0 paid so far"]
    assert reading.title == "Tarnside – plan d’amélioration"
    assert found(reading) == [("no_legend", None)]


def test_penmoor_has_lists_in_cells_and_colours_only():
    reading = read_plan(documents.penmoor(), "penmoor.docx")
    assert outline(reading) == [
        (None, None, "1", "On track"),
        (None, None, "2", "Embedded"),
        (None, None, "3", "Off track"),
    ]
    assert reading.actions[0].milestones == "Find a building\nFit it out\nOpen"
    assert standings(reading) == {
        "Completed": "complete", "On track": "on_track", "At risk": "at_risk", "Off track": "off_track",
        "Embedded": "embedded",
    }  # fmt: skip
    assert found(reading) == []


def test_hollin_merges_an_action_over_its_milestones_and_no_rating_or_date_is_lost_unsaid():
    reading = read_plan(documents.hollin(), "hollin.xlsx")
    assert outline(reading) == [(None, None, "Action 12", "G"), (None, None, "Action 13", "R")]
    action = reading.actions[0]
    assert action.milestones == "Appoint a manager\nMove the teams\nReview after six months"
    assert [name for name, _ in leads(action)] == ["Head of Service", "Estates", "QA Manager"]
    assert action.timeline == "31/01/2025\n31/03/2025\n30/09/2025"
    (second,) = [finding for finding in reading.findings if finding.row == 3]
    assert "“A”, was not taken" in second.message
    assert ("unclear_date", "Action 12") in found(reading)


def test_fernhill_scores_delivery_and_impact_from_one_to_five():
    reading = read_plan(documents.fernhill(), "fernhill.xlsx")
    assert outline(reading) == [(None, "O1", "A-1", "4"), (None, "O1", "A-2", "2"), (None, "O2", "A-3", "1")]
    assert [action.impact_rating for action in reading.actions] == ["2", "1", None]
    assert next((action.start, action.end) for action in reading.actions) == (
        date(2025, 1, 6),
        date(2025, 2, 28),
    )
    assert standings(reading) == {
        "1": "not_started", "2": "on_track", "3": "off_track", "4": "complete", "5": "embedded",
    }  # fmt: skip
    assert [table.use for table in reading.tables] == [TableUse.PLAN, TableUse.LEGEND, TableUse.OTHER]
    assert reading.actions[0].progress == "Live since January"


def test_quarry_has_no_references_and_remarks_beside_its_ratings():
    reading = read_plan(documents.quarry(), "quarry.tsv")
    assert outline(reading) == [
        ("Priority A: Safer decisions", "Thresholds are unclear", None, "Green"),
        ("Priority A: Safer decisions", "Thresholds are unclear", None, "Amber"),
        ("Priority B: Stable workforce", "Too many agency staff", None, "Red"),
    ]
    assert [action.progress for action in reading.actions] == [
        "issued 1 March",
        "first audit slipped",
        "two converted",
    ]
    assert [(action.start, action.end) for action in reading.actions] == [
        (None, date(2025, 4, 30)),
        (date(2025, 6, 1), date(2025, 7, 31)),
        (None, date(2026, 3, 31)),
    ]
    assert reading.title == "Quarry Council - children's improvement plan, 3 March 2025"


def test_stanton_has_a_ruled_table_under_each_heading_in_a_pdf():
    reading = read_plan(documents.stanton(), "stanton.pdf")
    first, second = "Strand 1: Early help", "Strand 2: Court work"
    assert outline(reading) == [
        (theme, None, f"{number}.{step}", "RAG"[step % 3])
        for number, theme in ((1, first), (2, second))
        for step in range(1, 13)
    ]
    assert reading.actions[23].activity == (
        "Deliver step 12 of strand 2 with schools, health and police, and report what changed for children"
    )
    assert standings(reading) == {"R": "off_track", "A": "at_risk", "G": "on_track"}
    assert found(reading) == []


def test_willow_has_no_lines_between_its_columns():
    reading = read_plan(documents.willow(), "willow.pdf")
    words = ["On track", "Delayed", "Complete"]
    assert outline(reading) == [
        (None, str(part), f"{part}.{step + 1}", words[step]) for part in (1, 2) for step in range(3)
    ]
    assert summary(reading)["objectives"] == 2
    assert [code for code, _ in found(reading)] == ["no_legend", "unruled_table"]


def test_brackenby_is_rated_by_the_spreadsheets_rules():
    reading = read_plan(documents.brackenby(), "brackenby.xlsx")
    assert outline(reading) == [
        (None, None, "T1", "Red"),
        (None, None, "T2", "Green"),
        (None, None, "T3", "Amber"),
    ]
    assert found(reading) == [("column_unclear", None), ("cell_comment", "T3"), ("hidden_columns", None)]


@pytest.mark.parametrize(
    "refs",
    [
        ["1.1", "1.2", "1.10"], ["1.1.1", "1.1.2", "1.2.1"], ["1a", "1b", "2a"], ["A-1", "A-2", "B-1"], ["REC 3/2", "REC 3/3", "REC 4/1"],
        ["Action 12", "Action 13", "Action 14"], ["LSG.1", "LSG.2", "LSG.10"], ["2.3(a)", "2.3(b)", "2.4"], ["P1-A03", "P1-A04", "P2-A01"],
        ["i.1", "i.2", "ii.1"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Ref", "No.", "Action ref", "#"])
def test_references_of_many_kinds_come_out_as_they_stand(refs, heading):
    rows = [[ref, f"Do thing number {at}", "PSW", "31/03/25", "R"] for at, ref in enumerate(refs)]
    reading = read_plan(saved(sheet_of([[heading, "Action", "Lead", "Due date", "RAG"], *rows])), "plan.xlsx")
    assert [action.ref for action in reading.actions] == refs


def test_numbers_with_two_decimals_are_references_as_shown():
    book = sheet_of([["Ref", "Action", "Lead", "Due date", "RAG"], *[[1 + step / 100, f"Do thing {step}", "PSW", "Ongoing", "R"] for step in (9, 10, 11)]])  # fmt: skip
    for row in (2, 3, 4):
        book.active.cell(row, 1).number_format = "0.00"
    assert [action.ref for action in read_plan(saved(book), "plan.xlsx").actions] == ["1.09", "1.10", "1.11"]


def test_a_reference_merged_over_rows_with_actions_of_their_own_is_asked():
    rows = [["Ref", "Action", "Lead", "Due date", "RAG"], ["1.1", "Write it", "PSW", "31/03/25", "R"], [None, "Send it", "QA Manager", "30/04/25", "G"]]  # fmt: skip
    book = sheet_of(rows)
    book.active.merge_cells("A2:A3")
    reading = read_plan(saved(book), "plan.xlsx")
    assert [action.activity for action in reading.actions] == ["Write it", "Send it"]
    assert ("no_reference", None) in found(reading)
