"""Schedules and obligations' parts as versioned JSON, and back.
What cannot be read is refused with the place and reason.
"""

from collections.abc import Hashable
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from deadlines.events import Happening
from deadlines.months import Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import FAMILY

VERSION = 1
_PARTS = (Period, Happening, Anchor)


class ScheduleJsonError(ValueError):
    """JSON that is no schedule this version knows; the message names the place."""


def to_json(schedule: Schedule) -> dict[str, Any]:
    """The schedule as JSON values: version, kind, and the fields that differ from their defaults."""
    return {"version": VERSION, **_encode(schedule)}


def from_json(data: object) -> Schedule:
    """The schedule that `to_json` wrote. Raises ScheduleJsonError for anything else, never another error."""
    if not isinstance(data, dict):
        raise ScheduleJsonError("a schedule is a JSON object")
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        raise ScheduleJsonError(
            f"this schedule has version {version!r}; this service reads version {VERSION}"
        )
    return _schedule({key: value for key, value in data.items() if key != "version"}, "schedule")


def _encode(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if not isinstance(value, (Schedule, *_PARTS)):
        return value
    data: dict[str, Any] = {"kind": value.kind} if isinstance(value, Schedule) else {}
    for field in fields(cast("Any", value)):
        content = getattr(value, field.name)
        if content != field.default:
            data[field.name] = _encode(content)
    return data


def _schedule(data: Any, place: str) -> Schedule:
    if not isinstance(data, dict):
        raise ScheduleJsonError(f"{place}: a schedule is a JSON object")
    kind = data.get("kind")
    member = FAMILY.get(kind) if isinstance(kind, str) else None
    if member is None:
        raise ScheduleJsonError(
            f"{place}: “{kind}” is no kind of schedule; known are {', '.join(sorted(FAMILY))}"
        )
    content = {key: value for key, value in data.items() if key != "kind"}
    built: Schedule = _build(member, content, place)
    return built


def _build(cls: Any, data: Any, place: str) -> Any:
    if not isinstance(data, dict):
        raise ScheduleJsonError(f"{place}: a JSON object is needed")
    known = {field.name: field for field in fields(cls)}
    for name in data:
        if name not in known:
            raise ScheduleJsonError(f"{place}: “{name}” is not known here")
    for name, field in known.items():
        if name not in data and not _has_default(field):
            raise ScheduleJsonError(f"{place}: “{name}” is missing")
    hints = _hints(cls)
    values = {name: _decode(hints[name], value, f"{place}.{name}") for name, value in data.items()}
    try:
        return cls(**values)
    except ValueError as error:
        raise ScheduleJsonError(f"{place}: {error}") from error


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


@cache
def _hints(cls: Hashable) -> dict[str, Any]:
    return get_type_hints(cls)


def _decode(hint: Any, value: Any, place: str) -> Any:
    composed = {UnionType: _optional, tuple: _parts, Literal: _choice}.get(get_origin(hint))
    if composed is not None:
        return composed(get_args(hint), value, place)
    if hint is Schedule:
        return _schedule(value, place)
    if hint in _PARTS:
        return _build(hint, value, place)
    return _date(value, place) if hint is date else _plain(hint, value, place)


def _optional(hints: tuple[Any, ...], value: Any, place: str) -> Any:
    inner = next(part for part in hints if part is not NoneType)
    return None if value is None else _decode(inner, value, place)


def _parts(hints: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ScheduleJsonError(f"{place}: a JSON list is needed")
    return tuple(_decode(hints[0], part, f"{place}[{number}]") for number, part in enumerate(value))


def _choice(choices: tuple[Any, ...], value: Any, place: str) -> Any:
    if value not in choices:
        raise ScheduleJsonError(f"{place}: {value!r} is none of {', '.join(map(str, choices))}")
    return value


def _date(value: Any, place: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ScheduleJsonError(f"{place}: {value!r} is no date like 2015-03-23") from None


def _plain(hint: Any, value: Any, place: str) -> Any:
    accepted = (int, float) if hint is float else (hint,)
    if not isinstance(value, accepted) or (isinstance(value, bool) and hint is not bool):
        raise ScheduleJsonError(f"{place}: {value!r} is not of the kind needed here ({hint.__name__})")
    return value
