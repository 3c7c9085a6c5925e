"""Made-up documents never raise anything but UnreadablePlan, and never lose a character of a cell."""

import csv
import io
import json

import pytest
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from plans.reader import UnreadablePlan, accept_suggestions, from_json, read_plan, to_json

CONTROL = [chr(code) for code in range(32) if code not in {9, 10}] + ["\x7f", "\ufffe", "\uffff"]
WORDS = st.sampled_from(
    [
        "Ref", "Action", "Lead", "Deadline", "RAG", "Progress update", "Objective", "Theme", "Status", "Outcome", "Start", "End",
        "A1", "A1.1", "B2.3b", "LMG.1 2", "1.10", "R", "A", "G", "Red", "Amber", "Green", "SHADED", "On track", "Complete",
        "31/11/14", "31/1/0/15", "Q3 2023/24", "w/c 26/01/15", "Monthly", "TBC", "Total", "Page 1 of 2", "Head of MASH / QA Lead",
        "Priority 1: Leadership", "Recommendation 2", "<p>done</p>", "&amp;", "○", "🟢", "Red = late; Green = fine", "Risk", "Likelihood",
    ]
)  # fmt: skip
TEXT = st.one_of(
    WORDS,
    st.just(""),
    st.text(
        st.characters(codec="utf-8", exclude_characters=CONTROL, exclude_categories=("Cs", "Cc")), max_size=30
    ),
    st.builds(lambda a, b: f"{a}\n{b}", WORDS, WORDS),
)
TABLE = st.lists(st.lists(TEXT, min_size=1, max_size=9), min_size=1, max_size=14)
HEADINGS = ["Ref", "Objective", "Action", "Lead", "Deadline", "RAG", "Overall RAG", "Progress"]
PLAN = st.lists(st.lists(TEXT, min_size=8, max_size=8), min_size=1, max_size=12).map(
    lambda rows: [HEADINGS, *rows]
)
TABLES = st.one_of(TABLE, PLAN)
FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def texts_of(reading):
    return [cell for row in reading.rows for cell in row.cells if cell]


def read_or_refusal(data, name):
    try:
        return read_plan(data, name)
    except UnreadablePlan as refusal:
        return refusal


def check(data, name, cells):
    """Read; whatever is read holds every cell exactly, survives JSON and accepts its own suggestions."""
    reading = read_or_refusal(data, name)
    if isinstance(reading, UnreadablePlan):
        assert reading.message.endswith(".")
        return
    assert sorted(texts_of(reading)) == sorted(cell for cell in cells if cell)
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading
    accepted = accept_suggestions(reading)
    assert all(finding.chosen == finding.suggestion for finding in accepted.findings if finding.suggestion)
    assert len({finding.id for finding in reading.findings}) == len(reading.findings)


@FUZZ
@given(TABLES, st.sampled_from("\t,;|"))
def test_any_text_table_is_read_whole_or_refused(rows, separator):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    data = stream.getvalue().encode()
    expected = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=separator))
    check(data, "plan.csv", [cell for row in expected for cell in row])


@FUZZ
@given(
    TABLES,
    st.lists(
        st.tuples(st.integers(1, 12), st.integers(1, 8), st.integers(0, 3), st.integers(0, 3)), max_size=3
    ),
)
def test_any_workbook_is_read_whole_or_refused(rows, merges):
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = text or None
            cell.data_type = "s" if text else "n"
    for row, column, down, across in merges:
        if down or across:
            taken = any(
                not (
                    m.max_row < row
                    or m.min_row > row + down
                    or m.max_col < column
                    or m.min_col > column + across
                )
                for m in sheet.merged_cells.ranges
            )
            if not taken:
                sheet.merge_cells(
                    start_row=row, start_column=column, end_row=row + down, end_column=column + across
                )
    stream = io.BytesIO()
    book.save(stream)
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    check(stream.getvalue(), "plan.xlsx", cells)


@settings(FUZZ, max_examples=50)
@given(st.lists(TABLES, min_size=1, max_size=3))
def test_any_word_document_is_read_whole_or_refused(tables):
    document = WordDocument()
    cells = []
    for rows in tables:
        width = max(map(len, rows))
        table = document.add_table(rows=0, cols=width)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
                cells.append("\n".join(part for part in [cell.text.rstrip("\n")]))
        document.add_paragraph("A line between two tables.")
    stream = io.BytesIO()
    document.save(stream)
    check(stream.getvalue(), "plan.docx", cells)


@FUZZ
@given(st.binary(max_size=400), st.sampled_from(["plan.xlsx", "plan.docx", "plan.pdf", "plan.csv", "plan"]))
def test_any_bytes_are_read_or_refused_in_words(data, name):
    result = read_or_refusal(data, name)
    assert not isinstance(result, UnreadablePlan) or result.message.endswith(".")


@pytest.fixture(scope="module")
def real_bytes():
    from tests.plans.reader import documents as made_up

    return [made_up.northvale(), made_up.southholm(), made_up.highford()]


@settings(
    FUZZ, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    st.integers(0, 2),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20),
    st.floats(0.3, 1),
)
def test_a_broken_file_is_read_or_refused_in_words(real_bytes, which, blows, kept):
    data = bytearray(real_bytes[which])
    for where, value in blows:
        data[int(where * (len(data) - 1))] = value
    result = read_or_refusal(bytes(data[: int(len(data) * kept)]), "plan.xlsx")
    assert not isinstance(result, UnreadablePlan) or result.message.endswith(".")
