"""What a document would change in the plan that is there. Plain Python: facts in, a difference out."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from plans import reader
from plans.importing.asking import Question, label
from plans.importing.likeness import Shelf, Words
from plans.importing.matching import NEAR, Matched, match
from plans.importing.ordering import stayed
from plans.importing.references import ref_key

Values = dict[str, Any]

# the fields of an action that a document speaks of; rating, impact and progress become an update
WORDING = (
    "objective",
    "activity",
    "outcome",
    "milestones",
    "evidence_words",
    "timeline",
    "starts_on",
    "ends_on",
    "leads",
    "marks",
)
REPORTED = ("rating", "impact", "progress")
OF_OBJECTIVES = ("title", "text", "rating", "theme")


@dataclass(frozen=True)
class FieldChange:
    """One field that the document has otherwise than the plan; `old` is None for something new.

    `name` is how an objective is recognised, where the field is one of an objective.
    """

    ref: str
    field: str
    old: Any
    new: Any
    name: str = ""

    @property
    def label(self) -> str:
        """The field as a page says it."""
        return _LABELS.get(self.field, self.field.replace("_", " "))


_LABELS = {
    "activity": "action",
    "evidence_words": "evidence",
    "starts_on": "start",
    "ends_on": "end",
    "impact": "impact rating",
    "text": "objective's words",
    "title": "objective's title",
}


@dataclass(frozen=True)
class Move:
    """An action that stands elsewhere in the document: `what` is objective, theme or order; old and new say where."""

    ref: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """What reading a document in would do. References are compared without regard to case or spaces.

    `left` are rows of the document of which nothing is written until a question is answered; `conflicts` are cells of
    an edited copy that somebody changed in the plan meanwhile: the plan keeps its own.
    """

    new: tuple[str, ...]
    changed: tuple[FieldChange, ...]
    missing: tuple[str, ...]
    same: int
    moved: tuple[Move, ...] = ()
    objectives: tuple[FieldChange, ...] = ()
    new_objectives: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    conflicts: tuple[FieldChange, ...] = ()
    matched: Matched = field(default_factory=lambda: Matched({}), repr=False, compare=False)

    @cached_property
    def changed_refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.ref for change in self.changed))

    @cached_property
    def moved_refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(move.ref for move in self.moved))

    @property
    def counts(self) -> dict[str, int]:
        """How many actions are new, changed and so on, each counted once."""
        return {
            "new": len(self.new),
            "changed": len(self.changed_refs),
            "moved": len(set(self.moved_refs) - set(self.changed_refs)),
            "same": self.same,
            "missing": len(self.missing),
            "left": len(self.left),
        }

    @property
    def nothing(self) -> bool:
        """Whether the document says what the plan says."""
        found = (self.new, self.changed, self.missing, self.moved, self.objectives, self.new_objectives)
        return not any((*found, self.left, self.again, self.conflicts))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Which action is meant: every question, with the answer it was given."""
        return self.matched.questions

    @property
    def open_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.chosen is None)

    @property
    def empty(self) -> bool:
        return not (
            self.new or self.changed or self.missing or self.moved or self.objectives or self.new_objectives
        )


@dataclass(frozen=True)
class Current:
    """The plan that is there: its actions by reference, in order; its objectives by how they are recognised."""

    actions: Mapping[str, Values] = field(default_factory=dict)
    objectives: Mapping[str, Values] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)


def objective_name(objective: reader.Objective | None) -> str:
    """How an objective is recognised from one document to the next: by reference, else by its words."""
    if objective is None:
        return ""
    return (
        ref_key(objective.ref) if objective.ref else f"{objective.title} {objective.text}".strip().casefold()
    )


def objective_names(reading: reader.Reading, stored: Collection[str]) -> dict[str, str]:
    """How the plan names each objective of a reading, by the objective's key.

    One without a reference whose words were changed a little is still recognised by them.
    """
    names = {objective.key: objective_name(objective) for objective in reading.objectives}
    free = [name for name in stored if name and name not in set(names.values())]
    shelf = Shelf((name, Words(name)) for name in free)
    for objective in reading.objectives:
        if objective.ref or names[objective.key] in stored:
            continue
        like = next((name for _, name in shelf.like(Words(names[objective.key]), NEAR) if name in free), None)
        if like is not None:
            names[objective.key] = like
            free.remove(like)
    return names


def action_values(reading: reader.Reading, action: reader.Action, names: Mapping[str, str]) -> Values:
    """An action of a reading as the plan stores it; the objective by its name (see `objective_names`)."""
    return {
        "objective": names.get(action.objective or "", ""),
        "activity": action.activity,
        "outcome": action.outcome,
        "milestones": action.milestones,
        "evidence_words": action.evidence,
        "timeline": action.timeline,
        "starts_on": action.start,
        "ends_on": action.end,
        "leads": tuple(lead.name for lead in action.leads),
        "marks": action.marks,
        "rating": action.rating,
        "impact": action.impact_rating,
        "progress": action.progress,
    }


def spoken_of(reading: reader.Reading) -> frozenset[str]:
    """The fields that a document says anything of at all; a column that it lacks must not empty the plan's."""
    said: set[str] = set()
    names = objective_names(reading, ())
    for action in reading.actions:
        said |= {
            name
            for name, value in action_values(reading, action, names).items()
            if value not in (None, "", ())
        }
    if "timeline" in said:
        said |= {"starts_on", "ends_on"}
    return frozenset(said)


def edited_fields(reading: reader.Reading) -> dict[str, dict[str, Any]] | None:
    """Of a copy that Noticeboard made: what each edited cell was, by action's key and field. None for others."""
    if reading.copy is None:
        return None
    found: dict[str, dict[str, Any]] = {}
    for edit in reading.edits:
        found.setdefault(edit.action, {})[edit.field] = edit.was
    return found


def compare(
    reading: reader.Reading, current: Current | Mapping[str, Values], answers: Mapping[str, str] | None = None
) -> Difference:
    """Compare a reading with the plan, as `current` or just as its actions' values by reference.

    `answers` hold a choice by the id of a question about which action is meant. An action that the document no longer
    has is missing, never deleted; one that was retired is not missed.
    """
    if not isinstance(current, Current):
        current = Current(actions=current)
    names = objective_names(reading, current.objectives)
    matched = match(
        reading,
        current.actions,
        objectives={action.key: names.get(action.objective or "", "") for action in reading.actions},
        answers=answers,
        aliases=current.aliases,
    )
    changed, conflicts, same = _changes(reading, current, matched, names)
    moved = _moves(reading, current, matched, names)
    gone = {move.ref for move in moved}
    return Difference(
        new=tuple(
            matched.refs[a.key]
            for a in reading.actions
            if a.key not in matched.known and a.key not in matched.left
        ),
        changed=tuple(changed),
        missing=_missing(reading, current, matched),
        same=sum(ref not in gone for ref in same),
        moved=tuple(moved),
        objectives=tuple(objective_changes(reading, current, names)),
        new_objectives=tuple(
            objective.ref or objective.title or objective.text
            for objective in reading.objectives
            if current.objectives and names[objective.key] not in current.objectives
        ),
        left=tuple(label(a) for a in reading.actions if a.key in matched.left),
        again=tuple(matched.again),
        conflicts=tuple(conflicts),
        matched=matched,
    )


def _missing(reading: reader.Reading, current: Current, matched: Matched) -> tuple[str, ...]:
    seen = {*matched.known.values(), *matched.held}
    copied = None if reading.copy is None else {ref_key(ref) for ref in reading.copy.refs}
    return tuple(
        ref
        for ref, values in current.actions.items()
        if ref not in seen and values.get("retired_on") is None and (copied is None or ref_key(ref) in copied)
    )


def _changes(
    reading: reader.Reading, current: Current, matched: Matched, names: Mapping[str, str]
) -> tuple[list[FieldChange], list[FieldChange], list[str]]:
    fields, edited = spoken_of(reading), edited_fields(reading)
    changed: list[FieldChange] = []
    conflicts: list[FieldChange] = []
    same = []
    for action in reading.actions:
        ref = matched.known.get(action.key)
        if ref is None or action.key in matched.left:
            continue
        old, new = current.actions[ref], action_values(reading, action, names)
        if edited is None:
            found = changes_of(ref, old, new, fields)
        else:
            cells = edited.get(action.key, {})
            both = changes_of(ref, old, new, cells)
            found = [change for change in both if as_json(change.old) == as_json(cells[change.field])]
            conflicts += [change for change in both if change not in found]
        changed += [change for change in found if change.field != "objective"]
        if not found:
            same.append(ref)
    return changed, conflicts, same


def changes_of(ref: str, old: Values, new: Values, fields: Collection[str]) -> list[FieldChange]:
    """The fields in which two states of one action differ, in a fixed order."""
    return [
        FieldChange(ref, name, old.get(name), new[name])
        for name in (*WORDING, *REPORTED)
        if name in fields and name in old and old[name] != new[name]
    ]


def _moves(
    reading: reader.Reading, current: Current, matched: Matched, names: Mapping[str, str]
) -> list[Move]:
    """Actions under another objective than before, then those whose order under their objective changed."""
    if reading.copy is not None:  # a copy may be sorted by whoever works on it
        return []
    under: dict[str, list[str]] = {}
    found = []
    for action in reading.actions:
        ref = matched.known.get(action.key)
        if ref is None or action.key in matched.left:
            continue
        old, new = current.actions[ref]["objective"], names.get(action.objective or "", "")
        if old == new:
            under.setdefault(new, []).append(ref)
        elif action.objective is not None:
            found.append(Move(ref, "objective", _named(current, old), _said(reading.objective_of(action))))
    for refs in under.values():
        found += _out_of_order(refs, current)
    return found


def _out_of_order(refs: Sequence[str], current: Current) -> list[Move]:
    orders = [current.actions[ref].get("order", 0) for ref in refs]
    kept = set(stayed(orders)) if len(set(orders)) == len(orders) else set(range(len(refs)))
    was = sorted(refs, key=lambda ref: current.actions[ref].get("order", 0))
    place = {ref: number for number, ref in enumerate(was)}
    return [
        Move(ref, "order", _after(was, place[ref]), _after(refs, number))
        for number, ref in enumerate(refs)
        if number not in kept
    ]


def _after(refs: Sequence[str], place: int) -> str:
    return f"after {refs[place - 1]}" if place else "first"


def _named(current: Current, name: str) -> str:
    return str(current.objectives.get(name, {}).get("label") or name) or "no objective"


def _said(objective: reader.Objective | None) -> str:
    if objective is None:
        return "no objective"
    return objective.ref or objective.title or objective.text


def objective_changes(
    reading: reader.Reading, current: Current, names: Mapping[str, str]
) -> list[FieldChange]:
    """What a document has otherwise of the objectives that the plan has; what it does not say stays as it is."""
    if reading.copy is not None:
        return []
    found = []
    for objective in {names[o.key]: o for o in reversed(reading.objectives)}.values():
        stored = current.objectives.get(names[objective.key])
        if stored is None:
            continue
        theme = reading.theme_of(objective)
        new = {
            "title": objective.title,
            "text": objective.text,
            "rating": objective.rating,
            "theme": theme.title if theme else "",
        }
        found += [
            FieldChange(_said(objective), name, stored[name], new[name], names[objective.key])
            for name in OF_OBJECTIVES
            if new[name] not in (None, "") and stored[name] != new[name]
        ]
    return found


def as_json(value: Any) -> Any:
    """A stored value as JSON has it: days in ISO form, several leads as a list."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
