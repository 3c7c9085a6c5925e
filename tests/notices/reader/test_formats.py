"""The same notice as text, Word and PDF reads the same; what is no readable notice says what to do instead."""

from io import BytesIO

import docx
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from notices.reader import UnreadableNotice, read_notice
from tests.notices.reader.files import numbered_document, pdf_of, saved
from tests.notices.reader.reads import MADE_UP, made_up

NORCHESTER = (MADE_UP / "norchester.txt").read_text()


def duties(reading) -> list[tuple]:
    return [
        (one.requirement, one.duty_holder, one.recipient, one.force, one.schedule)
        for one in reading.obligations
    ]


def refusal(data: bytes, name: str = "notice") -> str:
    with pytest.raises(UnreadableNotice) as refused:
        read_notice(data, name)
    return refused.value.code


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
