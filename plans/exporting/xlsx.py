"""A plan as an Excel workbook in the council's own columns, such that an edited copy can be read back.

Beside the plan stand a sheet with the legend and a hidden one that keeps every cell as it was: `plans.exporting.copies`
compares with that. Text is written as text whatever it begins with, so no cell of ours is ever a formula.
"""

import datetime as dt
import io
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plans.exporting.book import Book, day_words, heading_of
from plans.exporting.cells import FIRST_DAY, as_words, cell_text, lines_in, put_text
from plans.exporting.colours import GROUNDS
from plans.exporting.columns import Column, Kind, Value
from plans.table import Code

PLAN, LEGEND, HIDDEN = "Plan", "Legend", "Noticeboard"
TOKENS = "Noticeboard row"
"""Heading of the hidden column that says which action a row is."""
FORMAT = "1"
HEADING_ROW = 4

_INK = "FF0B0C0C"
_LINE = Side(style="thin", color="FFB1B4B6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="top")
_HEADING = PatternFill("solid", fgColor="FF1D3557")
_THEME = PatternFill("solid", fgColor="FFD9E1EA")
_OBJECTIVE = PatternFill("solid", fgColor="FFF3F2F1")
FONT = "Calibri"
"""What a workbook is written in by itself; a bold font that names none is drawn with serifs by LibreOffice."""
_READ_ONLY = Font(name=FONT, italic=True, color="FF484F55")
_LINE_HEIGHT = 15.0
_TALLEST = 400.0


def token_of(action_id: int, version: int) -> str:
    """What the hidden column says of a row: which action, at which version. No reader takes it for a reference."""
    return f"nbaction{action_id}v{version}"


def write_xlsx(book: Book) -> bytes:
    """The workbook as bytes."""
    return _Writer(book).written()


@dataclass
class _Writer:
    book: Book
    workbook: Workbook = field(default_factory=Workbook)

    def __post_init__(self) -> None:
        self.columns = self.book.columns()
        self.sheet: Worksheet = self.workbook.create_sheet(PLAN, 0)
        del self.workbook[self.workbook.sheetnames[1]]
        self.legend: Worksheet = self.workbook.create_sheet(LEGEND)
        self.hidden: Worksheet = self.workbook.create_sheet(HIDDEN)
        self.last = len(self.columns)
        self.row = HEADING_ROW
        self.hidden_row = 0

    def written(self) -> bytes:
        self._properties()
        self._top()
        self._legend()
        self._hidden_top()
        self._body()
        self._finish()
        stream = io.BytesIO()
        self.workbook.save(stream)
        return stream.getvalue()

    def _properties(self) -> None:
        book = self.book
        properties = self.workbook.properties
        properties.title, properties.creator = cell_text(book.title), "Noticeboard"
        properties.language = "en-GB"
        properties.created = properties.modified = book.made_at.astimezone(dt.UTC).replace(tzinfo=None)

    def _top(self) -> None:
        book, sheet = self.book, self.sheet
        put_text(_at(sheet, 1, 1), book.title).font = Font(name=FONT, bold=True, size=16)
        says = f"{book.council}. {book.position}. {book.counts_words}"
        put_text(_at(sheet, 2, 1), f"{says}{f', {book.narrowed}' if book.narrowed else ''}.")
        for number, shown in enumerate(self.columns, start=1):
            cell = put_text(_at(sheet, HEADING_ROW, number), shown.heading)
            cell.font, cell.fill, cell.border = Font(name=FONT, bold=True, color="FFFFFFFF"), _HEADING, _BOX
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            sheet.column_dimensions[get_column_letter(number)].width = shown.column.width
        sheet.row_dimensions[HEADING_ROW].height = 2 * _LINE_HEIGHT + 4
        put_text(_at(sheet, HEADING_ROW, self.last + 1), TOKENS)
        sheet.column_dimensions[get_column_letter(self.last + 1)].hidden = True

    def _legend(self) -> None:
        sheet = self.legend
        for number, (words, width) in enumerate((("Code", 12), ("Name", 24), ("Meaning", 90)), start=1):
            cell = put_text(_at(sheet, 1, number), words)
            cell.font, cell.fill, cell.border = Font(name=FONT, bold=True, color="FFFFFFFF"), _HEADING, _BOX
            sheet.column_dimensions[get_column_letter(number)].width = width
        ordered = sorted(self.book.table.scale, key=lambda code: code.is_mark)
        for row, code in enumerate(ordered, start=2):
            for number, words in enumerate((code.code, code.name, code.means), start=1):
                cell = put_text(_at(sheet, row, number), words)
                cell.border, cell.alignment = _BOX, _TOP
            if not code.is_mark:
                fill, font = _colours(code)
                _at(sheet, row, 1).fill, _at(sheet, row, 1).font = fill, font
        self.ratings = sum(not code.is_mark for code in ordered)
        row = len(ordered) + 4
        for words in self._about():
            cell = put_text(_at(sheet, row, 1), words)
            cell.alignment = _TOP
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
            sheet.row_dimensions[row].height = _LINE_HEIGHT * (1 + len(words) // 120)
            row += 1
        _landscape(sheet)

    def _about(self) -> list[str]:
        read_only = [shown.heading for shown in self.columns if not shown.column.field]
        return [
            "This workbook can be edited and read into Noticeboard again: only the cells that you change change there.",
            "A new row is taken as a new action, a deleted row is asked about, and the order of rows means nothing.",
            f"Changes in these columns and in the rows of themes and objectives are not read: {', '.join(read_only)}.",
        ]

    def _hidden_top(self) -> None:
        book, sheet = self.book, self.hidden
        for pair in (
            ("noticeboard copy", FORMAT),
            ("stamp", book.stamp),
            ("made at", book.made_at.isoformat()),
            ("on", book.on.isoformat()),
        ):
            self._hide(*pair)
        for shown in self.columns:
            self._hide("column", shown.column.key, shown.heading)
        for code in book.table.scale:
            self._hide(
                "code",
                code.code,
                code.name,
                code.meaning,
                code.colour.value,
                code.standing or "",
                "mark" if code.is_mark else "",
            )
        for theme in book.table.themes:
            self._hide("theme", str(theme.id), theme.title)
            for objective in theme.objectives:
                self._hide(
                    "objective",
                    str(objective.id),
                    str(theme.id),
                    objective.ref,
                    objective.title,
                    objective.text,
                    objective.rating.code if objective.rating else "",
                )
        sheet.sheet_state = "hidden"

    def _hide(self, *texts: str) -> None:
        self.hidden_row += 1
        for number, words in enumerate(texts, start=1):
            if words:
                put_text(_at(self.hidden, self.hidden_row, number), words)

    def _body(self) -> None:
        theme = objective = None
        for line in self.book.lines:
            if not self.book.flat and line.theme.id != theme:
                theme = line.theme.id
                if line.theme.title:
                    self._group(line.theme.title, _THEME, Font(name=FONT, bold=True, size=13))
            if not self.book.flat and line.objective.id != objective:
                objective = line.objective.id
                rating = line.objective.rating
                self._group(heading_of(line.objective), _OBJECTIVE, Font(name=FONT, bold=True), rating)
            self.row += 1
            values = [self.book.value(shown, line) for shown in self.columns]
            for number, (shown, value) in enumerate(zip(self.columns, values, strict=True), start=1):
                self._cell(_at(self.sheet, self.row, number), shown.column, value)
            lines = max(
                lines_in(as_words(value), int(shown.column.width * 1.1))
                for shown, value in zip(self.columns, values, strict=True)
            )
            self.sheet.row_dimensions[self.row].height = min(_TALLEST, lines * _LINE_HEIGHT)
            token = token_of(line.action.id, line.action.version)
            put_text(_at(self.sheet, self.row, self.last + 1), token)
            self._hide("action", token, line.action.ref, str(line.objective.id), *map(as_words, values))

    def _group(self, words: str, fill: PatternFill, font: Font, rating: Code | None = None) -> None:
        """A row across the sheet; an objective's judgement stands in the column of these."""
        self.row += 1
        judged = next(
            (at for at, shown in enumerate(self.columns, 1) if shown.column.key == "objective_rating"), 0
        )
        across = judged - 1 if judged == self.last else self.last
        if judged and across == self.last:
            judged = 0
        put_text(_at(self.sheet, self.row, 1), words).font = font
        for number in range(1, self.last + 1):
            cell = _at(self.sheet, self.row, number)
            cell.fill, cell.border, cell.alignment = fill, _BOX, _TOP
        if judged:
            cell = _at(self.sheet, self.row, judged)
            cell.alignment, cell.fill = _MIDDLE, PatternFill()  # a ground would read as a rating
            if rating:
                put_text(cell, rating.code)
        if across > 1:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=across)
        lines = lines_in(words, int(sum(shown.column.width for shown in self.columns[:across]) * 0.85))
        points = _LINE_HEIGHT * float(font.sz or 11) / 11
        self.sheet.row_dimensions[self.row].height = min(_TALLEST, lines * points + 4)

    def _cell(self, cell: Cell, column: Column, value: Value) -> None:
        cell.border, cell.alignment = _BOX, _TOP
        if column.kind is Kind.RATING:
            cell.alignment = _MIDDLE
        if not column.field and column.key != "ref":
            cell.font = _READ_ONLY
        if isinstance(value, dt.date):
            if value >= FIRST_DAY:
                cell.value, cell.number_format = value, "dd/mm/yyyy"
                return
            value = value.isoformat()
        if column.kind is Kind.DATE:
            cell.number_format = "dd/mm/yyyy"
        elif column.kind is Kind.REFERENCE:
            cell.number_format = "@"
        if value:
            put_text(cell, value)

    def _finish(self) -> None:
        sheet = self.sheet
        first, end = HEADING_ROW + 1, max(self.row, HEADING_ROW + 1)
        for number, shown in enumerate(self.columns, start=1):
            letter = get_column_letter(number)
            if shown.column.kind is Kind.RATING:
                # room for rows that will be added below
                self._rate(f"{letter}{first}:{letter}{end + 500}", choose=bool(shown.column.field))
        at = next((n for n, shown in enumerate(self.columns, 1) if shown.column.key == "ref"), 0)
        sheet.freeze_panes = f"{'B' if at == 1 else 'A'}{first}"
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(self.last + 1)}{end}"
        sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
        sheet.print_area = f"A1:{get_column_letter(self.last)}{end}"
        words = f"{self.book.council}: {self.book.title}, {day_words(self.book.on)}"
        _landscape(sheet, words.replace("&", "&&")[:200])  # an ampersand begins a code there

    def _rate(self, cells: str, *, choose: bool) -> None:
        """Colours follow the code that is typed; a code is chosen from the legend's."""
        for code in self.book.table.ratings:
            fill, font = _colours(code)
            words = code.code.replace('"', '""')
            rule = CellIsRule(  # type: ignore[no-untyped-call]
                operator="equal",
                formula=[f'"{words}"'],
                fill=PatternFill(bgColor=fill.fgColor),
                font=Font(name=FONT, bold=True, color=font.color),
            )
            self.sheet.conditional_formatting.add(cells, rule)
        if choose and self.ratings:
            choice = DataValidation(
                type="list", formula1=f"{LEGEND}!$A$2:$A${self.ratings + 1}", allow_blank=True
            )
            choice.errorTitle, choice.error = "Not one of the plan's ratings", "Choose a code of the legend."
            choice.showErrorMessage = True
            choice.add(cells)
            self.sheet.add_data_validation(choice)


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - written before any merge
    return cell


def _colours(code: Code) -> tuple[PatternFill, Font]:
    ground, ink = GROUNDS[code.colour]
    return PatternFill("solid", fgColor=f"FF{ground}"), Font(name=FONT, bold=True, color=f"FF{ink}")


def _landscape(sheet: Worksheet, footer: str = "") -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    feet = sheet.oddFooter
    assert feet is not None  # noqa: S101 - openpyxl makes it
    left, right = feet.left, feet.right
    assert left is not None  # noqa: S101 - openpyxl makes both
    assert right is not None  # noqa: S101
    left.text, right.text = footer, "Page &P of &N"
