"""Whatever is handed in, the reader reads it or says why not; no word of what it reads is lost."""

import re
from contextlib import suppress
from io import BytesIO
from time import process_time
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.codec import from_json, to_json
from deadlines.obligations import Obligation, dependency_order
from notices.reader import UnreadableNotice, read_notice
from notices.reader.source import read_lines
from tests.notices.reader.files import numbered_document, pdf_of, saved
from tests.notices.reader.reads import read

WORDS = (
    "The Council", "The Board", "must", "should", "may", "report", "to the Minister", "to the board", "every", "six",
    "weeks", "months", "within", "of this Notice", "before each review", "alongside the chair's report", "meet",
    "(a)", "1.", "2.1", "(iv)", "-", "•", "by", "May", "2016", "31", "February", "until this notice is lifted",
    "regularly", "at each meeting", "Signed:", "Date:", "To:", ".", ":", ";", "\n", "\n\n", "every three boards",
    "an assessment", "in parallel", "review", "will", "Heading", "should an adviser be appointed,", "bi-monthly",
    "each September", "quarterly", "thereafter", "for the first", "until 30 June 2016", "on request", "SCHEDULE", "If",
    "by the 10th of each month", "in June and July 2016", "eight times a year", "five working days before each board", ",",
)  # fmt: skip
WORD, PDF = (
    saved(numbered_document()),
    pdf_of("Improvement Notice\n\nThis Notice is issued.\n\n1. The Council must act."),
)
bodies = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    with suppress(UnreadableNotice):
        read_notice(data, "file")


@given(bodies)
def test_any_clauses_are_read_with_quotes_in_place_and_schedules_that_can_be_worked_out(body):
    try:
        reading = read(body)
    except UnreadableNotice:
        return
    for one in (*reading.requirements, *reading.obligations):
        assert reading.text[one.quote.start : one.quote.end] == one.quote.text
    for one in reading.obligations:
        assert from_json(to_json(one.schedule)) == one.schedule
    refs = [one.ref for one in reading.requirements]
    assert len(refs) == len(set(refs))
    assert len({one.key for one in reading.obligations}) == len(reading.obligations)
    dependency_order(Obligation(one.key, one.schedule) for one in reading.obligations)


@given(bodies)
def test_no_word_is_lost(body):
    text = (
        f"Improvement Notice\n\nThis Notice is issued to Anytown Council.\n\nThe Council must act.\n\n{body}"
    )
    try:
        reading = read_notice(text.encode(), "notice.txt")
    except UnreadableNotice:
        return
    given_words = re.findall(r"\w+", " ".join(line.text for line in read_lines(text.encode(), "notice.txt")))
    assert re.findall(r"\w+", reading.text) == given_words


@settings(max_examples=60)
@given(st.data())
def test_any_damage_to_a_word_file_is_read_or_refused(data):
    damaged = BytesIO()
    with ZipFile(BytesIO(WORD)) as whole, ZipFile(damaged, "w") as archive:
        for name in whole.namelist():
            archive.writestr(
                name, _damaged(data, whole.read(name)) if data.draw(st.booleans()) else whole.read(name)
            )
    with suppress(UnreadableNotice):
        read_notice(damaged.getvalue(), "notice.docx")


@settings(max_examples=60)
@given(st.data())
def test_any_damage_to_a_pdf_is_read_or_refused(data):
    with suppress(UnreadableNotice):
        read_notice(_damaged(data, PDF), "notice.pdf")


def _damaged(data, content: bytes) -> bytes:
    """The content with a stretch of it cut out or written over."""
    start = data.draw(st.integers(0, len(content)))
    length, other = data.draw(st.integers(0, 40)), data.draw(st.binary(max_size=20))
    return content[:start] + other + content[start + length :]


def test_reading_grows_with_the_length_of_the_notice_and_no_faster():
    def seconds(clauses: int) -> float:
        body = "\n\n".join(
            f"{n}. The Council must report on item {n} to the board every six weeks."
            for n in range(1, clauses + 1)
        )
        begun = process_time()
        read(body)
        return process_time() - begun

    seconds(10)
    assert seconds(400) < 20 * seconds(100)
