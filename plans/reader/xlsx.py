"""Excel workbooks, taken apart.

Read from the XML itself rather than through openpyxl: that gives merges, fills, hidden rows and formulas
without a stored result in one pass, and is not stopped by the charts, pictures and filters that a council's
workbook holds.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from plans.reader.containers import Archive, local
from plans.reader.errors import Damaged, TooLarge
from plans.reader.findings import FindingCode
from plans.reader.grids import Document, Grid, Note, Row
from plans.reader.reading import Format, column_letter
from plans.reader.xlsx_rules import apply_rules
from plans.reader.xlsx_styles import Style, Styles, read_styles

ROW_LIMIT = 100_000
_COLUMN_LIMIT = 16_384
_MERGE_LIMIT = 200_000
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_COMMENTS = {"comment", "threadedComment"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(archive: Archive, main: str) -> Document:
    """Return every sheet of a workbook as a grid, in the workbook's order.

    Raises Damaged where parts are missing, TooLarge above 100,000 rows.
    """
    relations = archive.relations(main)
    by_kind = dict(relations.values())
    strings = _shared_strings(archive, by_kind.get("sharedStrings"))
    styles = read_styles(archive, by_kind.get("styles"), by_kind.get("theme"))
    workbook = archive.xml(main)
    properties = next((part for part in workbook.iter() if local(part.tag) == "workbookPr"), None)
    since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    document = Document(Format.XLSX, [])
    for sheet in (part for part in workbook.iter() if local(part.tag) == "sheet"):
        relation = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
        kind, target = relations.get(relation, ("", ""))
        if kind != "worksheet":
            continue  # a chart sheet has no cells
        reader = _Sheet(strings, styles, since_1904=since_1904)
        grid = Grid(
            label=sheet.get("name", ""),
            rows=reader.rows(archive.xml(target)),
            is_sheet=True,
            hidden=sheet.get("state", "visible") != "visible",
            hidden_columns=reader.hidden_columns,
        )
        _add_comments(archive, target, grid.rows)
        document.notes += [
            Note(
                FindingCode.COLOUR_BY_RULE,
                f"Cells {place} of {grid.label} take their colours from rules (conditional formatting) that "
                "are not read. A rating that is shown there by its colour alone was not read either.",
                len(document.grids),
            )
            for place in reader.unread_rules
        ]
        document.notes += [
            Note(
                FindingCode.FORMULA_WITHOUT_VALUE,
                f"Cell {column_letter(column)}{row} of {grid.label} holds a formula but not its "
                "result; the formula's "
                "own text was kept. Open the file in Excel, save it and read it again.",
                len(document.grids),
                row,
                column,
            )
            for row, column in reader.unvalued
        ]
        document.grids.append(grid)
    if sum(1 for grid in document.grids if grid.rows) > 1:
        for grid in document.grids:
            for row in grid.rows:
                row.place = f"{grid.label}, row {row.number}"
    if sum(len(grid.rows) for grid in document.grids) > ROW_LIMIT:
        raise TooLarge("The workbook has more than 100,000 rows. Keep the plan in a workbook of its own.")
    return document


def _shared_strings(archive: Archive, name: str | None) -> list[str]:
    if name is None or name not in archive.names:
        return []
    return [_rich_text(item) for item in archive.xml(name) if local(item.tag) == "si"]


def _rich_text(item: etree._Element) -> str:
    """Text of all runs; phonetic guides are a reading aid, not the text."""
    found = []
    for part in item:
        kind = local(part.tag)
        if kind == "t":
            found.append(part.text or "")
        elif kind == "r":
            found += [text.text or "" for text in part if local(text.tag) == "t"]
    return _unescaped("".join(found))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Sheet:
    """Reads one sheet's rows; notes the cells whose formula has no stored result."""

    def __init__(self, strings: list[str], styles: Styles, *, since_1904: bool) -> None:
        self._strings = strings
        self._styles = styles
        self._since_1904 = since_1904
        self.unvalued: list[tuple[int, int]] = []
        self.hidden_columns: set[int] = set()
        self.unread_rules: list[str] = []

    def rows(self, root: etree._Element) -> list[Row]:
        rows: list[Row] = []
        merges: list[str] = []
        rules: list[etree._Element] = []
        for part in root:
            kind = local(part.tag)
            if kind == "sheetData":
                rows = list(self._data(part))
            elif kind == "mergeCells":
                merges = [merge.get("ref", "") for merge in part]
            elif kind == "cols":
                self.hidden_columns = _hidden(part)
            elif kind == "conditionalFormatting":
                rules.append(part)
        rows.sort(key=lambda row: row.number)
        _cover(rows, merges)
        self.unread_rules = apply_rules(rules, rows, self._styles.rule_fills)
        return rows

    def _data(self, data: etree._Element) -> Iterator[Row]:
        number = 0
        for element in data:
            if local(element.tag) != "row":
                continue
            number = _number(element.get("r"), number + 1)
            row = Row(number, f"row {number}", [])
            row.hidden = element.get("hidden") in {"1", "true"}
            column = -1
            for cell in element:
                column = _column(cell.get("r"), column + 1)
                self._cell(cell, row, column)
            if row.texts or row.fills:
                yield row

    def _cell(self, cell: etree._Element, row: Row, column: int) -> None:
        style = self._styles.of(cell.get("s"))
        if style.fill:
            row.fills[column] = style.fill
        if not len(cell):
            return
        text = self._text(cell, style, row, column)
        if text:
            row.texts += [""] * (column + 1 - len(row.texts))
            row.texts[column] = text

    def _text(self, cell: etree._Element, style: Style, row: Row, column: int) -> str:
        value = formula = None
        for part in cell:
            kind = local(part.tag)
            if kind == "v":
                value = part.text
            elif kind == "is":
                return _rich_text(part)
            elif kind == "f":
                formula = part.text or ""
        if value is None:
            if formula is None:
                return ""
            self.unvalued.append((row.number, column))
            return f"={formula}"
        kind = cell.get("t", "n")
        if kind == "d":
            return self._dated(_iso_date(value), value, row, column)
        if kind == "n" and style.is_date:
            return self._dated(self._styles.date_of(value, since_1904=self._since_1904), value, row, column)
        return self._value(value, kind, style.pattern)

    def _value(self, value: str, kind: str, pattern: str) -> str:
        if kind == "s":
            return self._shared(value)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._styles.shown(value, pattern) if kind == "n" else _unescaped(value)

    def _shared(self, value: str) -> str:
        try:
            return self._strings[int(value)]
        except (ValueError, IndexError) as error:
            raise Damaged("The workbook is broken: a cell names a text that is not in it.") from error

    @staticmethod
    def _dated(day: date | None, value: str, row: Row, column: int) -> str:
        if day is None:
            return value
        row.dates[column] = day
        return f"{day:%d/%m/%Y}"


def _hidden(columns: etree._Element) -> set[int]:
    found: set[int] = set()
    for part in columns:
        first, last = _number(part.get("min"), 0), _number(part.get("max"), 0)
        if part.get("hidden") in {"1", "true"} and 0 < first <= last:
            found.update(range(first - 1, min(last, first + 200)))
    return found


def _add_comments(archive: Archive, sheet: str, rows: list[Row]) -> None:
    """Put a sheet's notes and threaded comments beside the cells they belong to."""
    at = {row.number: row for row in rows}
    kinds = sorted(archive.relations(sheet).values())  # notes come before the threads that replace them
    for kind, name in kinds:
        if kind not in {"comments", "threadedComment"} or name not in archive.names:
            continue
        threads: dict[tuple[int, int], list[str]] = {}
        for part in archive.xml(name).iter():
            match = _PLACE.fullmatch(part.get("ref") or "") if local(part.tag) in _COMMENTS else None
            words = _comment_words(part).strip() if match else ""
            if match and words:
                threads.setdefault((int(match[2]), _index(match[1])), []).append(words)
        for (number, column), said in threads.items():
            if number in at:
                at[number].comments[column] = "\n".join(said)


def _comment_words(comment: etree._Element) -> str:
    return _unescaped("".join(part.text or "" for part in comment.iter() if local(part.tag) in {"t", "text"}))


def _iso_date(value: str) -> date | None:
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _number(name: str | None, following: int) -> int:
    return int(name) if name and name.isascii() and name.isdigit() else following


def _column(name: str | None, following: int) -> int:
    match = _PLACE.fullmatch(name or "")
    if not match:
        return following
    return min(_index(match[1]), _COLUMN_LIMIT)


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _cover(rows: list[Row], merges: list[str]) -> None:
    """Mark what merges hide. Merges are walked over the rows that exist, so a merge of a whole column costs
    little.
    """
    at = {row.number: index for index, row in enumerate(rows)}
    marked = 0
    for name in merges:
        first, _, last = name.partition(":")
        start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if not (start and end) or int(start[2]) not in at:
            continue
        left, right = _index(start[1]), _index(end[1])
        right = min(right, left + 100)
        origin = at[int(start[2])]
        for index in range(origin, len(rows)):
            if rows[index].number > int(end[2]) or marked > _MERGE_LIMIT:
                break
            for column in range(left, right + 1):
                if (index, column) != (origin, left):
                    rows[index].covered[column] = (origin, left)
                    marked += 1
