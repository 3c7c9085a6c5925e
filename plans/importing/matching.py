"""Which action of the plan each row of a document is: by reference where the words bear it out, else by words.

Plain Python. Nothing is guessed silently: what is not certain becomes a question, and until it is answered nothing is
written of the rows it speaks of.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from plans import reader
from plans.importing.asking import (
    Question,
    about_other_action,
    about_renumbered,
    about_retired,
    about_same_action,
)
from plans.importing.likeness import Shelf, Words, alike
from plans.importing.references import LONGEST_REF, ORDINAL, NewReferences, ref_key

Values = Mapping[str, Any]

NEAR = 0.75  # from here on two texts are the same action, reworded
MAYBE = 0.5  # from here on it is asked
UNLIKE = 0.3  # below, a reference stands for another action
_TELLING = 3  # words; fewer say too little to go by them against a reference


@dataclass(frozen=True)
class Matched:
    """What each action of a document is to the plan, by the action's key.

    `refs` is the reference under which it stands in the plan or will; `known` only those that the plan has. `left`
    waits for an answer, as do the plan's own `held`; `again` are retired actions that somebody takes up again.
    """

    refs: Mapping[str, str]
    known: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    questions: tuple[Question, ...] = ()

    def aliases(self, reading: reader.Reading) -> dict[str, str]:
        """What the document calls the plan's actions where it has another reference for them, by its own."""
        used = Counter(ref_key(action.ref) for action in reading.actions if action.ref)
        return {
            ref_key(action.ref): self.refs[action.key]
            for action in reading.actions
            if action.ref
            and used[ref_key(action.ref)] == 1
            and action.key in self.refs
            and action.key not in self.left
            and ref_key(action.ref) != ref_key(self.refs[action.key])
        }


def match(
    reading: reader.Reading,
    current: Mapping[str, Values],
    *,
    objectives: Mapping[str, str],
    answers: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Matched:
    """Match a reading's actions with the plan's: `current` holds their values by reference, in the plan's order.

    `objectives` says how the plan names each action's objective, by the action's key; `answers` holds a choice by a
    question's id; `aliases` the plan's reference by one that an earlier document had for it.
    """
    found = _Matching(reading, current, objectives, answers or {}, aliases or {})
    found.run(certain=reading.copy is not None)
    return found.result()


class _Matching:
    def __init__(
        self,
        reading: reader.Reading,
        current: Mapping[str, Values],
        objectives: Mapping[str, str],
        answers: Mapping[str, str],
        aliases: Mapping[str, str],
    ) -> None:
        self.reading, self.current, self.objectives = reading, current, objectives
        self.answers, self.aliases = answers, aliases
        self.by_key = {ref_key(ref): ref for ref in current}
        self.words = {ref: Words(str(values["activity"])) for ref, values in current.items()}
        self.known: dict[str, str] = {}
        self.taken: set[str] = set()
        self.unnamed: list[tuple[reader.Action, str]] = []
        self.new: list[tuple[reader.Action, str]] = []
        self.left: set[str] = set()
        self.held: set[str] = set()
        self.again: set[str] = set()
        self.questions: list[Question] = []

    def run(self, *, certain: bool) -> None:
        named = list(self._named(certain=certain))
        if not self.current:
            self.new = [*named, *self.unnamed]
            return
        if certain:
            for action, ref in named:
                self._by_reference(action, ref)
        else:
            self._by_reference_and_words(named)
        self._by_words_alone()
        self._retired()

    def result(self) -> Matched:
        refs = dict(self.known)
        place = {action.key: number for number, action in enumerate(self.reading.actions)}
        invented = NewReferences([*self.current, *refs.values()])
        unsettled = []
        for action, stem in sorted(self.new, key=lambda pair: place[pair[0].key]):
            own = invented.own(action.ref or "")
            if own is None:
                unsettled.append((action, stem))
            else:
                refs[action.key] = own
        for action, stem in unsettled:
            refs[action.key] = invented.made(action.ref or "", stem)
        return Matched(
            refs,
            self.known,
            frozenset(self.left),
            frozenset(self.held),
            frozenset(self.again),
            tuple(self.questions),
        )

    def _know(self, action: reader.Action, ref: str) -> None:
        self.known[action.key] = ref
        self.taken.add(ref)

    def _by_reference(self, action: reader.Action, stem: str) -> None:
        ref = self.by_key.get(ref_key(stem))
        if ref is None:
            self.new.append((action, stem))
        else:
            self._know(action, ref)

    def _named(self, *, certain: bool) -> Iterator[tuple[reader.Action, str]]:
        """Every action that alone has its reference in the document; the others are put aside as unnamed."""
        same: dict[str, list[reader.Action]] = {}
        for action in self.reading.actions:
            if action.ref:
                same.setdefault(ref_key(action.ref[:LONGEST_REF]), []).append(action)
            else:
                self.unnamed.append((action, self._stem(action)))
        for key, actions in same.items():
            if len(actions) > 1 and not certain:
                yield from self._first_of(key, actions)
            else:
                yield actions[0], (actions[0].ref or "")[:LONGEST_REF]
                self.unnamed += [(action, action.ref or "") for action in actions[1:]]

    def _stem(self, action: reader.Action) -> str:
        """What a reference begins with that is made for an action without one."""
        objective = self.reading.objective_of(action)
        return f"{objective.ref if objective and objective.ref else ''} no.".strip()

    def _first_of(self, key: str, actions: list[reader.Action]) -> Iterator[tuple[reader.Action, str]]:
        """Of actions that share a reference those that the plan knows by their words, and the one that keeps it."""
        family = [
            ref
            for known, ref in self.by_key.items()
            if known == key or ((found := ORDINAL.fullmatch(ref)) and ref_key(found[1]) == key)
        ]
        rest = []
        for action in actions:
            words = Words(action.activity)
            scored = [(alike(words, self.words[ref]), ref) for ref in family if ref not in self.taken]
            score, ref = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
            if score >= NEAR:
                self._know(action, ref)
            else:
                rest.append(action)
        base = self.by_key.get(key)
        if rest and (base is None or base not in self.taken):
            yield rest[0], (rest[0].ref or "")[:LONGEST_REF]
            rest = rest[1:]
        self.unnamed += [(action, action.ref or "") for action in rest]

    def _by_reference_and_words(self, named: list[tuple[reader.Action, str]]) -> None:
        open_ones = []
        for action, stem in named:
            ref = self._aliased(action) or self.by_key.get(ref_key(stem))
            if ref is not None and ref not in self.taken and self._alike(action, ref) == 1:
                self._know(action, ref)
            else:
                open_ones.append((action, stem))
        shelf = Shelf((ref, words) for ref, words in self.words.items() if ref not in self.taken)
        doubtful: list[tuple[reader.Action, str]] = []
        newcomers: list[reader.Action] = []
        pairs: dict[str, str] = {}
        for action, stem in open_ones:
            words = Words(action.activity)
            ref = self._aliased(action) or self.by_key.get(ref_key(stem))
            twin = next((name for name in shelf.same(words) if name != ref), None)
            if ref is None or ref in self.taken:
                newcomers.append(action)
            elif twin and words.bag.total() >= _TELLING and twin not in pairs.values():
                pairs[action.key] = twin
                doubtful.append((action, ref))
            elif self._alike(action, ref) >= UNLIKE:
                self._know(action, ref)
            else:
                doubtful.append((action, ref))
        self._pair(shelf, [action for action, _ in doubtful] + newcomers, pairs)
        self._ask_doubtful(doubtful, newcomers, pairs)

    def _aliased(self, action: reader.Action) -> str | None:
        """The plan's reference for what an earlier document called so too, if the words bear it out."""
        ref = self.aliases.get(ref_key(action.ref or ""))
        known = ref is not None and ref in self.current
        return ref if ref is not None and known and self._alike(action, ref) >= UNLIKE else None

    def _alike(self, action: reader.Action, ref: str) -> float:
        """How alike an action of the document and one of the plan are; where one of them says nothing, the same."""
        words = Words(action.activity)
        return alike(words, self.words[ref]) if words.plain and self.words[ref].plain else 1.0

    def _same_outcome(self, action: reader.Action, ref: str) -> bool:
        """Whether both have one outcome that no other action of the plan has: then the action was reworded."""
        words = Words(action.outcome)
        outcome = self.current[ref]["outcome"]
        return self.outcomes[outcome] == 1 and alike(words, Words(str(outcome))) >= NEAR

    @cached_property
    def outcomes(self) -> Counter[str]:
        """How many actions of the plan have each outcome."""
        return Counter(values["outcome"] for values in self.current.values())

    def _pair(self, shelf: Shelf, actions: Iterable[reader.Action], pairs: dict[str, str]) -> None:
        """Find the plan's actions with the words of these; the most alike are paired first."""
        used = {*self.taken, *pairs.values()}
        scored = [
            (score, number, action.key, ref)
            for number, action in enumerate(actions)
            if action.key not in pairs
            for score, ref in shelf.like(Words(action.activity), NEAR)
            if ref not in used
        ]
        for _, _, key, ref in sorted(scored, key=lambda one: (-one[0], one[1])):
            if key not in pairs and ref not in used:
                pairs[key] = ref
                used.add(ref)

    def _ask_doubtful(
        self, doubtful: list[tuple[reader.Action, str]], newcomers: list[reader.Action], pairs: dict[str, str]
    ) -> None:
        claimed = set(pairs.values())
        paired = [action for action, _ in doubtful if action.key in pairs]
        followers = [action for action, ref in doubtful if action.key not in pairs and ref in claimed]
        moved = [action for action in newcomers if action.key in pairs]
        own = {action.key: ref for action, ref in doubtful}
        if pairs:
            both = [(action, pairs[action.key]) for action in (*paired, *moved)]
            answer = self._ask(about_renumbered(both, followers))
            self._settle_renumbered(answer, both, followers, own)
        for action, ref in doubtful:
            if action.key in pairs or ref in claimed:
                continue
            if self._same_outcome(action, ref):
                self._know(action, ref)
            else:
                self._ask_other(action, ref)
        self.new += [(action, action.ref or "") for action in newcomers if action.key not in pairs]

    def _settle_renumbered(
        self,
        answer: str | None,
        both: list[tuple[reader.Action, str]],
        followers: list[reader.Action],
        own: Mapping[str, str],
    ) -> None:
        waiting = [*(action for action, _ in both), *followers]
        if answer == "words":
            for action, ref in both:
                self._know(action, ref)
            self.new += [(action, action.ref or "") for action in followers]
        elif answer == "refs":
            for action in waiting:
                if action.key in own:
                    self._know(action, own[action.key])
                else:
                    self.new.append((action, action.ref or ""))
        else:
            self.left |= {action.key for action in waiting}
            self.held |= {ref for _, ref in both} | {own[a.key] for a in waiting if a.key in own}

    def _ask_other(self, action: reader.Action, ref: str) -> None:
        values = self.current[ref]
        answer = self._ask(
            about_other_action(
                action,
                ref,
                str(values["activity"]),
                self._place(action),
                retired=bool(values.get("retired_on")),
            )
        )
        self._settle_one(answer, action, ref, action.ref or "")

    def _settle_one(self, answer: str | None, action: reader.Action, ref: str, stem: str) -> None:
        if answer == "same":
            self._know(action, ref)
        elif answer == "different":
            self.new.append((action, stem))
        else:
            self.left.add(action.key)
            self.held.add(ref)

    def _by_words_alone(self) -> None:
        """Match the rows without a reference: the very words first, then nearly, then by asking."""
        free = {ref: words for ref, words in self.words.items() if ref not in self.taken | self.held}
        shelf = Shelf(free.items())
        rest = []
        for action, stem in self.unnamed:
            same = [ref for ref in shelf.same(Words(action.activity)) if ref not in self.taken]
            here = [ref for ref in same if self.current[ref]["objective"] == self.objectives.get(action.key)]
            if same:
                self._know(action, (here or same)[0])
            else:
                rest.append((action, stem))
        pairs: dict[str, str] = {}
        self._pair(shelf, [action for action, _ in rest], pairs)
        for action, _ in rest:
            if action.key in pairs:
                self._know(action, pairs[action.key])
        for action, stem in rest:
            if action.key not in pairs:
                self._ask_same(shelf, action, stem)

    def _ask_same(self, shelf: Shelf, action: reader.Action, stem: str) -> None:
        free = (
            ref
            for _, ref in shelf.like(Words(action.activity), MAYBE)
            if ref not in self.taken and ref not in self.held and not self.current[ref].get("retired_on")
        )
        ref = next(free, None)
        if ref is None:
            self.new.append((action, stem))
            return
        words = str(self.current[ref]["activity"])
        self._settle_one(
            self._ask(about_same_action(action, ref, words, self._place(action))), action, ref, stem
        )

    def _retired(self) -> None:
        by_key = {action.key: action for action in self.reading.actions}
        for key, ref in list(self.known.items()):
            if self.current[ref].get("retired_on") is None:
                continue
            answer = self._ask(about_retired(by_key[key], ref, self._place(by_key[key])))
            if answer == "again":
                self.again.add(ref)
            else:
                self.left.add(key)
                self.held.add(ref)

    def _ask(self, question: Question) -> str | None:
        offered = {choice.key for choice in question.choices}
        answer = self.answers.get(question.id)
        answer = answer if answer in offered else None
        self.questions.append(replace(question, chosen=answer))
        return answer

    def _place(self, action: reader.Action) -> str:
        row = self.reading.source_row(action.table, action.row)
        return row.place if row else ""
