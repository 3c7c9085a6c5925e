"""The rows of a plan as a reader sees them: codes, leads, actions, objectives, themes. Plain Python, no Django."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from plans.rag import Palette, Standing

OWES_A_REASON = frozenset({Standing.AT_RISK, Standing.OFF_TRACK})


def word_of(code: str, name: str) -> str:
    """The word of a legend's entry beside its code; "" where the code is the word."""
    if name.casefold() == code.casefold():
        return ""
    return name.capitalize() if name.isupper() else name


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the plan's legend."""

    code: str
    name: str
    meaning: str
    colour: Palette
    standing: Standing | None
    is_mark: bool

    @property
    def word(self) -> str:
        """The council's own word for it, as a tag says it after the letter; "" where the code is the word."""
        return word_of(self.code, self.name)

    @property
    def label(self) -> str:
        """The letter and the word, as texts and papers say it: "A Amber"."""
        return f"{self.code} {self.word}".strip()

    @property
    def means(self) -> str:
        """What a legend says of it: its own meaning, else its standing, where that is not the word itself."""
        said = self.standing.label if self.standing else ""
        return self.meaning or (
            "" if said.casefold() in (self.code.casefold(), self.name.casefold()) else said
        )

    @property
    def owes_a_reason(self) -> bool:
        """At risk and off track owe a reason and a next step (design, *Ratings*)."""
        return self.standing in OWES_A_REASON


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads, as the plan names them; the number of the person where one is known."""

    name: str
    person: int | None = None
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as it stands. Dates are inclusive; `overdue` and `late_step` are worked out for the table's day."""

    id: int
    objective_id: int
    order: int
    ref: str
    activity: str
    outcome: str
    milestones: str
    timeline: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    leads: tuple[Lead, ...]
    rating: Code | None
    marks: tuple[str, ...]
    progress: str
    reported_on: dt.date | None
    version: int
    overdue: bool
    impact: Code | None = None
    assured: Code | None = None
    assured_on: dt.date | None = None
    recurs: dict[str, Any] | None = None
    evidence: int = 0  # files and links that were not withdrawn
    evidence_words: str = ""
    late_step: dt.date | None = None  # the first milestone that has passed and was not reached

    @property
    def finished(self) -> bool:
        """Whether it is reported complete, by the standing of its code."""
        return self.rating is not None and self.rating.standing is not None and self.rating.standing.finished

    @property
    def lead_names(self) -> str:
        return ", ".join(lead.name for lead in self.leads)

    def led_by(self, person_ids: frozenset[int]) -> bool:
        """Whether one of these people leads it."""
        return any(lead.person in person_ids for lead in self.leads)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    id: int
    theme_id: int
    order: int
    ref: str
    title: str
    text: str
    rating: Code | None
    version: int
    actions: tuple[ActionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeRow:
    id: int
    order: int
    title: str
    objectives: tuple[ObjectiveRow, ...] = ()


_WORST_FIRST = {
    Standing.OFF_TRACK: 0,
    Standing.AT_RISK: 1,
    Standing.NOT_STARTED: 3,
    Standing.ON_TRACK: 4,
    Standing.COMPLETE: 5,
    Standing.EMBEDDED: 6,
}
_NO_STANDING = 2


def concern(code: Code | None) -> int:
    """How much a rating worries, 0 most; not rated or without a standing stands behind at risk."""
    return _NO_STANDING if code is None or code.standing is None else _WORST_FIRST[code.standing]


def is_overdue(*, ends_on: dt.date | None, rating: Code | None, on: dt.date) -> bool:
    """Past its end and not complete. Worked out from facts, never stored (design, *Ratings*)."""
    if ends_on is None or ends_on >= on:
        return False
    return rating is None or rating.standing is None or not rating.standing.finished
