"""A notice whose obligations stand in a table: no word is lost or torn, and whoever confirms is told of the table."""

from xml.sax.saxutils import escape

import docx
import pytest
from weasyprint import HTML

from notices.reader import read_notice
from tests.notices.reader.files import saved
from tests.notices.reader.reads import row

ROWS = (
    ("Ref", "Action", "Owner", "By when"),
    ("1", "Appoint an independent chair of the improvement board", "Council", "30 June 2024"),
    (
        "2",
        "Submit a written progress report to the Department, covering caseloads and the quality of practice in each team",
        "Director of Children's Services",
        "Every three months",
    ),
    (
        "3",
        "Chair's report to the Minister",
        "Improvement board chair",
        "By the end of September 2024 and every six months thereafter",
    ),
    ("4", "Publish a workforce strategy", "Head of Workforce", "31 October 2024"),
)
BEFORE = (
    "Improvement Notice",
    "To: Tableton Council",
    (
        "This Improvement Notice is issued to Tableton Council on 2 May 2024 following the inspection report published by "
        "Ofsted on 4 March 2024, which judged services to be inadequate."
    ),
    "The Council must complete the actions in the table below.",
)
AFTER = ("The Department will review progress every six months.", "Signed: A Person, Minister")


def word() -> bytes:
    document = docx.Document()
    for text in BEFORE:
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=4)
    for each in ROWS:
        for cell, text in zip(table.add_row().cells, each, strict=True):
            cell.text = text
    for text in AFTER:
        document.add_paragraph(text)
    return saved(document)


def pdf(*, ruled: bool, page: str = "A4") -> bytes:
    border = "border: 1px solid #000;" if ruled else ""
    style = f"@page {{ size: {page} }} table {{ border-collapse: collapse }} td {{ {border} padding: 4px; width: 25% }}"
    style += " tr { break-inside: avoid }"
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in each) + "</tr>" for each in ROWS)
    before, after = ("".join(f"<p>{escape(text)}</p>" for text in texts) for texts in (BEFORE, AFTER))
    return HTML(string=f"<style>{style}</style>{before}<table>{cells}</table>{after}").write_pdf()


READ = {
    "Word": word,
    "PDF": lambda: pdf(ruled=True),
    "PDF over several pages": lambda: pdf(ruled=True, page="A5"),
}


@pytest.mark.parametrize("made", READ.values(), ids=READ)
def test_each_row_is_an_item_with_its_own_owner_and_day(made):
    reading = read_notice(made(), "notice")
    found = [row(reading, f"Paragraph 1({number})") for number in (1, 2, 3, 4)]
    assert found == [
        ("Council", None, "must", "by 30 June 2024"),
        (
            "Director of Children's Services",
            "Department for Education",
            "must",
            "every three months from the notice until the lifting of the notice",
        ),
        (
            "Board chair",
            "Minister",
            "must",
            "by the end of September 2024 and every six months from 30 September 2024 until the lifting of the notice",
        ),
        ("Head of Workforce", None, "must", "by 31 October 2024"),
    ]
    text = " ".join(reading.text.split())
    assert [cell for each in ROWS[1:] for cell in each if cell not in text] == []
    assert row(reading, "Paragraph 2")[0] == "Department for Education"


@pytest.mark.parametrize("made", READ.values(), ids=READ)
def test_whoever_confirms_is_told_of_the_table(made):
    said = [one.text for one in read_notice(made(), "notice").questions if one.code == "table"]
    assert said == [
        "This document holds a table. Each row was read as an item, each cell after its column's head."
    ]


def test_a_table_without_lines_is_said_to_be_torn_and_a_word_file_asked_for():
    (said,) = [one for one in read_notice(pdf(ruled=False), "notice").questions if one.code == "table"]
    assert "words of one cell may stand among those of another" in said.text
    assert said.proposal.startswith("Upload the Word file")
