"""The invented plan of the invented council, read from the files in themes/ (one a theme, prose and nothing else).

Nothing in them has a date of its own. `start` and `end` are numbers of boards, `within_days` counts from the
notice; `Calendar` turns them into days, so that the same year of history always ends about today.
A report is written for a board: [board, rating, what was said, what is in the way, the next step]. Words in
braces are filled in for the day a report speaks of: {this_month}, {last_month}, {next_month}, {next_board}, {due}.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plans.rag import Palette, Standing

FOLDER = Path(__file__).parent / "themes"

COUNCIL = {
    "code": "E99000001",
    "la_number": "999",
    "name": "Northvale Council",
    "short_name": "Northvale",
    "slug": "northvale",
    "region": "yorkshire_and_the_humber",
}
BOARD = "Northvale Improvement Board"
TITLE = "Northvale children’s services improvement plan"

ORGANISATIONS = {
    "Northvale and Moorside Integrated Care Board": "health",
    "Northvale Constabulary": "police",
    "Northvale Schools Partnership": "schools",
    "Northvale Voluntary Sector Alliance": "voluntary",
    "Northvale Safeguarding Children Partnership": "safeguarding",
}

# name, post, organisation; people and posts alike are invented
PEOPLE = (
    ("Helen Tarrant", "Assistant Director, Safeguarding and Family Support", ""),
    ("Imran Quayle", "Head of Service, Front Door and Assessment", ""),
    ("Bronagh Selwick", "Head of Service, Children in Care and Care Leavers", ""),
    ("Oluwaseun Brandreth", "Principal Social Worker", ""),
    ("Gareth Pillinger", "Head of Quality Assurance and Review", ""),
    ("Sunita Varley", "Head of Children’s Workforce", ""),
    ("Colm Etherington", "Performance and Data Manager", ""),
    ("Rosalind Achterberg", "Head of the Virtual School", ""),
    ("Wren Hallam", "Detective Superintendent, Public Protection", "Northvale Constabulary"),
    ("Marguerite Oyelaran", "Designated Nurse", "Northvale and Moorside Integrated Care Board"),
)

# code, name, meaning, colour, standing; a mark has none
SCALE: tuple[tuple[str, str, str, Palette, Standing | None], ...] = (
    ("W", "White", "Not started: work is not yet due to begin", Palette.WHITE, Standing.NOT_STARTED),
    (
        "R",
        "Red",
        "Off track: the date or the outcome will be missed without a change",
        Palette.RED,
        Standing.OFF_TRACK,
    ),
    ("A", "Amber", "At risk: delayed or in doubt, with a recovery plan", Palette.AMBER, Standing.AT_RISK),
    ("G", "Green", "On track to be delivered by its date", Palette.GREEN, Standing.ON_TRACK),
    ("B", "Blue", "Delivered, with evidence seen", Palette.BLUE, Standing.COMPLETE),
    (
        "P",
        "Purple",
        "Delivered and embedded: sustained for at least three months",
        Palette.PURPLE,
        Standing.EMBEDDED,
    ),
    ("N", "Notice", "Asked for by the improvement notice", Palette.GREY, None),
)
MARK = "N"
NOT_STARTED = "W"

# (action, board): reported for a day before the board, but only written down on the day after it
LATE = frozenset({("A2.2", 7), ("E2.1", 8), ("C1.3", 9), ("B2.1", 13)})

EVERY = 28  # days between boards
HELD = 13
THIS_ROUND = HELD + 1
REFRESHED_AFTER = 8  # the plan was refreshed on the day after this board
WEDNESDAY = 2


@dataclass(frozen=True)
class Calendar:
    """Days of the invented year, worked out from the last board and from nothing else."""

    last_board: dt.date

    @classmethod
    def up_to(cls, today: dt.date) -> "Calendar":
        """The year whose last board was on a Wednesday, 10 to 16 days before today."""
        day = today - dt.timedelta(days=10)
        return cls(day - dt.timedelta(days=(day.weekday() - WEDNESDAY) % 7))

    def board(self, number: int) -> dt.date:
        """The day of a board: 1 is the first, `HELD` the last that was held, later ones are planned."""
        return self.last_board + dt.timedelta(days=EVERY * (number - HELD))

    @property
    def begun(self) -> dt.date:
        """The day the plan began."""
        return self.board(1) - dt.timedelta(days=14)

    @property
    def notice(self) -> dt.date:
        """The day the improvement notice was issued: the first board was four weeks later."""
        return self.board(1) - dt.timedelta(days=28)

    @property
    def inspection(self) -> dt.date:
        """The day the inspection report was published."""
        return self.notice - dt.timedelta(days=56)

    @property
    def refreshed(self) -> dt.date:
        """The day the plan was refreshed."""
        return self.board(REFRESHED_AFTER) + dt.timedelta(days=1)

    def due_before(self, board: int) -> dt.date:
        """The end of a month that is 8 to 38 days before a board: past when reports are written for it."""
        return month_end(self.board(board) - dt.timedelta(days=38))

    def reporting_day(self, board: int, order: int) -> dt.date:
        """The day an action's report for a board speaks of: actions report on different days of the week before.

        For the round under way it lies between the last board and today.
        """
        if board == THIS_ROUND:
            return self.last_board + dt.timedelta(days=5 + order % 5)
        return self.board(board) - dt.timedelta(days=2 + order % 6)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of a day."""
    following = day.replace(day=28) + dt.timedelta(days=4)
    return following - dt.timedelta(days=following.day)


@dataclass(frozen=True)
class Report:
    """What is reported of an action for a board; `why` and `next_step` where it is at risk or off track."""

    board: int
    rating: str
    said: str
    why: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Judgement:
    """How an objective is judged at a board, and why."""

    board: int
    rating: str
    reason: str


@dataclass(frozen=True)
class Action:
    """One activity; `first` is its rating when the plan began ("" for none), `added` one of the refreshed plan."""

    ref: str
    activity: str
    outcome: str
    when: str
    leads: tuple[str, ...]
    reports: tuple[Report, ...]
    start: int | None = None
    end: int | None = None
    within_days: int | None = None
    moved_to: int | None = None
    added: bool = False
    noticed: bool = False
    first: str = NOT_STARTED
    finding: tuple[str, str, str] | None = None

    def starts_on(self, calendar: Calendar) -> dt.date | None:
        """The first day of work: the plan's first for 0, else the first of the month of that board."""
        if self.start is None:
            return None
        return calendar.board(self.start).replace(day=1) if self.start else calendar.begun

    def ends_on(self, calendar: Calendar, *, refreshed: bool) -> dt.date | None:
        """The last day (inclusive), as first agreed or as the refreshed plan has it; None where none can be read."""
        if self.within_days is not None:
            return calendar.notice + dt.timedelta(days=self.within_days)
        board = self.moved_to if refreshed and self.moved_to else self.end
        return calendar.due_before(board) if board else None

    def timeline(self, calendar: Calendar, *, refreshed: bool) -> str:
        """The council's own words for when."""
        return self.when.format(
            start=self.starts_on(calendar), end=self.ends_on(calendar, refreshed=refreshed)
        )


@dataclass(frozen=True)
class Objective:
    """What actions answer, with the judgements made of it."""

    ref: str
    title: str
    text: str
    rating: str
    judgements: tuple[Judgement, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Theme:
    """A heading of the plan."""

    title: str
    objectives: tuple[Objective, ...]


def read_themes() -> tuple[Theme, ...]:
    """The whole plan, in order. Raises TypeError where a file has a field that is not known."""
    return tuple(
        _theme(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.toml"))
    )


def _theme(raw: Mapping[str, Any]) -> Theme:
    return Theme(raw["title"], tuple(_objective(objective) for objective in raw["objectives"]))


def _objective(raw: Mapping[str, Any]) -> Objective:
    parts = {
        "judgements": tuple(Judgement(*judgement) for judgement in raw["judgements"]),
        "actions": tuple(_action(action) for action in raw["actions"]),
    }
    return Objective(**{**raw, **parts})


def _action(raw: Mapping[str, Any]) -> Action:
    parts: dict[str, Any] = {
        "leads": tuple(raw["leads"]),
        "reports": tuple(Report(*report) for report in raw["reports"]),
        "finding": tuple(raw["finding"]) if "finding" in raw else None,
    }
    return Action(**{**raw, **parts})


def filled(words: str, *, on: dt.date, next_board: dt.date, due: dt.date | None) -> str:
    """A report's words with their months and days, as they were said on a day.

    `next_board` is the board after the one that the report is written for.
    """
    return words.format(
        this_month=f"{on:%B}",
        last_month=f"{on.replace(day=1) - dt.timedelta(days=1):%B}",
        next_month=f"{month_end(on) + dt.timedelta(days=1):%B}",
        next_board=f"the board on {_day(next_board)}",
        due=_day(due) if due else "",
    )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B}"
