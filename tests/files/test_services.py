"""Taking files in: kept as they came, or refused in words that the sender understands."""

import datetime as dt
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import DatabaseError, IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from councils.rights import Thing
from files.models import StoredFile
from files.services import LONGEST_NAME, FileRefused, clean_name
from tests.factories import UserFactory

A_PROGRAM = "This file is a program. Programs, scripts and shortcuts cannot be kept here."
EICAR_LIKE = b"this stands for a virus"


def scanner(file):
    """A scanner that a test names in FILE_SCANNER."""
    return "Test-Signature" if EICAR_LIKE in file.read() else ""


def scanner_that_is_down(file):
    raise ConnectionRefusedError


def stored_paths(storage):
    return [path for path in storage.rglob("*") if path.is_file()]


def test_a_file_is_kept_as_it_came_with_all_that_is_known_of_it(store, council, storage):
    user = UserFactory()
    content = b"Ref,Action\nA1.1,Visit every school\n"
    stored = store(content, "plan.csv", by=user)
    stored.refresh_from_db()
    assert stored.content.read() == content
    assert (stored.name, stored.size, stored.sha256) == (
        "plan.csv",
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert (stored.content_type, stored.scan) == ("text/csv", StoredFile.Scan.NOT_SCANNED)
    assert (stored.council, stored.thing, stored.added_by) == (council, Thing.PLAN_SOURCE, user)
    assert stored.added_at == dt.datetime(2015, 6, 16, 12, tzinfo=dt.UTC)


def test_the_storage_never_sees_the_name_it_came_under(store, storage):
    stored = store(name="../../etc/Sam Example.txt")
    assert stored.name == "Sam Example.txt"
    (path,) = stored_paths(storage)
    assert path.name == str(stored.pk)


def test_the_same_file_twice_is_two_files(store, storage):
    assert store().content.name != store().content.name
    assert len(stored_paths(storage)) == 2


@pytest.mark.parametrize("kind", [SimpleUploadedFile, TemporaryUploadedFile])
def test_uploads_small_and_large_are_kept_alike(store, kind):
    content = b"Visit every school\n" * 10
    if kind is SimpleUploadedFile:
        upload = kind("notes.txt", content)
    else:
        upload = kind("notes.txt", "text/plain", len(content), None)
        upload.write(content)
        upload.flush()
    stored = store(upload)
    upload.close()  # as the end of a request does
    assert StoredFile.objects.get(pk=stored.pk).content.read() == content


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ((b"", "notes.txt"), "This file is empty. Choose another."),
        (
            (b"x" * (2 * 1024**2 + 1), "notes.txt"),
            "This file is larger than 2 MB, the most that can be kept here. Make it smaller.",
        ),
        ((b"MZ\x00\x01", "notes.txt"), A_PROGRAM),
        ((b"alert(1)", "notes.js"), A_PROGRAM),
    ],
)
def test_what_is_refused_is_told_why_and_leaves_nothing(store, storage, settings, sent, message):
    settings.MAX_UPLOAD_BYTES = 2 * 1024**2
    with pytest.raises(FileRefused) as refused:
        store(*sent)
    assert str(refused.value) == message
    assert (StoredFile.objects.count(), stored_paths(storage)) == (0, [])


def test_a_file_of_exactly_the_limit_is_taken(store, settings):
    settings.MAX_UPLOAD_BYTES = 1024
    assert store(b"x" * 1024).size == 1024


def test_a_size_that_the_sender_claims_is_not_believed(store, settings):
    settings.MAX_UPLOAD_BYTES = 10
    upload = SimpleUploadedFile("notes.txt", b"x" * 11)
    upload.size = 1
    with pytest.raises(FileRefused, match="larger"):
        store(upload)


def test_a_file_without_a_name_gets_one(store):
    assert store(name="\u202e/ ").name == "file"


def test_nothing_is_left_in_the_storage_if_the_row_cannot_be_written(store, storage):
    with pytest.raises((DatabaseError, IntegrityError)):
        store(now=None)
    assert stored_paths(storage) == []


# --- the scanner ---------------------------------------------------------------------------------------------------


def test_the_scanner_that_settings_name_is_asked(store, settings):
    settings.FILE_SCANNER = f"{__name__}.scanner"
    assert store().scan == StoredFile.Scan.CLEAN
    with pytest.raises(FileRefused, match="scanner found something"):
        store(EICAR_LIKE)
    assert StoredFile.objects.count() == 1


def test_a_scanner_that_is_down_lets_nothing_pass(store, settings):
    settings.FILE_SCANNER = f"{__name__}.scanner_that_is_down"
    with pytest.raises(FileRefused, match="cannot be checked for viruses at the moment"):
        store()


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("plan.xlsx", "plan.xlsx"),
        ("C:\\Users\\sam\\plan.xlsx", "plan.xlsx"),
        ("/etc/passwd", "passwd"),
        ("  Improvement \t plan.docx ", "Improvement plan.docx"),
        ("..", ""),
        (".htaccess", "htaccess"),
        ("plan\r\nX-Header: 1.txt", "plan X-Header: 1.txt"),
        ("plan\u202excod.exe", "planxcod.exe"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("plan\x00.txt", "plan.txt"),
    ],
)
def test_names_lose_paths_and_what_cannot_be_seen(came, kept):
    assert clean_name(came) == kept


def test_a_long_name_keeps_its_suffix():
    name = clean_name("x" * 400 + ".xlsx")
    assert (len(name), name[-5:]) == (LONGEST_NAME, ".xlsx")


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_is_safe(came):
    name = clean_name(came)
    assert len(name) <= LONGEST_NAME
    assert not {"/", "\\", "\n", "\r", "\x00"} & set(name)
    assert clean_name(name) == name
