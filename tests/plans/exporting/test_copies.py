"""An edited Excel copy: exactly the edited cells, whatever else was done to the workbook."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.exporting.xlsx import HEADING_ROW, HIDDEN, PLAN
from plans.reader import ColumnRole, Mapping, accept
from tests.plans.exporting.books import back, book, copy, row, table, values_of


class Sheet:
    """A copy opened to be edited, its cells found by reference and heading."""

    def __init__(self, data):
        self.workbook = openpyxl.load_workbook(io.BytesIO(data))
        self.plan = self.workbook[PLAN]

    @property
    def heads(self):
        return {cell.value: cell.column for cell in self.plan[HEADING_ROW]}

    @property
    def rows(self):
        return {
            self.plan.cell(number, 1).value: number
            for number in range(HEADING_ROW + 1, self.plan.max_row + 1)
        }

    def put(self, ref, heading, value):
        self.plan.cell(self.rows[ref], self.heads[heading]).value = value

    @property
    def data(self):
        stream = io.BytesIO()
        self.workbook.save(stream)
        return stream.getvalue()


@pytest.fixture
def sheet():
    return Sheet(copy())


def edited(reading):
    """(reference, field) of every edited cell."""
    refs = {action.key: action.ref for action in reading.actions}
    return {(refs[edit.action], edit.field) for edit in reading.edits}


def of(reading, ref):
    return next(action for action in reading.actions if action.ref == ref)


def codes(reading):
    return [finding.code.value for finding in reading.findings]


def test_an_untouched_copy_changes_nothing():
    found = back(copy())
    assert found.edits == ()
    assert found.findings == ()
    assert [action.ref for action in found.actions] == ["P1.1", "P1.2", "P2.1"]
    assert found.copy.refs == ("P1.1", "P1.2", "P2.1")


def test_saving_it_again_changes_nothing(sheet):
    assert back(sheet.data).edits == ()


@pytest.mark.parametrize(
    ("heading", "typed", "field", "attribute", "value"),
    [
        ("Action", "Do it otherwise", "activity", "activity", "Do it otherwise"),
        ("Progress", "", "progress", "progress", ""),
        ("Rating", "G", "rating", "rating", "G"),
        ("Rating", "green", "rating", "rating", "G"),
        ("Rating", None, "rating", "rating", None),
        ("End date", dt.date(2015, 9, 30), "ends_on", "end", dt.date(2015, 9, 30)),
        ("End date", "30 September 2015", "ends_on", "end", dt.date(2015, 9, 30)),
        ("End date", None, "ends_on", "end", None),
        ("Start date", dt.date(2015, 2, 1), "starts_on", "start", dt.date(2015, 2, 1)),
    ],
)
def test_an_edited_cell_is_the_only_edit(sheet, heading, typed, field, attribute, value):
    sheet.put("P1.2", heading, typed)
    found = back(sheet.data)
    assert edited(found) == {("P1.2", field)}
    assert getattr(of(found, "P1.2"), attribute) == value


def test_leads_are_parted_by_semicolons_and_lines(sheet):
    sheet.put("P1.1", "Lead", "Kim Vale; Pat Reed\nHead of Practice")
    found = back(sheet.data)
    assert [lead.name for lead in of(found, "P1.1").leads] == ["Kim Vale", "Pat Reed", "Head of Practice"]
    assert edited(found) == {("P1.1", "leads")}


def test_rows_in_another_order_change_nothing(sheet):
    plan, rows = sheet.plan, sheet.rows
    first, second = rows["P1.1"], rows["P1.2"]
    for column in range(1, plan.max_column + 1):
        one, two = plan.cell(first, column), plan.cell(second, column)
        one.value, two.value = two.value, one.value
    found = back(sheet.data)
    assert found.edits == ()
    assert len(found.actions) == 3


def test_a_deleted_row_is_missing_and_no_edit(sheet):
    sheet.plan.delete_rows(sheet.rows["P2.1"])
    found = back(sheet.data)
    assert {action.ref for action in found.actions} == {"P1.1", "P1.2"}
    assert found.copy.refs == ("P1.1", "P1.2", "P2.1")
    assert found.edits == ()


def test_an_added_row_is_a_new_action_under_the_heading_above_it(sheet):
    at = sheet.plan.max_row + 1
    for heading, value in (("Reference", "P2.9"), ("Action", "A new thing"), ("Rating", "R")):
        sheet.plan.cell(at, sheet.heads[heading]).value = value
    new = of(back(sheet.data), "P2.9")
    assert (new.activity, new.rating, new.objective) == ("A new thing", "R", "o2")


def test_a_row_copied_as_a_pattern_is_new_under_its_own_reference(sheet):
    at, pattern = sheet.plan.max_row + 1, sheet.rows["P1.1"]
    for column in range(1, sheet.plan.max_column + 1):
        sheet.plan.cell(at, column).value = sheet.plan.cell(pattern, column).value
    assert "repeated_reference" in codes(back(sheet.data))
    sheet.plan.cell(at, 1).value = "P2.7"
    found = back(sheet.data)
    assert of(found, "P2.7").activity == "Do thing 1"
    assert found.edits == ()


def test_a_renamed_column_is_known_by_what_its_cells_say(sheet):
    sheet.put("P1.1", "Outcome", "Children are seen")
    sheet.plan.cell(HEADING_ROW, sheet.heads["Outcome"]).value = "What success looks like"
    sheet.plan.cell(HEADING_ROW, sheet.heads["End date"]).value = "To be done by"
    found = back(sheet.data)
    assert codes(found) == ["column_renamed", "column_renamed"]
    assert edited(found) == {("P1.1", "outcome")}
    headings = {column.role: column.heading for column in found.columns}
    assert headings[ColumnRole.OUTCOME] == "What success looks like"
    assert headings[ColumnRole.END] == "To be done by"


def test_a_renamed_column_can_be_said_to_be_another(sheet):
    sheet.plan.cell(HEADING_ROW, sheet.heads["Outcome"]).value = "Old outcome"
    found = back(sheet.data, mapping=Mapping(columns={"Old outcome": ColumnRole.OTHER}))
    assert codes(found) == ["column_unclear"]
    assert found.edits == ()


def test_a_renamed_column_with_other_words_in_it_is_asked_and_read_once_it_is_said(sheet):
    for ref in ("P1.1", "P1.2", "P2.1"):
        sheet.put(ref, "Progress", f"News of {ref}")
    sheet.plan.cell(HEADING_ROW, sheet.heads["Progress"]).value = "Latest"
    found = back(sheet.data)
    assert codes(found) == ["column_unclear"]
    assert found.edits == ()
    again = back(sheet.data, mapping=Mapping(columns={"Latest": ColumnRole.PROGRESS}))
    assert edited(again) == {("P1.1", "progress"), ("P1.2", "progress"), ("P2.1", "progress")}


def test_moved_and_added_columns_change_nothing(sheet):
    sheet.plan.unmerge_cells(str(next(iter(sheet.plan.merged_cells.ranges))))
    sheet.plan.insert_cols(3)
    sheet.plan.cell(HEADING_ROW, 3).value = "My own notes"
    assert back(sheet.data).edits == ()


def test_a_rating_that_the_scale_has_not_is_asked(sheet):
    sheet.put("P1.1", "Rating", "Z")
    found = back(sheet.data)
    assert codes(found) == ["unknown_rating"]
    assert of(found, "P1.1").rating == "A"
    taken = accept(found, {found.findings[0].id: "G"})
    assert of(taken, "P1.1").rating == "G"


def test_a_day_that_is_none_is_said_and_left(sheet):
    sheet.put("P1.1", "End date", "whenever")
    found = back(sheet.data)
    assert codes(found) == ["unclear_date"]
    assert of(found, "P1.1").end == dt.date(2015, 3, 31)


def test_a_reworded_timeline_offers_to_move_the_end(sheet):
    sheet.put("P1.1", "Timeline", "by 30 April 2015")
    found = back(sheet.data)
    assert of(found, "P1.1").end == dt.date(2015, 3, 31)
    moved = accept(found, {found.findings[0].id: "move"})
    assert of(moved, "P1.1").end == dt.date(2015, 4, 30)


def test_what_somebody_changed_meanwhile_is_asked(sheet):
    sheet.put("P1.1", "Progress", "Mine")
    current = values_of(table())
    current["P1.1"]["progress"] = "Theirs"
    found = back(sheet.data, current=current)
    assert codes(found) == ["changed_meanwhile"]
    assert found.edits[0].was == "Work on 1 has begun\nand goes on"
    taken = accept(found, {found.findings[0].id: "take"})
    assert taken.edits[0].was == "Theirs"


def test_what_is_worked_out_is_not_read(sheet):
    sheet.put("P1.1", "Updated on", dt.date(2020, 1, 1))
    found = back(sheet.data)
    assert codes(found) == ["not_read_back"]
    assert found.edits == ()


def test_without_the_hidden_column_rows_are_known_by_reference(sheet):
    sheet.put("P1.1", "Progress", "News")
    sheet.plan.delete_cols(sheet.heads["Noticeboard row"])
    assert edited(back(sheet.data)) == {("P1.1", "progress")}


def test_a_copy_of_another_plan_or_without_its_memory_is_any_document(sheet):
    assert back(copy(), stamp="elsewhere plan 9 begun 2014-01-01") is None
    del sheet.workbook[HIDDEN]
    assert back(sheet.data) is None
    assert back(b"Ref,Action\r\n") is None


def test_what_begins_like_a_formula_or_like_an_escape_stays_text():
    texts = ["=1+1", "+44 20", "-5", "@SUM(A1)", "\t=1", "_x0041_", "a\x07b"]
    made = copy(*(row(n, progress=text) for n, text in enumerate(texts, start=1)))
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(made))[PLAN].iter_rows() for cell in line]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    found = back(made)
    assert found.edits == ()
    assert [action.progress for action in found.actions] == [
        "=1+1",
        "+44 20",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "_x0041_",
        "ab",
    ]


def test_a_text_too_long_for_a_cell_is_not_cut_in_the_plan():
    made = Sheet(copy(row(1, progress="word " * 9000)))
    assert back(made.data).edits == ()
    made.put("P1.1", "Progress", "short")
    found = back(made.data)
    assert found.edits == ()
    assert codes(found) == ["not_read_back"]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
def test_no_text_comes_back_as_an_edit_that_nobody_made(texts):
    rows = [
        row(n, progress=progress, activity=f"Do {said}") for n, (progress, said) in enumerate(texts, start=1)
    ]
    found = back(copy(*rows))
    assert found.edits == ()
    assert len(found.actions) == len(rows)


def test_a_list_in_another_order_reads_back_too():
    assert back(copy(order="rating")).edits == ()
    assert len(book(order="rating").lines) == 3
