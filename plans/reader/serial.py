"""A reading as JSON values and back, without loss: what a paused import is stored as."""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from plans.reader.reading import Reading


def to_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as dicts, lists, strings, numbers and None."""
    encoded: dict[str, Any] = _encode(reading)
    return encoded


def from_json(stored: dict[str, Any]) -> Reading:
    """Return the reading that `to_json` gave.

    Raises KeyError, TypeError or ValueError where the values are not a reading's.
    """
    reading: Reading = _decoder(Reading)(stored)
    return reading


def decode_field(owner: type[Any], name: str, stored: Any) -> Any:
    """Return the value of one field of a reading's dataclass from its JSON form."""
    return _decoder(get_type_hints(owner)[name])(stored)


def _encode(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if is_dataclass(value):
        return {name: _encode(getattr(value, name)) for name in _names(value.__class__)}
    return value


@lru_cache(maxsize=64)
def _names(owner: Any) -> tuple[str, ...]:
    return tuple(part.name for part in fields(owner))


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _union(get_args(kind))
    if origin is tuple:
        inner = _decoder(get_args(kind)[0])
        return lambda stored: tuple(inner(part) for part in stored)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is date:
        return date.fromisoformat
    return lambda stored: stored


def _union(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    """Of the unions used: something or None, and a string or several strings."""
    plain = [kind for kind in kinds if kind is not type(None)]
    many = next((_decoder(kind) for kind in plain if get_origin(kind) is tuple), None)
    one = next((_decoder(kind) for kind in plain if get_origin(kind) is not tuple), None)

    def decode(stored: Any) -> Any:
        if stored is None:
            return None
        chosen = many if isinstance(stored, list) else one
        return chosen(stored) if chosen else stored

    return decode


def _dataclass(kind: type[Any]) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    decoders = {part.name: _decoder(hints[part.name]) for part in fields(kind)}
    # what a reading of an earlier version does not have takes its default
    return lambda stored: kind(**{name: decoders[name](stored[name]) for name in decoders if name in stored})
