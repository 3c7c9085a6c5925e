"""Small invented plans for tests, made the way the product makes them: by writing a reading."""

import datetime as dt

from django.utils import timezone

from councils.models import Council
from plans import reader
from plans.importing.writing import write_reading
from plans.models import Action, Objective, Plan
from plans.rag import Palette, Standing

BEGUN = dt.date(2015, 2, 24)
TODAY = dt.date(2015, 3, 20)
NOW = dt.datetime(2015, 3, 20, 10, 0, tzinfo=timezone.get_default_timezone())

SCALE = (
    ("R", "Red", "Off course", Palette.RED, Standing.OFF_TRACK),
    ("A", "Amber", "Going to plan", Palette.AMBER, Standing.ON_TRACK),
    ("G", "Green", "Done", Palette.GREEN, Standing.COMPLETE),
    ("N", "Notice", "Asked for by the notice", Palette.GREY, None),
)
WARNING_SCALE = (
    ("R", "Red", "What red means", Palette.RED, Standing.OFF_TRACK),
    ("A", "Amber", "What amber means", Palette.AMBER, Standing.AT_RISK),
    ("G", "Green", "What green means", Palette.GREEN, Standing.ON_TRACK),
    ("B", "Blue", "What blue means", Palette.BLUE, Standing.COMPLETE),
)
"""A legend in which amber is a warning and green is not the end."""


def entry(code, name, meaning, palette, standing):
    return reader.ScaleEntry(code, name, meaning, None, palette, standing, is_mark=standing is None, used=0)


def read_action(
    ref, /, *, rating="A", end=dt.date(2015, 3, 31), leads=("Pat Reed",), objective="o1", row=None, **fields
):
    """An action as the reader hands it over."""
    values = {
        "key": ref,
        "ref": ref,
        "theme": "t1",
        "objective": objective,
        "activity": f"Do {ref}",
        "outcome": f"{ref} is done",
        "timeline": end.isoformat() if end else "TBC",
        "start": None,
        "end": end,
        "earlier_ends": (),
        "schedule": "",
        "leads": tuple(reader.Lead(name, reader.LeadKind.PERSON) for name in leads),
        "rating": rating,
        "previous_rating": None,
        "impact_rating": None,
        "marks": (),
        "progress": f"Work on {ref} has begun",
        "evidence": "",
        "milestones": "",
        "table": 0,
        "row": row or sum(map(ord, ref)),
    }
    return reader.Action(**(values | fields))


def read_plan(
    *actions,
    findings=(),
    objectives=None,
    as_at=BEGUN,
    title="Plan of Testshire",
    scale=SCALE,
    themes=("Workforce",),
):
    """A reading with the themes t1 (t2 and so on), and, where no others are named, the objectives o1 and o2."""
    objectives = objectives or (
        reader.Objective("o1", "P1", "Priority 1", "Caseloads are manageable", "t1", "A", 0, 1),
        reader.Objective("o2", "P2", "Priority 2", "Children are seen", "t1", None, 0, 2),
    )
    return reader.Reading(
        filename="plan.xlsx",
        format=reader.Format.XLSX,
        title=title,
        as_at=as_at,
        tables=(),
        columns=(),
        scale=tuple(entry(*row) for row in scale),
        themes=tuple(
            reader.reading.Theme(f"t{number}", named, f"row {number}")
            for number, named in enumerate(themes, 1)
        ),
        objectives=objectives,
        actions=tuple(actions),
        findings=tuple(findings),
        furniture=(),
        rows=(),
        outside=(),
    )


def plan_of(council: Council, *actions, by=None, now=NOW, as_at=BEGUN, **fields) -> Plan:
    """A plan written for a council, of these actions or of three usual ones."""
    actions = actions or (
        read_action("P1.1"),
        read_action("P1.2", rating="R", end=dt.date(2015, 2, 28), leads=("Pat Reed", "Kim Vale")),
        read_action("P2.1", rating=None, end=None, objective="o2", progress=""),
    )
    plan, _ = write_reading(read_plan(*actions, **fields), council=council, as_at=as_at, by=by, now=now)
    return plan


def action(plan: Plan, ref: str) -> Action:
    return Action.objects.get(plan=plan, ref=ref)


def objective(plan: Plan, ref: str) -> Objective:
    return Objective.objects.get(plan=plan, ref=ref)
