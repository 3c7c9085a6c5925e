"""The rows of the plan's table, drawn once and kept until something that they show changes.

A page has a hundred rows and one of them changed since it was last seen. What is kept holds nothing personal: a row
depends on the action, the day's flags and whether whoever reads may update it, and is kept under a digest of all that.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache as once
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.template.loader import get_template

from plans.queries import BOARDS_SHOWN, ratings_at
from plans.seen import Seen
from plans.table import ActionRow, Code, PlanTable

Went = list[tuple[dt.date, Code | None]]
KEPT_FOR = 24 * 60 * 60


@dataclass(frozen=True)
class Past:
    """The last boards before the day of a table, whose ratings its rows show."""

    days: tuple[dt.date, ...]
    until: dt.datetime | None

    @classmethod
    def of(cls, seen: Seen) -> "Past":
        """The boards that the plan as it is seen knows of."""
        return cls(seen.boards.held[-BOARDS_SHOWN:], seen.until)

    def strips(self, table: PlanTable, numbers: Collection[int]) -> dict[int, Went]:
        """How the ratings of actions went: each board's day with the code that stood at its end."""
        codes = {code.code: code for code in table.scale}
        stood = ratings_at(numbers, self.days, recorded_until=self.until)
        return {
            number: [
                (day, codes.get(code) if code else None) for day, code in zip(self.days, row, strict=True)
            ]
            for number, row in stood.items()
        }


def drawn_rows(
    table: PlanTable,
    actions: Collection[ActionRow],
    *,
    past: Past,
    base: str,
    may_update: Callable[[ActionRow], bool],
    keep: str = "",
) -> dict[int, str]:
    """The rows of these actions by their numbers, as HTML.

    `base` is the address of the plan's page; `keep` names the plan whose drawn rows are kept ("": none are).
    """
    key = f"plan-rows:{keep}:{base}:{_drawing()[1]}:{_common(table, past)}"
    kept: dict[tuple[int, bool], tuple[str, str]] = (cache.get(key) or {}) if keep else {}
    digests = {action.id: _digest(table, action) for action in actions}
    wanted = {(action.id, may_update(action)): action for action in actions}
    stale = {
        known: action for known, action in wanted.items() if kept.get(known, [""])[0] != digests[known[0]]
    }
    strips = past.strips(table, [number for number, _ in stale])
    for (number, can), action in stale.items():
        kept[number, can] = (digests[number], _draw(table, action, base, strips.get(number, []), can=can))
    if keep and stale:
        cache.set(key, kept, KEPT_FOR)
    return {known[0]: kept[known][1] for known in wanted}


def _draw(table: PlanTable, action: ActionRow, base: str, went: Went, *, can: bool) -> str:
    flags = table.flagged.get(action.id, ())
    return str(_drawing()[0](action, base, can, expected=table.expected[action.id], flags=flags, went=went))


@once
def _drawing() -> tuple[Any, str]:
    """The template's macro, and a digest of its source: what an older release drew is not shown by a newer one."""
    template: Any = get_template("plans/_row.html").template  # type: ignore[attr-defined]
    env = template.environment
    source = env.loader.get_source(env, "plans/_row.html")[0]
    return template.module.action_row, blake2b(source.encode(), digest_size=8).hexdigest()


def _common(table: PlanTable, past: Past) -> str:
    """A digest of what the rows of a table have in common. What was reported of earlier days makes a new version."""
    shown = (past.days, [_code(code) for code in table.scale])
    return blake2b(repr(shown).encode(), digest_size=8).hexdigest()


def _digest(table: PlanTable, action: ActionRow) -> str:
    """A digest of everything that a row shows."""
    implied = table.expected[action.id]
    shown = (
        action.version,
        action.ref,
        action.activity,
        action.outcome,
        action.lead_names,
        action.timeline,
        action.progress,
        action.starts_on,
        action.ends_on,
        action.reported_on,
        action.overdue,
        action.marks,
        _code(action.rating),
        _code(action.assured),
        action.assured_on,
        _code(implied.code),
        implied.standing,
        implied.why,
        [flag.message for flag in table.flagged.get(action.id, ())],
    )
    return blake2b(repr(shown).encode(), digest_size=16).hexdigest()


def _code(code: Code | None) -> tuple[str, ...]:
    return (code.code, code.name, code.colour, str(code.standing)) if code else ()
