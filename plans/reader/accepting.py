"""Answers to findings, applied: a reading in, another reading out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plans.reader.findings import Change, Choice, Finding
from plans.reader.reading import Action, Edit, Lead, LeadKind, Objective, Reading, ScaleEntry, Theme
from plans.reader.serial import decode_field

_PARTS: dict[str, tuple[str, str, type[Any]]] = {
    "action": ("actions", "key", Action),
    "objective": ("objectives", "key", Objective),
    "theme": ("themes", "key", Theme),
    "scale": ("scale", "code", ScaleEntry),
    "edit": ("edits", "key", Edit),
}


class UnknownChoice(ValueError):  # noqa: N818
    """An answer that names no finding of the reading, or no choice of the finding."""


def accept(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """Return the reading with each named finding answered by the choice of the given key.

    A choice without changes settles its finding ("keep it as it stands"). Raises UnknownChoice, changing
    nothing.
    """
    by_id = {finding.id: finding for finding in reading.findings}
    chosen = {finding_id: _choice(by_id, finding_id, key) for finding_id, key in answers.items()}
    changes = [change for choice in chosen.values() for change in choice.changes]
    findings = tuple(
        replace(finding, chosen=chosen[finding.id].key) if finding.id in chosen else finding
        for finding in reading.findings
    )
    return replace(_changed(reading, changes), findings=findings)


def accept_suggestions(reading: Reading) -> Reading:
    """Return the reading with every suggestion taken that nobody has answered yet."""
    open_suggestions = {
        finding.id: finding.suggestion
        for finding in reading.findings
        if finding.suggestion is not None and finding.chosen is None
    }
    return accept(reading, open_suggestions)


def _choice(by_id: Mapping[str, Finding], finding_id: str, key: str) -> Choice:
    if finding_id not in by_id:
        raise UnknownChoice(f"no finding {finding_id}")
    for choice in by_id[finding_id].choices:
        if choice.key == key:
            return choice
    raise UnknownChoice(f"finding {finding_id} has no choice {key!r}")


def _changed(reading: Reading, changes: list[Change]) -> Reading:
    for part, (attribute, key_name, kind) in _PARTS.items():
        wanted: dict[str, dict[str, Any]] = {}
        for change in changes:
            if change.part == part:
                wanted.setdefault(change.key, {})[change.field] = _value(kind, change)
        if not wanted:
            continue
        parts = []
        for item in getattr(reading, attribute):
            fields = wanted.get(getattr(item, key_name), {})
            if not fields.get("left_out"):
                parts.append(replace(item, **fields) if fields else item)
        changed: dict[str, Any] = {attribute: tuple(parts)}
        reading = replace(reading, **changed)
    return _recounted(reading)


def _value(kind: type[Any], change: Change) -> Any:
    if change.field == "left_out":
        return True
    if change.field == "leads":
        pairs = (words.partition(":") for words in change.value or ())
        return tuple(Lead(name, LeadKind(lead_kind)) for lead_kind, _, name in pairs)
    return decode_field(kind, change.field, change.value)


def _recounted(reading: Reading) -> Reading:
    """Count again how many actions carry each code, since answers change that."""
    carried: dict[str, int] = {}
    for action in reading.actions:
        for code in {action.rating, *action.marks} - {None}:
            carried[code or ""] = carried.get(code or "", 0) + 1
    scale = tuple(replace(entry, used=carried.get(entry.code, 0)) for entry in reading.scale)
    return replace(reading, scale=scale)
