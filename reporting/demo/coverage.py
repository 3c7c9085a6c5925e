"""What of the invented plan answers the invented notice: links, two gaps, and two proposals nobody has decided yet."""

import datetime as dt

from councils.models import User
from plans.coverage.asked import Origin, Part, Source, Target
from plans.coverage.offering import open_proposals
from plans.coverage.queries import book_of, left_of, sources_of
from plans.coverage.services import Choice, decide
from plans.coverage.standing import Verdict, lines_of
from plans.models import Plan
from plans.queries import live_table

_ANSWERED: dict[Origin, dict[str, tuple[str, ...]]] = {
    Origin.NOTICE: {
        "2": ("D1.1",),
        "2a": ("D1.1",),
        "2b": ("D1",),
        "3": ("D1.2",),
        "3a": ("A1", "A2"),
        "3c": ("C1",),
        "3d": ("C2.2", "D2"),
        "7": ("D1.2",),
    },
    Origin.INSPECTION: {"1": ("C1",), "2": ("A2",)},
}
_NOT_NEEDED = {
    "1": "It introduces what follows",
    "4": "It is met by the plan as a whole",
    "5": "The chair's own report: no action of ours makes it come",
    "6": "It binds the Department for Education, not the council",
}
_OPEN = ("3b", "3e")


def link_plan(plan: Plan, *, by: User | None, now: dt.datetime, today: dt.date) -> None:
    """Decide, as the programme office did when the plan began; what else is proposed is refused, but for two."""
    choices = []
    for source in sources_of(plan.council, on=today):
        for key, refs in _ANSWERED[source.key.origin].items():
            choices += [Choice(Verdict.LINKED, source.key, key, _target(plan, ref)) for ref in refs]
        if source.key.origin is Origin.NOTICE:
            choices += [
                Choice(Verdict.NOT_NEEDED, source.key, key, reason=why) for key, why in _NOT_NEEDED.items()
            ]
    decide(council=plan.council, choices=choices, by=by, now=now, today=today)
    refused = [
        choice for source in sources_of(plan.council, on=today) for choice in _left_over(plan, source, today)
    ]
    decide(council=plan.council, choices=refused, by=by, now=now, today=today)


def _target(plan: Plan, ref: str) -> Target:
    if "." in ref:
        return Target(Part.ACTION, plan.actions.get(ref=ref).pk)
    return Target(Part.OBJECTIVE, plan.objectives.get(ref=ref).pk)


def _left_over(plan: Plan, source: Source, today: dt.date) -> list[Choice]:
    table, book = live_table(plan, today=today), book_of(plan)
    left, split = left_of(plan, on=today)
    lines = lines_of(source, book, table, left)
    proposed = open_proposals(source, lines, book, table, split)
    return [
        Choice(Verdict.REFUSED, source.key, key, one.target)
        for key, ones in proposed.items()
        if key not in _OPEN
        for one in ones
        if one.target is not None
    ]
