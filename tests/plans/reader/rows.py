"""A plan in a few rows, read at once, and short ways to say what came of it."""

from plans.reader import read_plan
from tests.plans.reader.documents import fill, saved, sheet_of

HEAD = ["Ref", "Action", "Lead", "Due date", "RAG"]


def workbook(rows, merges=(), fills=None):
    book = sheet_of(rows)
    for merge in merges:
        book.active.merge_cells(merge)
    for place, colour in (fills or {}).items():
        book.active[place].fill = fill(colour)
    return read_plan(saved(book), "plan.xlsx")


def text(rows):
    return read_plan("\n".join("\t".join(row) for row in rows).encode(), "plan.tsv")


def codes(reading):
    return [finding.code.value for finding in reading.findings]


def scale(reading):
    return {entry.code: (entry.meaning, entry.standing and entry.standing.value) for entry in reading.scale}
