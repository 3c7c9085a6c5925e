"""Notices as council offices make them: tables, lists and footnotes in Word; furniture and divided words in PDF."""

from datetime import date

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from weasyprint import HTML

from notices.reader import NoticeReading, read_notice
from tests.notices.reader.files import saved
from tests.notices.reader.reads import questions, row

BOARD, CHAIR = "Improvement board", "Board chair"
MEASURES = (
    ("Measure", "Target", "By when"),
    ("Assessments on time", "90%", "31 March 2023"),
    ("Caseload per worker", "below 18", "30 September 2022"),
    ("Agency workers", "below 15%", "End of December 2022"),
)
CLAUSES = (
    (
        "The improvement board must meet at least every four weeks until 30 June 2017 and at least every eight weeks "
        "thereafter."
    ),
    (
        "The Council must ensure that representatives of its partner organisations participate in the board, and that papers "
        "are circulated to members five working days before each board."
    ),
    (
        "The Council must undertake, with independent moderation, multi-disciplinary audits of at least twenty children’s "
        "cases each month and report the findings to the improvement board."
    ),
    (
        "The Council must introduce a practice framework, underpinned by a comprehensive programme of professional "
        "development, within three months of the date of this Notice."
    ),
    (
        "The independent chair of the improvement board must provide a written report to the Parliamentary Under Secretary of "
        "State for Vulnerable Children and Families in April 2017, and every three boards thereafter."
    ),
    (
        "Department for Education officials will undertake formal reviews of progress at least every six months until this "
        "notice is lifted."
    ),
    "Prior to each review the Council must provide the Department with a self-assessment.",
)
STYLE = """
@page { size: A4; margin: 2.5cm; @top-left { content: "OFFICIAL – Improvement notice, Tarnside Council" }
        @bottom-center { content: "Page " counter(page) " of " counter(pages) } }
body { font: 11pt/1.4 serif; width: 13cm; hyphens: auto; text-align: justify } h2 { font-size: 12pt; width: 8cm }
p { margin: 18pt 0 }
"""


def table(document, rows) -> None:
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, values in zip(made.rows, rows, strict=True):
        for cell, value in zip(cells.cells, values, strict=True):
            cell.text = value


def footnote(document, paragraph, words: str) -> None:
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="1"/></w:r>'))


@pytest.fixture(scope="module")
def glenmoor() -> NoticeReading:
    document = docx.Document()
    document.add_paragraph("Improvement Notice", style="Title")
    table(document, (("To:", "Glenmoor Council"), ("Date:", "3 March 2022")))
    document.add_paragraph(
        "This Improvement Notice is issued to Glenmoor Council following the Ofsted inspection report published on "
        "10 January 2022, which judged services to be ‘inadequate’."
    )
    document.add_heading("Governance", 1)
    board = document.add_paragraph(
        "The Improvement Board must meet at least every six weeks.", style="List Number"
    )
    footnote(document, board, "Its terms of reference are in the plan.")
    document.add_paragraph("The Council must provide the board with:", style="List Number")
    document.add_paragraph("a progress report at each meeting; and", style="List Bullet 2")
    document.add_paragraph("a data dashboard every month.", style="List Bullet 2")
    document.add_heading("Measures", 1)
    document.add_paragraph("The Council must meet these measures:", style="List Number")
    table(document, MEASURES)
    document.add_heading("Assessment", 1)
    document.add_paragraph(
        "The chair must report to the Minister in June 2022 and every second board thereafter.",
        style="List Number",
    )
    for words in ("Signed:", "N. Name MP", "Minister for Children"):
        document.add_paragraph(words)
    return read_notice(saved(document), "glenmoor.docx")


@pytest.fixture(scope="module")
def tarnside() -> NoticeReading:
    clauses = [f"<p>{number}. {words}</p>" for number, words in enumerate(CLAUSES, start=1)]
    html = (
        f'<style>{STYLE}</style><html lang="en-GB"><body><h1>Improvement Notice</h1>'
        "<p>To: Tarnside Metropolitan Borough Council</p><p>This Notice is issued to Tarnside Metropolitan Borough Council on "
        "7 February 2017, following the inspection report published by Ofsted on 12 January 2017.</p>"
        "<h2>Governance, oversight and the arrangements for independent challenge</h2>"
        f"{''.join(clauses[:2])}<h2>Quality of practice and the experience of children and their families</h2>"
        f"{''.join(clauses[2:])}<p>Signed: A. Person</p><p>Director, Department for Education</p></body></html>"
    )
    return read_notice(HTML(string=html).write_pdf(), "tarnside.pdf")


def test_fields_in_a_table_without_borders_are_read(glenmoor):
    assert (glenmoor.council, glenmoor.issued_on) == ("Glenmoor Council", date(2022, 3, 3))
    assert glenmoor.signatory == "N. Name MP, Minister for Children"


def test_the_rows_of_a_table_are_provisions_under_its_lead_each_cell_with_its_head(glenmoor):
    rows = [(one.ref, one.parent, one.text) for one in glenmoor.requirements if one.heading == "Measures"][1:]
    assert rows == [
        ("3-1", "3", "Assessments on time; Target: 90%; By when: 31 March 2023."),
        ("3-2", "3", "Caseload per worker; Target: below 18; By when: 30 September 2022."),
        ("3-3", "3", "Agency workers; Target: below 15%; By when: End of December 2022."),
    ]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("1", (BOARD, None, "must", "at least one board every six weeks, from the notice")),
        ("2-1", ("Council", BOARD, "must", "with each board")),
        ("2-2", ("Council", BOARD, "must", "every month from the notice until the lifting of the notice")),
        ("3-1", ("Council", None, "must", "by 31 March 2023")),
        ("3-3", ("Council", None, "must", "by the end of December 2022")),
        ("4", (CHAIR, "Minister", "must", "in June 2022, and with every second board thereafter")),
    ],
)
def test_a_word_notices_obligation(glenmoor, ref, expected):
    assert row(glenmoor, ref) == expected


def test_a_footnote_stays_in_the_text_and_is_no_provision(glenmoor):
    assert "Its terms of reference are in the plan." in glenmoor.text
    assert [one for one in glenmoor.requirements if "terms of reference" in one.text] == []


def test_headers_footers_divided_words_and_two_line_headings_of_a_pdf(tarnside):
    assert "OFFICIAL" not in tarnside.text
    assert "Page 1" not in tarnside.text
    assert [one.text for one in tarnside.requirements] == list(CLAUSES)
    assert [one.heading for one in tarnside.requirements[1:3]] == [
        "Governance, oversight and the arrangements for independent challenge",
        "Quality of practice and the experience of children and their families",
    ]


@pytest.mark.parametrize(
    ("ref", "sentence"),
    [
        (
            "1",
            (
                "at least one board every four weeks, from the notice, up to 30 June 2017 "
                "and at least one board every eight weeks, from 30 June 2017"
            ),
        ),
        ("2", "five working days before each board"),
        ("3", "every month from the notice until the lifting of the notice"),
        ("4", "within three months of the notice"),
        ("5", "in April 2017, and with every third board thereafter"),
        ("6", "at least one review every six months, from the notice"),
        ("7", "before each review"),
    ],
)
def test_a_pdf_notices_obligation(tarnside, ref, sentence):
    assert row(tarnside, ref)[3] == sentence


def test_nothing_is_asked_of_the_pdf_but_the_days_after_the_third_board(tarnside):
    assert [one.code for one in tarnside.questions] == ["days_allowed"]
    assert questions(tarnside, "days_allowed")[0].requirement == "5"
