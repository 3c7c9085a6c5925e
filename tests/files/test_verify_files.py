"""manage.py verify_files"""

import pytest
from django.core.management import CommandError, call_command

from files.queries import damaged_files

pytestmark = pytest.mark.django_db


def test_files_that_are_what_they_were(store, capsys):
    store()
    store()
    call_command("verify_files")
    assert capsys.readouterr().out == "All stored files are what they were.\n"


def test_a_lost_a_cut_and_a_changed_file_are_named(store, storage, capsys):
    sound, lost, cut, changed = (
        store(b"Visit every school\n", f"{name}.txt") for name in ("a", "b", "c", "d")
    )
    (storage / lost.content.name).unlink()
    (storage / cut.content.name).write_bytes(b"Visit")
    (storage / changed.content.name).write_bytes(b"Visit every SCHOOL\n")
    assert {(stored.name, problem) for stored, problem in damaged_files()} == {
        ("b.txt", "its content is missing"),
        ("c.txt", "it has 5 bytes, not 19"),
        ("d.txt", "its content was changed"),
    }
    with pytest.raises(CommandError, match=r"3 stored files are not what they were\."):
        call_command("verify_files")
    printed = capsys.readouterr().out
    assert f"{changed.pk} d.txt: its content was changed" in printed
    assert str(sound.pk) not in printed
