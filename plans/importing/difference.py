"""What a document would change in the plan that is there. Plain Python: facts in, a difference out."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plans import reader

Values = dict[str, Any]

# the fields of an action that a document speaks of; rating and progress become an update, the rest are its wording
WORDING = (
    "objective",
    "activity",
    "outcome",
    "milestones",
    "timeline",
    "starts_on",
    "ends_on",
    "leads",
    "marks",
)
REPORTED = ("rating", "progress")


@dataclass(frozen=True)
class FieldChange:
    """One field that the document has otherwise than the plan; `old` is None for something new."""

    ref: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Difference:
    """What reading a document in would do. References are compared without regard to case or spaces."""

    new: tuple[str, ...]
    changed: tuple[FieldChange, ...]
    missing: tuple[str, ...]
    same: int

    @cached_property
    def changed_refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.ref for change in self.changed))

    @property
    def empty(self) -> bool:
        return not (self.new or self.changed or self.missing)


def ref_key(ref: str) -> str:
    """What two spellings of one reference have in common."""
    return "".join(ref.split()).casefold()


def references(reading: reader.Reading) -> dict[str, str]:
    """The reference under which each action of a reading enters the plan, by the action's key.

    An action without a reference, or with one that was used above it, enters under the reader's own key for it.
    """
    taken: set[str] = set()
    found = {}
    for action in reading.actions:
        ref = action.ref or ""
        if not ref or ref_key(ref) in taken:
            ref = f"{ref} ({action.row})".strip() if ref else action.key
        taken.add(ref_key(ref))
        found[action.key] = ref[:60]
    return found


def objective_name(objective: reader.Objective | None) -> str:
    """How an objective is recognised from one document to the next: by reference, else by its words."""
    if objective is None:
        return ""
    return (
        ref_key(objective.ref) if objective.ref else f"{objective.title} {objective.text}".strip().casefold()
    )


def action_values(reading: reader.Reading, action: reader.Action) -> Values:
    """An action of a reading as the plan stores it; the objective by its name."""
    return {
        "objective": objective_name(reading.objective_of(action)),
        "activity": action.activity,
        "outcome": action.outcome,
        "milestones": action.milestones,
        "timeline": action.timeline,
        "starts_on": action.start,
        "ends_on": action.end,
        "leads": tuple(lead.name for lead in action.leads),
        "marks": action.marks,
        "rating": action.rating,
        "progress": action.progress,
    }


def spoken_of(reading: reader.Reading) -> frozenset[str]:
    """The fields that a document says anything of at all; a column that it lacks must not empty the plan's."""
    said: set[str] = set()
    for action in reading.actions:
        said |= {
            name for name, value in action_values(reading, action).items() if value not in (None, "", ())
        }
    if "timeline" in said:
        said |= {"starts_on", "ends_on"}
    return frozenset(said)


def compare(reading: reader.Reading, current: Mapping[str, Values]) -> Difference:
    """Compare a reading with the plan: `current` holds the stored values of each action by its reference.

    An action that the document no longer has is missing, never deleted.
    """
    refs = references(reading)
    fields = spoken_of(reading)
    stored = {ref_key(ref): ref for ref in current}
    new, changes, same, seen = [], [], 0, set()
    for action in reading.actions:
        ref = refs[action.key]
        known = stored.get(ref_key(ref))
        if known is None:
            new.append(ref)
            continue
        seen.add(known)
        found = changes_of(known, current[known], action_values(reading, action), fields)
        changes.extend(found)
        same += not found
    return Difference(
        new=tuple(new),
        changed=tuple(changes),
        missing=tuple(ref for ref in current if ref not in seen),
        same=same,
    )


def changes_of(ref: str, old: Values, new: Values, fields: Collection[str]) -> list[FieldChange]:
    """The fields in which two states of one action differ, in a fixed order."""
    return [
        FieldChange(ref, name, old[name], new[name])
        for name in (*WORDING, *REPORTED)
        if name in fields and old[name] != new[name]
    ]


def as_json(value: Any) -> Any:
    """A stored value as JSON has it: days in ISO form, several leads as a list."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
