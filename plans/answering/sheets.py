"""An Excel sheet of one lead's rows, and reading it back as exactly the cells that were edited. Plain Python.

Each row carries the number and version of its action in a hidden column; a hidden sheet keeps what the answers were
when the sheet was made. So rows may be sorted, hidden or left out, and what nobody touched is never sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from plans.answering.needs import Todo
from plans.exporting.cells import LONGEST, lines_in, put_text
from plans.exporting.xlsx import FONT
from plans.reader import UnreadablePlan
from plans.reader.containers import Archive
from plans.rows import Code

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MARK = "noticeboard answers 1"
ANSWERS, MEMORY, CHOICES = "Your actions", "noticeboard", "choices"
NUMBER = "number"
SHOWN = {"Ref": 9, "Action": 46, "Due": 13, "Last update": 13}
FIELDS = {  # heading: (field, width)
    "Rating": ("rating", 16),
    "What has been done": ("narrative", 52),
    "What is in the way": ("reason", 34),
    "Next step, and by when": ("next_step", 34),
    "Difference made to children": ("impact", 16),
}
SAME = "No change"
_WIDTHS = {NUMBER: 8} | SHOWN | {heading: width for heading, (_, width) in FIELDS.items()} | {SAME: 11}
NOT_RATED = "Not rated"
HEAD_ROW = 4
SIZE_LIMIT = 5 * 1024 * 1024
ROWS_LIMIT = 2_000
_INPUT = PatternFill("solid", fgColor="FFF7BF")
_HEAD = PatternFill("solid", fgColor="E5E6E7")
_LINE = Side(style="thin", color="FFB1B4B6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LINE_HEIGHT, _TALLEST = 15.0, 300.0  # points


class NotASheet(UnreadablePlan):
    """The file is no sheet of a lead's rows, or one that was taken apart."""

    code = "not_a_sheet"


@dataclass(frozen=True)
class Answer:
    """One row that came back with something in it."""

    number: int
    version: int
    ref: str
    row: int  # in the sheet, from 1
    values: dict[str, str]  # every answer as it now stands in the row
    edited: dict[str, tuple[str, str]]  # the answers that were edited, from and to
    same: bool  # "no change" was said


@dataclass(frozen=True)
class Problem:
    """A row or cell that cannot be taken."""

    row: int
    ref: str
    message: str


@dataclass
class Returned:
    """What a sheet says."""

    plan: int
    stood: dict[int, tuple[int, str, dict[str, str]]]  # version, reference and answers when it was made
    seen: dict[int, int] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    untouched: int = 0


def answers_before(todo: Todo) -> dict[str, str]:
    """The answers that stand for an action, as the sheet shows them."""
    row = todo.row
    owes = row.rating is not None and row.rating.owes_a_reason
    return {
        "rating": row.rating.code if row.rating else "",
        "narrative": _shorter(row.progress),
        "reason": _shorter(todo.last.reason) if owes else "",
        "next_step": _shorter(todo.last.next_step) if owes else "",
        "impact": row.impact.code if row.impact else "",
    }


def _shorter(text: str) -> str:
    return text.replace("\r\n", "\n")[:LONGEST]


def make_sheet(todos: Sequence[Todo], *, plan: int, title: str, asked: str, ratings: Sequence[Code]) -> bytes:
    """The workbook for some actions, in their order."""
    book = Workbook()
    sheet = book.active
    if sheet is None:  # a new workbook has one
        raise AssertionError
    sheet.title = ANSWERS
    put_text(sheet.cell(1, 2), title).font = Font(name=FONT, bold=True, size=14)
    put_text(
        sheet.cell(2, 2), f"{asked} Fill in the yellow cells, save, and send this file back on the same page."
    )
    headings = [NUMBER, *SHOWN, *FIELDS, SAME]
    for column, heading in enumerate(headings, 1):
        cell = put_text(sheet.cell(HEAD_ROW, column), heading)
        cell.font, cell.fill, cell.alignment = (
            Font(name=FONT, bold=True),
            _HEAD,
            Alignment(wrap_text=True, vertical="top"),
        )
    choices = {code.code: code.label for code in ratings}
    memory = book.create_sheet(MEMORY)
    memory.append([MARK, plan])
    for number, todo in enumerate(todos, HEAD_ROW + 1):
        _write_row(sheet, number, todo, choices)
        stood = answers_before(todo)
        for column, value in enumerate([todo.row.id, todo.row.version, todo.row.ref, *stood.values()], 1):
            target = memory.cell(number, column)
            if isinstance(value, str):
                put_text(target, value)
            else:
                target.value = value
    _choose(book, sheet, headings, [NOT_RATED, *choices.values()], last=HEAD_ROW + len(todos))
    _lay_out(sheet, headings, len(todos))
    memory.sheet_state = "veryHidden"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_row(sheet: "Worksheet", number: int, todo: Todo, choices: Mapping[str, str]) -> None:
    row, stood = todo.row, answers_before(todo)
    stood |= {
        name: choices.get(stood[name], NOT_RATED if name == "rating" else "") for name in ("rating", "impact")
    }
    due = f"{row.ends_on.day} {row.ends_on:%b %Y}" if row.ends_on else row.timeline or "No date"
    last = f"{row.reported_on.day} {row.reported_on:%b %Y}" if row.reported_on else "Never"
    shown = [f"{row.id}.{row.version}", row.ref, row.activity[:LONGEST], due, last]
    values = [*shown, *(stood[name] for name, _ in FIELDS.values()), ""]
    for column, value in enumerate(values, 1):
        cell = put_text(sheet.cell(number, column), value)
        cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), _BOX
        if column > len(shown):
            cell.fill, cell.protection = _INPUT, Protection(locked=False)
    widths = [_WIDTHS[heading] for heading in (NUMBER, *SHOWN, *FIELDS, SAME)]
    lines = max(lines_in(value, width) for value, width in zip(values[1:], widths[1:], strict=True))
    sheet.row_dimensions[number].height = min(_TALLEST, lines * _LINE_HEIGHT)


def _choose(
    book: Workbook, sheet: "Worksheet", headings: list[str], ratings: list[str], *, last: int
) -> None:
    """Ratings are chosen from the plan's own scale, as Excel and LibreOffice offer it."""
    listed = book.create_sheet(CHOICES)
    for number, choice in enumerate(ratings, 1):
        put_text(listed.cell(number, 1), choice)
    listed.sheet_state = "hidden"
    offered = {
        "Rating": f"{CHOICES}!$A$1:$A${len(ratings)}",
        "Difference made to children": f"{CHOICES}!$A$1:$A${len(ratings)}",
        SAME: '"yes"',
    }
    for heading, formula in offered.items():
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Not on the list", "Choose one of the list"
        letter = get_column_letter(headings.index(heading) + 1)
        rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{max(last, HEAD_ROW + 1)}")
        sheet.add_data_validation(rule)


def _lay_out(sheet: "Worksheet", headings: list[str], rows: int) -> None:
    for column, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[heading]
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[HEAD_ROW].height = 2 * _LINE_HEIGHT
    sheet.freeze_panes = f"D{HEAD_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.auto_filter.ref = f"B{HEAD_ROW}:{get_column_letter(len(headings))}{HEAD_ROW + max(rows, 1)}"


def read_sheet(data: bytes, *, ratings: Sequence[Code]) -> Returned:
    """Read a sheet back: the rows that were answered, and what cannot be taken. Raises UnreadablePlan."""
    book = _opened(data)
    if ANSWERS not in book.sheetnames or MEMORY not in book.sheetnames:
        raise NotASheet(
            "This is not the sheet that was downloaded here. Download it again, fill in the yellow cells and send that "
            "file; to send a whole plan, use “Read a document in”."
        )
    plan, stood = _memory(book[MEMORY])
    sheet = book[ANSWERS]
    if (sheet.max_row or 0) > ROWS_LIMIT:
        raise NotASheet(
            f"The sheet has more than {ROWS_LIMIT:,} rows. Download it again and fill in that one."
        )
    head, columns = _columns(sheet)
    returned = Returned(plan, stood)
    for number in range(head + 1, (sheet.max_row or head) + 1):
        cells = {name: sheet.cell(number, column) for name, column in columns.items()}
        if all(cell.value in (None, "") for cell in cells.values()):
            continue
        _read_row(returned, number, cells, ratings)
    return returned


def _opened(data: bytes) -> Workbook:
    if len(data) > SIZE_LIMIT:
        raise NotASheet("The file is larger than 5 MB. Download the sheet again and fill in that one.")
    if not data.startswith(b"PK"):
        raise NotASheet("The file is not an Excel workbook (.xlsx). Save it as one and send that.")
    Archive(data)  # refuses bombs, macros and passwords before anything is unpacked
    try:
        return load_workbook(BytesIO(data))
    except Exception as error:  # openpyxl lets through whatever it stumbles over
        raise NotASheet("The file is broken. Download the sheet again and fill in that one.") from error


def _memory(sheet: "Worksheet") -> tuple[int, dict[int, tuple[int, str, dict[str, str]]]]:
    width = 3 + len(FIELDS)  # number, version, reference, answers: given even where a sheet has no rows
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True, max_row=ROWS_LIMIT, max_col=width)
    first = next(rows, ())
    if not first or first[0] != MARK or not isinstance(first[1], int):
        raise NotASheet("The sheet has lost its hidden part. Download it again and fill in that one.")
    names = [name for name, _ in FIELDS.values()]
    stood = {}
    for number, version, ref, *values in rows:
        if isinstance(number, int) and isinstance(version, int):
            before = [_plain(value) for value in values]
            stood[number] = (version, str(ref or ""), dict(zip(names, before, strict=True)))
    return first[1], stood


def _columns(sheet: "Worksheet") -> tuple[int, dict[str, int]]:
    """The row of headings, and the column of each; columns may have been moved."""
    wanted = [NUMBER, "Ref", *FIELDS, SAME]
    for number in range(1, min(sheet.max_row or 1, 20) + 1):
        found = {
            str(cell.value).strip(): cell.column for cell in sheet[number] if cell.value not in (None, "")
        }
        if "Ref" in found:
            missing = [heading for heading in wanted if heading not in found]
            if missing:
                named = ", ".join(f"“{heading}”" for heading in missing)
                raise NotASheet(f"The sheet has lost the column {named}. Leave the headings as they are.")
            return number, {heading: found[heading] for heading in wanted}
    raise NotASheet("The row of headings is gone. Download the sheet again and fill in that one.")


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _read_row(returned: Returned, number: int, cells: Mapping[str, Any], ratings: Sequence[Code]) -> None:
    ref = _plain(cells["Ref"].value)
    identity = _plain(cells[NUMBER].value).partition(".")[0]
    action = int(identity) if identity.isascii() and identity.isdigit() and len(identity) < 18 else None  # noqa: PLR2004
    if action is None or action not in returned.stood:
        returned.problems.append(
            Problem(number, ref, "This row was not in the sheet when it was made: rows cannot be added here")
        )
        return
    version, known_ref, before = returned.stood[action]
    if action in returned.seen:
        returned.problems.append(
            Problem(number, known_ref, f"It stands in row {returned.seen[action]} too: leave it in one")
        )
        return
    returned.seen[action] = number
    values, faults = _values(cells, ratings)
    returned.problems += [Problem(number, known_ref, fault) for fault in faults]
    edited = {name: (before[name], values[name]) for name in values if values[name] != before[name].strip()}
    same = _plain(cells[SAME].value).casefold() not in {"", "no", "n", "0"}
    if faults:
        return
    if not edited and not same:
        returned.untouched += 1
        return
    returned.answers.append(Answer(action, version, known_ref, number, values, edited, same and not edited))


def _values(cells: Mapping[str, Any], ratings: Sequence[Code]) -> tuple[dict[str, str], list[str]]:
    codes = {word.casefold(): code.code for code in ratings for word in (code.code, code.label, code.name)}
    values, faults = {}, []
    for heading, (name, _) in FIELDS.items():
        cell = cells[heading]
        value = _plain(cell.value)
        if cell.data_type == "f":
            faults.append(f"“{heading}” holds a formula: type the words themselves")
        elif name in {"rating", "impact"} and value:
            code = "" if value.casefold() == NOT_RATED.casefold() else codes.get(value.casefold())
            if code is None:
                offered = ", ".join(known.label for known in ratings)
                faults.append(f"“{value[:60]}” is not a rating of this plan: {offered}")
            value = code or ""
        values[name] = value
    return values, faults
