"""Deciding what answers a provision: confirmed, refused, taken away, or not needed. One transaction, all in the log."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from councils.models import Council, User
from history.services import ChangeLog
from plans.coverage.asked import Origin, Part, Provision, SourceKey, Target, same_words
from plans.coverage.queries import COVERAGE, book_of, decision_of, left_of, sources_of
from plans.coverage.standing import Book, Decision, Verdict, links_to
from plans.models import Action, CoverageDecision, Objective, Plan
from plans.services.acting import Act, held_plan, refuse

_OF_A_TARGET = frozenset({Verdict.LINKED, Verdict.REFUSED, Verdict.UNLINKED})
_OWES_A_REASON = {
    Verdict.UNLINKED: "Say why it no longer answers this",
    Verdict.NOT_NEEDED: "Say why it needs no action",
    Verdict.NEEDED: "Say why it needs action after all",
}


@dataclass(frozen=True)
class Choice:
    """A decision to make: of a provision and, but for whether it needs action, of a part of the plan."""

    verdict: Verdict
    source: SourceKey
    key: str
    target: Target | None = None
    reason: str = ""


@dataclass
class Outcome:
    """What was written, and what was not and why."""

    done: list[CoverageDecision] = field(default_factory=list)
    refused: list[tuple[Choice, str]] = field(default_factory=list)


def decide(
    *,
    council: Council,
    choices: Sequence[Choice],
    seen: int | None = None,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Outcome:
    """Decide one or many; what cannot be is refused with why, and all others are written.

    `seen` is the number of the last decision that whoever decides had before them: what somebody else decided
    otherwise since is refused. Deciding what stands already writes nothing. Raises Refused without a plan, a choice or
    a reason that is owed.
    """
    refuse({} if choices else {"choices": "Choose at least one"})
    owed = [
        _OWES_A_REASON[one.verdict]
        for one in choices
        if one.verdict in _OWES_A_REASON and not one.reason.strip()
    ]
    refuse({"reason": owed[0]} if owed else {})
    act = Act(council, by, now, today, batch=uuid.uuid4() if len(choices) > 1 else None)
    with transaction.atomic():
        run = _Run(act, held_plan(act), seen, act.log())
        for choice in dict.fromkeys(choices):
            why_not = run.why_not(choice)
            if why_not:
                run.outcome.refused.append((choice, why_not))
            elif not run.stands_already(choice):
                run.decide(choice)
        run.log.write()
    return run.outcome


def decided(outcome: Outcome) -> Outcome:
    """The outcome, if all of it was written. Raises Refused for what was not: for acts on a page of their own."""
    refuse(
        {"choices": "; ".join(dict.fromkeys(why for _, why in outcome.refused))} if outcome.refused else {}
    )
    return outcome


class _Run:
    """One act of deciding, under way."""

    def __init__(self, act: Act, plan: Plan, seen: int | None, log: ChangeLog) -> None:
        self.act, self.plan, self.seen, self.log = act, plan, seen, log
        self.outcome = Outcome()
        self.sources = {source.key: source for source in sources_of(act.council, on=act.today)}
        self.book = book_of(plan)
        self.actions = {row.pk: row for row in Action.objects.filter(plan=plan).only("ref")}
        self.objectives = {row.pk: row for row in Objective.objects.filter(plan=plan).only("ref")}
        self.left, _ = left_of(plan, on=act.today)

    def provision(self, choice: Choice) -> Provision | None:
        source = self.sources.get(choice.source)
        return source.provision(choice.key) if source else None

    def why_not(self, choice: Choice) -> str:
        """Why this cannot be decided; "" if it can."""
        if self.provision(choice) is None:
            return "That provision is not part of what is in force"
        if (choice.target is not None) != (choice.verdict in _OF_A_TARGET):
            return (
                "Choose an objective or an action" if choice.target is None else "Choose the provision alone"
            )
        stands = self.book.of(choice.source, choice.key)
        return self._no_target(choice) or self._overtaken(choice, stands) or self._against(choice, stands)

    def _no_target(self, choice: Choice) -> str:
        target = choice.target
        if target is None:
            return ""
        rows: Mapping[int, object] = self.actions if target.part is Part.ACTION else self.objectives
        if target.number not in rows:
            return "That is not part of this plan"
        if choice.verdict is Verdict.LINKED and target.part is Part.ACTION and target.number in self.left:
            return f"{self.actions[target.number].ref} is no longer part of the plan"
        return ""

    def _overtaken(self, choice: Choice, stands: Mapping[Target | None, Decision]) -> str:
        last = stands.get(choice.target)
        if self.seen is None or last is None or last.id <= self.seen:
            return ""
        mine = last.by_id == (self.act.by.pk if self.act.by else None)
        if mine or last.verdict is choice.verdict:
            return ""
        return f"{last.by} has decided this meanwhile: look at it again"

    def _against(self, choice: Choice, stands: Mapping[Target | None, Decision]) -> str:
        linked = [target for target in stands if target and stands[target].verdict is Verdict.LINKED]
        if choice.verdict is Verdict.NOT_NEEDED and linked:
            return "Something answers it: take its links away first"
        if choice.verdict is Verdict.UNLINKED and choice.target not in {
            *linked,
            *links_to(linked, self.left),
        }:
            return "It is not linked"
        if choice.verdict is Verdict.REFUSED and choice.target in linked:
            return "It is linked: take the link away instead, and say why"
        return ""

    def stands_already(self, choice: Choice) -> bool:
        """Whether it was decided so before, of the same words."""
        last = self.book.of(choice.source, choice.key).get(choice.target)
        provision = self.provision(choice)
        if last is None or provision is None or not same_words(last.words, provision.words):
            return False
        return last.verdict is choice.verdict and choice.reason.strip() in ("", last.reason)

    def decide(self, choice: Choice) -> None:
        need = self.book.of(choice.source, choice.key).get(None)
        if choice.verdict is Verdict.LINKED and need is not None and need.verdict is Verdict.NOT_NEEDED:
            self._write(Choice(Verdict.NEEDED, choice.source, choice.key, reason="Something answers it now"))
        self.outcome.done.append(self._write(choice))

    def _write(self, choice: Choice) -> CoverageDecision:
        provision = self.provision(choice)
        assert provision is not None  # noqa: S101 - asked before
        target, origin = choice.target, choice.source.origin
        action = target.number if target and target.part is Part.ACTION else None
        objective = target.number if target and target.part is Part.OBJECTIVE else None
        row = CoverageDecision.objects.create(
            council=self.act.council,
            plan=self.plan,
            instrument_id=choice.source.number if origin is Origin.NOTICE else None,
            inspection_id=choice.source.number if origin is Origin.INSPECTION else None,
            key=provision.key,
            ref=provision.ref,
            words=provision.words,
            kind=choice.verdict.value,
            action_id=action,
            objective_id=objective,
            reason=choice.reason.strip(),
            on=self.act.today,
            recorded_at=self.act.now,
            by=self.act.by,
            batch=self.act.batch,
        )
        said = {"decision": row.get_kind_display(), "action": action, "objective": objective}
        self.log.reason = row.reason
        self.log.made(COVERAGE, row.pk, {name: value for name, value in said.items() if value})
        # what follows in the same act stands on it
        self.book = Book([*self.book.decisions, decision_of(row)])
        return row
