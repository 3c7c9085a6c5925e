"""A proposal in the making: its schedule may name other obligations by what they are, not yet by their
keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from deadlines.events import Happening
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.base import Schedule
from notices.reader.clauses import Clause
from notices.reader.reading import Option, Quote


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that a draft raises;
    its options may need what the whole notice says, so they are made late.
    """

    code: str
    text: str
    proposal: str
    options: Callable[["Context"], tuple[Option, ...]] = lambda _: ()
    blocks: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole notice says that a single clause needs:
    the board's pace and the keys of other obligations.
    """

    cadence: Period | None = None
    review: str | None = None
    chairs_report: str | None = None
    board: str | None = None
    assessment: str | None = None
    discussion: str | None = None


Later = Callable[[Context], Schedule]


@dataclass(frozen=True, slots=True)
class Draft:
    """One obligation found in a clause. `what` is its family:
    meeting, attendance, review, report, other ...
    """

    clause: Clause
    what: str
    holder: str
    deliverable: str
    schedule: Later
    recipient: str | None = None
    force: Force | None = None
    asking: tuple[Asking, ...] = ()
    also: tuple[str, ...] = ()
    met_by: Happening | None = None

    @property
    def binding(self) -> Force:
        """How strongly it binds: its own, else the clause's."""
        return self.force or self.clause.force

    @property
    def quote(self) -> Quote:
        """The words it was read from."""
        return self.clause.quote

    def with_also(self, refs: tuple[str, ...]) -> "Draft":
        """The same, asked for by other provisions too."""
        return replace(self, also=tuple(dict.fromkeys((*self.also, *refs))))
