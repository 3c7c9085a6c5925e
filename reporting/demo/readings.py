"""The invented plan as a document would be read: at its beginning, and refreshed after some boards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from councils.services.demo import DEMO_NAMES
from plans import reader
from plans.reader.findings import finding_id
from reporting.demo.content import (
    MARK,
    NOT_STARTED,
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
    themes = tuple(themes)
    objectives = [(theme, objective) for theme in themes for objective in theme.objectives]
    lines = [
        (objective, action)
        for _, objective in objectives
        for action in objective.actions
        if refreshed or not action.added
    ]
    actions = []
    for row, (objective, action) in enumerate(lines, 1):
        blank = _action(action, calendar, refreshed=refreshed)
        stands = stored.get(action.ref, {"rating": blank.rating, "progress": blank.progress})
        actions.append(
            replace(
                blank, row=row, objective=objective.ref, rating=stands["rating"], progress=stands["progress"]
            )
        )
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
        objectives=tuple(
            _objective(objective, theme, refreshed=refreshed) for theme, objective in objectives
        ),
        actions=tuple(actions),
        findings=() if refreshed else tuple(_findings(lines)),
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


def _action(action: Action, calendar: Calendar, *, refreshed: bool) -> reader.Action:
    """An action as it stood before anything was reported of it; its row and objective are yet to be filled in."""
    begun = "Not yet due to begin." if action.first == NOT_STARTED else "Under way when the plan was agreed."
    return reader.Action(
        key=action.ref,
        ref=action.ref,
        theme=None,
        objective=None,
        activity=action.activity,
        outcome=action.outcome,
        timeline=action.timeline(calendar, refreshed=refreshed),
        start=action.starts_on(calendar),
        end=action.ends_on(calendar, refreshed=refreshed),
        earlier_ends=(),
        schedule="",
        leads=tuple(reader.Lead(name, _kind(name)) for name in action.leads),
        rating=action.first or None,
        previous_rating=None,
        impact_rating=None,
        marks=(MARK,) if action.noticed else (),
        progress=begun if action.first else "",
        evidence="",
        milestones="",
        table=0,
        row=0,
    )


def _kind(name: str) -> reader.LeadKind:
    if name in ORGANISATIONS:
        return reader.LeadKind.ORGANISATION
    return reader.LeadKind.PERSON if name in PERSONS else reader.LeadKind.ROLE


def _findings(lines: Iterable[tuple[Objective, Action]]) -> Iterator[reader.Finding]:
    for row, (_, action) in enumerate(lines, 1):
        if action.finding is None:
            continue
        code, message, column = action.finding
        yield reader.Finding(
            id=finding_id(reader.FindingCode(code), action.ref),
            code=reader.FindingCode(code),
            severity=reader.Severity.QUESTION,
            message=message,
            ref=action.ref,
            table=0,
            row=row,
            column=column,
        )
