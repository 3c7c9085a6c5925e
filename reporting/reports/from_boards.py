"""The board's part of a report's facts: meetings and attendance, testing, what partners owe."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from boards.models import Board, Decision, Finding, Meeting, Test
from boards.queries.attendance import LAST, attendance_over_time, organisations_of
from boards.queries.attendance import partners as partners_of
from boards.queries.testing import days_by_month
from boards.seen import Sight
from deadlines.sentences import day_in_words
from plans.rows import ActionRow
from reporting.reports.describe import SHORT, counted, cut, figure
from reporting.reports.facts import Block, Cell, Figure, Reference, Row

MOST_MEETINGS = 40  # more than any report looks back on


@dataclass(frozen=True)
class Span:
    """The days that a report speaks of: after `since` (None: from the beginning), up to `until`."""

    since: dt.date | None
    until: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return (self.since is None or day > self.since) and day <= self.until


def _cells(*cells: str) -> tuple[Cell, ...]:
    return tuple(Cell(cell) for cell in cells)


def meetings(board: Board | None, span: Span) -> tuple[tuple[Block, ...], list[Figure], list[Reference]]:
    """The meetings held in a period, who came to them, and what was decided."""
    if board is None:
        return (Block("Boards held", "There is no board yet."),), [], []
    over_time = attendance_over_time(board, last=MOST_MEETINGS, until=span.until)
    places = [place for place, meeting in enumerate(over_time.meetings) if meeting.on in span]
    held = [over_time.meetings[place] for place in places]
    decided = _decisions(held)
    rows = []
    for place, meeting in zip(places, held, strict=True):
        asked = [body for body in over_time.organisations if body.states[place]]
        there = sum(body.states[place] in {"present", "deputy"} for body in asked)
        rows.append(
            Row(
                _cells(
                    f"Board {meeting.number}",
                    day_in_words(meeting.on),
                    f"{there} of {len(asked)}" if asked else "Not recorded",
                    _counts(meeting),
                    str(len(decided.get(meeting.pk, ()))),
                ),
                f"board {meeting.number}",
            )
        )
    blocks = [
        Block(
            "Boards held",
            f"{counted(len(held), 'board').capitalize()} held.",
            ("Board", "Held on", "Organisations there", "For the notice", "Decisions") if rows else (),
            (14, 24, 20, 28, 14),
            tuple(rows),
        )
    ]
    if held:
        blocks.append(_attendance(over_time.organisations, places))
    figures = [
        figure(
            "boards held", len(held), "board held since the last report", "boards held since the last report"
        ),
        figure(
            "decisions",
            sum(map(len, decided.values())),
            "decision of those boards",
            "decisions of those boards",
        ),
    ]
    return tuple(blocks), figures, _references(board, held, decided)


def _counts(meeting: Meeting) -> str:
    if meeting.counts:
        return "Inquorate, counts" if meeting.quorate is False else "Counts"
    return cut(f"Does not count: {meeting.counts_because}", SHORT)


def _attendance(bodies: Sequence[object], places: Sequence[int]) -> Block:
    rows = []
    for body in bodies:
        states = [body.states[place] for place in places if body.states[place]]  # type: ignore[attr-defined]
        if not states:
            continue
        there = sum(state in {"present", "deputy"} for state in states)
        deputies = states.count("deputy")
        note = counted(deputies, "board") if deputies else ""
        rows.append(Row(_cells(body.name, f"{there} of {len(states)}", note)))  # type: ignore[attr-defined]
    columns = ("Organisation", "Boards attended", "By deputy")
    if not any(row.cells[-1].text for row in rows):
        rows = [Row(row.cells[:-1]) for row in rows]
        return Block("Attendance by organisation", "", columns[:-1], (70, 30), tuple(rows))
    return Block("Attendance by organisation", "", columns, (56, 24, 20), tuple(rows))


def _decisions(held: Sequence[Meeting]) -> dict[int, list[Decision]]:
    rows = Decision.objects.filter(meeting__in=held, withdrawn_at__isnull=True, restricted=False)
    found: dict[int, list[Decision]] = {}
    for decision in rows.select_related("meeting").order_by("meeting__on", "number"):
        found.setdefault(decision.meeting_id, []).append(decision)
    return found


def _references(board: Board, held: Sequence[Meeting], decided: dict[int, list[Decision]]) -> list[Reference]:
    slug = board.council.slug
    found = []
    for meeting in held:
        url = reverse("boards:meeting", kwargs={"council": slug, "meeting": meeting.pk})
        decisions = decided.get(meeting.pk, [])
        lines = tuple(f"Decision {one.ref}: {cut(one.text)}" for one in decisions)
        found.append(
            Reference(f"board {meeting.number}", f"{board.name} of {day_in_words(meeting.on)}", lines, url)
        )
        found += [
            Reference(f"decision {one.ref}", f"{cut(one.text)} ({day_in_words(meeting.on)})", (), url)
            for one in decisions
        ]
    return found


def testing(
    board: Board | None, tests: Sequence[Test], span: Span, slug: str
) -> tuple[tuple[Block, ...], list[Figure], list[Reference]]:
    """Days of testing provided and used, and what was tested in a period with what it found."""
    recent = [test for test in tests if test.on in span]
    blocks = [_days(board, span)] if board else []
    for test in recent:
        rows = tuple(
            Row(
                _cells(
                    str(finding.action or finding.objective),
                    finding.get_result_display().capitalize(),
                    finding.text,
                ),
                finding.action.ref if finding.action else "",
            )
            for finding in sorted(test.findings.all(), key=_place)
        )
        words = f"{test.tester}, {day_in_words(test.on)}. {cut(test.method)}".strip()
        columns = ("What", "Result", "What was found")
        blocks.append(
            Block(f"Test {test.number}: {test.title}", words, columns if rows else (), (14, 22, 64), rows)
        )
    if not recent:
        blocks.append(Block("Testing", "Nothing was tested independently in this period."))
    tested = {finding.action_id for test in recent for finding in test.findings.all() if finding.action_id}
    figures = [
        figure(
            "tests",
            len(recent),
            "piece of testing since the last report",
            "pieces of testing since the last report",
        ),
        figure(
            "tested",
            len(tested),
            "action tested since the last report",
            "actions tested since the last report",
        ),
    ]
    return tuple(blocks), figures, [_test_reference(test, slug) for test in tests]


def _place(finding: Finding) -> tuple[bool, int, int]:
    """Actions in the plan's order, then objectives."""
    return (finding.action is None, finding.action.order if finding.action else 0, finding.pk)


def _days(board: Board, span: Span) -> Block:
    rows = tuple(
        Row(_cells(f"{one.month:%B %Y}", f"{one.provided:g}", f"{one.used:g}"))
        for one in reversed(days_by_month(board))
        if one.month <= span.until and (span.since is None or one.month >= span.since.replace(day=1))
    )
    words = "" if rows else "No days of testing were recorded."
    columns = ("Month", "Days provided", "Days used")
    return Block("Days of testing", words, columns if rows else (), (50, 25, 25), rows)


def _test_reference(test: Test, slug: str) -> Reference:
    lines = tuple(
        f"{finding.action or finding.objective}: {finding.get_result_display()}. {cut(finding.text)}"
        for finding in test.findings.all()
    )
    title = f"Test {test.number}: {test.title} ({test.tester}, {day_in_words(test.on)})"
    url = reverse("boards:test", kwargs={"council": slug, "test": test.pk})
    return Reference(f"test {test.number}", title, lines, url)


def partners(
    board: Board | None, sight: Sight, *, today: dt.date, actions: Iterable[ActionRow]
) -> tuple[Block, ...]:
    """What each partner brings and owes: attendance, actions not reported on, matters open."""
    if board is None:
        return ()
    rows = []
    for one in partners_of(board, organisations_of(board.council), sight, today=today, actions=actions):
        if not (one.attendance.recorded or one.actions or one.matters):
            continue
        overdue = sum(matter.due_on is not None and matter.due_on < today for matter in one.matters)
        rows.append(
            Row(
                _cells(
                    one.organisation.name,
                    f"{one.attendance.there} of {one.attendance.recorded}"
                    if one.attendance.recorded
                    else "Not recorded",
                    f"{one.late} of {len(one.actions)}" if one.actions else "Leads none",
                    f"{len(one.matters)}, {overdue} overdue" if overdue else str(len(one.matters)),
                )
            )
        )
    columns = ("Partner", f"Boards attended, last {LAST}", "Actions not reported on", "Matters open")
    words = "" if rows else "No partner’s attendance, actions or matters are recorded."
    return (Block("Partners", words, columns if rows else (), (43, 19, 21, 17), tuple(rows)),)
