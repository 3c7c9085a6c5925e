"""Where words stand that are blacked out in a plan but not there: texts that are put right in other ways.

Rooms below this one keep most of them. They register what they keep, and nothing here imports them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from councils.models import Council
from history.services import blacked_out
from plans.models import Reading


@dataclass(frozen=True)
class Kept:
    """Texts of one kind: the model, the path from it to its council, its fields, and how they are put right."""

    kind: str  # plural, as it reads after a number
    model: type[models.Model]
    council: str
    fields: tuple[str, ...]
    put_right: str


@dataclass(frozen=True)
class Elsewhere:
    """In how many texts of a kind some words stand, and how these are put right."""

    kind: str
    number: int
    put_right: str


_READ = Kept(
    "documents that were read in",
    Reading,
    "council",
    ("result",),
    "they stay as they came, and only the programme office opens them",
)
_kept: dict[str, Kept] = {_READ.kind: _READ}


def register_texts(texts: Iterable[Kept]) -> None:
    """Say which texts a room keeps. Called once, by that room."""
    _kept.update({one.kind: one for one in texts})


def standing_elsewhere(council: Council, words: re.Pattern[str]) -> list[Elsewhere]:
    """In how many texts that were registered the words stand; kinds in which they do not are left out."""
    found = []
    for one in _kept.values():
        rows = one.model._default_manager.filter(**{one.council: council}).values_list(*one.fields)  # noqa: SLF001
        number = sum(blacked_out(list(texts), words) != list(texts) for texts in rows.iterator())
        if number:
            found.append(Elsewhere(one.kind, number, one.put_right))
    return found
