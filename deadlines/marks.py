"""What people recorded of single deadlines, and at which deadline each record stands once facts have moved them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deadlines.events import Status
from deadlines.facts import Facts
from deadlines.obligations import Obligation, occurrences
from deadlines.occurrence import Occurrence

FURTHEST_MOVE = timedelta(days=183)


class MarkKind(StrEnum):
    """What a person recorded about one deadline."""

    MET = "met"
    WAIVED = "waived"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Mark:
    """A person's record about the deadline of `obligation` due on `due`:
    met, waived or opened again, `on` a day.

    The one recorded last (by `sequence`) holds. `label` says what met it; a waiver has a reason and an
    approver.
    ValueError for a waiver or a re-opening without a reason, or a waiver without an approver.
    """

    obligation: str
    due: date
    kind: MarkKind
    on: date
    label: str = ""
    reason: str = ""
    approver: str = ""
    sequence: int = 0

    def __post_init__(self) -> None:
        if self.kind is not MarkKind.MET and not self.reason.strip():
            raise ValueError("say why: a deadline is waived or opened again for a reason")
        if self.kind is MarkKind.WAIVED and not self.approver.strip():
            raise ValueError("say who approved the waiver")


Found = dict[str, tuple[Occurrence, ...]]
Places = tuple[dict[tuple[str, date], Mark], list[Mark]]


def placed_at(
    known: Sequence[Obligation], facts: Facts, marks: Sequence[Mark], horizon: date
) -> tuple[Found, Places]:
    """The occurrences, and where the marks stand: worked out as far as the marks need, so that where one stands does
    not depend on how far somebody looks.

    Returns the occurrences up to `horizon` or further, each mark by the obligation and day it stands at, and the
    marks that fit no deadline. Of several marks at one the last recorded holds. Raises what `occurrences` raises.
    """
    horizon = max((horizon, *(mark.due for mark in marks)))
    found = occurrences(known, facts, horizon)
    dues = {mark.obligation: {one.due for one in found.get(mark.obligation, ())} for mark in marks}
    exact: dict[tuple[str, date], Mark] = {}
    moved: dict[tuple[str, date], list[Mark]] = {}
    for mark in sorted(marks, key=_mark_order):
        if mark.due in dues[mark.obligation]:
            exact[(mark.obligation, mark.due)] = mark
        else:
            moved.setdefault((mark.obligation, mark.due), []).append(mark)
    if not moved:
        return found, (exact, [])
    # as far after a gone deadline as the one before it lies: there might be a nearer one
    before = {(key, due): max((day for day in dues[key] if day < due), default=due) for key, due in moved}
    further = max(due + (due - day) for (_, due), day in before.items())
    if further > horizon:
        found = occurrences(known, facts, further)
    return found, _place_moved(moved, exact, found)


def _place_moved(
    moved: dict[tuple[str, date], list[Mark]], placed: dict[tuple[str, date], Mark], found: Found
) -> Places:
    """Each mark whose deadline facts have moved at the nearest one that nothing else has done.

    A deadline moves either way: a board that turns out not to have been held makes the third board a later one, and
    what was due four weeks after it due four weeks after the one before it. Marks of one deadline move together, and
    no further than half a year: what lies further off is another deadline.
    """
    unplaced = []
    for (key, due), together in sorted(moved.items()):
        latest = together[-1]
        near = [one for one in _beside(found.get(key, ()), due) if abs(one.due - due) <= FURTHEST_MOVE]
        free = [one.due for one in near if _takes(one, latest) and (key, one.due) not in placed]
        if free:
            placed[(key, min(free, key=lambda day: abs(day - due)))] = latest
        else:
            unplaced += together
    return placed, unplaced


def _mark_order(mark: Mark) -> tuple[object, ...]:
    return (mark.sequence, mark.on, mark.obligation, mark.due, mark.kind)


def _beside(dated: Sequence[Occurrence], due: date) -> Sequence[Occurrence]:
    """The occurrence before a day and the one after it."""
    place = bisect_left([one.due for one in dated], due)
    return dated[max(place - 1, 0) : place + 1]


def _takes(one: Occurrence, mark: Mark) -> bool:
    """Whether a mark of a deadline that moved may be this one's: no event had done it by then."""
    held = one.held
    return held is None or held.status is not Status.HAPPENED or held.on >= mark.on
