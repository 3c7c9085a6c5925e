"""The plan reader beside the libraries that read the same files: ratios, and whether it is linear in rows.

Run as `python -m bench.reader`: it prints the ratios and fails above the limits of issue 3.
"""

import sys
from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import process_time

import docx
import openpyxl
import pdfplumber
from openpyxl.styles import PatternFill

from plans.reader import read_plan

XLSX_LIMIT, DOCX_LIMIT, PDF_LIMIT = 2.5, 3.0, 2.0
LINEAR_LIMIT = 1.5
_ROWS = 11_000
_WORD_ROWS = 400
_FILLS = {"R": "FF0000", "A": "FFC000", "G": "00B050"}
_HEADINGS = [
    "Ref",
    "Recommendation",
    "Action",
    "Outcome",
    "Start",
    "Target date",
    "Lead",
    "Progress",
    "RAG",
    "Evidence",
]


def _row(number: int) -> list[str]:
    part, step = divmod(number, 10)
    return [
        f"{part + 1}.{step + 1}",
        f"Strengthen part {part + 1} of the service" if step == 0 else "",
        f"Carry out step {number} with every team that works with families, and check that it holds",
        f"Children in part {part + 1} are seen within the time that they need",
        f"{number % 28 + 1:02}/{number % 12 + 1:02}/2024",
        f"{number % 28 + 1:02}/{number % 12 + 1:02}/2025",
        ("Una Bray / Karl Jessop", "Head of Service", "Faith Obi, QA Manager")[number % 3],
        f"Report {number} went to the board and the next one is being written by the team",
        "RAG"[number % 3],
        f"Minutes of meeting {number}",
    ]


def workbook(rows: int) -> bytes:
    """Return a made-up plan of so many actions as a workbook with filled rating cells."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(_HEADINGS)
    fills = {code: PatternFill("solid", fgColor=colour) for code, colour in _FILLS.items()}
    for number in range(rows):
        values = _row(number)
        sheet.append(values)
        sheet.cell(number + 2, 9).fill = fills[values[8]]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def document(rows: int) -> bytes:
    """Return the same plan as a Word document of one table."""
    made = docx.Document()
    table = made.add_table(rows=rows + 1, cols=len(_HEADINGS))
    for row, values in zip(table.rows, [_HEADINGS, *map(_row, range(rows))], strict=True):
        for cell, text in zip(row.cells, values, strict=True):
            cell.text = text
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def printed(rows: int, *, ruled: bool = True) -> bytes:
    """Return the same plan as a PDF over several pages, with or without lines between its cells."""
    from weasyprint import HTML  # noqa: PLC0415 - slow to import

    lines = [_HEADINGS, *map(_row, range(rows))]
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>" for line in lines)
    border = "border: 1px solid" if ruled else "padding: 3px 5px; vertical-align: top"
    style = (
        "@page { size: A4 landscape } table { border-collapse: collapse } "
        f"td {{ {border}; font-size: {8 if ruled else 7}pt }}"
    )
    made: bytes = HTML(string=f"<style>{style}</style><table>{cells}</table>").write_pdf()
    return made


def _walk_workbook(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                _ = (cell.value, cell.fill.fgColor.rgb)


def _walk_document(data: bytes) -> None:
    for table in docx.Document(BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def _walk_pdf(data: bytes) -> None:
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            _ = page.extract_tables()
            page.close()


def _seconds(task: Callable[[], object], rounds: int = 3) -> float:
    taken = []
    for _ in range(rounds):
        before = process_time()
        task()
        taken.append(process_time() - before)
    return median(taken)


def measure() -> list[tuple[str, float, float]]:
    """Return (what was measured, ratio, limit) for each format and for growth."""
    small, large = workbook(_ROWS // 10), workbook(_ROWS)
    word, pdf, unruled = document(_WORD_ROWS), printed(_WORD_ROWS), printed(_WORD_ROWS, ruled=False)
    few = _seconds(lambda: read_plan(small, "plan.xlsx"))
    many = _seconds(lambda: read_plan(large, "plan.xlsx"))
    return [
        (
            f"Excel, {_ROWS} rows, beside openpyxl's full read",
            many / _seconds(lambda: _walk_workbook(large)),
            XLSX_LIMIT,
        ),
        (
            f"Word, {_WORD_ROWS} rows, beside python-docx's walk of all cells",
            _seconds(lambda: read_plan(word, "plan.docx")) / _seconds(lambda: _walk_document(word)),
            DOCX_LIMIT,
        ),
        (
            f"PDF, {_WORD_ROWS} rows, beside pdfplumber's extraction",
            _seconds(lambda: read_plan(pdf, "plan.pdf")) / _seconds(lambda: _walk_pdf(pdf)),
            PDF_LIMIT,
        ),
        (
            f"PDF without lines, {_WORD_ROWS} rows, beside pdfplumber's extraction",
            _seconds(lambda: read_plan(unruled, "plan.pdf")) / _seconds(lambda: _walk_pdf(unruled)),
            PDF_LIMIT,
        ),
        ("ten times the rows, beside ten times the time", many / (10 * few), LINEAR_LIMIT),
    ]


def main() -> int:
    """Print the ratios; return 1 where one is above its limit."""
    failed = 0
    for name, ratio, limit in measure():
        failed += ratio > limit
        print(f"reader: {name}: {ratio:.2f} (limit {limit})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
