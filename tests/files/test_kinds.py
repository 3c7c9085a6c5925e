"""What a file is, told from its bytes."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.kinds import PROGRAMS, UNKNOWN, has_macros, is_program, sniff, suffix

REAL = Path(__file__).parents[3] / "shared" / "real"
OFFICE = "application/vnd.openxmlformats-officedocument."
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def kind(content, name="file"):
    return sniff(io.BytesIO(content), name)


def archive(*names, **contents):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        for name in names:
            parts.writestr(
                zipfile.ZipInfo(name), contents.get(name, "x")
            )  # no clock in the bytes, so none in test names
    return made.getvalue()


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_workbooks_and_documents_that_libraries_write():
    assert kind(saved(openpyxl.Workbook())) == f"{OFFICE}spreadsheetml.sheet"
    assert kind(saved(docx.Document())) == f"{OFFICE}wordprocessingml.document"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (archive("[Content_Types].xml", "ppt/presentation.xml"), f"{OFFICE}presentationml.presentation"),
        (archive("xl/workbook.xml", "xl/vbaProject.bin"), "application/vnd.ms-excel.sheet.macroEnabled.12"),
        (
            archive("word/document.xml", "word/vbaProject.bin"),
            "application/vnd.ms-word.document.macroEnabled.12",
        ),
        (
            archive("mimetype", mimetype="application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
        (archive("mimetype", mimetype="text/html"), "application/zip"),
        (archive("minutes.txt"), "application/zip"),
        pytest.param(archive("minutes.txt")[:40], UNKNOWN, id="an archive cut short"),
        (archive("META-INF/MANIFEST.MF", "a/B.class"), "application/java-archive"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "application/msword"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "application/x-encrypted-office"),
        (COMPOUND, "application/x-ole-storage"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00", "application/pdf"),
        (b"%PDF-1.4\nonly text so far", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "image/jpeg"),
        (b"GIF89a\x01\x00\x01\x00", "image/gif"),
        (b"{\\rtf1\\ansi Hello}", "application/rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "text/html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"Ref,Action\nA1.1,Visit", "text/plain"),
        ("Ref \N{EN DASH} Action".encode("cp1252"), "text/plain"),
        ("Ref\tAction".encode("utf-16"), "text/plain"),
        (b"\x01\x02\x03\x04 nothing that is known", UNKNOWN),
    ],
)
def test_a_kind_is_told_from_the_bytes(content, content_type):
    assert kind(content) == content_type
    # a name that says something else is not believed
    assert kind(content, "picture.png") == content_type


def test_the_name_decides_only_among_kinds_of_plain_text():
    rows = b"Ref,Action\nA1.1,Visit"
    assert [kind(rows, name) for name in ("a.csv", "a.tsv", "a.eml", "a.pdf")] == [
        "text/csv",
        "text/tab-separated-values",
        "message/rfc822",
        "text/plain",
    ]


def test_text_that_begins_like_a_picture_or_a_program_is_still_text():
    assert [kind(text) for text in (b"BM,Board member", b"MZ,Monthly", b"PK,Key", b"II*")] == [
        "text/plain"
    ] * 4


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"\xcf\xfa\xed\xfe\x07\x00\x00\x01",
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
        b"\x00asm\x01\x00\x00\x00",
        b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00",
        b"#!/bin/sh\nrm -rf /",
        archive("META-INF/MANIFEST.MF"),
        archive("AndroidManifest.xml", "classes.dex"),
        COMPOUND + bytes.fromhex("84100c0000000000c000000000000046"),
    ],
)
def test_a_program_is_known_by_its_bytes_whatever_it_is_called(content):
    content_type = kind(content, "minutes.docx")
    assert content_type in PROGRAMS
    assert is_program(content_type, "minutes.docx")


@pytest.mark.parametrize(
    "name", ["run.exe", "RUN.EXE", "minutes.docx.js", "a.ps1", "a.vbs ", "a.lnk", "a.HTA"]
)
def test_a_script_that_is_plain_text_is_known_by_its_name(name):
    assert is_program("text/plain", name)


def test_a_document_is_no_program_even_with_macros():
    content_type = "application/vnd.ms-excel.sheet.macroEnabled.12"
    assert not is_program(content_type, "plan.xlsm")
    assert [has_macros(content_type), has_macros(f"{OFFICE}spreadsheetml.sheet")] == [True, False]


def test_suffixes():
    assert [suffix(name) for name in ("a.PDF", "a", ".profile", "a.b.c", "a.")] == [".pdf", "", "", ".c", "."]


@given(st.binary(max_size=3000), st.sampled_from(["a.csv", "a.xlsx", "a"]))
def test_any_bytes_at_all_have_some_kind(content, name):
    stream = io.BytesIO(content)
    assert "/" in sniff(stream, name)
    assert stream.tell() == 0


@given(st.binary(max_size=3000))
def test_a_broken_archive_does_no_harm(content):
    assert "/" in kind(archive("xl/workbook.xml")[:60] + content)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside the project")
@pytest.mark.parametrize(
    ("pattern", "content_type"),
    [
        ("plan-*.xlsx", f"{OFFICE}spreadsheetml.sheet"),
        ("plan-*.docx", f"{OFFICE}wordprocessingml.document"),
        ("plan-*.tsv", "text/tab-separated-values"),
        ("*.txt", "text/plain"),
    ],
)
def test_the_real_documents_are_what_they_are(pattern, content_type):
    paths = sorted(REAL.glob(pattern))
    assert paths
    for path in paths:
        assert kind(path.read_bytes(), path.name) == content_type
