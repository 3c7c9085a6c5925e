"""Small plans for tests, written the way a document is: through `plans.importing`, with their history."""

import datetime as dt
from dataclasses import dataclass

from councils.models import Council, User
from plans import reader
from plans.importing.writing import write_reading
from plans.models import Action, Objective, Plan
from plans.rag import Palette, Standing
from plans.reader import reading as parts

AS_AT = dt.date(2015, 6, 16)
NOW = dt.datetime(2015, 6, 16, 9, 0, tzinfo=dt.UTC)

# an invented legend, in which amber is a warning and green is not the end
LEGEND = {
    "R": ("Red", Palette.RED, Standing.OFF_TRACK),
    "A": ("Amber", Palette.AMBER, Standing.AT_RISK),
    "G": ("Green", Palette.GREEN, Standing.ON_TRACK),
    "B": ("Blue", Palette.BLUE, Standing.COMPLETE),
}


@dataclass(frozen=True)
class Line:
    """One action of a plan to be made; `objective` is a reference such as "1", under the theme named."""

    ref: str
    objective: str = "1"
    theme: str = "Front door"
    rating: str | None = "G"
    leads: tuple[str, ...] = ("Ada Brightwell",)
    start: dt.date | None = dt.date(2015, 5, 1)
    end: dt.date | None = dt.date(2015, 9, 30)
    activity: str = ""
    progress: str = ""


def make_plan(
    council: Council, *lines: Line, as_at: dt.date = AS_AT, by: User | None = None, now: dt.datetime = NOW
) -> Plan:
    """A plan with these actions, in this order; their objectives and themes come with them."""
    plan, _ = write_reading(_reading(lines or (Line("1.1"),)), council=council, as_at=as_at, by=by, now=now)
    return plan


def action_of(plan: Plan, ref: str) -> Action:
    return Action.objects.get(plan=plan, ref=ref)


def objective_of(plan: Plan, ref: str) -> Objective:
    return Objective.objects.get(plan=plan, ref=ref)


def _reading(lines: tuple[Line, ...]) -> reader.Reading:
    themes = list(dict.fromkeys(line.theme for line in lines))
    objectives = {line.objective: line.theme for line in lines}
    return reader.Reading(
        filename="plan.csv",
        format=reader.Format.CSV,
        title="Improvement plan",
        as_at=None,
        tables=(),
        columns=(),
        scale=tuple(
            parts.ScaleEntry(
                code, name, f"What {name.lower()} means", None, palette, standing, is_mark=False, used=0
            )
            for code, (name, palette, standing) in LEGEND.items()
        ),
        themes=tuple(parts.Theme(title, title, "") for title in themes),
        objectives=tuple(
            parts.Objective(ref, ref, f"Objective {ref}", "", theme, None, 0, 0)
            for ref, theme in objectives.items()
        ),
        actions=tuple(_action(line, row) for row, line in enumerate(lines, 1)),
        findings=(),
        furniture=(),
        rows=(),
        outside=(),
    )


def _action(line: Line, row: int) -> parts.Action:
    return parts.Action(
        key=line.ref,
        ref=line.ref,
        theme=line.theme,
        objective=line.objective,
        activity=line.activity or f"Do what {line.ref} says",
        outcome="Children are safer",
        timeline="by the autumn",
        start=line.start,
        end=line.end,
        earlier_ends=(),
        schedule="",
        leads=tuple(parts.Lead(name, parts.LeadKind.PERSON) for name in line.leads),
        rating=line.rating,
        previous_rating=None,
        impact_rating=None,
        marks=(),
        progress=line.progress,
        evidence="",
        milestones="",
        table=0,
        row=row,
    )
