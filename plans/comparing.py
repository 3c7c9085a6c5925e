"""What changed in a plan between two days: two tables in, the differences out. Plain Python, no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from plans.rows import ActionRow, Code, concern
from plans.table import PlanTable

WORDS: Mapping[str, str] = {
    "activity": "action",
    "outcome": "outcome",
    "milestones": "milestones",
    "timeline": "timeline in the plan's words",
    "evidence_words": "evidence in the plan's words",
    "starts_on": "start",
}


@dataclass(frozen=True)
class Pair:
    """An action as it stood on the first day and on the second."""

    before: ActionRow
    after: ActionRow

    @property
    def ref(self) -> str:
        return self.after.ref

    @property
    def reworded(self) -> tuple[str, ...]:
        """The fields that read otherwise, as a page names them."""
        return tuple(
            words for name, words in WORDS.items() if getattr(self.before, name) != getattr(self.after, name)
        )

    @property
    def slipped(self) -> int:
        """By how many days the end moved later; less than 0: it was brought forward."""
        if self.before.ends_on is None or self.after.ends_on is None:
            return 0
        return (self.after.ends_on - self.before.ends_on).days


@dataclass(frozen=True)
class Judged:
    """An objective that is judged otherwise on the second day."""

    id: int
    name: str
    before: Code | None
    after: Code | None


@dataclass(frozen=True)
class Comparison:
    """What changed from one table of a plan to a later one."""

    before: PlanTable
    after: PlanTable

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        then = {action.id: action for action in self.before.actions}
        return tuple(Pair(then[now.id], now) for now in self.after.actions if now.id in then)

    @cached_property
    def new(self) -> tuple[ActionRow, ...]:
        """Actions that are only in the later table."""
        known = {action.id for action in self.before.actions}
        return tuple(action for action in self.after.actions if action.id not in known)

    @cached_property
    def gone(self) -> tuple[ActionRow, ...]:
        """Actions that are only in the earlier table."""
        known = {action.id for action in self.after.actions}
        return tuple(action for action in self.before.actions if action.id not in known)

    @cached_property
    def better(self) -> tuple[Pair, ...]:
        """By standing: a change of code within one standing is no movement."""
        return tuple(p for p in self.pairs if concern(p.after.rating) > concern(p.before.rating))

    @cached_property
    def worse(self) -> tuple[Pair, ...]:
        return tuple(p for p in self.pairs if concern(p.after.rating) < concern(p.before.rating))

    @cached_property
    def same(self) -> int:
        return len(self.pairs) - len(self.better) - len(self.worse)

    @cached_property
    def moved_ends(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.before.ends_on != pair.after.ends_on)

    @cached_property
    def reworded(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.reworded)

    @cached_property
    def led_otherwise(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.before.lead_names != pair.after.lead_names)

    @cached_property
    def rehomed(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.before.objective_id != pair.after.objective_id)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        then = {objective.id: objective for objective in self.before.objectives}
        return tuple(
            Judged(now.id, now.title or now.ref or "No objective", then[now.id].rating, now.rating)
            for now in self.after.objectives
            if now.id in then and then[now.id].rating != now.rating
        )

    @property
    def nothing(self) -> bool:
        """Whether the two are the same in all that is compared."""
        return not any(
            (
                self.new,
                self.gone,
                self.better,
                self.worse,
                self.moved_ends,
                self.reworded,
                self.led_otherwise,
                self.rehomed,
                self.judged,
            )
        )


def suggested(ratings: list[Code | None]) -> Code | None:
    """The roll-up that is suggested for an objective: the worst rating under it, where any action is rated.

    It is a suggestion to set beside the judgement, never the judgement itself (design, *Ratings*).
    """
    rated = [code for code in ratings if code is not None and code.standing is not None]
    return min(rated, key=concern, default=None)


def why_suggested(actions: tuple[ActionRow, ...], code: Code) -> str:
    """The suggestion's reason in a sentence: "2 of 5 actions are R RED"."""
    same = [a.ref for a in actions if a.rating is not None and a.rating.standing is code.standing]
    named = code.label
    verb = "is" if len(same) == 1 else "are"
    return f"{len(same)} of {len(actions)} actions {verb} {named}: {', '.join(same[:6])}" + (
        f" and {len(same) - 6} more" if len(same) > 6 else ""  # noqa: PLR2004
    )
