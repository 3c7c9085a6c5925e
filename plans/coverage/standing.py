"""What answers each provision, and where the gaps are: worked out from decisions and the plan. Plain Python.

A provision that only introduces others (it has parts, and no obligation of its own) is answered by its parts. A link
to an objective counts all of its actions. A link to an action that was merged or split holds for what it became.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from plans.coverage.asked import Part, Provision, Source, SourceKey, Target, same_words
from plans.rag import Standing
from plans.table import ActionRow, ObjectiveRow, PlanTable


class Verdict(StrEnum):
    """What somebody decided; the values are those of `CoverageDecision.Kind`."""

    LINKED = "linked"
    REFUSED = "refused"
    UNLINKED = "unlinked"
    NOT_NEEDED = "not_needed"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it was made; `words` are those of the provision then. No target: whether it needs action."""

    id: int
    source: SourceKey
    key: str
    verdict: Verdict
    target: Target | None
    words: str
    reason: str
    on: dt.date
    at: dt.datetime
    by: str
    by_id: int | None


class Gap(StrEnum):
    """What is missing, the most serious first."""

    NOTHING = "nothing"
    LEFT = "left"
    LATE = "late"
    UNRATED = "unrated"
    UNSHOWN = "unshown"

    @property
    def label(self) -> str:
        return _GAPS[self]


_GAPS = {
    Gap.NOTHING: "No action answers it",
    Gap.LEFT: "What answered it has left the plan",
    Gap.LATE: "All that answers it is overdue or off track",
    Gap.UNRATED: "Nothing that answers it is rated",
    Gap.UNSHOWN: "Reported complete, without evidence",
}


@dataclass(frozen=True, slots=True)
class Left:
    """An action that is no longer part of the plan, and what it became."""

    ref: str
    on: dt.date | None
    became: tuple[int, ...] = ()


@dataclass(frozen=True)
class Link:
    """Something of the plan that answers a provision: an objective, an action, or an action that has left the plan.

    `through` is the reference of the action that was linked, where this is what that one became.
    """

    target: Target
    decision: Decision
    changed: bool  # the provision's words are others than when it was linked
    action: ActionRow | None = None
    objective: ObjectiveRow | None = None
    left: Left | None = None
    through: str = ""

    @property
    def actions(self) -> tuple[ActionRow, ...]:
        """The actions that the link counts for."""
        if self.objective is not None:
            return self.objective.actions
        return (self.action,) if self.action is not None else ()

    @property
    def ref(self) -> str:
        """What it is called in a list."""
        if self.objective is not None:
            return self.objective.ref or self.objective.title or self.objective.text[:60]
        if self.action is not None:
            return self.action.ref
        return self.left.ref if self.left else ""


@dataclass(frozen=True)
class Line:
    """A provision with what was decided about it and what follows. `none` says why it needs no action."""

    provision: Provision
    links: tuple[Link, ...] = ()
    none: Decision | None = None
    introduces: bool = False
    history: tuple[Decision, ...] = field(default=(), repr=False)

    @cached_property
    def actions(self) -> tuple[ActionRow, ...]:
        """Every action that answers it, once."""
        return tuple({action.id: action for link in self.links for action in link.actions}.values())

    @property
    def evidence(self) -> int:
        """How many files and links support the actions that answer it."""
        return sum(action.evidence for action in self.actions)

    @cached_property
    def gap(self) -> Gap | None:
        """What is missing; None for what is answered, needs nothing or is answered by its parts."""
        if self.none is not None or (self.introduces and not self.links):
            return None
        if not self.actions:
            gone = self.links and all(link.left for link in self.links)
            return Gap.LEFT if gone else Gap.NOTHING
        tests = (
            (Gap.LATE, _is_late),
            (Gap.UNRATED, lambda action: action.rating is None),
            (Gap.UNSHOWN, lambda action: action.finished and not action.evidence),
        )
        return next((gap for gap, test in tests if all(map(test, self.actions))), None)

    @property
    def answered(self) -> bool:
        return bool(self.links) and self.gap is None and self.none is None

    @property
    def changed(self) -> bool:
        """Whether something was decided of it when its words were others: that is asked again."""
        need = self.none is not None and not same_words(self.none.words, self.provision.words)
        return need or any(link.changed for link in self.links)


def _is_late(action: ActionRow) -> bool:
    off_track = action.rating is not None and action.rating.standing is Standing.OFF_TRACK
    return action.overdue or off_track


@dataclass(frozen=True)
class Book:
    """The decisions that are known, for looking up: the last of each provision and target, oldest first."""

    decisions: Sequence[Decision]

    @cached_property
    def last(self) -> dict[tuple[SourceKey, str], dict[Target | None, Decision]]:
        found: dict[tuple[SourceKey, str], dict[Target | None, Decision]] = {}
        for decision in self.decisions:
            found.setdefault((decision.source, decision.key), {})[decision.target] = decision
        return found

    @cached_property
    def all_of(self) -> dict[tuple[SourceKey, str], tuple[Decision, ...]]:
        found: dict[tuple[SourceKey, str], list[Decision]] = {}
        for decision in self.decisions:
            found.setdefault((decision.source, decision.key), []).append(decision)
        return {place: tuple(made) for place, made in found.items()}

    def of(self, source: SourceKey, key: str) -> dict[Target | None, Decision]:
        """What stands about one provision, by target."""
        return self.last.get((source, key), {})


def lines_of(source: Source, book: Book, table: PlanTable, left: Mapping[int, Left]) -> tuple[Line, ...]:
    """Every provision of a source against a plan; `left` are the actions that were linked and are no longer in it."""
    actions = {action.id: action for action in table.actions}
    objectives = {objective.id: objective for objective in table.objectives}
    parents = {provision.parent for provision in source.provisions if provision.parent}
    found = []
    for provision in source.provisions:
        stands = book.of(source.key, provision.key)
        need = stands.get(None)
        links = [
            link
            for target, decision in stands.items()
            if target is not None and decision.verdict is Verdict.LINKED
            for link in _links(target, decision, provision, _Plan(actions, objectives, left, stands))
        ]
        found.append(
            Line(
                provision,
                tuple({link.target: link for link in reversed(links)}.values())[::-1],
                need if need and need.verdict is Verdict.NOT_NEEDED else None,
                introduces=provision.key in parents and not provision.duties,
                history=book.all_of.get((source.key, provision.key), ()),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class _Plan:
    actions: Mapping[int, ActionRow]
    objectives: Mapping[int, ObjectiveRow]
    left: Mapping[int, Left]
    stands: Mapping[Target | None, Decision]


def _links(target: Target, decision: Decision, provision: Provision, plan: _Plan) -> Iterator[Link]:
    changed = not same_words(decision.words, provision.words)
    if target.part is Part.OBJECTIVE:
        objective = plan.objectives.get(target.number)
        if objective is not None:
            yield Link(target, decision, changed, objective=objective)
        return
    action = plan.actions.get(target.number)
    if action is not None:
        yield Link(target, decision, changed, action=action)
        return
    gone = plan.left.get(target.number, Left("An action", None))
    became = [
        number
        for number in _became(target.number, plan.left, plan.actions)
        # what somebody decided about the successor itself goes before
        if Target(Part.ACTION, number) not in plan.stands
    ]
    if not became:
        yield Link(target, decision, changed, left=gone)
    for number in became:
        yield Link(
            Target(Part.ACTION, number), decision, changed, action=plan.actions[number], through=gone.ref
        )


def links_to(linked: Iterable[Target], left: Mapping[int, Left]) -> set[Target]:
    """What linked actions became that have left the plan: their links hold for it."""
    found = set()
    for target in linked:
        if target.part is Part.ACTION and target.number in left:
            ahead = list(left[target.number].became)
            while ahead:
                one = ahead.pop()
                if Target(Part.ACTION, one) not in found:
                    found.add(Target(Part.ACTION, one))
                    ahead += left[one].became if one in left else ()
    return found


def _became(number: int, left: Mapping[int, Left], actions: Mapping[int, ActionRow]) -> list[int]:
    """What an action that has left the plan became, as far as that is in the plan."""
    found, seen, ahead = [], {number}, list(left[number].became if number in left else ())
    while ahead:
        one = ahead.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if one in actions:
            found.append(one)
        elif one in left:
            ahead += left[one].became
    return found


@dataclass(frozen=True)
class Answer:
    """That a part of the plan answers a provision; `link` says how."""

    source: Source
    provision: Provision
    link: Link


def answers(source: Source, lines: Iterable[Line]) -> Iterator[tuple[Target, Answer]]:
    """What each objective and action answers: the same links, seen from the plan."""
    for line in lines:
        for link in line.links:
            answer = Answer(source, line.provision, link)
            yield link.target, answer
            if link.objective is not None:
                for action in link.objective.actions:
                    yield Target(Part.ACTION, action.id), answer
