"""The same notice as text, Word and PDF reads the same; what is no readable notice says what to do instead."""

from io import BytesIO
from xml.sax.saxutils import escape

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from notices.reader import UnreadableNotice, read_notice
from tests.notices.reader.reads import MADE_UP, made_up

NORCHESTER = (MADE_UP / "norchester.txt").read_text()
NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
"""


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_of(text: str) -> bytes:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n"))
    style = "@page { size: A4; margin: 2cm; @bottom-center { content: counter(page) } } p { font-size: 11pt }"
    return HTML(string=f"<style>{style}</style>{paragraphs}").write_pdf()


def duties(reading) -> list[tuple]:
    return [
        (one.requirement, one.duty_holder, one.recipient, one.force, one.schedule)
        for one in reading.obligations
    ]


def refusal(data: bytes, name: str = "notice") -> str:
    with pytest.raises(UnreadableNotice) as refused:
        read_notice(data, name)
    return refused.value.code


def numbered_document():
    """A notice whose numbers Word itself writes: 1., (a), (i)."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    document.add_paragraph("Improvement Notice")
    document.add_paragraph("To: Anytown Borough Council")
    document.add_paragraph("This Notice is issued to Anytown Borough Council on 4 March 2019.")
    for level, text in (
        (0, "The Council must:"),
        (1, "publish a plan within six weeks of this Notice;"),
        (1, "set up a board, which must:"),
        (2, "have an independent chair; and"),
        (2, "be told of progress at each meeting."),
        (0, "Officials will review progress every six months."),
    ):
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 91
    document.add_paragraph("Signed:")
    return document


def test_a_word_file_reads_as_the_text_does():
    document = docx.Document()
    for paragraph in NORCHESTER.split("\n"):
        document.add_paragraph(paragraph)
    reading = read_notice(saved(document), "norchester.docx")
    assert duties(reading) == duties(made_up("norchester.txt"))


def test_a_pdf_with_text_reads_as_the_text_does():
    reading = read_notice(pdf_of(NORCHESTER), "norchester.pdf")
    text = made_up("norchester.txt")
    assert [one.ref for one in reading.requirements] == [one.ref for one in text.requirements]
    assert duties(reading) == duties(text)
    assert (reading.council, reading.issued_on) == (text.council, text.issued_on)


def test_a_word_files_own_numbering_gives_the_references():
    reading = read_notice(saved(numbered_document()), "notice.docx")
    assert [(one.ref, one.parent) for one in reading.requirements] == [
        ("1", None),
        ("1a", "1"),
        ("1b", "1"),
        ("1b(i)", "1b"),
        ("1b(ii)", "1b"),
        ("2", None),
    ]
    assert reading.requirements[1].text == "publish a plan within six weeks of this Notice;"


def test_the_bytes_say_what_a_file_is_not_its_name():
    assert duties(read_notice(NORCHESTER.encode("utf-16"), "notice.pdf")) == duties(made_up("norchester.txt"))


def test_windows_text_with_curly_quotes_is_read():
    text = NORCHESTER.replace("'", "’").encode("cp1252")
    assert len(read_notice(text, "notice.txt").requirements) == len(made_up("norchester.txt").requirements)


def test_lines_wrapped_by_hand_are_put_together_again():
    wrapped = NORCHESTER.replace(
        "at least once every six weeks. Its agenda and papers",
        "at least\nonce every six weeks. Its agenda\nand papers",
    )
    assert wrapped != NORCHESTER
    assert duties(read_notice(wrapped.encode(), "notice.txt")) == duties(made_up("norchester.txt"))


def test_a_scanned_pdf_is_told_from_one_with_text():
    out = BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PDF")
    assert refusal(out.getvalue(), "scan.pdf") == "scanned"


def test_a_protected_pdf_asks_for_a_copy_without_a_password():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of(NORCHESTER))))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    assert refusal(out.getvalue(), "notice.pdf") == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7 nothing more", "broken"),
        (b"PK\x03\x04 nothing more", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or protected file", "encrypted"),
        (b"{\\rtf1 text}", "wrong_format"),
        (b"\x00\x01\x02\x03 a program", "wrong_format"),
        (
            b"Minutes of the meeting of the board held on 3 May. The Council must report to the board.",
            "no_notice",
        ),
        (b"x" * 20_000_001, "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(data, code):
    assert refusal(data) == code


def test_a_spreadsheet_is_no_word_file():
    from openpyxl import Workbook

    assert refusal(saved(Workbook()), "notice.docx") == "wrong_format"


def test_two_notices_in_one_file_are_refused():
    both = f"{NORCHESTER}\n\n{(MADE_UP / 'eastholme.txt').read_text()}"
    with pytest.raises(
        UnreadableNotice, match=r"^This file holds 2 notices\. Upload each one as a file of its own\.$"
    ):
        read_notice(both.encode(), "notices.txt")
