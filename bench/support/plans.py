"""Invented plans of any length, as long-winded as real ones, as a reading and as a workbook."""

import datetime as dt
import io

import openpyxl
from openpyxl.styles import PatternFill

from plans import reader
from plans.rag import Palette, Standing
from plans.reader.reading import Theme

BEGUN = dt.date(2015, 2, 24)
OBJECTIVES_IN_A_THEME, ACTIONS_IN_AN_OBJECTIVE = 5, 5
LEADS = [
    f"{first} {last}" for first in ("Ada", "Kim", "Pat", "Sol") for last in ("Brook", "Hale", "Marsh", "Vale")
]
HEADINGS = (
    "Priority",
    "Ref",
    "Action",
    "Outcome",
    "Lead",
    "Target date",
    "Progress",
    "Evidence",
    "RAG",
    "Priority RAG",
)
RATED = HEADINGS.index("RAG") + 1
LEGEND = {
    "R": ("Red", "Not on track", "FFFF0000", Palette.RED, Standing.OFF_TRACK),
    "A": ("Amber", "Going to plan", "FFFFC000", Palette.AMBER, Standing.ON_TRACK),
    "G": ("Green", "Done", "FF00B050", Palette.GREEN, Standing.COMPLETE),
}
CODES = "RAAGA"
_ACTIVITY = "Review the arrangements for referral {}, and agree with partners how thresholds are put to use in practice"
_OUTCOME = "Children in group {} are seen within the time that statute allows, and their records show what was decided"
_PROGRESS = (
    "Week {}: the policy has been drafted and shared with team managers. Training was held on three days; an audit of "
    "twelve files follows, and its findings go to the practice board before the end of the quarter."
)


def _day(number: int) -> dt.date:
    return BEGUN + dt.timedelta(days=30 + number % 300)


def action(number: int, objective: int, theme: int) -> reader.Action:
    """An action as the reader hands it over."""
    return reader.Action(
        key=f"a{number}",
        ref=f"A{number}",
        theme=f"t{theme}",
        objective=f"o{objective}",
        activity=_ACTIVITY.format(number),
        outcome=_OUTCOME.format(number),
        timeline=f"{_day(number):%d/%m/%Y}",
        start=None,
        end=_day(number),
        earlier_ends=(),
        schedule="",
        leads=(reader.Lead(LEADS[number % len(LEADS)], reader.LeadKind.PERSON),),
        rating=CODES[number % len(CODES)],
        previous_rating=None,
        impact_rating=None,
        marks=(),
        progress=_PROGRESS.format(number),
        evidence="",
        milestones="",
        table=0,
        row=number,
    )


def reading(actions: int) -> reader.Reading:
    """A reading of so many actions, five to an objective and twenty-five to a theme."""
    objectives = range(-(-actions // ACTIONS_IN_AN_OBJECTIVE))
    themes = range(-(-len(objectives) // OBJECTIVES_IN_A_THEME))
    return reader.Reading(
        filename="plan.xlsx",
        format=reader.Format.XLSX,
        title="Improvement plan",
        as_at=BEGUN,
        tables=(),
        columns=(),
        scale=tuple(
            reader.ScaleEntry(code, name, meaning, None, palette, standing, is_mark=False, used=0)
            for code, (name, meaning, _, palette, standing) in LEGEND.items()
        ),
        themes=tuple(Theme(f"t{theme}", f"Theme {theme}: strong practice", "") for theme in themes),
        objectives=tuple(
            reader.Objective(
                f"o{number}",
                f"P{number}",
                f"Priority {number}",
                _OUTCOME.format(number),
                f"t{number // OBJECTIVES_IN_A_THEME}",
                "A",
                0,
                number,
            )
            for number in objectives
        ),
        actions=tuple(
            action(
                number,
                number // ACTIONS_IN_AN_OBJECTIVE,
                number // (ACTIONS_IN_AN_OBJECTIVE * OBJECTIVES_IN_A_THEME),
            )
            for number in range(actions)
        ),
        findings=(),
        furniture=(),
        rows=(),
        outside=(),
    )


def workbook(actions: int) -> bytes:
    """A plan in Excel as councils keep it: a legend, an objective merged over its actions, ratings on colour."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Plan", 0)
    fills = {code: PatternFill("solid", fgColor=entry[2]) for code, entry in LEGEND.items()}
    sheet.append(["Improvement plan"])
    for code, (name, meaning, *_) in LEGEND.items():
        sheet.append([code, f"{name}: {meaning}"])
        sheet.cell(sheet.max_row, 1).fill = fills[code]
    sheet.append([])
    sheet.append(HEADINGS)
    top = sheet.max_row + 1
    for number in range(actions):
        sheet.append(_cells(number))
        sheet.cell(top + number, RATED).fill = fills[CODES[number % len(CODES)]]
    for first in range(top, top + actions, ACTIONS_IN_AN_OBJECTIVE):
        last = min(first + ACTIONS_IN_AN_OBJECTIVE, top + actions) - 1
        for column in (1, len(HEADINGS)):
            sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(number: int) -> list[str | dt.date]:
    objective = number // ACTIONS_IN_AN_OBJECTIVE
    return [
        f"Priority {objective}: {_OUTCOME.format(objective)}",
        f"A{number}",
        *(form.format(number) for form in (_ACTIVITY, _OUTCOME)),
        LEADS[number % len(LEADS)],
        _day(number),
        _PROGRESS.format(number),
        f"Audit report {number}",
        CODES[number % len(CODES)],
        "A",
    ]
