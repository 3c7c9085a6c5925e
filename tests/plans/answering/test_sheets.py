"""A lead's rows as an Excel sheet that reads back as exactly the cells that were edited."""

import datetime as dt
import io

import openpyxl
import pytest

from plans.answering.needs import Last, Todo
from plans.answering.sheets import ANSWERS, HEAD_ROW, NotASheet, make_sheet, read_sheet
from plans.rag import Palette, Standing
from plans.reader import UnreadablePlan
from plans.rows import ActionRow, Code

ON = dt.date(2015, 3, 20)
RED = Code("R", "Red", "", Palette.RED, Standing.OFF_TRACK, is_mark=False)
AMBER = Code("A", "Going well", "", Palette.AMBER, Standing.ON_TRACK, is_mark=False)


def todo(number, ref, *, progress="Begun", rating=AMBER, last=Last()):  # noqa: B008 - frozen
    row = ActionRow(
        number,
        1,
        number,
        ref,
        f"Do {ref}",
        "",
        "",
        "",
        None,
        ON,
        (),
        rating,
        (),
        progress,
        ON,
        4,
        overdue=False,
    )
    return Todo(row, last, answered=False, on=ON)


TODOS = [
    todo(11, "A1"),
    todo(12, "A2", progress="=1+1"),
    todo(13, "A3", rating=RED, last=Last("No staff", "Hire")),
]


def sheet(todos=TODOS):
    return make_sheet(todos, plan=7, title="Plan", asked="For the board.", ratings=(RED, AMBER))


def edited(change, data=None):
    book = openpyxl.load_workbook(io.BytesIO(data or sheet()))
    change(book[ANSWERS])
    stream = io.BytesIO()
    book.save(stream)
    return read_sheet(stream.getvalue(), ratings=(RED, AMBER))


def column(page, heading):
    return next(cell.column for cell in page[HEAD_ROW] if cell.value == heading)


def put(ref, heading, value):
    def change(page):
        row = next(n for n in range(HEAD_ROW + 1, page.max_row + 1) if page.cell(n, 2).value == ref)
        page.cell(row, column(page, heading)).value = value

    return change


def test_a_sheet_that_nobody_touched_says_nothing():
    returned = edited(lambda page: None)
    assert (returned.answers, returned.problems, returned.untouched, returned.plan) == ([], [], 3, 7)


def test_a_sheet_without_rows_says_nothing():
    returned = read_sheet(sheet([]), ratings=(RED, AMBER))
    assert (returned.plan, returned.answers, returned.problems) == (7, [], [])


def test_exactly_the_edited_cells_come_back_with_the_version_of_their_row():
    returned = edited(put("A1", "What has been done", "Four in post"))
    [answer] = returned.answers
    assert (answer.number, answer.version, answer.edited) == (11, 4, {"narrative": ("Begun", "Four in post")})
    assert answer.values["rating"] == "A"


@pytest.mark.parametrize("typed", ["R", "r", "R Red", "Red"])
def test_a_rating_is_understood_by_code_and_word(typed):
    [answer] = edited(put("A1", "Rating", typed)).answers
    assert answer.edited["rating"] == ("A", "R")


def test_a_rating_that_the_scale_does_not_have_names_its_row_and_what_there_is():
    returned = edited(put("A1", "Rating", "Purple"))
    [problem] = returned.problems
    assert (returned.answers, problem.ref, problem.row) == ([], "A1", HEAD_ROW + 1)
    assert "Purple" in problem.message
    assert "A Going well" in problem.message


def test_no_change_is_one_word():
    [answer] = edited(put("A3", "No change", "yes")).answers
    assert (answer.same, answer.edited, answer.values["reason"]) == (True, {}, "No staff")


def test_rows_sorted_and_left_out_are_no_edits():
    def change(page):
        page.delete_rows(HEAD_ROW + 1)
        put("A3", "What has been done", "New words")(page)

    returned = edited(change)
    assert [answer.ref for answer in returned.answers] == ["A3"]
    assert (returned.untouched, returned.problems) == (1, [])


def test_an_added_row_and_a_row_twice_are_refused():
    def change(page):
        page.cell(HEAD_ROW + 4, 2).value = "A9"
        page.cell(HEAD_ROW + 5, 1).value = "11.4"
        page.cell(HEAD_ROW + 5, 2).value = "A1"

    assert [problem.row for problem in edited(change).problems] == [HEAD_ROW + 4, HEAD_ROW + 5]


def test_columns_may_be_moved_but_not_renamed():
    def swap(page):
        page.move_range(f"B{HEAD_ROW}:C{page.max_row}", cols=20)

    assert edited(swap).problems == []
    with pytest.raises(NotASheet, match="Next step"):
        edited(
            lambda page: setattr(page.cell(HEAD_ROW, column(page, "Next step, and by when")), "value", "Then")
        )


def test_text_that_looks_like_a_formula_goes_out_as_text():
    book = openpyxl.load_workbook(io.BytesIO(sheet()))
    cell = book[ANSWERS].cell(HEAD_ROW + 2, column(book[ANSWERS], "What has been done"))
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=1+1", True)


def test_a_formula_that_comes_back_is_refused():
    returned = edited(put("A1", "Next step, and by when", '=HYPERLINK("http://x")'))
    assert (returned.answers, len(returned.problems)) == ([], 1)
    assert "formula" in returned.problems[0].message


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_sheet_is_said_to_be_none(data):
    with pytest.raises(UnreadablePlan):
        read_sheet(data, ratings=(RED, AMBER))


def test_a_workbook_of_something_else_is_said_to_be_none():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with pytest.raises(NotASheet, match="not the sheet"):
        read_sheet(stream.getvalue(), ratings=(RED, AMBER))
