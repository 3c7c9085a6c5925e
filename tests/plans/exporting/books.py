"""Invented plans as they are exported, without a database."""

import datetime as dt

from plans.exporting.book import Book
from plans.exporting.copies import read_copy
from plans.exporting.xlsx import write_xlsx
from plans.rag import Palette, Standing
from plans.rows import ActionRow, Code, Lead, ObjectiveRow, ThemeRow
from plans.table import PlanTable

DAY = dt.date(2015, 3, 20)
RED = Code("R", "Red", "Off course", Palette.RED, Standing.OFF_TRACK, is_mark=False)
AMBER = Code("A", "Amber", "Going to plan", Palette.AMBER, Standing.ON_TRACK, is_mark=False)
GREEN = Code("G", "Green", "Done", Palette.GREEN, Standing.COMPLETE, is_mark=False)
NOTICE = Code("N", "Notice", "Asked for by the notice", Palette.GREY, None, is_mark=True)
STAMP = "testshire plan 1 begun 2015-02-24"


def row(number, **fields):
    """An action of the invented plan."""
    values = {
        "id": number,
        "objective_id": 1,
        "order": number,
        "ref": f"P1.{number}",
        "activity": f"Do thing {number}",
        "outcome": f"Thing {number} is done",
        "milestones": "",
        "timeline": "by 31 March 2015",
        "starts_on": None,
        "ends_on": dt.date(2015, 3, 31),
        "leads": (Lead("Pat Reed"), Lead("Head of Practice")),
        "rating": AMBER,
        "marks": (),
        "progress": f"Work on {number} has begun\nand goes on",
        "reported_on": DAY,
        "version": 3,
        "overdue": False,
    }
    return ActionRow(**(values | fields))


def table(*rows):
    """A table with one theme and two objectives; rows say by `objective_id` under which they stand."""
    rows = rows or (row(1), row(2, rating=RED), row(3, ref="P2.1", objective_id=2, rating=None, progress=""))
    objectives = tuple(
        ObjectiveRow(
            number,
            1,
            number,
            f"P{number}",
            f"Priority {number}",
            f"Children are seen, {number}",
            AMBER if number == 1 else None,
            1,
            tuple(r for r in rows if r.objective_id == number),
        )
        for number in (1, 2)
    )
    return PlanTable(
        on=DAY, scale=(RED, AMBER, GREEN, NOTICE), themes=(ThemeRow(1, 1, "Workforce", objectives),)
    )


def book(*rows, **fields):
    """The plan ready to be exported."""
    shown = table(*rows)
    values = {
        "council": "Testshire Council",
        "title": "Plan of Testshire",
        "table": shown,
        "total": len(shown.actions),
        "position": "As at 20 March 2015",
        "made_at": dt.datetime(2015, 3, 20, 9, 0, tzinfo=dt.UTC),
        "stamp": STAMP,
    }
    return Book(**(values | fields))


def values_of(shown):
    """The plan's values as the importing side compares them, by reference."""
    return {
        r.ref: {
            "activity": r.activity,
            "outcome": r.outcome,
            "milestones": r.milestones,
            "evidence_words": r.evidence_words,
            "timeline": r.timeline,
            "starts_on": r.starts_on,
            "ends_on": r.ends_on,
            "leads": tuple(lead.name for lead in r.leads),
            "marks": r.marks,
            "rating": r.rating.code if r.rating else None,
            "impact": r.impact.code if r.impact else None,
            "progress": r.progress,
        }
        for r in shown.actions
    }


def back(data, **fields):
    """A copy read back."""
    values = {"stamp": STAMP, "plan": 1, "as_at": DAY, "current": None}
    return read_copy(data, "plan.xlsx", **(values | fields))


def copy(*rows, **fields):
    """A copy as it was made, as bytes."""
    return write_xlsx(book(*rows, **fields))
