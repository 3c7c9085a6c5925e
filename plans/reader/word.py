"""Word documents, taken apart: tables as grids with their merges and colours, headings above them, text
around them.

Tracked changes are read as if accepted (what is inserted counts, what is deleted or moved away does not),
comments are left out, and both are said.
"""

import re
from collections.abc import Iterator

from lxml import etree

from plans.reader.containers import Archive, local
from plans.reader.errors import TooLarge
from plans.reader.findings import FindingCode
from plans.reader.grids import Document, Grid, Note, Row
from plans.reader.reading import Format

_ROW_LIMIT = 100_000
_SPAN_LIMIT = 63  # Word's own limit of columns
_GONE = {
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
    "delText",
    "pPrChange",
    "rPrChange",
    "tcPrChange",
    "trPrChange",
}
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice"}
_HEADING_LENGTH = 160
_INTRO_LENGTH = 1500
_HEADS = re.compile(
    r"(?:theme|priority|objective|recommendation|work ?stream|strand|section|area|part)\b", re.IGNORECASE
)
"""What a line above a table begins with that is a heading without the style of one."""
_HIGHLIGHTS = {
    "red": "FF0000", "yellow": "FFFF00", "green": "00FF00", "darkGreen": "008000", "cyan": "00FFFF",
    "blue": "0000FF", "darkBlue": "000080", "darkRed": "800000", "darkYellow": "808000",
    "lightGray": "C0C0C0", "darkGray": "808080",
    "magenta": "FF00FF", "darkCyan": "008080", "darkMagenta": "800080", "black": "000000",
}  # fmt: skip

_LETTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_WINGDINGS = {
    0xFC: "✓",
    0xFB: "✗",
    0xA8: "☐",
    0x6F: "☐",
    0xFE: "☒",
    0xFD: "☒",
    0x6C: "●",
    0xA1: "○",
    0xB7: "•",
}


def read_docx(archive: Archive, main: str) -> Document:
    """Return a document's tables and the lines around them. Raises Damaged, TooLarge."""
    relations = dict(archive.relations(main).values())
    root = archive.xml(main)
    notes = {
        kind: notes_of(archive, relations.get(part))
        for kind, part in (
            ("footnoteReference", "footnotes"),
            ("endnoteReference", "endnotes"),
            ("commentReference", "comments"),
        )
    }
    reader = _Reader(_heading_styles(archive, relations.get("styles")), {k: v for k, v in notes.items() if v})
    for part in root:
        if local(part.tag) == "body":
            reader.blocks(part)
    reader.notes(root, comments=bool(notes["commentReference"]))
    return reader.document


def _heading_styles(archive: Archive, name: str | None) -> dict[str, str]:
    """Return {style id: its name in lower case} of paragraph styles."""
    if name is None or name not in archive.names:
        return {}
    found = {}
    for style in archive.xml(name):
        if local(style.tag) == "style":
            called = next((_value(part) for part in style if local(part.tag) == "name"), "")
            found[_attribute(style, "styleId")] = called.casefold()
    return found


def notes_of(archive: Archive, name: str | None) -> dict[str, str]:
    """Return {id: text} of the footnotes, endnotes or comments of a part; separators have no text."""
    if name is None or name not in archive.names:
        return {}
    found = {_attribute(part, "id"): cell_text(part).strip() for part in archive.xml(name)}
    return {number: text for number, text in found.items() if text}


class _Reader:
    """Walks the body's blocks in order."""

    def __init__(self, styles: dict[str, str], notes: dict[str, dict[str, str]]) -> None:
        self._styles = styles
        self._notes = notes
        self.document = Document(Format.DOCX, [])
        self._heading = ""
        self._intro: list[str] = []
        self._rows = 0

    def blocks(self, parent: etree._Element) -> None:
        """Take paragraphs and tables, through content controls and insertions."""
        for part in parent:
            kind = local(part.tag)
            if kind == "p":
                self._paragraph(part)
            elif kind == "tbl":
                self._table(part)
            elif kind in _WRAPPERS:
                self.blocks(part)

    def _paragraph(self, part: etree._Element) -> None:
        text = paragraph_text(part)
        words = text.strip()
        if not words:
            return
        style = self._styles.get(_style_of(part), "")
        if style == "title" and not self.document.title:
            self.document.title = words
        if _numbered(part) or "list" in style:
            self.document.listed += 1
        elif len(words) <= _HEADING_LENGTH and ("heading" in style or _HEADS.match(words)):
            self._heading, self._intro = words, []
            self.document.outside += [line for line in text.split("\n") if line.strip()]
            return
        self._intro.append(words)
        self.document.outside += [line for line in text.split("\n") if line.strip()]

    def _table(self, table: etree._Element) -> None:
        number = len(self.document.grids) + 1
        label = f"Table {number}"
        intro = "\n".join(self._intro)
        grid = Grid(label, [], heading=self._heading, intro=intro if len(intro) <= _INTRO_LENGTH else "")
        open_merges: dict[int, tuple[int, int]] = {}
        for count, element in enumerate(_rows(table), start=1):
            row = Row(count, f"{label.lower()}, row {count}", [])
            self._cells(element, row, len(grid.rows), open_merges)
            grid.rows.append(row)
        self._rows += len(grid.rows)
        if self._rows > _ROW_LIMIT:
            raise TooLarge(
                "The document's tables have more than 100,000 rows. Keep the plan in a document of its own."
            )
        self.document.grids.append(grid)
        self._heading, self._intro = "", []

    def _cells(
        self, element: etree._Element, row: Row, index: int, open_merges: dict[int, tuple[int, int]]
    ) -> None:
        column = _skipped(element)
        row.texts += [""] * column
        for cell in _through(element, "tc"):
            span, merge, fill = _cell_properties(cell)
            text = cell_text(cell)
            hidden = merge == "continue" and column in open_merges and not text.strip()
            origin = open_merges[column] if hidden else (index, column)
            if not hidden:
                open_merges.pop(column, None)
            if merge == "restart":
                open_merges[column] = (index, column)
            row.texts += [text] + [""] * (span - 1)
            if fill:
                row.fills[column] = fill
            if self._notes and (noted := self._noted(cell)):
                row.comments[column] = noted
            for covered in range(column, column + span):
                if origin != (index, covered):
                    row.covered[covered] = origin
            column += span

    def _noted(self, cell: etree._Element) -> str:
        """Return the footnotes and comments that a cell refers to, a line each."""
        kinds = ((local(part.tag), part) for part in cell.iter())
        texts = (
            self._notes[kind].get(_attribute(part, "id"), "") for kind, part in kinds if kind in self._notes
        )
        return "\n".join(text for text in texts if text)

    def notes(self, root: etree._Element, *, comments: bool) -> None:
        """Say what was read as accepted and what was left out."""
        kinds = {
            local(part.tag) for part in root.iter() if local(part.tag) in {"ins", "del", "moveFrom", "moveTo"}
        }
        if kinds:
            self.document.notes.append(
                Note(
                    FindingCode.TRACKED_CHANGES,
                    "The document has tracked changes. It was read as if all were accepted.",
                )
            )
        if comments:
            self.document.notes.append(
                Note(
                    FindingCode.COMMENTS_LEFT_OUT,
                    "The document has comments in its margin. They were not read into the plan.",
                )
            )


def _through(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Yield children of a kind, also those inside content controls and insertions."""
    for part in parent:
        kind = local(part.tag)
        if kind == wanted:
            yield part
        elif kind in _WRAPPERS:
            yield from _through(part, wanted)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _through(table, "tr"):
        properties = next((part for part in row if local(part.tag) == "trPr"), None)
        if properties is None or not any(local(part.tag) == "del" for part in properties):
            yield row


def _skipped(row: etree._Element) -> int:
    """A row may leave out its first columns (`gridBefore`)."""
    for part in row:
        if local(part.tag) == "trPr":
            before = next((_value(each) for each in part if local(each.tag) == "gridBefore"), "0")
            return min(int(before), _SPAN_LIMIT) if before.isascii() and before.isdigit() else 0
    return 0


def _cell_properties(cell: etree._Element) -> tuple[int, str, str | None]:
    """Return how many columns a cell spans, its vertical merge ("", "restart", "continue") and its fill."""
    span, merge, fill = 1, "", None
    for properties in cell:
        if local(properties.tag) != "tcPr":
            continue
        for part in properties:
            kind = local(part.tag)
            if kind == "gridSpan" and _value(part).isascii() and _value(part).isdigit():
                span = max(1, min(int(_value(part)), _SPAN_LIMIT))
            elif kind == "vMerge":
                merge = _value(part) or "continue"
            elif kind == "shd":
                fill = _shade(part)
    return span, merge, fill or _fill_inside(cell)


def _shade(part: etree._Element) -> str | None:
    fill = _attribute(part, "fill").upper()
    return fill if re.fullmatch(r"[0-9A-F]{6}", fill) and fill != "FFFFFF" else None


def _fill_inside(cell: etree._Element) -> str | None:
    """A rating may be coloured by its paragraph's or its letters' shading instead of the cell's."""
    for part in cell.iter():
        kind = local(part.tag)
        if kind == "tbl":
            return None
        if kind == "shd" and (shade := _shade(part)):
            return shade
        if kind == "highlight":
            return _HIGHLIGHTS.get(_value(part))
    return None


def cell_text(cell: etree._Element) -> str:
    """Return a cell's text: a line for each paragraph, also of tables within it."""
    lines: list[str] = []
    _collect(cell, lines)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _collect(parent: etree._Element, lines: list[str]) -> None:
    for part in parent:
        kind = local(part.tag)
        if kind == "p":
            lines.append(paragraph_text(part))
        elif kind == "sdt" and _shows_placeholder(part):
            lines.append("")
        elif kind in _WRAPPERS or kind in {"tbl", "tr", "tc"}:
            _collect(part, lines)


def paragraph_text(paragraph: etree._Element) -> str:
    """Return a paragraph's final text: deletions and field codes left out, breaks as lines, tabs as tabs."""
    found: list[str] = []
    _runs(paragraph, found)
    return "".join(found)


def _runs(parent: etree._Element, found: list[str]) -> None:
    for part in parent:
        kind = local(part.tag)
        if kind == "t":
            found.append(part.text or "")
        elif kind in _LETTERS:
            found.append(_LETTERS[kind])
        elif kind == "sym":
            found.append(_symbol(part))
        elif kind == "ffData":
            found.append(_form_field(part))
        elif kind == "txbxContent":
            found.append(f"\n{cell_text(part)}\n")
        elif kind == "sdt" and _shows_placeholder(part):
            continue
        elif kind not in _GONE and kind not in {"pPr", "rPr"}:
            _runs(part, found)


def _symbol(part: etree._Element) -> str:
    """Return a symbol's letter; of the fonts whose letters are signs, the sign."""
    code = _attribute(part, "char")
    if not re.fullmatch(r"[0-9A-Fa-f]{4}", code):
        return ""
    number = int(code, 16)
    signs = _WINGDINGS if _attribute(part, "font").casefold() == "wingdings" else {}
    return signs.get(number & 0xFF) or chr(number)


def _shows_placeholder(control: etree._Element) -> bool:
    """Whether a content control is empty and only shows what to do with it ("Choose an item")."""
    return any(
        local(each.tag) == "showingPlcHdr" and _value(each) not in {"0", "false"}
        for part in control
        if local(part.tag) == "sdtPr"
        for each in part
    )


def _form_field(data: etree._Element) -> str:
    """Return what an older form's check box or drop-down says; its text fields stand in the text."""
    for part in data:
        kind = local(part.tag)
        values = {local(each.tag): each for each in part}
        if kind == "checkBox":
            box = values.get("checked", values.get("default"))
            return "☐" if box is None or _value(box) in {"0", "false"} else "☒"
        if kind == "ddList":
            entries = [_value(each) for each in part if local(each.tag) == "listEntry"]
            chosen = values.get("result", values.get("default"))
            number = _value(chosen) if chosen is not None else "0"
            return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return ""


def _style_of(paragraph: etree._Element) -> str:
    for part in paragraph:
        if local(part.tag) == "pPr":
            return next((_value(each) for each in part if local(each.tag) == "pStyle"), "")
    return ""


def _numbered(paragraph: etree._Element) -> bool:
    return any(local(each.tag) == "numPr" for part in paragraph if local(part.tag) == "pPr" for each in part)


def _attribute(part: etree._Element, name: str) -> str:
    return next((value for key, value in part.attrib.items() if local(key) == name), "")


def _value(part: etree._Element) -> str:
    return _attribute(part, "val")
