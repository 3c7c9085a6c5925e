"""Short ways to write facts and obligations down in tests."""

from datetime import date

from deadlines.events import Event, Happening, Status
from deadlines.facts import Facts
from deadlines.marks import Mark, MarkKind
from deadlines.months import Period
from deadlines.obligations import Force, Obligation
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import Schedule
from deadlines.states import work_out

BOARD = Happening("board_held")
REVIEW = Happening("review_held")
NOTICE = Anchor("notice_issued")
INSPECTION = Anchor("inspection_published")
FOUR_WEEKS = Period.weeks(4)
SIX_MONTHS = Period(months=6)


def day(text: str) -> date:
    return date.fromisoformat(text)


def issued(on: str) -> Event:
    return Event("notice_issued", day(on))


def boards(*days: str) -> list[Event]:
    return [Event("board_held", day(on)) for on in days]


def planned_boards(*days: str) -> list[Event]:
    return [Event("board_held", day(on), Status.PLANNED) for on in days]


def dues(schedule: Schedule, events: list[Event], horizon: str, variations=()) -> list[str]:
    """The due dates of one schedule."""
    found = schedule.due(Facts.of(events, variations), day(horizon))
    return [one.due.isoformat() for one in found]


def one(schedule: Schedule, events: list[Event], horizon: str = "2030-01-01"):
    """The single occurrence of a schedule."""
    (occurrence,) = schedule.due(Facts.of(events), day(horizon))
    return occurrence


def seen(obligations, events, today: str, horizon: str, *, marks=(), variations=(), soon_days: int = 28):
    """Rows (obligation, due, state) as they stand on a day."""
    worked = work_out(
        obligations,
        Facts.of(events, variations),
        marks,
        today=day(today),
        horizon=day(horizon),
        soon_days=soon_days,
    )
    return [(d.obligation, d.occurrence.due.isoformat(), d.state.value) for d in worked.deadlines]


def owed(
    schedule: Schedule, key: str = "1", force: Force = Force.MUST, met_by: Happening | None = None, **more
):
    return Obligation(key, schedule, force, met_by, **more)


def met(key: str, due: str, on: str, sequence: int = 0) -> Mark:
    return Mark(key, day(due), MarkKind.MET, day(on), label="recorded", sequence=sequence)
