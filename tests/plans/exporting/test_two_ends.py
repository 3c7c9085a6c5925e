"""A council that keeps the end as first agreed and the revised one in two columns gets both back."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from councils.roles import Role
from jobs.services import run_job
from plans.exporting.gathering import whole_plan
from plans.exporting.xlsx import HEADING_ROW, PLAN, write_xlsx
from plans.importing import documents
from plans.models import Reading
from plans.queries.ends import first_end
from plans.reader import ColumnRole
from tests.factories import CouncilFactory, member
from tests.plans.exporting.books import back, copy, row
from tests.plans.exporting.test_copies import Sheet, edited, of

JANUARY, FEBRUARY, MARCH, MAY = (dt.date(2015, month, 28) for month in (1, 2, 3, 5))
THEIRS = {
    ColumnRole.REFERENCE: "Ref",
    ColumnRole.ACTIVITY: "Action",
    ColumnRole.END: "Due date",
    ColumnRole.REVISED_END: "Revised date",
}


@pytest.fixture
def sheet():
    """P1.1 still ends when it was first to end; P1.2 was to end in February and ends in March."""
    rows = row(1, ends_on=MARCH), row(2, ends_on=MARCH)
    return Sheet(copy(*rows, headings=THEIRS, first_ends={2: FEBRUARY}))


def days(sheet, ref):
    cells = (
        sheet.plan.cell(sheet.rows[ref], sheet.heads[heading]) for heading in ("Due date", "Revised date")
    )
    return tuple(cell.value.date() for cell in cells)


def test_both_ends_stand_under_the_councils_own_headings(sheet):
    assert days(sheet, "P1.1") == (MARCH, MARCH)
    assert days(sheet, "P1.2") == (FEBRUARY, MARCH)
    assert back(sheet.data).edits == ()


def test_who_keeps_one_end_gets_one():
    one = {role: heading for role, heading in THEIRS.items() if role is not ColumnRole.REVISED_END}
    heads = Sheet(copy(row(1), headings=one, first_ends={1: FEBRUARY})).heads
    assert "Due date" in heads
    assert "First end date" not in heads


def test_an_edited_revised_date_is_the_end(sheet):
    sheet.put("P1.2", "Revised date", MAY)
    found = back(sheet.data)
    assert edited(found) == {("P1.2", "ends_on")}
    assert of(found, "P1.2").end == MAY


def test_an_edited_first_end_says_where_another_day_goes(sheet):
    sheet.put("P1.1", "Due date", MAY)
    found = back(sheet.data)
    assert found.edits == ()
    (finding,) = found.findings
    assert "Put another day under “Revised date”" in finding.message


def test_a_new_actions_due_date_is_its_end(sheet):
    at = sheet.plan.max_row + 1
    for heading, value in (("Ref", "P1.9"), ("Action", "A new thing"), ("Due date", MAY)):
        sheet.plan.cell(at, sheet.heads[heading]).value = value
    assert of(back(sheet.data), "P1.9").end == MAY


@pytest.mark.parametrize(
    ("end", "before", "first"),
    [
        (MAY, {MAY: MARCH, MARCH: FEBRUARY}, FEBRUARY),
        (MARCH, {MAY: MARCH, MARCH: FEBRUARY}, FEBRUARY),  # as at a day before the last move
        (MAY, {}, MAY),
        (FEBRUARY, {MARCH: FEBRUARY, FEBRUARY: MARCH}, FEBRUARY),  # to and fro
        (None, {MAY: MARCH}, None),
    ],
)
def test_the_first_end_is_where_all_moves_began(end, before, first):
    assert first_end(end, before) == first


def test_a_document_with_both_is_read_and_goes_out_again(db):
    council = CouncilFactory()
    manager, now = member(Role.PROGRAMME_MANAGER, council), timezone.now()
    workbook = openpyxl.Workbook()
    for cells in (
        ["Ref", "Action", "Lead", "Due date", "Revised date", "RAG"],
        ["1.1", "Publish the threshold document", "Pat Reed", FEBRUARY, MAY, "Red"],
        ["1.2", "Audit ten case files each month", "Kim Vale", MARCH, None, "Amber"],
        ["1.3", "Recruit four team managers", "Pat Reed", MARCH, None, "Green"],
    ):
        workbook.active.append(cells)
    stream = io.BytesIO()
    workbook.save(stream)
    reading, job = documents.begin_reading(
        council=council,
        upload=SimpleUploadedFile("plan.xlsx", stream.getvalue()),
        as_at=timezone.localdate(),
        by=manager,
        now=now,
    )
    run_job(job.pk, clock=timezone.now)
    documents.confirm(Reading.objects.get(pk=reading.pk), by=manager, now=now)
    today = timezone.localdate()
    sheet = Sheet(write_xlsx(whole_plan(council, as_at=None, today=today, now=now)))
    assert days(sheet, "1.1") == (FEBRUARY, MAY)
    assert days(sheet, "1.2") == (MARCH, MARCH)
    headings = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(sheet.data))[PLAN][HEADING_ROW]]
    assert headings.index("Revised date") == headings.index("Due date") + 1
