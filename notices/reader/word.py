"""Paragraphs of a Word file, with the numbers and letters that Word itself puts before them."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table

from notices.reader.errors import UnreadableNotice
from notices.reader.tables import rows_as_lines

# what python-docx, its XML and the zip trip over in a damaged file
_BROKEN = (
    BadZipFile,
    PackageNotFoundError,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    SyntaxError,
    AttributeError,
    TypeError,
    RuntimeError,
)
_MOST_UNPACKED = 200_000_000
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROMANS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def has_tables(data: bytes) -> bool:
    """Whether a Word file that was read holds a table."""
    return bool(docx.Document(BytesIO(data)).tables)


def word_lines(data: bytes) -> list[str]:
    """Each paragraph as a line with an empty one after it, tables row by row; numbering written out.

    Raises UnreadableNotice for a zip that is no Word file, a broken one, or one that unpacks beyond 200 MB.
    """
    try:
        document = _opened(data)
        numbering = _Numbering(document)
        return [line for text in _paragraphs(document, numbering) for line in (text, "")]
    except UnreadableNotice:
        raise
    except _BROKEN as error:
        raise UnreadableNotice("broken", "This Word file is damaged and cannot be opened.") from error


def _opened(data: bytes) -> Any:
    with ZipFile(BytesIO(data)) as archive:
        names = {info.filename for info in archive.infolist()}
        if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
            raise UnreadableNotice(
                "too_large", "This file unpacks to more than 200 MB, so it was not opened."
            )
    if "word/document.xml" not in names:
        raise UnreadableNotice(
            "wrong_format", "This is no Word file. Upload the notice as text, Word (.docx) or PDF."
        )
    return docx.Document(BytesIO(data))


def _paragraphs(document: Any, numbering: "_Numbering") -> Iterator[str]:
    notes = _footnotes(document)
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
            continue
        text = part.text.replace("\n", " ").strip()
        if text:
            yield f"{numbering.label(part)}{text}"
        for reference in part._p.iter(qn("w:footnoteReference")):  # noqa: SLF001
            number = reference.get(qn("w:id"))
            if number in notes:
                yield f"{str(number).translate(_RAISED)} {notes[number]}"


def _rows(table: Table) -> Iterator[str]:
    rows = [[cell.text.replace("\n", " ").strip() for cell in row.cells] for row in table.rows]
    yield from rows_as_lines(rows)


def _footnotes(document: Any) -> dict[str, str]:
    """The footnotes' words by their number."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes"):
            root = parse_xml(relation.target_part.blob)
            return {
                note.get(qn("w:id")): "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
                for note in root.findall(qn("w:footnote"))
                if note.get(qn("w:type")) is None
            }
    return {}


class _Numbering:
    """Word's automatic numbering: counts the paragraphs of each list as Word does."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            one.get(qn("w:abstractNumId")): _levels_of(one) for one in root.findall(qn("w:abstractNum"))
        }
        for one in root.findall(qn("w:num")):
            reference = one.find(qn("w:abstractNumId"))
            if reference is not None:
                self._levels[one.get(qn("w:numId"))] = abstract.get(reference.get(qn("w:val")), {})

    def label(self, paragraph: Any) -> str:
        """The label Word shows before the paragraph with a space after it, or nothing."""
        number, level = _numbered(paragraph)
        levels = self._levels.get(number or "")
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(number or "", {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        kind, pattern, _ = levels[level]
        if kind == "bullet":
            return "- "
        label = re.sub(
            r"%(\d)",
            lambda match: _figure(levels, counts, int(match[1]) - 1),
            pattern,
        )
        return f"{label} " if label.strip() else ""


def _levels_of(abstract: Any) -> dict[int, tuple[str, str, int]]:
    levels = {}
    for level in abstract.findall(qn("w:lvl")):
        values = {name: level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")}
        kind, text, start = (one.get(qn("w:val")) if one is not None else "" for one in values.values())
        levels[int(level.get(qn("w:ilvl")))] = (kind or "decimal", text or "", int(start or 1))
    return levels


def _numbered(paragraph: Any) -> tuple[str | None, int]:
    """The list and level of a paragraph, its own or its style's."""
    sources = [paragraph._p.pPr, paragraph.style.element.pPr if paragraph.style is not None else None]  # noqa: SLF001
    for properties in sources:
        numbering = properties.numPr if properties is not None else None
        if numbering is not None and numbering.numId is not None:
            level = numbering.ilvl.val if numbering.ilvl is not None else 0
            return str(numbering.numId.val), level
    return None, 0


def _figure(levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
    kind, _, start = levels.get(level, ("decimal", "", 1))
    count = counts.get(level, start)
    if kind in ("lowerLetter", "upperLetter"):
        letters = "abcdefghijklmnopqrstuvwxyz"
        figure = letters[(count - 1) % 26] * ((count - 1) // 26 + 1)
    elif kind in ("lowerRoman", "upperRoman"):
        figure = _roman(count)
    else:
        return str(count)
    return figure.upper() if kind.startswith("upper") else figure


def _roman(count: int) -> str:
    figure = ""
    for value, letters in _ROMANS:
        while count >= value:
            figure, count = figure + letters, count - value
    return figure
