"""A newsletter drafted from facts: what the board decided, what was completed, what comes next. Plain Python.

Nobody is named in it, and nothing restricted comes into it: what names somebody is left out and counted.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PARTS = ("opening", "decided", "completed", "coming", "closing")
HEADINGS = {
    "decided": "What the board decided",
    "completed": "What has been completed",
    "coming": "What comes next",
}
MOST = 12  # completed actions: a newsletter, not a list of everything


@dataclass(frozen=True)
class News:
    """What a newsletter is drafted from. `names` are people of the council, whom it must not name."""

    council: str
    board: str
    on: dt.date
    decisions: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
    next_boards: tuple[dt.date, ...] = ()
    planned: tuple[tuple[str, dt.date | None], ...] = ()  # the forward plan
    next_ends: tuple[tuple[str, dt.date], ...] = ()  # actions that end before the next board
    names: tuple[str, ...] = ()
    first: bool = False  # the board had not met before


@dataclass(frozen=True)
class Draft:
    """The parts of a newsletter, one thing a line, and how many facts were left out because they name somebody."""

    parts: Mapping[str, str]
    named: int


def draft(news: News) -> Draft:
    """Words to begin with, for somebody to edit."""
    decided = list(
        dict.fromkeys(_sentence(text) for text in news.decisions if not _HOUSEKEEPING.search(text))
    )
    completed = [_sentence(text) for text in news.completed]
    coming = _coming(news)
    kept = {
        name: [line for line in lines if not names_in(line, news.names)]
        for name, lines in (("decided", decided), ("completed", completed), ("coming", coming))
    }
    since = "so far" if news.first else "since its last meeting"
    more = len(kept["completed"]) - MOST
    if more > 0:
        kept["completed"] = [*kept["completed"][:MOST], f"And {more} more."]
    parts = {
        "opening": (
            f"The {_without_the(news.board)} met{' for the first time' if news.first else ''} on {_day(news.on)}."
            f" This is what it decided, what has been completed {since}, and what comes next."
        ),
        "decided": "\n".join(kept["decided"]) or "The board took no decision that can be shared here.",
        "completed": "\n".join(kept["completed"]) or f"No action has been completed {since}.",
        "coming": "\n".join(kept["coming"]),
        "closing": "Thank you to everybody who works with children and families and made this possible.",
    }
    named = (
        len(decided)
        + len(completed)
        + len(coming)
        - sum(not names_in(line, news.names) for line in (*decided, *completed, *coming))
    )
    return Draft(parts, named)


# that a board approves its minutes is no news to staff and schools
_HOUSEKEEPING = re.compile(
    r"\bminutes\b.*\b(approved|agreed|accepted|confirmed)\b|\b(approves?|agrees?|accepts?)\b.*\bminutes\b",
    re.IGNORECASE | re.DOTALL,
)


def _coming(news: News) -> list[str]:
    lines = [f"By {_day(on)}: {_first_small(_sentence(text))}" for text, on in news.next_ends]
    lines += [
        f"Planned for the board{f' in {_month(about)}' if about else ''}: {_sentence(title)}"
        for title, about in news.planned
    ]
    if news.next_boards:
        days = [_day(on) for on in news.next_boards]
        then = f", and then on {' and '.join(days[1:])}" if days[1:] else ""
        lines.append(f"The board meets next on {days[0]}{then}.")
    return lines


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The people of these names whom a text names in full, whatever the case; single words are no name."""
    said = " ".join(text.split()).casefold()
    return sorted(
        name
        for name in set(names)
        if len(name.split()) > 1
        and re.search(rf"(?<!\w){re.escape(' '.join(name.split()).casefold())}(?!\w)", said)
    )


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    return words if not words or words[-1] in ".!?" else f"{words}."


def _first_small(words: str) -> str:
    """With a small first letter, unless the first word is a name or an abbreviation."""
    first = words.split(" ", 1)[0]
    return words if not first[1:].islower() else words[:1].lower() + words[1:]


def _without_the(board: str) -> str:
    return board.removeprefix("The ").removeprefix("the ")


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


def _month(on: dt.date) -> str:
    return f"{on:%B %Y}"
