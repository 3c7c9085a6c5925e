"""The notice's part of a report's facts: what fell due and what met it, and its requirements one by one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from councils.models import Council
from deadlines.sentences import day_in_words
from notices.deadlines.holders import is_departments
from notices.deadlines.lines import Deadlines, Line
from notices.deadlines.queries import deadlines_of
from notices.models import NoticeVersion, Requirement
from notices.queries.notice import instruments_of, versions_of
from reporting.reports.describe import SHORT, counted, cut, figure
from reporting.reports.facts import Block, Cell, Figure, Reference, Row
from reporting.reports.facts import Requirement as Asked
from reporting.reports.from_boards import Span

AHEAD = dt.timedelta(weeks=12)


def last_met(own: "Own", council: Council, *, today: dt.date, now: dt.datetime) -> dt.date | None:
    """The day on which the duty of a deadline was last met, for a day before that deadline's."""
    lines = deadlines_of(council, today=today, recorded_until=now).of_obligation(own.key, own.instrument)
    met = [line.deadline.met_on for line in lines if line.met and line.due < own.due]
    return max((on for on in met if on is not None and on <= today), default=None)


def version_in_force(council: Council, *, on: dt.date) -> NoticeVersion | None:
    """The words of the council's notice that hold on a day; None where no notice was read in."""
    for instrument in instruments_of(council):
        if instrument.on > on or (instrument.ended_on is not None and instrument.ended_on < on):
            continue
        for version in versions_of(instrument):
            if version.in_force_from <= on:
                return version
    return None


def areas_of(version: NoticeVersion | None) -> list[str]:
    """The headings of a notice under which somebody other than the Department owes something, in its order."""
    return list(dict.fromkeys(map(_area, _asked(version))))


def _area(one: Requirement) -> str:
    return one.heading.rstrip(" :") or "The notice"


def _asked(version: NoticeVersion | None) -> list[Requirement]:
    """The provisions that can be judged: the ends of the tree, and what somebody owes, less the Department's own."""
    if version is None:
        return []
    rows = version.requirements.filter(Q(children__isnull=True) | Q(obligations__isnull=False)).distinct()
    found = []
    for one in rows.prefetch_related("obligations").order_by("order"):
        owed = list(one.obligations.all())
        if owed and all(is_departments(duty.duty_holder) for duty in owed):
            continue
        found.append(one)
    return found


@dataclass(frozen=True)
class Own:
    """The deadline that a report is itself for: while it is not met, the report says nothing of it."""

    instrument: int
    key: str
    due: dt.date

    def is_of(self, line: Line) -> bool:
        """Whether a line is this deadline, still to be met."""
        return not line.met and (line.duty.instrument, line.duty.key, line.due) == (
            self.instrument,
            self.key,
            self.due,
        )


def deadlines(known: Deadlines, span: Span, own: Own | None = None) -> tuple[tuple[Block, ...], list[Figure]]:
    """What fell due in a period and what came of it, and what comes next.

    Left out are the Department's own duties and, while it is not met, the report's own deadline.
    """
    told = [
        line
        for line in known.lines
        if not line.duty.of_department and line.duty.force.value != "may" and not (own and own.is_of(line))
    ]
    past = [
        line for line in told if (line.due in span and not _still_to_come(line, span)) or _met_in(line, span)
    ]
    coming = [line for line in told if line.open and span.until <= line.due <= span.until + AHEAD]
    late = [line for line in told if line.overdue]
    columns, widths = ("Due", "What", "Who", "What came of it", "Notice"), (15, 33, 17, 25, 10)
    rows = tuple(map(_line, sorted(dict.fromkeys([*late, *past]), key=lambda line: line.due)))
    blocks = [
        Block(
            "Fell due in this period",
            "" if rows else "Nothing fell due in this period.",
            columns if rows else (),
            widths,
            rows,
        )
    ]
    if coming:
        blocks.append(
            Block(
                "Due in the next 12 weeks",
                "",
                (*columns[:3], "How it stands", columns[4]),
                widths,
                tuple(_line(line) for line in coming),
            )
        )
    met = sum(line.met for line in past)
    figures = [
        figure("deadlines met", met, "deadline met in this period", "deadlines met in this period"),
        figure("deadlines overdue", len(late), "deadline overdue now", "deadlines overdue now"),
    ]
    return tuple(blocks), figures


def _met_in(line: Line, span: Span) -> bool:
    return line.deadline.met_on is not None and line.deadline.met_on in span


def _still_to_come(line: Line, span: Span) -> bool:
    return line.open and line.due >= span.until


def state_in_words(line: Line) -> str:
    """What came of a deadline: met on which day, by what."""
    met = line.deadline.met_on
    return f"{line.state_words}, {met.day} {met:%b %Y}" if met else line.state_words


def _line(line: Line) -> Row:
    cells = (
        f"{line.due.day} {line.due:%b %Y}",
        cut(line.duty.deliverable, SHORT),
        line.duty.duty_holder,
        state_in_words(line),
        line.duty.requirement,
    )
    return Row(tuple(Cell(cell) for cell in cells), paragraph(line.duty.requirement))


def paragraph(ref: str) -> str:
    """How a text points at a provision: [paragraph 5c], or its own name where that is no number."""
    return f"paragraph {ref}" if ref[:1].isdigit() else ref


def requirements(
    version: NoticeVersion | None, known: Deadlines, span: Span, own: Own | None = None
) -> list[Asked]:
    """The provisions to be judged, each with what is owed under it and what came of that before this report."""
    found = []
    for one in _asked(version):
        duties = [duty for duty in known.duties if one.ref in (duty.requirement, *duty.also)]
        lines = []
        for duty in duties:
            if version is not None and duty.instrument != version.instrument_id:
                continue
            fell = [
                line
                for line in known.of_obligation(duty.key, duty.instrument)
                if line.due <= span.until and not (own and own.is_of(line))
            ]
            lines.append(f"{duty.duty_holder}: {cut(duty.deliverable, SHORT)}. {_record(fell)}")
        found.append(Asked(one.key, one.ref, _area(one), one.text.strip(), tuple(lines)))
    return found


def _record(lines: Sequence[Line]) -> str:
    """What came of a duty so far, in one phrase."""
    if not lines:
        return "Nothing has fallen due yet."
    met = [line for line in lines if line.met]
    late = [line for line in met if line.state.value == "met_late"]
    overdue = [line for line in lines if line.overdue]
    words = f"Met {len(met)} of {counted(len(lines), 'time')} it fell due"
    if late:
        words += f", {len(late)} late"
    if overdue:
        words += f"; overdue since {day_in_words(overdue[0].due)}"
    return f"{words}."


def area_blocks(asked: Sequence[Asked]) -> dict[str, tuple[Block, ...]]:
    """What each area of the notice asks for, as blocks by its heading."""
    by_area: dict[str, list[Asked]] = {}
    for one in asked:
        by_area.setdefault(one.area, []).append(one)
    columns, widths = ("Notice", "What it asks for", "What came of it"), (12, 48, 40)
    return {
        area: (
            Block(
                "What the notice asks for",
                "",
                columns,
                widths,
                tuple(
                    Row(
                        (
                            Cell(one.ref),
                            Cell(cut(one.text, 240)),
                            Cell(" ".join(one.lines) or "No date follows from it."),
                        ),
                        paragraph(one.ref),
                    )
                    for one in found
                ),
            ),
        )
        for area, found in by_area.items()
    }


def references(asked: Sequence[Asked], council: Council) -> list[Reference]:
    """The provisions as something a claim can point at."""
    url = reverse("notices:notice", kwargs={"council": council.slug})
    return [
        Reference(paragraph(one.ref), f"Notice, {paragraph(one.ref)}: {cut(one.text)}", one.lines, url)
        for one in asked
    ]
