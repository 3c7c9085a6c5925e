"""The closed family as a form offers it: labels, what each kind asks for, units."""

from dataclasses import dataclass

from deadlines.kinds import KINDS, words
from deadlines.sentences import MONTHS, WEEKDAYS

MOST_PARTS = 6
# the choice of leaving a part as it stands, where it says more than the fields hold
KEPT = "kept"
UNITS = {
    "days": "days",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "working_days": "working days",
}


@dataclass(frozen=True)
class Shape:
    """One kind of schedule as a form offers it: its words, the fields it needs, an example."""

    label: str
    asks: tuple[str, ...]
    example: str


SHAPES: dict[str, Shape] = {
    "on_date": Shape("On a day, or by it", ("on", "by"), "by 31 July 2026"),
    "in_month": Shape("In a month", ("month",), "in May 2026"),
    "by_end_of_month": Shape("By the end of a month", ("month",), "by the end of December 2026"),
    "between": Shape("Between two days", ("on", "to"), "between 1 and 7 January 2027"),
    "within": Shape(
        "Within a time of something, or by it", ("length", "anchor"), "within two months of the notice"
    ),
    "on_or_after": Shape(
        "After a time: it opens then", ("length", "anchor", "tolerance"), "after six months from the notice"
    ),
    "every_period": Shape(
        "Again and again, counted from a day",
        ("length", "anchor", "times", "until"),
        "every six months from the notice",
    ),
    "by_calendar": Shape(
        "In the same months each year, or each month",
        ("months", "day", "by", "after", "anchor", "until"),
        "each September; 1 March and 1 September",
    ),
    "no_longer_than": Shape(
        "At least once in every so long", ("length", "of", "anchor"), "at least one board every four weeks"
    ),
    "at_least_in_each_month": Shape(
        "So many in each month",
        ("count", "of", "times", "calendar"),
        "at least one board in each calendar month",
    ),
    "with_each": Shape("With each meeting or event, or a time after it", ("of", "after"), "with each board"),
    "every_nth": Shape(
        "With every second, third … meeting", ("count", "of", "first", "days_allowed"), "every third board"
    ),
    "before": Shape(
        "Before something else that is owed", ("obligation", "lead"), "one week before each review"
    ),
    "at_last_before": Shape(
        "At the last meeting before something else is due",
        ("of", "obligation"),
        "at the board before the chair's report",
    ),
    "amount_in_each_month": Shape(
        "An amount in each month", ("amount", "of"), "at least two days in each month"
    ),
    "on_request": Shape("On request", ("of",), "when the Department asks for it"),
    "standing": Shape("At all times", (), "kept up to date"),
    "not_yet_agreed": Shape("Not yet agreed", ("words", "agreed_by"), "the notice says “regular”"),
}


def month_choices() -> list[tuple[str, str]]:
    """The months of a year by number, as fields are called."""
    return [(str(number), name) for number, name in enumerate(MONTHS, start=1)]


def weekday_choices() -> list[tuple[str, str]]:
    """The days of a week by number, 0 for Monday."""
    return [(str(number), name) for number, name in enumerate(WEEKDAYS)]


def event_choices() -> list[tuple[str, str]]:
    """The kinds of event a schedule may watch, in words."""
    return [(kind, words(kind).noun) for kind in KINDS]
