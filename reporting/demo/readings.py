"""The invented plan as a document would be read: at its beginning, and refreshed after some boards."""

from collections.abc import Iterable, Mapping
from typing import Any

from councils.services.demo import DEMO_NAMES
from plans import reader
from plans.reader.findings import finding_id
from reporting.demo.content import (
    MARK,
    ORGANISATIONS,
    PEOPLE,
    SCALE,
    TITLE,
    Action,
    Calendar,
    Objective,
    Theme,
)

Stored = Mapping[str, Mapping[str, Any]]
PERSONS = {name for name, _, _ in PEOPLE} | set(DEMO_NAMES.values())


def first_reading(themes: Iterable[Theme], calendar: Calendar) -> reader.Reading:
    """The plan as it was first agreed."""
    return _reading(themes, calendar, {}, refreshed=False)


def refreshed_reading(themes: Iterable[Theme], calendar: Calendar, stored: Stored) -> reader.Reading:
    """The plan as it was refreshed: with added actions and moved dates.

    `stored` holds how each action stands, by reference: the document repeats its rating and progress.
    """
    return _reading(themes, calendar, stored, refreshed=True)


def _reading(
    themes: Iterable[Theme], calendar: Calendar, stored: Stored, *, refreshed: bool
) -> reader.Reading:
    objectives: list[reader.Objective] = []
    actions: list[reader.Action] = []
    findings: list[reader.Finding] = []
    themes = tuple(themes)
    for theme in themes:
        for objective in theme.objectives:
            objectives.append(_objective(objective, theme, refreshed=refreshed))
            for action in objective.actions:
                if action.added and not refreshed:
                    continue
                row = len(actions) + 1
                now = stored.get(action.ref, {})
                actions.append(
                    _action(action, objective.ref, theme.title, calendar, now, row, refreshed=refreshed)
                )
                findings.extend(_finding(action, row))
    return reader.Reading(
        filename="improvement-plan.docx",
        format=reader.Format.DOCX,
        title=TITLE,
        as_at=None,
        tables=(),
        columns=(),
        scale=tuple(
            reader.ScaleEntry(code, name, meaning, None, colour, standing, is_mark=standing is None, used=0)
            for code, name, meaning, colour, standing in SCALE
        ),
        themes=tuple(reader.Theme(theme.title, theme.title, "") for theme in themes),
        objectives=tuple(objectives),
        actions=tuple(actions),
        findings=tuple(findings),
        furniture=(),
        rows=(),
        outside=(),
    )


def _objective(objective: Objective, theme: Theme, *, refreshed: bool) -> reader.Objective:
    """An objective; the refreshed document leaves its rating to the board."""
    rating = None if refreshed else objective.rating
    return reader.Objective(
        objective.ref, objective.ref, objective.title, objective.text, theme.title, rating, table=0, row=0
    )


def _action(
    action: Action,
    objective: str,
    theme: str,
    calendar: Calendar,
    now: Mapping[str, Any],
    row: int,
    *,
    refreshed: bool,
) -> reader.Action:
    return reader.Action(
        key=action.ref,
        ref=action.ref,
        theme=theme,
        objective=objective,
        activity=action.activity,
        outcome=action.outcome,
        timeline=action.timeline(calendar, refreshed=refreshed),
        start=action.starts_on(calendar),
        end=action.ends_on(calendar, refreshed=refreshed),
        earlier_ends=(),
        schedule="",
        leads=tuple(reader.Lead(name, _kind(name)) for name in action.leads),
        rating=now["rating"] if now else action.first or None,
        previous_rating=None,
        impact_rating=None,
        marks=(MARK,) if action.noticed else (),
        progress=now["progress"] if now else "",
        evidence="",
        milestones="",
        table=0,
        row=row,
    )


def _kind(name: str) -> reader.LeadKind:
    if name in ORGANISATIONS:
        return reader.LeadKind.ORGANISATION
    return reader.LeadKind.PERSON if name in PERSONS else reader.LeadKind.ROLE


def _finding(action: Action, row: int) -> list[reader.Finding]:
    if action.finding is None:
        return []
    code, message, column = action.finding
    return [
        reader.Finding(
            id=finding_id(reader.FindingCode(code), action.ref),
            code=reader.FindingCode(code),
            severity=reader.Severity.QUESTION,
            message=message,
            ref=action.ref,
            table=0,
            row=row,
            column=column,
        )
    ]
