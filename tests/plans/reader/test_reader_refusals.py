"""What cannot be read is refused with what to do about it; what is only called something else is read as what it is."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from plans.reader import FindingCode, Format, errors, read_plan
from tests.plans.reader import documents

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def repacked(data, name, change):
    """The same archive with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return stream.getvalue()


def with_part(data, name, content):
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


BOMB = b"<a>" + b"0" * 30_000_000 + b"</a>"
CASES = {
    "empty": (b"  \n", "plan.csv", errors.UnknownFormat),
    "encrypted workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "plan.xlsx", errors.Encrypted),
    "old workbook": (OLE + "Workbook".encode("utf-16-le"), "plan.xls", errors.OldFormat),
    "old document": (OLE + "WordDocument".encode("utf-16-le"), "plan.doc", errors.OldFormat),
    "macros by name": (documents.headless_workbook(), "plan.xlsm", errors.MacroEnabled),
    "macros inside": (
        with_part(documents.headless_workbook(), "xl/vbaProject.bin", b"x"),
        "plan.xlsx",
        errors.MacroEnabled,
    ),
    "zip bomb": (zipped(**{"xl/workbook.xml": BOMB}), "plan.xlsx", errors.ZipBomb),
    "broken zip": (documents.headless_workbook()[:900], "plan.xlsx", errors.Damaged),
    "some other zip": (zipped(**{"hello.txt": "hello"}), "plan.xlsx", errors.UnknownFormat),
    "web page": (b"<html><table><tr><td>Ref</td></tr></table></html>", "plan.xlsx", errors.UnknownFormat),
    "web page with byte order mark": (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "plan.xls", errors.UnknownFormat),
    "rich text": (b"{\\rtf1 plan}", "plan.doc", errors.UnknownFormat),
    "spreadsheet xml": (b'<?xml version="1.0"?><Workbook/>', "plan.xls", errors.UnknownFormat),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "plan.pdf", errors.ScannedPages),
    "binary": (bytes(range(256)) * 20, "plan.csv", errors.UnknownFormat),
    "no pdf at all": (b"%PDF-1.7\nnothing more", "plan.pdf", errors.Damaged),
    "prose": (b"Dear board,\nthe plan will follow.\n", "plan.txt", errors.NoPlanFound),
    "another table": (b"Name,Telephone\nA Person,0161\nB Person,0162\n", "contacts.csv", errors.NoPlanFound),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_is_no_plan_is_refused_with_a_sentence(case):
    data, name, error = CASES[case]
    with pytest.raises(errors.UnreadablePlan) as refusal:
        read_plan(data, name)
    assert type(refusal.value) is error
    assert refusal.value.message[0].isupper()
    assert refusal.value.message.endswith(".")


def test_a_file_above_the_limit_is_refused_unopened():
    with pytest.raises(errors.TooLarge, match="1 MB; at most 1 MB"):
        read_plan(b"x" * (1024 * 1024 + 1), "plan.csv", limit=1024 * 1024)


def test_a_document_type_is_refused_before_any_entity_is_looked_at():
    def with_entity(xml):
        return xml.replace(
            b"<worksheet", b'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet', 1
        )

    data = repacked(documents.headless_workbook(), "xl/worksheets/sheet1.xml", with_entity)
    with pytest.raises(errors.Damaged, match="document type"):
        read_plan(data, "plan.xlsx")


def test_a_document_type_in_sixteen_bits_is_refused_as_well():
    def with_entity(xml):
        text = (
            xml.decode()
            .split("?>", 1)[-1]
            .replace("<worksheet", "<!DOCTYPE w [<!ENTITY e 'x'>]><worksheet", 1)
        )
        return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")

    data = repacked(documents.headless_workbook(), "xl/worksheets/sheet1.xml", with_entity)
    with pytest.raises(errors.Damaged, match="document type"):
        read_plan(data, "plan.xlsx")


def test_an_encrypted_pdf_is_refused():
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(errors.Encrypted):
        read_plan(stream.getvalue(), "plan.pdf")


def test_a_pdf_without_text_is_taken_for_a_scan_and_a_text_version_asked_for():
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(errors.ScannedPages, match="Ask for the Word or Excel version"):
        read_plan(stream.getvalue(), "plan.pdf")


def test_a_plan_kept_as_nested_lists_is_recognised_and_said_to_be_one():
    from docx import Document

    document = Document()
    document.add_heading("Improvement plan", 0)
    for number in range(1, 5):
        document.add_paragraph(f"Improve part {number}", style="List Number")
        document.add_paragraph(f"Head of Service {number} by 31 March 2025", style="List Bullet 2")
        document.add_paragraph("On track", style="List Bullet 2")
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(errors.PlanKeptAsList, match="lists rather than as a table"):
        read_plan(stream.getvalue(), "plan.docx")


def test_a_workbook_that_is_really_text_is_read_as_text_and_said():
    reading = read_plan(documents.westbeck(), "plan.xlsx")
    assert reading.format is Format.CSV
    assert [
        finding.message for finding in reading.findings if finding.code is FindingCode.NOT_WHAT_IT_SAYS
    ] == ["The file is called plan.xlsx but is a text table; it was read as that."]


def test_a_formula_without_its_result_keeps_its_own_text_and_is_said():
    book = documents.sheet_of(
        [["Ref", "Action", "Lead", "RAG"], ["1", "Write it", "=B9", "R"], ["2", "Send it", "Una Bray", "G"]]
    )
    reading = read_plan(documents.saved(book), "plan.xlsx")
    (said,) = [finding for finding in reading.findings if finding.code is FindingCode.FORMULA_WITHOUT_VALUE]
    assert (said.row, said.message[:7]) == (2, "Cell C2")
    assert dict(reading.cells_of(reading.actions[0]))["Lead"] == "=B9"


def test_a_cell_far_from_the_rest_costs_nothing():
    book = documents.sheet_of([["Ref", "Action", "Lead", "RAG"], ["1", "Write it", "Una Bray", "R"]])
    book.active["XFD1048576"] = "far away"
    reading = read_plan(documents.saved(book), "plan.xlsx")
    assert len(reading.actions) == 1
    assert [row.row for row in reading.rows if "far away" in row.cells] == [1048576]


def test_a_cell_of_a_hundred_thousand_characters_is_kept_whole():
    long = "word " * 20_000
    reading = read_plan(f"Ref\tAction\tLead\tRAG\n1\t{long}\tUna Bray\tR\n".encode(), "plan.tsv")
    assert reading.actions[0].activity == long.strip()
    assert reading.rows[1].cells[1] == long


def test_five_thousand_rows_are_read():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.append(["Ref", "Objective", "Action", "Lead", "Target date", "RAG"])
    for number in range(5000):
        sheet.append(
            [
                f"{number // 10 + 1}.{number % 10 + 1}",
                "Do better" if number % 10 == 0 else None,
                f"Step {number}",
                "Una Bray",
                "31/03/2025",
                "G",
            ]
        )
    seen = []
    reading = read_plan(
        documents.saved(book), "plan.xlsx", progress=lambda done, total: seen.append((done, total))
    )
    assert len(reading.actions) == 5000
    assert seen[-1] == (5000, 5000)


def test_right_to_left_and_accented_words_come_through():
    text = "Ref\tAction\tLead\tRAG\n1\tنشر الخطة باللغة العربية\tZoë Ó Briain\tR\n"
    (action,) = read_plan(text.encode("utf-16"), "plan.tsv").actions
    assert (action.activity, action.leads[0].name) == ("نشر الخطة باللغة العربية", "Zoë Ó Briain")


def test_lines_in_two_encodings_are_each_read_as_what_they_are_and_said():
    data = (
        "Ref,Action,Lead,RAG\n1,Café visits,Una Bray,R\n".encode()
        + "2,Naïve review,Karl Jessop,G\n".encode("cp1252")
    )
    reading = read_plan(data, "plan.csv")
    assert [action.activity for action in reading.actions] == ["Café visits", "Naïve review"]
    assert FindingCode.MIXED_ENCODING in {finding.code for finding in reading.findings}
