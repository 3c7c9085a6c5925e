"""What might answer a provision, by the words they share. Plain Python, the same texts give the same proposals.

A word counts the more the fewer texts have it (inverse document frequency), and the likeness of two texts is the
cosine of their words so weighed (Salton and Buckley 1988). Words that only a handful of texts share thus decide, and
words that stand everywhere ("improvement", "council") hardly count. Each proposal says which words it rests on.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from notices.abbreviations import named_in
from plans.coverage.asked import Part, Provision, Target
from plans.coverage.words import EMPTY, stem, words_of
from plans.table import PlanTable

LEAST = 0.15
"""From here on two texts are alike enough to ask a person about."""
MOST = 3
"""So many parts of the plan are proposed for one provision."""
_AROUND = 0.35  # how much the heading and the provision above it count beside its own words
_MARKED = 1.25  # how much more an action counts that the plan marks as asked for by the notice
_BESIDE = 0.55  # how alike the others must be, beside the likeliest
_TELLING = 2  # words that two texts must share at least
_NAMED = 4  # words that a proposal names
_PAIR = 0.5  # how much two words that stand together count beside one


@dataclass(frozen=True)
class Candidate:
    """A part of the plan that may answer something; `family` is the objective it belongs to (or is)."""

    target: Target
    words: str
    family: int
    marked: bool = False


@dataclass(frozen=True)
class Proposal:
    """Something proposed for a provision, and why. Without a target: that it needs no action."""

    key: str
    target: Target | None
    why: str
    score: float = 0.0


def candidates_of(table: PlanTable) -> list[Candidate]:
    """The objectives and actions of a plan, with the words that say what they are about."""
    marks = {code.code for code in table.scale if code.is_mark and "notice" in _mark_words(code)}
    found = []
    for objective in table.objectives:
        if objective.title or objective.text:
            target = Target(Part.OBJECTIVE, objective.id)
            found.append(Candidate(target, f"{objective.title} {objective.text}", objective.id))
        found += [
            Candidate(
                Target(Part.ACTION, action.id),
                f"{action.activity} {action.outcome}",
                objective.id,
                marked=bool(marks.intersection(action.marks)),
            )
            for action in objective.actions
        ]
    return found


def _mark_words(code: object) -> str:
    return f"{getattr(code, 'name', '')} {getattr(code, 'meaning', '')}".casefold()


def proposals(
    provisions: Sequence[Provision], candidates: Sequence[Candidate]
) -> dict[str, tuple[Proposal, ...]]:
    """What might answer each provision, the likeliest first, at most MOST of different objectives; by its key."""
    by_key = {provision.key: provision for provision in provisions}
    asked = {provision.key: _bag_of(provision, by_key) for provision in provisions}
    offered = [_bag(candidate.words) for candidate in candidates]
    weights = _weights([*asked.values(), *offered])
    shelf: dict[str, list[tuple[int, float]]] = {}
    for place, bag in enumerate(offered):
        for word, part in _vector(bag, weights).items():
            shelf.setdefault(word, []).append((place, part))
    return {
        key: tuple(_best(by_key[key], _vector(bag, weights), shelf, candidates)) for key, bag in asked.items()
    }


def _best(
    provision: Provision,
    vector: Mapping[str, float],
    shelf: Mapping[str, list[tuple[int, float]]],
    candidates: Sequence[Candidate],
) -> Iterator[Proposal]:
    parts: dict[int, dict[str, float]] = {}
    for word, weight in vector.items():
        for place, other in shelf.get(word, ()):
            parts.setdefault(place, {})[word] = weight * other
    scored = []
    for place, shared in parts.items():
        score = sum(shared.values()) * (_MARKED if candidates[place].marked else 1)
        if len(shared) >= _TELLING and score >= LEAST:
            scored.append((-score, place))
    families: set[int] = set()
    best = -min(scored, default=(0.0, 0))[0]
    for minus, place in sorted(scored):
        candidate = candidates[place]
        if candidate.family in families or -minus < best * _BESIDE:
            continue
        families.add(candidate.family)
        yield Proposal(provision.key, candidate.target, _why(parts[place], candidate), -minus)
        if len(families) == MOST:
            return


def _why(shared: Mapping[str, float], candidate: Candidate) -> str:
    """The words that a proposal rests on, as the part of the plan has them."""
    spelt: dict[str, str] = {}
    for word in words_of(candidate.words):
        spelt.setdefault(stem(word), word)
    single = [word for word in shared if " " not in word]
    told = sorted(single, key=lambda word: (-shared[word], word))[:_NAMED]
    said = [f"“{spelt.get(word, word)}”" for word in told]
    why = f"Both speak of {', '.join(said[:-1])} and {said[-1]}"
    return f"{why}. The plan marks it as asked for by the notice" if candidate.marked else why


def _bag(text: str) -> dict[str, float]:
    """The words of a text by their stems, pairs of words that stand together, and what has an abbreviation by that."""
    stems = ["" if word in EMPTY else stem(word) for word in words_of(text)]
    bag = {word: float(number) for word, number in Counter(filter(None, stems)).items()}
    for one, other in pairwise(stems):
        if one and other:
            bag[f"{one} {other}"] = bag.get(f"{one} {other}", 0.0) + _PAIR
    return bag | dict.fromkeys(named_in(text), 1.0)


def _bag_of(provision: Provision, by_key: Mapping[str, Provision]) -> dict[str, float]:
    """The words of a provision; those around it count less."""
    bag = _bag(provision.words)
    above = by_key.get(provision.parent)
    for word in _bag(f"{provision.heading} {above.words if above else ''}"):
        if " " not in word:
            bag[word] = bag.get(word, 0.0) + _AROUND
    return bag


def _weights(bags: Sequence[Mapping[str, float]]) -> dict[str, float]:
    in_texts = Counter(word for bag in bags for word in bag)
    return {word: math.log(len(bags) / number) for word, number in in_texts.items()}


def _vector(bag: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """The words weighed, as a vector of length 1; a word said twice counts more, but not twice as much."""
    raw = {word: math.log1p(number) * weights[word] for word, number in bag.items()}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()} if length else {}
