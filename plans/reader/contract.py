"""A reading as the command prints it: the JSON contract of `import_plan --json`, less what depends on a
stored plan.
"""

from collections import Counter
from typing import Any

from plans.reader.findings import Finding
from plans.reader.reading import Action, Reading, ScaleEntry

UNRATED = "unrated"


def summary(reading: Reading) -> dict[str, Any]:
    """Return counts, ratings, scale, items and findings of a reading as JSON values."""
    return {
        "themes": len(reading.themes),
        "objectives": len(reading.objectives),
        "actions": len(reading.actions),
        "ratings": rating_counts(reading),
        "objective_ratings": {
            objective.ref or objective.key: objective.rating for objective in reading.objectives
        },
        "scale": [_scale_entry(entry) for entry in reading.scale],
        "items": [_item(reading, action) for action in reading.actions],
        "findings": [_finding(finding) for finding in reading.findings],
    }


def rating_counts(reading: Reading) -> dict[str, int]:
    """Return how many actions carry each code of the scale, in the legend's order, and how many none."""
    carried = Counter(action.rating for action in reading.actions)
    counts = {entry.code: carried[entry.code] for entry in reading.scale if not entry.is_mark}
    return {**counts, UNRATED: carried[None]}


def _scale_entry(entry: ScaleEntry) -> dict[str, Any]:
    standing = "mark" if entry.is_mark else entry.standing and entry.standing.value
    return {"code": entry.code, "name": entry.name, "meaning": entry.meaning, "standing": standing}


def _item(reading: Reading, action: Action) -> dict[str, Any]:
    objective, theme = reading.objective_of(action), reading.theme_of(action)
    return {
        "ref": action.ref,
        "theme": theme and theme.title,
        "objective": objective and (objective.ref or objective.key),
        "activity": action.activity,
        "outcome": action.outcome,
        "timeline": action.timeline,
        "start": action.start and action.start.isoformat(),
        "end": action.end and action.end.isoformat(),
        "leads": [lead.name for lead in action.leads],
        "rating": action.rating,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "ref": finding.ref,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }
