"""The rows of the plan's table, drawn once and kept until something that they show changes.

A page has a hundred rows and one of them changed since it was last seen. What is kept holds nothing personal: a row
depends on the action, the day's flags and whether whoever reads may update it, and is kept under a digest of all that.
"""

from collections.abc import Callable, Iterable
from functools import cache as once
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.template.loader import get_template

from plans.table import ActionRow, Code, PlanTable

KEPT_FOR = 24 * 60 * 60


def drawn_rows(
    table: PlanTable,
    actions: Iterable[ActionRow],
    *,
    base: str,
    may_update: Callable[[ActionRow], bool],
    keep: str = "",
) -> dict[int, str]:
    """The rows of these actions by their numbers, as HTML.

    `base` is the address of the plan's page; `keep` names the plan whose drawn rows are kept ("": none are).
    """
    key = f"plan-rows:{keep}:{base}:{_drawing()[1]}"
    kept: dict[tuple[int, bool], tuple[str, str]] = (cache.get(key) or {}) if keep else {}
    drawn: dict[int, str] = {}
    fresh = False
    for action in actions:
        can = may_update(action)
        digest = _digest(table, action)
        known = kept.get((action.id, can))
        if known is None or known[0] != digest:
            known = kept[action.id, can] = (digest, _draw(table, action, base, can=can))
            fresh = True
        drawn[action.id] = known[1]
    if keep and fresh:
        cache.set(key, kept, KEPT_FOR)
    return drawn


def _draw(table: PlanTable, action: ActionRow, base: str, *, can: bool) -> str:
    return str(
        _drawing()[0](
            action, base, can, expected=table.expected[action.id], flags=table.flagged.get(action.id, ())
        )
    )


@once
def _drawing() -> tuple[Any, str]:
    """The template's macro, and a digest of its source: what an older release drew is not shown by a newer one."""
    template: Any = get_template("plans/_row.html").template  # type: ignore[attr-defined]
    env = template.environment
    source = env.loader.get_source(env, "plans/_row.html")[0]
    return template.module.action_row, blake2b(source.encode(), digest_size=8).hexdigest()


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
