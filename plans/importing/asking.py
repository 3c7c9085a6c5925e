"""Questions that arise between a document and the plan that is there: which action is meant. Plain Python."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans import reader

PREFIX = "match-"
_EXAMPLES, _LONGEST = 6, 160


class MatchCode(StrEnum):
    """Every kind of question about which action of the plan a row of a document is."""

    RENUMBERED = "renumbered"
    OTHER_ACTION = "other_action"
    SAME_ACTION = "same_action"
    RETIRED_ACTION = "retired_action"

    @property
    def sentence(self) -> str:
        """What this kind of question is, in one sentence."""
        return _SENTENCES[self]


_SENTENCES = {
    MatchCode.RENUMBERED: "Actions stand under other references than in the plan.",
    MatchCode.OTHER_ACTION: "A reference stands for quite another action than in the plan.",
    MatchCode.SAME_ACTION: "An action without a reference is much like one of the plan.",
    MatchCode.RETIRED_ACTION: "The document names an action that was retired.",
}


@dataclass(frozen=True)
class Question:
    """One question, with what a page, a report and the command's JSON ask of any finding.

    `waits` holds the keys of the document's actions of which nothing is written until it is answered.
    """

    id: str
    code: MatchCode
    message: str
    choices: tuple[reader.Choice, ...]
    ref: str | None = None
    table: int | None = None
    row: int | None = None
    place: str = ""
    column: str | None = None
    suggestion: str | None = None
    chosen: str | None = None
    waits: tuple[str, ...] = ()
    severity: reader.Severity = reader.Severity.QUESTION

    @property
    def suggested(self) -> reader.Choice | None:
        """The choice that would be taken, if there is one."""
        return next((choice for choice in self.choices if choice.key == self.suggestion), None)


def question_id(code: MatchCode, parts: Iterable[str]) -> str:
    """An id that is the same while the same rows of a document meet the same actions of the plan."""
    words = "\n".join([code.value, *parts])
    return f"{PREFIX}{code.value}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def about_renumbered(pairs: Sequence[tuple[reader.Action, str]], others: Sequence[reader.Action]) -> Question:
    """Actions whose words stand in the plan under other references: asked once, however many.

    `pairs` are rows of the document with the plan's reference of the same words; `others` stand at a reference that
    one of the pairs has in the plan, and say something new.
    """
    named = [f"{label(action)} is {ref} in the plan" for action, ref in pairs[:_EXAMPLES]]
    more = f" and {len(pairs) - _EXAMPLES} more" if len(pairs) > _EXAMPLES else ""
    message = (
        f"By {'its' if len(pairs) == 1 else 'their'} words, {'; '.join(named)}{more}. Were "
        f"{'it' if len(pairs) == 1 else 'they'} given other references, or do the references count?"
    )
    new = f", {_numbered(others)} of the document enter as new ones" if others else ""
    return Question(
        id=question_id(
            MatchCode.RENUMBERED,
            [*(f"{a.ref}>{ref}" for a, ref in pairs), *(f"{a.ref}" for a in others)],
        ),
        code=MatchCode.RENUMBERED,
        message=message,
        suggestion="words",
        choices=(
            reader.Choice("words", f"Go by the words: the same actions; the plan keeps its references{new}"),
            reader.Choice(
                "refs", "Go by the references: each is the plan's action of that reference, reworded"
            ),
        ),
        waits=tuple(action.key for action in (*(action for action, _ in pairs), *others)),
    )


def _numbered(others: Sequence[reader.Action]) -> str:
    return f"{len(others)} other{'s' if len(others) > 1 else ''}"


def about_other_action(action: reader.Action, ref: str, words: str, place: str, *, retired: bool) -> Question:
    """A reference of the plan that stands at quite other words in the document."""
    was = "a retired action" if retired else "an action"
    return Question(
        id=question_id(MatchCode.OTHER_ACTION, [ref, action.activity, words]),
        code=MatchCode.OTHER_ACTION,
        message=(
            f"{ref} is {was} of the plan that reads “{short(words)}”. In the document it reads "
            f"“{short(action.activity)}”. Is it the same action?"
        ),
        ref=ref,
        table=action.table,
        row=action.row,
        place=place,
        suggestion="different" if retired else None,
        choices=(
            reader.Choice("same", "The same action, reworded"),
            reader.Choice("different", f"A different action: give it a new reference, and ask about {ref}"),
        ),
        waits=(action.key,),
    )


def about_same_action(action: reader.Action, ref: str, words: str, place: str) -> Question:
    """A row without a reference that is much like an action of the plan, but not so much that it is certain."""
    return Question(
        id=question_id(MatchCode.SAME_ACTION, [ref, action.activity, words]),
        code=MatchCode.SAME_ACTION,
        message=(
            f"The row “{short(action.activity)}” has no reference. {ref} of the plan reads “{short(words)}”. "
            "Is it the same action?"
        ),
        ref=ref,
        table=action.table,
        row=action.row,
        place=place,
        suggestion="same",
        choices=(
            reader.Choice("same", f"It is {ref}, reworded"),
            reader.Choice("different", f"A new action; ask about {ref}"),
        ),
        waits=(action.key,),
    )


def about_retired(action: reader.Action, ref: str, place: str) -> Question:
    """An action that was retired and that a document names again."""
    return Question(
        id=question_id(MatchCode.RETIRED_ACTION, [ref]),
        code=MatchCode.RETIRED_ACTION,
        message=f"{ref} was retired from the plan, and the document names it again.",
        ref=ref,
        table=action.table,
        row=action.row,
        place=place,
        choices=(
            reader.Choice("stay", "It stays retired; nothing of it is read in"),
            reader.Choice("again", "It is part of the plan again"),
        ),
        waits=(action.key,),
    )


def label(action: reader.Action) -> str:
    """What a page calls an action of a document: its reference, else the beginning of its words."""
    return action.ref or f"“{short(action.activity, 40)}”"


def short(words: str, longest: int = _LONGEST) -> str:
    """The beginning of a text, on one line."""
    plain = " ".join(words.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
