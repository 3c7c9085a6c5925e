"""Where the pages of a printed report break."""

import io
import re

from pypdf import PdfReader

from reporting.reports.composing import Composed, Section
from reporting.reports.facts import Block, Cell, Row
from reporting.reports.printing import as_pdf
from reporting.reports.words import Passage, Run, Shape

UNWRITTEN = "Nothing has been written here yet."


def section(number):
    """A section with a table, a little longer than the one before; of three one is not written yet, one in a line."""
    words = ("", "Said in short.", "Said at length, for the Minister to read. " * (10 + number * 3))[
        number % 3
    ]
    passages = (Passage(Shape.PARAGRAPH, ((Run(words),),)),) if words else ()
    rows = tuple(Row((Cell(f"{number}.{row}"), Cell("What came of it"))) for row in range(3 + number % 5))
    table = Block("Facts", "A sentence on the table.", ("Ref", "What"), (20, 80), rows)
    return Section(
        f"s{number}", f"Part {number}", passages, (table, Block("More", "Nothing else was recorded."))
    )


def test_no_page_ends_between_a_heading_and_the_facts_it_heads():
    report = Composed(
        title="Report",
        council="Testshire",
        sender=("The board",),
        addressee=("The Minister",),
        author="Chair",
        dated="1 June 2015",
        edition="Draft",
        period="May 2015",
        position="",
        corrects="",
        signature=(),
        invented=False,
        sections=tuple(section(number) for number in range(24)),
        notes=(),
    )
    pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(as_pdf(report))).pages]
    assert len(pages) > 5
    ends = [[line.strip() for line in page if line.strip()][-3] for page in pages]  # over the two of the foot
    heads = rf"{UNWRITTEN}|Said in short\.|Facts|A sentence on the table\.|Ref What|More|\d+\. Part \d+"
    assert [end for end in ends if re.fullmatch(heads, end)] == []
