"""Short ways to read notices and to lay out what was found."""

from pathlib import Path

import pytest

from notices.reader import NoticeReading, read_notice

HERE = Path(__file__).parent
REAL = HERE.parents[3] / "shared" / "real"
MADE_UP = HERE / "made_up"


def real(name: str) -> NoticeReading:
    """A real notice, or a skipped test where the shared documents are not there."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the real notices are kept beside the project, not in it")
    return read_notice(path.read_bytes(), path.name)


def made_up(name: str) -> NoticeReading:
    return read_notice((MADE_UP / name).read_bytes(), name)


def read(text: str) -> NoticeReading:
    """A small notice with this body."""
    whole = f"Improvement Notice\n\nTo: Anytown Council\n\nThis Notice is issued to Anytown Council.\n\n{text}\n\nSigned:\n"
    return read_notice(whole.encode(), "notice.txt")


def row(reading: NoticeReading, requirement: str, *, number: int = 1) -> tuple[str, str | None, str, str]:
    """Who owes whom, how strongly, and when: of the n-th obligation of a requirement."""
    found = [one for one in reading.obligations if requirement in (one.requirement, *one.also)]
    one = found[number - 1]
    return one.duty_holder, one.recipient, one.force.value, one.schedule.sentence()


def only(text: str) -> tuple[str, str | None, str, str]:
    """The row of a small notice that has one obligation."""
    (one,) = read(text).obligations
    return one.duty_holder, one.recipient, one.force.value, one.schedule.sentence()


def codes(reading: NoticeReading) -> list[str]:
    return [question.code for question in reading.questions]


def questions(reading: NoticeReading, code: str):
    return [question for question in reading.questions if question.code == code]
