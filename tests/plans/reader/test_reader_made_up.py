"""Made-up plans unlike each other: what each must read as, checked by eye against `documents.py`."""

from datetime import date

from plans.rag import Palette, Standing
from plans.reader import FindingCode, RowUse, TableUse, read_plan, summary
from plans.reader.reading import ColumnRole, Mapping
from tests.plans.reader import documents


def outline(reading):
    """(theme, objective, reference) of every action."""
    return [
        (
            (reading.theme_of(action) or NOTHING).title,
            (reading.objective_of(action) or NOTHING).title,
            action.ref,
        )
        for action in reading.actions
    ]


class NOTHING:
    title = None


def found(reading):
    return [(finding.code.value, finding.ref) for finding in reading.findings]


def standings(reading):
    return {entry.code: entry.standing and entry.standing.value for entry in reading.scale}


def test_northvale_has_a_sheet_for_each_theme_and_its_legend_on_another():
    reading = read_plan(documents.northvale(), "northvale.xlsx")
    assert [(table.label, table.use) for table in reading.tables] == [
        ("Key", TableUse.LEGEND),
        ("Leadership", TableUse.PLAN),
        ("Front door", TableUse.PLAN),
        ("Care leavers", TableUse.PLAN),
        ("Risks", TableUse.OTHER),
    ]
    assert outline(reading) == [
        ("Leadership", "Leaders know how well practice works", "1.1"),
        ("Leadership", "Leaders know how well practice works", "1.2"),
        ("Leadership", "Leaders know how well practice works", "1.3"),
        ("Front door", "Decisions are timely", "2.1"),
        ("Front door", "Thresholds are understood", "2.2"),
        ("Care leavers", "Care leavers live somewhere suitable", "3.1"),
    ]
    assert standings(reading) == {"B": "embedded", "R": "off_track", "A": "at_risk", "G": "on_track"}
    assert [action.rating for action in reading.actions] == ["G", "A", "B", "R", "G", None]
    assert reading.as_at == date(2023, 4, 30)
    assert found(reading) == [("no_rating", "3.1"), ("hidden_rows", None)]


def test_northvale_leads_are_people_roles_and_organisations():
    reading = read_plan(documents.northvale(), "northvale.xlsx")
    assert [[(lead.name, lead.kind.value) for lead in action.leads] for action in reading.actions[:4]] == [
        [("Asha Verma", "person")],
        [("Director of Children's Services", "role")],
        [("Tom Okafor", "person"), ("HR", "person")],
        [("Head of MASH", "role"), ("QA Lead", "role")],
    ]


def test_eastmere_has_headings_over_two_rows_and_two_levels_of_group_rows():
    reading = read_plan(documents.eastmere(), "eastmere.xlsx")
    first, second = "Priority 1: Help at the right time", "Priority 2: Children in care"
    assert outline(reading) == [
        (first, "Objective 1.1: Families get help early", "1.1.1"),
        (first, "Objective 1.1: Families get help early", "1.1.2"),
        (first, "Objective 1.2: Plans are SMART", "1.2.1"),
        (second, "Objective 2.1: Fewer moves", "2.1.1"),
        (second, "Objective 2.1: Fewer moves", "2.1.2"),
    ]
    assert {column.heading: column.role for column in reading.columns if column.letter in "CD"} == {
        "Timescale Start": ColumnRole.START,
        "Timescale End": ColumnRole.END,
    }
    assert [(action.start, action.end) for action in reading.actions] == [
        (date(2023, 4, 1), date(2023, 9, 30)),
        (date(2023, 5, 1), None),
        (None, date(2023, 12, 31)),
        (date(2023, 4, 1), date(2023, 9, 30)),
        (date(2023, 6, 1), None),
    ]
    assert standings(reading) == {
        "Complete": "complete",
        "Delayed": "off_track",
        "Not started": "not_started",
        "On track": "on_track",
    }
    assert found(reading) == [("impossible_date", "1.1.2"), ("no_legend", None), ("column_unclear", None)]
    assert [(row.use, row.row) for row in reading.rows if row.use is RowUse.TOTAL] == [(RowUse.TOTAL, 14)]


def test_southholm_is_rated_by_colour_and_its_headings_are_themes():
    reading = read_plan(documents.southholm(), "southholm.docx")
    assert outline(reading) == [
        ("Theme 1 – Workforce", "Stable teams", "W1"),
        ("Theme 1 – Workforce", "Stable teams", "W2"),
        ("Theme 1 – Workforce", "Good supervision", "W3"),
        ("Theme 2 – Practice", "Children are seen", "P1"),
        ("Theme 2 – Practice", "Children are seen", "P2"),
    ]
    assert [(entry.code, entry.palette, entry.standing) for entry in reading.scale] == [
        ("Red", Palette.RED, Standing.OFF_TRACK),
        ("Amber", Palette.AMBER, Standing.AT_RISK),
        ("Green", Palette.GREEN, Standing.ON_TRACK),
    ]
    assert [action.rating for action in reading.actions] == ["Green", "Amber", None, "Green", None]
    assert found(reading) == [("rating_by_colour", "W3"), ("unclear_date", "P2"), ("no_rating", "P2")]
    (colour,) = [finding for finding in reading.findings if finding.code is FindingCode.RATING_BY_COLOUR]
    assert colour.suggestion == "Red"
    moved = reading.actions[1]
    assert (moved.original_end, moved.end, moved.moves) == (date(2024, 3, 31), date(2024, 6, 30), 1)


def test_westbeck_rates_by_number_and_has_cells_of_several_lines():
    reading = read_plan(documents.westbeck(), "westbeck.csv")
    assert [action.activity for action in reading.actions][1] == "Train all teams\nand check with audits"
    assert standings(reading) == {"1": "not_started", "2": "on_track", "3": "off_track", "4": "complete"}
    assert [action.rating for action in reading.actions] == ["4", "3", "2", "1"]
    assert [reading.objective_of(action).title for action in reading.actions] == [
        "Improve the quality of chronologies",
        "Improve the quality of chronologies",
        "Hear the child’s voice",
        "Hear the child’s voice",
    ]
    assert found(reading) == [("no_references", None)]


def test_ashcombe_keeps_harvey_balls_and_the_month_before():
    reading = read_plan(documents.ashcombe(), "ashcombe.xlsx")
    assert [(action.previous_rating, action.rating) for action in reading.actions] == [
        ("◑", "●"),
        ("◔", "◑"),
        ("○", "○"),
    ]
    assert standings(reading) == {"○": "not_started", "●": "complete", "◑": "on_track", "◔": "on_track"}
    assert [action.end for action in reading.actions] == [
        date(2024, 9, 30),
        date(2024, 11, 30),
        date(2025, 1, 31),
    ]


def test_two_versions_of_a_plan_are_not_twice_as_many_actions():
    data = documents.two_versions()
    reading = read_plan(data, "plan.xlsx")
    assert [action.rating for action in reading.actions] == ["R", "A", "G"]
    assert found(reading)[0] == ("two_plans", None)
    other = read_plan(data, "plan.xlsx", mapping=Mapping(tables={"June 2024": False}))
    assert [action.rating for action in other.actions] == ["R", "R", "A"]


def test_a_table_without_headings_is_read_by_what_stands_in_it_and_asked():
    reading = read_plan(documents.headless(), "plan.tsv")
    assert [column.role for column in reading.columns] == [
        ColumnRole.REFERENCE,
        ColumnRole.ACTIVITY,
        ColumnRole.LEAD,
        ColumnRole.TIMELINE,
        ColumnRole.RATING,
    ]
    assert summary(reading)["ratings"] == {"Amber": 1, "Green": 2, "Red": 1, "unrated": 0}
    assert found(reading)[0] == ("no_headings", None)


def test_highford_goes_on_over_pages_and_its_torn_rows_are_whole():
    reading = read_plan(documents.highford(), "highford.pdf")
    assert [action.ref for action in reading.actions] == [
        f"{part}.{step}" for part in range(1, 6) for step in range(1, 7)
    ]
    assert {action.activity for action in reading.actions} == {
        f"Carry out step {step} of part {part} with every team and partner agency that works with families"
        for part in range(1, 6)
        for step in range(1, 7)
    }
    assert [objective.title for objective in reading.objectives] == [
        f"Recommendation {part}: strengthen part {part} of the service" for part in range(1, 6)
    ]
    assert summary(reading)["ratings"] == {"R": 10, "A": 10, "G": 10, "unrated": 0}
    assert reading.title == "Highford single improvement plan"
    assert "Highford Council OFFICIAL" in [furniture.words for furniture in reading.furniture]


def test_what_a_person_says_of_a_column_counts():
    data = b"Ref\tAction\tOwner\tStatus\tSponsor body\n1\tWrite it\tUna Bray\tR\tHealth\n2\tSend it\tKarl Jessop\tG\tPolice\n"
    said = Mapping(columns={"sponsor BODY": ColumnRole.THEME, "Owner": ColumnRole.OTHER})
    reading = read_plan(data, "plan.tsv", mapping=said)
    assert outline(reading) == [("Health", None, "1"), ("Police", None, "2")]
    assert [action.leads for action in reading.actions] == [(), ()]


def test_what_a_person_says_of_a_code_counts():
    data = b"Ref\tAction\tOwner\tRAG\n1\tWrite it\tUna Bray\tA\n2\tSend it\tKarl Jessop\tG\n"
    reading = read_plan(data, "plan.tsv", mapping=Mapping(standings={"A": Standing.ON_TRACK}))
    assert standings(reading) == {"A": "on_track", "G": "on_track"}
