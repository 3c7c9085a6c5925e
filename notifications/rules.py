"""When a digest goes, and how it reads. Plain Python."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from deadlines.workdays import is_working_day, working_day_on_or_after

# more lines of one kind than anybody reads in a mail; the page has them all
MOST_LINES = 15


def goes_on(when: str, day: dt.date, *, oldest: dt.date) -> bool:
    """Whether somebody who chose `when` (a value of MailChoices.When) gets a digest on this day.

    `oldest` is the day on which the oldest thing to tell was written. Working days are those of England. The weekly
    digest comes on the week's first working day; where that day was missed, on the next one.
    """
    if when == "daily":
        return True
    if when == "weekly":
        monday = day - dt.timedelta(days=day.weekday())
        return is_working_day(day) and oldest <= working_day_on_or_after(monday)
    return when == "working_days" and is_working_day(day)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to tell: of which council ("" for none), under which heading, in which words, and where it is."""

    council: str
    heading: str
    text: str
    url: str


def subject(lines: Sequence[Line]) -> str:
    """What the digest holds, in a few words: "Northvale: 1 overdue, 3 coming up"."""
    councils = list(dict.fromkeys(line.council for line in lines))
    counts = ", ".join(
        f"{sum(line.heading == heading for line in lines)} {heading.lower()}"
        for heading in dict.fromkeys(line.heading for line in lines)
    )
    where = councils[0] if len(councils) == 1 and councils[0] else "Noticeboard"
    return f"{where}: {counts}"


def body(lines: Sequence[Line], *, name: str, choices_url: str) -> str:
    """The digest as plain text: by council, then by heading, each line with its address."""
    parts = [f"{name}," if name else "Hello,", ""]
    for council, of_council in _grouped(lines, "council"):
        if council:
            parts += [council, "=" * len(council), ""]
        for heading, under in _grouped(of_council, "heading"):
            parts += [f"{heading} ({len(under)})", ""]
            for line in under[:MOST_LINES]:
                parts += [f"* {line.text}", f"  {line.url}", ""]
            if len(under) > MOST_LINES:
                parts += [f"* and {len(under) - MOST_LINES} more, which the pages show", ""]
    parts += ["--", f"You get at most one such message a day. Choose what and when: {choices_url}", ""]
    return "\n".join(parts)


def _grouped(lines: Iterable[Line], name: str) -> list[tuple[str, list[Line]]]:
    """The lines by a field, groups and lines in the order in which they came."""
    order: dict[str, int] = {}
    listed = list(lines)
    for line in listed:
        order.setdefault(getattr(line, name), len(order))
    ranked = sorted(listed, key=lambda line: order[getattr(line, name)])
    return [(key, list(group)) for key, group in groupby(ranked, key=lambda line: str(getattr(line, name)))]
