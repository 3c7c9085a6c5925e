"""Text tables: any separator, any of the usual encodings, cells of several lines."""

import codecs
import csv
import io
from collections import Counter

from files.spreadsheets import unguarded
from plans.reader.findings import FindingCode
from plans.reader.grids import Document, Grid, Note, Row
from plans.reader.reading import Format

_SEPARATORS = "\t,;|"
_CONTROL = {*range(9), 11, 14, 15, *range(16, 32)} - {27}
_SAMPLE = 65_536

# the module's default of 131,072 characters a cell is a global; files are bounded before they come here
csv.field_size_limit(64 * 1024 * 1024)


def looks_like_text(data: bytes) -> bool:
    """Whether bytes are text in some encoding rather than a binary format."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    sample = data[:_SAMPLE]
    return sum(1 for byte in sample if byte in _CONTROL) <= len(sample) // 1000


def read_delimited(data: bytes) -> Document:
    """Return a text table as one grid. Rows are counted as a spreadsheet would count them."""
    text, mixed = decoded(data)
    # our own copies begin with this mark, and guard what a spreadsheet would take for a formula
    clean = unguarded if data.startswith(codecs.BOM_UTF8) else str
    document = Document(Format.CSV, [])
    rows = []
    for number, cells in enumerate(_records(text), start=1):
        if any(cells):
            rows.append(Row(number, f"row {number}", [clean(cell) for cell in cells]))
    document.grids.append(Grid("the table", rows))
    if mixed:
        document.notes.append(
            Note(
                FindingCode.MIXED_ENCODING,
                "The file mixes UTF-8 and Windows-1252. Each line was read as what it is; check "
                "letters with accents, "
                "quotation marks and dashes.",
            )
        )
    return document


def decoded(data: bytes) -> tuple[str, bool]:
    """Return bytes as text, and whether lines are in more than one encoding."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace"), False
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        pass
    lines, kinds = [], set()
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
            if not line.isascii():
                kinds.add("utf-8")
        except UnicodeDecodeError:
            lines.append(_windows(line))
            kinds.add("windows")
    return "".join(lines), len(kinds) > 1


def _windows(line: bytes) -> str:
    """Windows-1252 leaves five bytes undefined; they are kept as the control characters that Latin-1 makes
    of them.
    """
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in line)


def _records(text: str) -> list[list[str]]:
    """Return the records of the separator and quoting that make the most even table."""
    best: list[list[str]] = []
    best_score = -1.0
    for separator in _SEPARATORS:
        if separator not in text:
            continue
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            if quoting == csv.QUOTE_NONE and '"' not in text:
                continue
            records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting))
            score = _evenness(records) - (0.2 if quoting == csv.QUOTE_NONE else 0.0)
            if score > best_score:
                best, best_score = records, score
    return best or list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))


def _evenness(records: list[list[str]]) -> float:
    """How table-like records are: how many share the commonest width, and how wide that is."""
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * item[0], item[0]))
    share = count / sum(1 for record in records if record)
    return share * min(width, 12)
