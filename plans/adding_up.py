"""What does not add up in a plan: rules that compare what is claimed with dates and facts. Plain Python, no Django.

Each rule is switched on per plan from a day, so that a plan read from a document does not begin with a flood: by
default those that catch what cannot be right hold from the plan's first day, and those that ask for more than a
document brings wait for somebody to switch them on.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plans.expected import EVIDENCE_RULE, day
from plans.rag import Standing
from plans.rows import ActionRow, ObjectiveRow, concern

if TYPE_CHECKING:
    from plans.table import PlanTable

TOO_MUCH, AT_ONCE = 8, dt.timedelta(days=28)
LONG_ENOUGH = 20  # characters of an activity that two actions do not share by chance


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that does not add up, about one action, one objective or one lead."""

    rule: "Rule"
    ref: str
    message: str
    action: int | None = None
    objective: int | None = None

    @property
    def settle(self) -> str:
        """What would settle it."""
        return self.rule.settle


Found = Iterator[Contradiction]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `severity` 1 is the most serious of 3; `at_once` says whether it holds from a plan's first day."""

    code: str
    title: str
    settle: str
    severity: int
    at_once: bool
    find: Callable[["Rule", "PlanTable"], Found]

    def from_the_first(self, begun_on: dt.date) -> dt.date | None:
        """The day from which it holds for a plan begun on a day where nobody has switched it; None: it does not."""
        return begun_on if self.at_once else None


def _each(test: Callable[["PlanTable", ActionRow], str]) -> Callable[[Rule, "PlanTable"], Found]:
    """A rule about actions one by one; `test` says what is wrong, or nothing."""

    def find(rule: Rule, table: "PlanTable") -> Found:
        for action in table.actions:
            if message := test(table, action):
                yield Contradiction(rule, action.ref, message, action.id, action.objective_id)

    return find


def _standing(action: ActionRow) -> Standing | None:
    return action.rating.standing if action.rating else None


def _on_track_past_end(table: "PlanTable", action: ActionRow) -> str:
    if _standing(action) is Standing.ON_TRACK and action.ends_on and action.ends_on < table.on:
        return f"Reported on track, and its end, {day(action.ends_on)}, has passed"
    return ""


def _complete_without_evidence(table: "PlanTable", action: ActionRow) -> str:
    if not action.finished or action.evidence:
        return ""
    named = " The plan names evidence that is not here." if action.evidence_words else ""
    return f"Reported complete, with nothing that shows it.{named}"


def _complete_before_start(table: "PlanTable", action: ActionRow) -> str:
    reported = action.reported_on
    if action.finished and action.starts_on and reported and reported < action.starts_on:
        return f"Reported complete on {day(reported)}, before its start, {day(action.starts_on)}"
    return ""


def _started_not_begun(table: "PlanTable", action: ActionRow) -> str:
    if action.starts_on is None or action.starts_on >= table.on:
        return ""
    unsaid = action.rating is None and action.reported_on is None
    if unsaid or _standing(action) is Standing.NOT_STARTED:
        return f"It was due to start on {day(action.starts_on)} and has not begun"
    return ""


def _no_readable_date(table: "PlanTable", action: ActionRow) -> str:
    if action.ends_on or action.recurs or action.finished:
        return ""
    return f"No date can be read from “{action.timeline}”" if action.timeline else "It has no date"


def _not_updated_since_board(table: "PlanTable", action: ActionRow) -> str:
    board = table.last_board
    if board is None or action.finished or not table.not_updated(action):
        return ""
    said = f"last reported for {day(action.reported_on)}" if action.reported_on else "never reported on"
    return f"Nothing since the board of {day(board)}: {said}"


def _reported_better_than_assured(table: "PlanTable", action: ActionRow) -> str:
    if action.assured is None or action.rating is None or concern(action.rating) <= concern(action.assured):
        return ""
    when = f" on {day(action.assured_on)}" if action.assured_on else ""
    return f"Reported {action.rating.label}; testing{when} accepted only {action.assured.label}"


def _end_before_start(table: "PlanTable", action: ActionRow) -> str:
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        return f"It ends on {day(action.ends_on)}, before it starts, {day(action.starts_on)}"
    return ""


def _objective_complete(rule: Rule, table: "PlanTable") -> Found:
    for objective in table.objectives:
        standing = objective.rating.standing if objective.rating else None
        waiting = [action.ref for action in objective.actions if not action.finished]
        if standing and standing.finished and waiting:
            verb = "is" if len(waiting) == 1 else "are"
            message = f"Judged complete, and {listed(waiting)} {verb} not"
            yield Contradiction(rule, _objective_name(objective), message, objective=objective.id)


def _objective_name(objective: ObjectiveRow) -> str:
    return objective.ref or (objective.title or objective.text)[:60] or "No objective"


def _duplicates(rule: Rule, table: "PlanTable") -> Found:
    first: dict[str, ActionRow] = {}
    for action in table.actions:
        words = " ".join(re.findall(r"\w+", action.activity.casefold()))
        if len(words) < LONG_ENOUGH:
            continue
        twin = first.setdefault(words, action)
        if twin is not action:
            message = f"It says the same as {twin.ref}"
            yield Contradiction(rule, action.ref, message, action.id, action.objective_id)


def _too_much_due(rule: Rule, table: "PlanTable") -> Found:
    until = table.on + AT_ONCE
    load: dict[str, list[str]] = {}
    for action in table.actions:
        if not action.finished and action.ends_on and table.on <= action.ends_on <= until:
            for lead in action.leads:
                load.setdefault(lead.name, []).append(action.ref)
    for name in sorted(load, key=str.casefold):
        if len(load[name]) >= TOO_MUCH:
            message = f"Leads {len(load[name])} actions that fall due by {day(until)}: {listed(load[name])}"
            yield Contradiction(rule, name, message)


def listed(refs: list[str], at_most: int = 8) -> str:
    """Some names in a sentence: "A1, A2 and A3"; of many the first, and how many more."""
    shown = refs[:at_most]
    more = len(refs) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "on_track_past_end",
            "On track past its end",
            "Report it complete, rate it as it stands, or move its end with a reason",
            1,
            at_once=True,
            find=_each(_on_track_past_end),
        ),
        Rule(
            "reported_better_than_assured",
            "Reported better than assured",
            "Report what testing accepted, or have it tested again",
            1,
            at_once=True,
            find=_each(_reported_better_than_assured),
        ),
        Rule(
            "objective_complete_with_open_actions",
            "Objective complete with open actions",
            "Judge the objective again, or close the actions under it",
            1,
            at_once=True,
            find=_objective_complete,
        ),
        Rule(
            EVIDENCE_RULE,
            "Complete without evidence",
            "Add a file or a link that shows it",
            2,
            at_once=False,
            find=_each(_complete_without_evidence),
        ),
        Rule(
            "complete_before_start",
            "Complete before it started",
            "Put its start right, or its rating",
            2,
            at_once=True,
            find=_each(_complete_before_start),
        ),
        Rule(
            "started_not_begun",
            "Due to have started and not begun",
            "Report what has been done, or move its dates with a reason",
            2,
            at_once=True,
            find=_each(_started_not_begun),
        ),
        Rule(
            "end_before_start",
            "Ends before it starts",
            "Put one of its dates right",
            2,
            at_once=True,
            find=_each(_end_before_start),
        ),
        Rule(
            "not_updated_since_board",
            "Not updated since the last board",
            "Report on it, even if nothing has changed",
            3,
            at_once=False,
            find=_each(_not_updated_since_board),
        ),
        Rule(
            "lead_with_too_much_due",
            "A lead with too much due at once",
            "Share the work, or agree an order and move some dates",
            3,
            at_once=True,
            find=_too_much_due,
        ),
        Rule(
            "duplicate_actions",
            "The same action twice",
            "Merge them, or say how they differ",
            3,
            at_once=True,
            find=_duplicates,
        ),
        Rule(
            "no_readable_date",
            "No date that can be read",
            "Agree a date, or say how it recurs",
            3,
            at_once=True,
            find=_each(_no_readable_date),
        ),
    )
}
"""Every rule by its code, most serious first."""


def in_force(switches: Mapping[str, dt.date | None], *, on: dt.date, begun_on: dt.date) -> frozenset[str]:
    """The codes of the rules that hold for a plan on a day.

    `switches` has the day from which a rule holds (inclusive; None: switched off); a rule without one holds from the
    plan's first day if it is of those that hold at once.
    """
    found = set()
    for code, rule in RULES.items():
        since = switches.get(code, rule.from_the_first(begun_on))
        if since is not None and since <= on:
            found.add(code)
    return frozenset(found)


def contradictions(table: "PlanTable", rules: Iterable[str]) -> tuple[Contradiction, ...]:
    """What does not add up by these rules: the most serious rule first, and within one in the plan's order."""
    wanted = set(rules)
    return tuple(found for code, rule in RULES.items() if code in wanted for found in rule.find(rule, table))
