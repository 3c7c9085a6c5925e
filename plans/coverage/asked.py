"""What somebody asks of a council, provision by provision: a notice, or the recommendations of an inspection.

Plain Python, no Django.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Origin(StrEnum):
    """Where a provision comes from."""

    NOTICE = "notice"
    INSPECTION = "inspection"


class SourceKey(NamedTuple):
    """Which document asks: "notice-3" in an address."""

    origin: Origin
    number: int

    def __str__(self) -> str:
        return f"{self.origin.value}-{self.number}"


def source_key(text: str) -> SourceKey | None:
    """The document that an address names; None for what names none."""
    origin, _, number = text.partition("-")
    if origin not in set(Origin) or not (number.isascii() and number.isdigit() and len(number) < 18):  # noqa: PLR2004
        return None
    return SourceKey(Origin(origin), int(number))


class Part(StrEnum):
    """A part of the plan that can answer something."""

    ACTION = "action"
    OBJECTIVE = "objective"


class Target(NamedTuple):
    """An action or objective by its number: "action-17" in a form."""

    part: Part
    number: int

    def __str__(self) -> str:
        return f"{self.part.value}-{self.number}"


def target_of(text: str) -> Target | None:
    """The action or objective that a form names; None for what names none."""
    part, _, number = text.partition("-")
    if part not in set(Part) or not (number.isascii() and number.isdigit() and len(number) < 18):  # noqa: PLR2004
        return None
    return Target(Part(part), int(number))


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation that a provision lays on somebody."""

    holder: str
    force: str
    deliverable: str
    recipient: str
    sentence: str
    departments: bool  # the Department's or Ministers' own


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision, in its place: `parent` is the key of the one it is a part of, "" for none."""

    key: str
    ref: str
    heading: str
    words: str
    parent: str = ""
    depth: int = 0
    duties: tuple[Duty, ...] = ()

    @property
    def binds_the_department_alone(self) -> bool:
        """Whether all that follows from it is the Department's or Ministers' to do."""
        return bool(self.duties) and all(duty.departments for duty in self.duties)


@dataclass(frozen=True)
class Source:
    """A document that asks, with its provisions in their order. `on` is the day from which these words hold."""

    key: SourceKey
    title: str
    on: dt.date | None
    ended: bool
    provisions: tuple[Provision, ...]

    def provision(self, key: str) -> Provision | None:
        """The provision with this key."""
        return next((one for one in self.provisions if one.key == key), None)


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in spacing alone."""
    return one.split() == other.split()
