"""The state of each deadline, derived from facts, marks and the day it is looked at.
Nothing is counted up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deadlines.events import Status
from deadlines.facts import Facts
from deadlines.marks import Found, Mark, MarkKind, placed_at
from deadlines.obligations import Force, Obligation, closing_day
from deadlines.occurrence import Occurrence
from deadlines.workdays import advice

DUE_SOON_DAYS = 28


class State(StrEnum):
    """Where a deadline stands on a day."""

    NOT_YET_DUE = "not_yet_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    TARGET_PASSED = "target_passed"
    WAIVED = "waived"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The state as pages write it: "Met late"."""
        return self.value.replace("_", " ").capitalize()


CLOSED_STATES = frozenset({State.MET, State.MET_LATE, State.WAIVED, State.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class Deadline:
    """One occurrence with its state on a day.
    `closed_on` is when an amendment or the notice's end closed it, `reopened` the `sequence` of the mark that last
    opened it again (0: none did). A forecast has `lapsed` once its day has passed and what it rests on has not come:
    nothing is owed by that day any more, and it moves with what it rests on. What has no time limit has `opened`
    once it can be done: it is never due, and never late.
    """

    obligation: str
    force: Force
    occurrence: Occurrence
    state: State
    met_on: date | None = None
    mark: Mark | None = None
    closed_on: date | None = None
    reopened: int = 0
    lapsed: bool = False
    opened: bool = False

    @property
    def breach(self) -> bool:
        """Whether a "must" is overdue: the only kind that may escalate (design, Force)."""
        return self.state is State.OVERDUE and self.force is Force.MUST

    @property
    def advice(self) -> str | None:
        """What to know when its day is no working day; the day stands."""
        return advice(self.occurrence.due)


@dataclass(frozen=True, slots=True)
class Worked:
    """Deadlines by due date, what each obligation without dates waits for, and marks that fit no deadline.

    Marks are never dropped: one whose deadline has gone with its facts stays in `unplaced`.
    """

    deadlines: tuple[Deadline, ...]
    waiting: dict[str, str]
    unplaced: tuple[Mark, ...]


def work_out(
    obligations: Iterable[Obligation],
    facts: Facts,
    marks: Iterable[Mark] = (),
    *,
    today: date,
    horizon: date,
    soon_days: int = DUE_SOON_DAYS,
) -> Worked:
    """Every deadline due up to `horizon` (included) with its state at the end of `today`.

    Facts and marks dated after `today` do not bear on states; for dates as they stood, give
    `facts.as_at(today)`.
    Raises what `occurrences` raises.
    """
    known = sorted(obligations, key=lambda obligation: obligation.key)
    found, (placed, unplaced) = placed_at(known, facts, [mark for mark in marks if mark.on <= today], horizon)
    deadlines = []
    for obligation in known:
        closed = closing_day(obligation, facts)
        for one in found[obligation.key]:
            if one.due > horizon:
                break
            mark = placed.get((obligation.key, one.due))
            seen_on = closed if closed is not None and closed <= today else None
            deadlines.append(_deadline(obligation, one, mark, seen_on, (today, soon_days)))
    deadlines.sort(
        key=lambda deadline: (deadline.occurrence.due, deadline.obligation, deadline.occurrence.because)
    )
    return Worked(tuple(deadlines), _waiting(known, facts, found), tuple(unplaced))


def _waiting(known: Sequence[Obligation], facts: Facts, found: Found) -> dict[str, str]:
    reasons = {one.key: one.schedule.waits_for(facts.linked_to(found, one.key)) for one in known}
    return {key: reason for key, reason in reasons.items() if reason}


def _deadline(
    obligation: Obligation,
    one: Occurrence,
    mark: Mark | None,
    closed: date | None,
    seen: tuple[date, int],
) -> Deadline:
    """The deadline as seen on a day, with so many days counting as soon."""
    today, soon_days = seen
    reopened = 0
    if mark is not None and mark.kind is MarkKind.REOPENED:
        reopened, mark = mark.sequence, None
    waived = mark is not None and mark.kind is MarkKind.WAIVED
    met_on = None if waived else _met_on(one, mark, today)
    if met_on is not None:
        late = met_on > one.due and not one.open_ended
        state = State.MET_LATE if late else State.MET
    elif waived:
        state = State.WAIVED
    elif closed is not None:
        state = State.SUPERSEDED
    else:
        state = _open_state(obligation.force, one, today, soon_days)
    owed = state not in CLOSED_STATES
    lapsed = owed and today > one.due and not (one.firm or one.open_ended)
    opened = owed and one.open_ended and today >= _opens(one)
    return Deadline(
        obligation.key, obligation.force, one, state, met_on, mark, closed, reopened, lapsed, opened
    )


def _met_on(one: Occurrence, mark: Mark | None, today: date) -> date | None:
    if mark is not None:
        return mark.on
    held = one.held
    return held.on if held and held.status is Status.HAPPENED and held.on <= today else None


def _opens(one: Occurrence) -> date:
    return min(one.window_from, one.due) if one.window_from else one.due


def _open_state(force: Force, one: Occurrence, today: date, soon_days: int) -> State:
    """Of a deadline that nothing has met: an opening or a permission is never due, a forecast never late."""
    if one.open_ended or force is Force.MAY:
        return State.NOT_YET_DUE
    if today > one.due:
        late = State.TARGET_PASSED if force is Force.AIM else State.OVERDUE
        return late if one.firm else State.NOT_YET_DUE
    soon = min(_opens(one), one.due - timedelta(days=soon_days))
    return State.DUE_SOON if today >= soon else State.NOT_YET_DUE
