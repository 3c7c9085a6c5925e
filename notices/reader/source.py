"""From a file's bytes to lines of text. The bytes say what the file is, not its name."""

import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from notices.reader.errors import UnreadableNotice
from notices.reader.word import word_lines

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LEAST_LETTERS_A_PAGE = 20
_MOST_PAGES = 200
_MOST_BYTES = 20_000_000
_GAP = 1.45
_EDGE = 3
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; `gap` when space stands before it."""

    text: str
    gap: bool = False


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
            pages = [_page_lines(page) for page in pdf.pages]
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


def _page_lines(page: "pdfplumber.page.Page") -> list[Line]:
    """Lines from top to bottom; a gap is more room above than lines of that page usually have."""
    found = [line for line in page.extract_text_lines(return_chars=False) if line["text"].strip()]
    steps = sorted(below["top"] - above["top"] for above, below in pairwise(found))
    usual = steps[len(steps) // 4] if steps else 0
    lines = []
    for number, line in enumerate(found):
        gap = number == 0 or line["top"] - found[number - 1]["top"] > usual * _GAP
        lines.append(Line(line["text"].strip(), gap))
    return lines


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
