"""Milestones of an action: as they stand, and as they stood on a day as far as was known."""

from collections.abc import Sequence

from history.queries import states_at
from plans.models import Action, Milestone
from plans.queries.acts import Bounds
from plans.queries.as_at import day_in
from plans.queries.names import MILESTONE


def steps_of(action: Action) -> list[Milestone]:
    """The milestones of an action that were not dropped, in their order."""
    return list(action.steps.filter(dropped_on__isnull=True).order_by("order"))


def steps_at(action: Action, bounds: Bounds) -> Sequence[Milestone]:
    """The milestones of an action as they stood at the end of a day, in their order: rows that are never saved.

    Built from the change log alone, so what was added, moved, reached or dropped later is not in it.
    """
    numbers = list(action.steps.values_list("pk", flat=True))
    states = states_at(MILESTONE, numbers, on=bounds.on, recorded_until=bounds.until)
    steps = [
        Milestone(
            pk=number,
            action=action,
            order=state["order"],
            text=state["text"],
            due_on=day_in(state.get("due_on")),
            reached_on=day_in(state.get("reached_on")),
            dropped_on=day_in(state.get("dropped_on")),
        )
        for number, state in states.items()
    ]
    standing = [step for step in steps if step.dropped_on is None or step.dropped_on > bounds.on]
    return sorted(standing, key=lambda step: step.order)
