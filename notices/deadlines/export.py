"""Deadlines as CSV, as a workbook and as a calendar. Plain data in, bytes out."""

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from icalendar import Calendar, Event
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from deadlines.states import State
from files.spreadsheets import guarded
from notices.deadlines.lines import BY_NO_DAY, Line

HEADINGS = {
    "Due": 12,
    "State": 14,
    "Firm or forecast": 12,
    "Duty-holder": 24,
    "What": 50,
    "To": 24,
    "Provision": 18,
    "How it binds": 12,
    "Can be done from": 14,
    "Met on": 12,
    "What met it": 30,
    "Why then": 70,
}


def _cells(line: Line) -> list[str | date | None]:
    duty = line.duty
    return [
        line.due,
        BY_NO_DAY.get(line.stands, line.state.label),
        "Firm" if line.firm else "Forecast passed" if line.lapsed else "Forecast",
        duty.duty_holder,
        duty.deliverable,
        duty.recipient,
        duty.requirement,
        duty.force.value,
        line.one.window_from,
        line.deadline.met_on,
        line.proof.label if line.proof else "",
        line.why,
    ]


def as_csv(lines: Sequence[Line]) -> str:
    """A table with a byte order mark, safe to open in a spreadsheet; days as 2015-06-16."""
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(HEADINGS)
    for line in lines:
        writer.writerow([_text(cell) for cell in _cells(line)])
    return stream.getvalue()


def _text(cell: str | date | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell)


def as_workbook(lines: Sequence[Line], *, title: str) -> bytes:
    """A workbook with real dates and text that is never a formula."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Deadlines"
    book.properties.title = title
    sheet.append(list(HEADINGS))
    for line in lines:
        sheet.append([None] * len(HEADINGS))
        for column, value in enumerate(_cells(line), start=1):
            cell = sheet.cell(row=sheet.max_row, column=column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # whatever it begins with
            elif value is not None:
                cell.number_format = "d mmm yyyy"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, width in enumerate(HEADINGS.values(), start=1):
        sheet.cell(row=1, column=column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_calendar(lines: Sequence[Line], *, name: str, host: str, paths: Sequence[str], now: datetime) -> bytes:
    """An iCalendar feed (RFC 5545) of all-day entries; `paths` are the lines' pages, in their order.

    An entry's id stays the same as long as its deadline does. Nothing is said that the page would not show.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Noticeboard//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    for line, path in zip(lines, paths, strict=True):
        calendar.add_component(_entry(line, urljoin(host, path), host, now))
    return bytes(calendar.to_ical())


def _entry(line: Line, address: str, host: str, now: datetime) -> Event:
    duty = line.duty
    seed = f"{duty.instrument}:{duty.key}:{line.due.isoformat()}:{line.one.window_from or ''}"
    marks = {
        State.MET: "Met: ",
        State.MET_LATE: "Met late: ",
        State.WAIVED: "Waived: ",
        State.OVERDUE: "Overdue: ",
    }
    lead = marks.get(line.state, "" if line.firm else "Forecast passed: " if line.lapsed else "Forecast: ")
    entry = Event()
    entry.add("uid", f"{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{host.partition('//')[2] or host}")
    entry.add("dtstamp", now)
    entry.add("dtstart", line.due)
    entry.add("dtend", line.due + timedelta(days=1))
    entry.add("summary", f"{lead}{duty.deliverable} ({duty.duty_holder})")
    entry.add("description", f"{line.why}\nNotice: {duty.requirement}. {line.state_words}.\n{address}")
    entry.add("url", address)
    entry.add("status", "CONFIRMED" if line.firm else "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    return entry
