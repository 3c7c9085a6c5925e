"""From a file's bytes to lines of text. The bytes say what the file is, not its name."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from notices.reader.errors import UnreadableNotice
from notices.reader.tables import Cells, heads_of, names_columns, rows_as_lines
from notices.reader.word import has_tables, word_lines

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LEAST_LETTERS_A_PAGE = 20
_MOST_PAGES = 200
_MOST_BYTES = 20_000_000
_GAP = 1.45
_EDGE = 3
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; `gap` when space stands before it, `row` when it is a row of a table."""

    text: str
    gap: bool = False
    row: bool = False


def read_lines(data: bytes, filename: str) -> list[Line]:
    """The lines of a text, Word or PDF file. Raises UnreadableNotice for anything without readable text."""
    if len(data) > _MOST_BYTES:
        raise UnreadableNotice(
            "too_large", "This file is larger than 20 MB. A notice is a few pages: upload those."
        )
    if not data.strip():
        raise UnreadableNotice("empty", "This file is empty.")
    if data.startswith(_OLE):
        raise UnreadableNotice(
            "encrypted",
            "This is a password-protected or old Word file. Remove the password, or save it as "
            ".docx, and upload it again.",
        )
    if b"%PDF-" in data[:1024]:
        return _pdf_lines(data)
    if data.startswith(b"PK\x03\x04"):
        return _gapped(word_lines(data))
    return _text_lines(data, filename)


def table_in(data: bytes, lines: Sequence[Line]) -> str:
    """What kind of table the file that these lines are of holds: "read", one that is "torn" apart, or none ("")."""
    if any(names_columns(line.text) for line in lines if not line.row):
        return "torn"
    if any(line.row for line in lines) or (data.startswith(b"PK\x03\x04") and has_tables(data)):
        return "read"
    return ""


def _gapped(texts: list[str]) -> list[Line]:
    lines, gap = [], True
    for text in texts:
        if text.strip():
            lines.append(Line(text.rstrip(), gap))
        gap = not text.strip()
    return lines


def _text_lines(data: bytes, filename: str) -> list[Line]:
    if data.startswith(b"{\\rtf"):
        raise UnreadableNotice("wrong_format", "This is a rich-text file. Save it as .docx or as plain text.")
    text = _decoded(data)
    if "\0" in text or sum(not (one.isprintable() or one.isspace()) for one in text) > len(text) // 50:
        raise UnreadableNotice(
            "wrong_format",
            f"“{filename}” is not text, Word (.docx) or PDF. Upload the notice in one of these.",
        )
    return _gapped(re.split(r"\r\n|\r|\n|\f|\u2028|\u2029", text))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _pdf_lines(data: bytes) -> list[Line]:
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise UnreadableNotice(
                    "too_large", f"This PDF has over {_MOST_PAGES} pages. Upload the notice alone."
                )
            pages, heads = [], None
            for page in pdf.pages:
                lines, heads = _page_lines(page, heads)
                pages.append(lines)
    except (PdfminerException, PSException) as error:
        if isinstance(error, PDFPasswordIncorrect) or any(
            isinstance(arg, PDFPasswordIncorrect) for arg in error.args
        ):
            raise UnreadableNotice(
                "encrypted", "This PDF is protected by a password. Upload a copy without one."
            ) from error
        raise UnreadableNotice("broken", "This PDF is damaged and cannot be opened.") from error
    letters = sum(len(line.text) for page in pages for line in page)
    if letters < _LEAST_LETTERS_A_PAGE * max(1, len(pages)):
        raise UnreadableNotice(
            "scanned",
            "This PDF is a scan: it holds pictures of pages and no text. Upload the text, a Word "
            "file, or a PDF with text.",
        )
    return _without_furniture(pages)


def _page_lines(page: "pdfplumber.page.Page", heads: Cells | None) -> tuple[list[Line], Cells | None]:
    """Lines from top to bottom, a ruled table row by row; and the heads of the table that the page ends with, if any.

    A gap is more room above than lines of that page usually have.
    """
    tables = [table for table in page.find_tables() if _is_table(table)]
    around = (
        page.filter(lambda thing: not any(_inside(thing, table.bbox) for table in tables)) if tables else page
    )
    found = [line for line in around.extract_text_lines(return_chars=False) if line["text"].strip()]
    steps = sorted(below["top"] - above["top"] for above, below in pairwise(found))
    usual = steps[len(steps) // 4] if steps else 0
    placed: list[tuple[float, list[Line]]] = []
    for number, line in enumerate(found):
        gap = number == 0 or line["top"] - found[number - 1]["top"] > usual * _GAP
        placed.append((line["top"], [Line(line["text"].strip(), gap)]))
    for table in tables:
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        placed.append(
            (table.bbox[1], [Line(text, gap=True, row=True) for text in rows_as_lines(rows, heads)])
        )
        heads = heads_of(rows) or heads
    placed.sort(key=lambda one: one[0])
    ends_in_table = bool(tables) and bool(placed[-1][1]) and placed[-1][1][-1].row
    return [line for _, lines in placed for line in lines], heads if ends_in_table else None


def _is_table(table: "pdfplumber.table.Table") -> bool:
    """Whether ruled lines part cells: a frame round words or a rule under a heading is none."""
    return len(table.rows) > 1 and len(table.columns) > 1


def _inside(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle = ((thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2)
    return bool(box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3])


def _without_furniture(pages: list[list[Line]]) -> list[Line]:
    """The pages' lines without page numbers and without what (nearly) every page repeats at its top or bottom."""
    pages = [page for page in pages if page]
    tops = _repeated([page[:_EDGE] for page in pages])
    bottoms = _repeated([page[-_EDGE:] for page in pages])
    lines = []
    for page in pages:
        start, end = 0, len(page)
        while start < end and _is_furniture(page[start], tops):
            start += 1
        while end > start and _is_furniture(page[end - 1], bottoms):
            end -= 1
        lines += page[start:end]
    return lines


def _repeated(edges: list[list[Line]]) -> set[str]:
    """What stands at the edges of all pages but perhaps the first one, the numbers in it apart."""
    counts = Counter(shape for edge in edges for shape in {_shape(line) for line in edge})
    return {shape for shape, count in counts.items() if count >= max(2, len(edges) - 1)}


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).casefold()


def _is_furniture(line: Line, repeated: set[str]) -> bool:
    return bool(_PAGE_NUMBER.match(line.text)) or _shape(line) in repeated
