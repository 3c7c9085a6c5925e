"""What was changed of the plan itself, act by act, in words: what a board can be shown."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from history.models import Change
from plans.models import Action, MovedEnd, Objective, Plan
from plans.queries.names import ACTION
from plans.recurring import in_words

# fields whose changes stand in the story by themselves, or are caches of what does
TOLD_OTHERWISE = ("", "rating", "impact", "progress", "reported_on", "assured", "ends_on", "order")


@dataclass(frozen=True)
class Bounds:
    """Up to which day and which moment (both inclusive; None: no bound) a reader's plan knows."""

    on: dt.date
    until: dt.datetime | None

    def known(self, rows: QuerySet[Any], *, day: str = "on", moment: str = "recorded_at") -> QuerySet[Any]:
        """Of these rows those that are known."""
        rows = rows.filter(Q(**{f"{day}__lte": self.on}) | Q(**{f"{day}__isnull": True}))
        return rows.filter(**{f"{moment}__lte": self.until}) if self.until else rows


@dataclass(frozen=True)
class Act:
    """One change of the plan itself, about one action: when, what, why, by whom."""

    on: dt.date
    action: int
    ref: str
    title: str
    why: str
    by: str


def changes_of_plan(plan: Plan, bounds: Bounds, *, after: dt.date) -> list[Act]:
    """The changes to a plan's own actions after a day (exclusive), as far as is known, the latest first.

    Ratings and texts that were reported are no changes of the plan. Neither is its first reading in.
    """
    said = Said(plan)
    rows = bounds.known(Change.objects.filter(subject=ACTION, council_id=plan.council_id, on__gt=after))
    told = tuple(name for name in TOLD_OTHERWISE if name not in ("", "ends_on"))
    return [
        Act(
            change.on,
            change.subject_id,
            said.refs[change.subject_id],
            said.of_plan(change),
            change.reason,
            change.by_name,
        )
        for change in said_once(rows.exclude(field__in=told).order_by("-on", "-recorded_at", "-id"))
        if change.subject_id in said.refs
    ]


def said_once(changes: Iterable[Change]) -> list[Change]:
    """Changes without those that another says: an action that is merged leaves, one that is back is merged no more."""
    found = list(changes)
    merged = {(change.subject_id, change.recorded_at) for change in found if change.field == "merged_into"}
    return [
        change
        for change in found
        if not (change.field == "merged_into" and change.new is None)
        and not (
            change.field == "retired_on"
            and change.new is not None
            and (change.subject_id, change.recorded_at) in merged
        )
    ]


@dataclass(frozen=True)
class Said:
    """How changes of one plan's actions are said; what they name is looked up once, where anything is named."""

    plan: Plan

    @cached_property
    def refs(self) -> dict[int, str]:
        """The references of all actions that the plan has or had."""
        return dict(Action.objects.filter(plan=self.plan).values_list("pk", "ref"))

    @cached_property
    def _objectives(self) -> dict[int, str]:
        rows = Objective.objects.filter(plan=self.plan).values_list("pk", "title", "ref", "text")
        return {number: title or ref or text[:60] for number, title, ref, text in rows}

    @cached_property
    def _parts(self) -> dict[tuple[int, dt.datetime], list[str]]:
        """What an action was split into at a moment."""
        rows = Change.objects.filter(subject=ACTION, field="", council_id=self.plan.council_id)
        found: dict[tuple[int, dt.datetime], list[str]] = {}
        for part, new, moment in rows.values_list("subject_id", "new", "recorded_at").order_by("id"):
            if (parent := (new or {}).get("split_from")) and part in self.refs:
                found.setdefault((parent, moment), []).append(self.refs[part])
        return found

    @cached_property
    def _approvers(self) -> dict[tuple[int, dt.datetime], str]:
        rows = MovedEnd.objects.filter(action__plan=self.plan).exclude(approved_by="")
        return {
            (number, moment): name
            for number, moment, name in rows.values_list("action_id", "recorded_at", "approved_by")
        }

    def of_plan(self, change: Change) -> str:
        """A change of an action as the list of all changes says it."""
        if not change.field:
            parent = (change.new or {}).get("split_from")
            return f"Split off {self._ref(parent)}" if parent else "New action"
        if change.field == "ends_on":
            approver = self._approvers.get((change.subject_id, change.recorded_at))
            approved = f", approved by {approver}" if approver else ""
            return f"End moved from {_date(change.old)} to {_date(change.new)}{approved}"
        return self.of_action(change)

    def of_action(self, change: Change) -> str:
        """A change of an action as its own story says it."""
        name, old, new = change.field, change.old, change.new
        titles: dict[str, Callable[[], str]] = {
            "retired_on": lambda: self._left(change) if new else "Part of the plan again",
            "merged_into": lambda: f"Merged into {self._ref(new)}",
            "merged": lambda: f"Took in {', '.join(new or [])}",
            "leads": lambda: f"Led by {_names(new)} instead of {_names(old)}",
            "objective": lambda: f"Moved from “{self._objective(old)}” to “{self._objective(new)}”",
            "recurs": lambda: f"Falls due {in_words(new) or 'once'} instead of {in_words(old) or 'once'}",
            "starts_on": lambda: f"Start moved from {_date(old)} to {_date(new)}",
        }
        return titles[name]() if name in titles else f"Reworded: {name.replace('_', ' ')}"

    def _left(self, change: Change) -> str:
        parts = self._parts.get((change.subject_id, change.recorded_at))
        return f"Split into {', '.join(parts)}" if parts else "Taken out of the plan"

    def _ref(self, number: Any) -> str:
        return self.refs.get(number, "another action")

    def _objective(self, number: Any) -> str:
        return self._objectives.get(number) or "no objective"


def of_milestone(change: Change, text: str) -> str:
    """A change of a milestone, whose words are `text`."""
    if not change.field:
        due = (change.new or {}).get("due_on")
        return f"Milestone: {text}" + (f", due {_date(due)}" if due else "")
    if change.field == "reached_on":
        return f"Milestone reached: {text}" if change.new else f"Milestone not reached after all: {text}"
    if change.field == "dropped_on":
        return f"No longer a milestone: {text}"
    return f"Milestone moved from {_date(change.old)} to {_date(change.new)}: {text}"


def _names(leads: Any) -> str:
    return ", ".join(lead["name"] for lead in leads or []) or "nobody"


def _date(value: str | None) -> str:
    return day_or_none(dt.date.fromisoformat(value)) if value else "no date"


def day_or_none(value: dt.date | None) -> str:
    """16 June 2015, or that there is none."""
    return f"{value.day} {value:%B %Y}" if value else "no date"
