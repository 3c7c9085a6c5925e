"""`manage.py read_notice`: what it prints, what it stores, and how it refuses."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from notices.management.commands.read_notice import Command
from notices.models import Event, NoticeVersion
from tests.factories import CouncilFactory
from tests.notices.reader.reads import MADE_UP

LETTER, UNDATED = MADE_UP / "fernshire.txt", MADE_UP / "westmarsh.txt"


@pytest.fixture
def told(capsys):
    """What the command prints."""

    def told(*words):
        capsys.readouterr()
        call_command("read_notice", *map(str, words))
        return capsys.readouterr().out

    return told


def refusal(*words) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("read_notice", *map(str, words))
    return str(refused.value)


def test_it_tells_who_owes_what_and_when_and_what_is_asked(told):
    lines = told(LETTER).splitlines()
    assert lines[:2] == [
        "Fernshire County Council, issued: 16 July 2020",
        "Signed: A. Member MP, Minister for Children",
    ]
    assert "5 requirements, 11 obligations:" in lines
    assert "  Paragraph 4 #2: Council should: Self-assessment; two weeks before each review" in lines
    assert lines[-1].endswith("Proposed: Every three months, as counted here")


def test_an_undated_copy_says_so(told):
    assert told(UNDATED).startswith("Westmarsh County Council, issued: not dated\n")


def test_json_has_the_shape_that_the_issue_names_and_nothing_else_is_printed(told):
    data = json.loads(told(LETTER, "--json"))
    assert {"council", "issued_on", "signatory", "requirements", "obligations", "questions"} <= set(data)
    assert {"ref", "heading", "text", "parent"} <= set(data["requirements"][0])
    for one in data["obligations"]:
        assert set(one) >= {
            *(
                "requirement",
                "duty_holder",
                "recipient",
                "deliverable",
                "force",
                "schedule",
                "sentence",
                "quote",
            ),
        }
        assert isinstance(one["quote"], str)
        (said,) = [text["text"] for text in data["requirements"] if text["ref"] == one["requirement"]]
        assert one["quote"] in said
    assert json.loads(told(UNDATED, "--json"))["issued_on"] is None


@pytest.mark.django_db
def test_confirming_stores_it_and_what_is_unclear_is_not_yet_agreed(told):
    council = CouncilFactory(short_name="Westmarsh")
    told(UNDATED, "--council", "Westmarsh", "--issued", "2017-06-01", "--confirm")
    (version,) = NoticeVersion.objects.filter(instrument__council=council)
    kinds = {one.key: one.schedule["kind"] for one in version.obligations.all()}
    # the start of October, "regularly" and the autumn term are open, the board's month is not
    assert [
        kinds[f"{ref}"] for ref in ("Governance and oversight 2", "Joint commissioning 1(C)", "Monitoring 4")
    ] == ["not_yet_agreed"] * 3
    assert kinds["Governance and oversight 1"] == "at_least_in_each_month"
    assert version.file is not None
    assert Event.objects.filter(council=council, kind="notice_issued", on="2017-06-01").count() == 1


@pytest.mark.django_db
def test_confirming_asks_for_what_it_needs_and_stores_nothing_without_it():
    CouncilFactory(short_name="Westmarsh")
    assert refusal(UNDATED, "--confirm") == "--confirm needs --council NAME"
    assert "Nowhere" in refusal(UNDATED, "--council", "Nowhere", "--issued", "2017-06-01", "--confirm")
    assert refusal(UNDATED, "--council", "Westmarsh", "--confirm") == (
        "This copy is not dated: say when it was issued with --issued YYYY-MM-DD"
    )
    assert refusal(UNDATED, "--council", "Westmarsh", "--issued", "1 June", "--confirm") == (
        "'1 June' is not a day written YYYY-MM-DD"
    )
    assert "must be today or in the past" in refusal(
        UNDATED, "--council", "Westmarsh", "--issued", "2999-01-01", "--confirm"
    )
    assert refusal(UNDATED, "--council", "Westmarsh", "--issued", "2017-06-01", "--confirm", "--amends") == (
        "There is no notice in force that it could amend"
    )
    assert not NoticeVersion.objects.exists()


@pytest.mark.django_db
def test_the_same_notice_is_stored_once(told):
    CouncilFactory(short_name="Westmarsh")
    words = (UNDATED, "--council", "Westmarsh", "--issued", "2017-06-01", "--confirm")
    told(*words)
    assert refusal(*words) == "This notice is stored already, with this day of issue"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "menu.txt",
            b"Lunch menu. All dishes must be ordered by 10am.",
            "This does not read as an improvement notice",
        ),
        ("empty.txt", b"", "This file is empty"),
        ("broken.pdf", b"%PDF-1.7 nothing more", "This PDF is damaged"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password-protected or old Word file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_the_exit_code_is_one(
    tmp_path, capsys, name, content, message
):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit) as left:
        Command().run_from_argv(["manage.py", "read_notice", str(tmp_path / name), "--json"])
    printed = capsys.readouterr()
    assert (left.value.code, printed.out) == (1, "")
    assert message in printed.err


def test_a_file_that_is_not_there_says_so(tmp_path):
    assert refusal(tmp_path / "none.txt").endswith("none.txt cannot be read: No such file or directory")
    assert "cannot be read" in refusal(Path(tmp_path))
