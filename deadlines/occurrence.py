"""One occurrence of an obligation: when it falls due, why then, and on which facts that rests."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from deadlines.events import Event, Variation
from deadlines.sentences import day_in_words


@dataclass(frozen=True, slots=True)
class Resting:
    """Another obligation's deadline that this one rests on."""

    obligation: str
    due: date
    what: str

    @property
    def name(self) -> str:
        """That deadline in a sentence."""
        return f"{self.what} due by {day_in_words(self.due)}"


Fact = Event | Variation | Resting


@dataclass(frozen=True, slots=True)
class Occurrence:
    """When an obligation falls due once.

    `due` is the last day in time (included); with `open_ended` it is the day from which the thing may be
    done and no day is too late. `window_from` is the first day on which doing it counts (included; None: any
    day). A deadline that is not `firm` rests on something still to come and may move. `held` is the event
    that does it, happened or planned. `because` names every fact in `rests_on`.
    """

    due: date
    because: str
    rests_on: tuple[Fact, ...] = ()
    window_from: date | None = None
    firm: bool = True
    open_ended: bool = False
    held: Event | None = None


def fact_as_data(fact: Fact) -> dict[str, Any]:
    """A fact as JSON values, for pages and the API; `is` tells events, variations and deadlines apart."""
    if isinstance(fact, Event):
        data = {
            "is": "event",
            "kind": fact.kind,
            "which": fact.which,
            "status": fact.status.value,
            "key": fact.key,
        }
        return {**data, "on": fact.on.isoformat(), "name": fact.name}
    if isinstance(fact, Variation):
        on = fact.agreed_on.isoformat()
        return {"is": "variation", "target": fact.target, "on": on, "letter": fact.letter, "name": fact.name}
    return {"is": "deadline", "obligation": fact.obligation, "on": fact.due.isoformat(), "name": fact.name}
