"""A council's deadlines as pages, the API, feeds and commands take them: one frozen line each. Plain Python."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from deadlines.obligations import Force
from deadlines.occurrence import Occurrence, Resting, fact_as_data
from deadlines.sentences import day_in_words
from deadlines.states import CLOSED_STATES, Deadline, State
from notices.deadlines.holders import is_departments

OPEN_STATES = frozenset(State) - CLOSED_STATES
# what is open and yet owed by no day, as pages write it
BY_NO_DAY = {"opened": "Open", "lapsed": "Forecast passed", "permission": "Permission"}


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation as it stands: `number` is the row that speaks, `also` the other provisions that ask for it.

    `notice` says which instrument asks for it, where there are several: "Improvement notice of 23 March 2015".
    """

    number: int
    instrument: int
    key: str
    requirement: str
    words: str
    duty_holder: str
    recipient: str
    deliverable: str
    force: Force
    sentence: str
    quote: str = ""
    also: tuple[str, ...] = ()
    agreed_by: str = ""
    superseded_on: date | None = None
    notice: str = ""

    @property
    def of_department(self) -> bool:
        """Whether it is the Department's own duty."""
        return is_departments(self.duty_holder)

    def asked_by(self, reference: str) -> bool:
        """Whether a provision's reference, or the duty's own key, names it."""
        return reference.strip().casefold() in {
            name.casefold() for name in (self.key, self.requirement, *self.also)
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """What met a deadline, or why it was waived: a label with a link or a stored file, and who recorded it."""

    label: str = ""
    link: str = ""
    file: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One deadline of one duty. `undone_by` is the event row that took away what had met it (0: none did)."""

    duty: Duty
    deadline: Deadline
    proof: Proof | None = None
    undone_by: int = 0

    @property
    def reopened(self) -> str:
        """What opened it again since it was met or waived: a person's mark, a fact put right; "" where nothing did."""
        mark, event = self.deadline.reopened, self.undone_by
        return " ".join(filter(None, (str(mark) if mark else "", f"event {event}" if event else "")))

    @property
    def one(self) -> Occurrence:
        """When it falls due, and why then."""
        return self.deadline.occurrence

    @property
    def due(self) -> date:
        """The last day in time (inclusive)."""
        return self.one.due

    @property
    def state(self) -> State:
        """Where it stands on the day it is looked at."""
        return self.deadline.state

    @property
    def firm(self) -> bool:
        """Whether it rests on facts alone; a forecast may still move."""
        return self.one.firm

    @property
    def lapsed(self) -> bool:
        """Whether it is a forecast whose day has passed before what it rests on came."""
        return self.deadline.lapsed

    @property
    def stands(self) -> str:
        """Its state's value, or why it is owed by no day: "permission", "opened", or a forecast that has "lapsed"."""
        if self.open and self.duty.force is Force.MAY:
            return "permission"
        if self.lapsed:
            return "lapsed"
        return "opened" if self.deadline.opened else self.state.value

    @property
    def state_words(self) -> str:
        """Where it stands, as pages write it: "Overdue", "Due soon, forecast", "Forecast passed", "Open"."""
        if self.stands in BY_NO_DAY:
            return BY_NO_DAY[self.stands]
        if self.open and self.one.open_ended:
            return "Not yet open"
        return f"{self.state.label}, forecast" if self.open and not self.firm else self.state.label

    @property
    def why(self) -> str:
        """Why it falls due then; of a forecast whose day has passed also what became of it."""
        if not self.lapsed:
            return self.one.because
        resting = next((fact for fact in self.one.rests_on if isinstance(fact, Resting)), None)
        if resting is None:
            passed = (
                f"Its forecast day, {day_in_words(self.due)}, has passed: it moves with what it rests on."
            )
        else:
            passed = (
                f"It would have been due {day_in_words(self.due)} had {resting.what} come by "
                f"{day_in_words(resting.due)}; it moves with {resting.what}."
            )
        return f"{self.one.because} {passed}"

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.state in OPEN_STATES

    @property
    def overdue(self) -> bool:
        """Whether it is owed and its day has passed; an aim is not overdue, it is a target passed."""
        return self.state is State.OVERDUE

    @property
    def breach(self) -> bool:
        """Whether it is a missed "must" of somebody other than the Department."""
        return self.deadline.breach and not self.duty.of_department

    @property
    def met(self) -> bool:
        """Whether it was met, in time or late."""
        return self.state in {State.MET, State.MET_LATE}

    @property
    def facts(self) -> list[dict[str, Any]]:
        """The facts that it rests on, as JSON values."""
        return [fact_as_data(fact) for fact in self.one.rests_on]

    def as_row(self) -> dict[str, Any]:
        """The line as `manage.py deadlines --json` prints it (issue 5, item 6)."""
        met_on, opens = self.deadline.met_on, self.one.window_from
        return {
            "requirement": self.duty.requirement,
            "obligation": self.duty.deliverable,
            "duty_holder": self.duty.duty_holder,
            "force": self.duty.force.value,
            "due": self.due.isoformat(),
            "window_from": opens.isoformat() if opens else None,
            "state": self.state.value,
            "firm": self.firm,
            "because": self.one.because,
            "met_on": met_on.isoformat() if met_on else None,
            "key": self.duty.key,
            "also": list(self.duty.also),
            "recipient": self.duty.recipient,
        }


@dataclass(frozen=True, slots=True)
class Waiting:
    """A duty that has no dates yet, and why; `to_agree` where an agreement would give it some."""

    duty: Duty
    why: str
    to_agree: bool = False


@dataclass(frozen=True, slots=True)
class Stray:
    """Something recorded of a deadline that is not there any more: kept, and shown to whoever can place it."""

    duty: Duty | None
    key: str
    due: date
    what: str


@dataclass(frozen=True, slots=True)
class Arrears:
    """What one duty is behind with: its overdue deadlines, the longest overdue first."""

    lines: tuple[Line, ...]

    @property
    def oldest(self) -> Line:
        """The one that is overdue longest."""
        return self.lines[0]

    @property
    def latest(self) -> Line:
        """The one that fell due last."""
        return self.lines[-1]


def arrears_of(overdue: Iterable[Line]) -> list[Arrears]:
    """Overdue deadlines by duty: a missed “must” before what binds less, then what is overdue longest."""
    by_duty: dict[tuple[int, str], list[Line]] = {}
    for line in overdue:
        by_duty.setdefault((line.duty.instrument, line.duty.key), []).append(line)
    found = [Arrears(tuple(sorted(lines, key=lambda line: line.due))) for lines in by_duty.values()]
    return sorted(found, key=lambda one: (not one.oldest.breach, one.oldest.due, one.oldest.duty.key))


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the table is asked for; "" asks for all. `state` may also be open, breach, late or department_late."""

    state: str = ""
    holder: str = ""
    force: str = ""
    sort: str = "due"

    def __bool__(self) -> bool:
        return bool(self.state or self.holder or self.force)

    def take(self, line: Line) -> bool:
        """Whether the line is asked for."""
        own = not line.duty.of_department
        states = {
            "open": line.open,
            "breach": line.breach,
            "late": line.overdue and own,
            "department_late": line.overdue and not own,
        }
        state = states.get(self.state, self.state in {"", line.stands})
        return (
            state and self.holder in {"", line.duty.duty_holder} and self.force in {"", line.duty.force.value}
        )


SORTS = {"due": "Due", "holder": "Duty-holder", "requirement": "Provision", "state": "State"}
_FIRST = (State.OVERDUE.value, State.TARGET_PASSED.value, State.DUE_SOON.value, *BY_NO_DAY)
_STATE_ORDER = {
    state: place for place, state in enumerate(dict.fromkeys((*_FIRST, *(one.value for one in State))))
}


@dataclass(frozen=True)
class Deadlines:
    """All deadlines of a council up to `until` (inclusive) as they stand at the end of `today`, by due date.

    `duties` are all obligations in force or once in force, `unsaid` the planned events whose day has passed,
    `ended_on` the day from which no notice was in force any more.
    """

    today: date
    until: date
    lines: tuple[Line, ...] = ()
    duties: tuple[Duty, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    problems: tuple[Waiting, ...] = ()
    strays: tuple[Stray, ...] = ()
    unsaid: tuple[str, ...] = ()
    issued_on: date | None = None
    ended_on: date | None = None

    @property
    def overdue(self) -> list[Line]:
        """What is overdue and not the Department's own, longest first."""
        return [line for line in self.lines if line.overdue and not line.duty.of_department]

    @property
    def of_department_overdue(self) -> list[Line]:
        """The Department's own overdue duties."""
        return [line for line in self.lines if line.overdue and line.duty.of_department]

    def coming(self, count: int | None = None) -> list[Line]:
        """What is owed from today on (inclusive), soonest first; permissions are not owed."""
        found = [
            line
            for line in self.lines
            if line.open and line.due >= self.today and line.duty.force is not Force.MAY
        ]
        return found[:count]

    def between(self, first: date, last: date) -> list[Line]:
        """Those due in a stretch of days, both inclusive."""
        return [line for line in self.lines if first <= line.due <= last]

    def of_obligation(self, key: str, instrument: int | None = None) -> list[Line]:
        """Those of one duty by its stable key, of one instrument where it is given."""
        return [
            line for line in self.lines if line.duty.key == key and instrument in (None, line.duty.instrument)
        ]

    def holders(self) -> list[str]:
        """The duty-holders there are, by name."""
        return sorted({line.duty.duty_holder for line in self.lines})

    def listed(self, filters: Filters) -> list[Line]:
        """Those that are asked for, sorted as asked.

        Of what is still owed only the first forecast of a duty that passed: the others moved with it.
        """
        taken: Iterable[Line] = (line for line in self.lines if filters.take(line))
        return sorted(_first_lapsed(taken) if filters.state == "open" else taken, key=_order(filters.sort))

    @property
    def due_soon(self) -> list[Line]:
        """What is due soon."""
        return [line for line in self.lines if line.state is State.DUE_SOON]


def _first_lapsed(lines: Iterable[Line]) -> Iterator[Line]:
    seen = set()
    for line in lines:
        which = (line.duty.instrument, line.duty.key)
        if not (line.lapsed and which in seen):
            yield line
        if line.lapsed:
            seen.add(which)


def _order(sort: str) -> Any:
    first: dict[str, Any] = {
        "holder": lambda line: line.duty.duty_holder.casefold(),
        "requirement": lambda line: _natural(line.duty.requirement),
        "state": lambda line: _STATE_ORDER[line.stands],
    }
    chosen = first.get(sort, lambda line: 0)
    return lambda line: (chosen(line), line.due, _natural(line.duty.requirement))


def _natural(reference: str) -> list[tuple[int, str]]:
    """A reference in the order people count in: 3a before 12b."""
    parts: list[tuple[int, str]] = []
    digits = ""
    for sign in reference + " ":
        if sign.isdigit():
            digits += sign
            continue
        if digits:
            parts.append((int(digits), ""))
            digits = ""
        parts.append((-1, sign.casefold()))
    return parts


def named(lines: Iterable[Line], reference: str, due: date) -> list[Line]:
    """The lines of what a provision or a key names that are due on a day."""
    return [line for line in lines if line.due == due and line.duty.asked_by(reference)]
