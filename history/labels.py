"""How the log's subjects read, and where their pages are.

This room knows none of the others, so each registers its own, in a `labels.py` that `history.apps` loads when
the product starts:

    register("plans.action", Kind("action", actions_by_number, {"ends_on": "end"}))
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any


@dataclass(frozen=True)
class Label:
    """What a subject is called, and the path of its page ("" if it has none)."""

    text: str
    url: str = ""


# Numbers of one kind of subject in, labels by number out, what is unknown left out; one query however many.
Find = Callable[[Collection[int]], Mapping[int, Label]]


@dataclass(frozen=True)
class Kind:
    """One kind of subject: its noun and how to find labels.

    `fields` says what fields are called on pages, `refers` which hold the number of another kind of subject, `words`
    how the values of a field read where they would not do so by themselves.
    """

    noun: str
    find: Find
    fields: Mapping[str, str] = field(default_factory=dict)
    refers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)


_kinds: dict[str, Kind] = {}


def register(subject: str, kind: Kind) -> None:
    """Say how a kind of subject reads. ValueError if somebody already has."""
    if subject in _kinds:
        raise ValueError(f"{subject!r} is registered already")
    _kinds[subject] = kind


def noun_of(subject: str) -> str:
    """The registered noun, or what the subject's own name suggests: "action" for "plans.action"."""
    kind = _kinds.get(subject)
    return kind.noun if kind else subject.rpartition(".")[2].replace("_", " ")


def field_name(subject: str, name: str) -> str:
    """What a field is called on pages."""
    kind = _kinds.get(subject)
    named = kind.fields.get(name) if kind else None
    return named or name.removesuffix("_id").replace("_", " ")


def refers_to(subject: str, name: str) -> str:
    """The kind of subject whose number a field holds; "" if it holds none."""
    kind = _kinds.get(subject)
    return kind.refers.get(name, "") if kind else ""


def words_for(subject: str, name: str) -> Callable[[Any], str] | None:
    """How the values of a field read; None where they read as they are."""
    kind = _kinds.get(subject)
    return kind.words.get(name) if kind else None


def labels_of(subjects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Label]:
    """The labels of many subjects, with one look-up a kind; what nobody can name is named by its number."""
    found: dict[tuple[str, int], Label] = {}
    for subject, group in groupby(sorted(set(subjects)), key=itemgetter(0)):
        numbers = [number for _, number in group]
        kind = _kinds.get(subject)
        named = kind.find(numbers) if kind else {}
        for number in numbers:
            found[subject, number] = named.get(number) or Label(f"{noun_of(subject)} {number}")
    return found
