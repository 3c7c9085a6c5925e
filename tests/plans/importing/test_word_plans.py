"""A plan in Word with a table for each priority: its title, and its columns asked about once."""

import pytest
from docx import Document

from councils.roles import Role
from plans import reader
from tests.factories import CouncilFactory, member
from tests.plans.reader.documents import saved
from tests.plans.test_plan_import import begin

HEAD = ("No", "Action", "Lead", "By when", "Progress")


def document(heads=(HEAD, HEAD)):
    found = Document()
    found.add_heading("Northbeck Borough Council", 0)
    found.add_paragraph("Getting to Good: Children's Services Improvement Plan")
    found.add_paragraph("Version 3, 26 October 2026")
    found.add_paragraph("This plan says how the council and its partners answer the inspection.")
    for number, head in enumerate(heads, start=1):
        found.add_heading(f"Priority {number}: Help and protection", 1)
        if number == 1:
            found.add_paragraph("Some children wait too long.")
            found.add_paragraph("Thresholds differ.")
        table = found.add_table(rows=0, cols=len(head))
        said = ("Clear the backlog", "Pat Reed", "31/12/2026", "Begun", "On track")
        for row in (head, *((f"{number}.{n}", *said)[: len(head)] for n in (1, 2))):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    return saved(found)


@pytest.mark.django_db
def test_columns_that_all_tables_have_alike_are_asked_about_once_others_with_the_tables_that_have_them(
    client,
):
    council = CouncilFactory()
    client.force_login(member(Role.PROGRAMME_OFFICE, council))

    def shown(data):
        reading, _ = begin(council, data, "plan.docx")
        return client.get(f"/councils/{council.slug}/plan/documents/{reading.pk}/").content.decode()

    page = shown(document())
    assert page.count('<select class="govuk-select" id="column-') == len(HEAD)
    assert "2 objectives</h1>" in page
    other = shown(document((HEAD, (*HEAD, "Status"))))
    assert other.count('<select class="govuk-select" id="column-') == len(HEAD) + 1
    assert 'Status<br><span class="nb-quiet">Table 2</span>' in other


def test_a_plan_is_called_by_the_line_that_says_it_is_one():
    found = reader.read_plan(document(), "plan.docx")
    assert found.title == "Getting to Good: Children's Services Improvement Plan"


def test_what_stands_between_an_objectives_heading_and_its_table_is_its_text():
    found = reader.read_plan(document(), "plan.docx")
    assert [(one.ref, one.text) for one in found.objectives] == [
        ("1", "Some children wait too long.\nThresholds differ."),
        ("2", ""),
    ]
