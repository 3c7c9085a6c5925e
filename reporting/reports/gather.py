"""Gathering a report's facts from the rooms, as they stand on a day or as they were frozen."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from boards.models import Board
from boards.queries.bodies import boards_of, main_board
from boards.queries.meetings import next_meeting
from councils.models import Council
from deadlines.sentences import day_in_words
from notices.deadlines.lines import Deadlines
from notices.deadlines.queries import deadlines_of
from plans.models import Plan, Position
from plans.queries import open_plan, positions_of
from reporting.models import Report
from reporting.packs.basis import Basis as PlanBasis
from reporting.packs.basis import basis_of as pack_basis
from reporting.packs.collect import members_sight
from reporting.packs.facts import Figures
from reporting.reports import describe, from_boards, from_notice, from_plan
from reporting.reports.facts import Block, Cell, Facts, Reference, Requirement, Row, from_json
from reporting.reports.from_boards import Span
from reporting.reports.kinds import KINDS, Kind, Topic
from reporting.reports.reads import last_submitted, partnership_reports


@dataclass(frozen=True)
class Basis:
    """What a report's facts rest on: its days, what was known by when, the plan's two positions, the board.

    `position` is the frozen position that the later figures are, where it is one already.
    """

    council: Council
    kind: Kind
    span: Span
    known: dt.datetime
    board: Board | None
    ends: from_plan.Ends | None
    position: Position | None = None
    own: from_notice.Own | None = None  # the deadline that the report is for


def basis_of(report: Report, *, today: dt.date, now: dt.datetime) -> Basis:
    """What a report that is not frozen rests on at this moment."""
    own = None
    if report.instrument_id is not None and report.due is not None:
        own = from_notice.Own(report.instrument_id, report.obligation_key, report.due)
    return basis_for(
        report.council, KINDS[report.kind], report.board, today=today, now=now, without=report, own=own
    )


def basis_for(
    council: Council,
    kind: Kind,
    board: Board | None,
    *,
    today: dt.date,
    now: dt.datetime,
    without: Report | None = None,
    own: from_notice.Own | None = None,
    unfrozen: bool = False,
) -> Basis:
    """What a report of a kind rests on, as at `today`, as far as was known at `now`.

    Its period begins with the last one of its kind that was submitted (`without`: a report that is left out, with what
    it replaces), else on the day when the deadline it is for, `own`, was last met otherwise, else with the notice. It
    compares the plan of that day, as that report or the board saw it, or as it began, with the plan as its author sees
    it: live, or as last frozen (`unfrozen`: as it stood that day, where none was frozen by then).
    """
    board = board or main_board(council, today=today)
    before = last_submitted(council, kind.code, board if kind.to_board else None, by=today, without=without)
    plan = open_plan(council)
    later, position = _later(plan, kind, board, today=today, now=now) if plan else (None, None)
    if unfrozen and later is None and plan is not None and plan.begun_on <= today:
        later = PlanBasis(today, now)
    met_on = from_notice.last_met(own, council, today=today, now=now) if own and not before else None
    ends = None
    if plan is not None and later is not None:
        ends = from_plan.Ends(plan, later, _earlier(plan, before, met_on, later))
    version = from_notice.version_in_force(council, on=today)
    begun = before.as_at if before else met_on or (version.instrument.on if version else None)
    return Basis(council, kind, Span(begun, today), now, board, ends, position, own)


def _later(
    plan: Plan, kind: Kind, board: Board | None, *, today: dt.date, now: dt.datetime
) -> tuple[PlanBasis | None, Position | None]:
    live = kind.live or plan.council.shares_live_plan_with_chair
    coming = next_meeting(board, today=today) if kind.to_board and board else None
    if live and coming is not None:
        found, position = pack_basis(coming, today=today, now=now)
        return (found, position) if plan.begun_on <= found.on <= today else (PlanBasis(today, now), None)
    if live:
        return (PlanBasis(today, now), None) if plan.begun_on <= today else (None, None)
    frozen = (
        positions_of(plan).filter(on__lte=today, recorded_until__lte=now).order_by("-on", "-recorded_until")
    )
    position = frozen.first()
    return (PlanBasis(position.on, position.recorded_until), position) if position else (None, None)


def _earlier(plan: Plan, before: Report | None, met_on: dt.date | None, later: PlanBasis) -> PlanBasis | None:
    if before is not None and before.position_on is not None and before.recorded_until is not None:
        if plan.begun_on <= before.position_on:
            return PlanBasis(before.position_on, before.recorded_until)
        return None
    if met_on is not None:
        seen = positions_of(plan).filter(on__lte=met_on, recorded_until__lt=later.recorded_until)
        if (position := seen.order_by("-on", "-recorded_until").first()) is not None:
            return PlanBasis(position.on, position.recorded_until)
    return PlanBasis(plan.begun_on, later.recorded_until) if plan.begun_on < later.on else None


def facts_of(report: Report, *, today: dt.date, now: dt.datetime) -> Facts:
    """The facts of a report: as frozen, else as they stand now."""
    if report.facts is not None:
        return from_json(report.facts)
    return gather(basis_of(report, today=today, now=now))


def gather(basis: Basis) -> Facts:
    """Everything that the sections of the report's kind may show, in a number of queries that the plan's size
    does not change.
    """
    kind, span, council, board, ends = basis.kind, basis.span, basis.council, basis.board, basis.ends
    sight = replace(members_sight(restricted=False), testing_notes=kind.notes)
    tests = from_plan.tests_of(list(boards_of(council)), sight, until=span.until)
    tested = from_plan.testing_of(tests)
    known = deadlines_of(
        council, today=span.until, recorded_until=basis.known, until=span.until + from_notice.AHEAD
    )
    figures = from_plan.figures_of(ends) if ends else None
    asked = _asked(basis, known, figures, tested.actions)
    held, held_figures, held_references = from_boards.meetings(board, span)
    testing, test_figures, test_references = from_boards.testing(board, tests, span, council.slug)
    due, due_figures = from_notice.deadlines(known, span, basis.own)
    partnership, partnership_references = _partnership(council, span)
    areas = from_notice.area_blocks(asked)
    topics: dict[str, tuple[Block, ...]] = {
        Topic.BOARDS: held,
        Topic.TESTING: testing,
        Topic.DEADLINES: due,
        Topic.PARTNERSHIP: partnership,
        Topic.PARTNERS: from_boards.partners(
            board, sight, today=span.until, actions=figures.table.actions if figures else ()
        ),
        **_plan_topics(kind, figures, tested),
        **{f"area:{area}": blocks for area, blocks in areas.items()},
    }
    pointed = [
        *(from_plan.references(ends, figures, tested) if ends and figures else ()),
        *held_references,
        *test_references,
        *partnership_references,
        *from_notice.references(asked, council),
    ]
    return Facts(
        since=span.since,
        as_at=span.until,
        position_on=ends.now.on if ends else None,
        before_on=ends.before.on if ends and ends.before else None,
        topics={str(name): blocks for name, blocks in topics.items()},
        figures=(
            *(describe.numbers(figures) if figures else ()),
            *held_figures,
            *test_figures,
            *due_figures,
        ),
        # where two are called the same the first is meant: an action before a provision
        references=tuple({one.ref.casefold(): one for one in reversed(pointed)}.values())[::-1],
        requirements=tuple(asked),
        areas=tuple(areas),
        unshared=tuple(f"Test {test.number}" for test in tests if test.on in span and test.shared_at is None),
    )


def _asked(
    basis: Basis,
    known: Deadlines,
    figures: Figures | None,
    tested: Mapping[int, Sequence[describe.Tested]],
) -> list[Requirement]:
    """The requirements of the notice, each with what came of it and what of the plan answers it."""
    span = basis.span
    version = from_notice.version_in_force(basis.council, on=span.until)
    asked = from_notice.requirements(version, known, span, basis.own)
    if basis.ends is None or figures is None:
        return asked
    answers = from_plan.answering(basis.ends, figures, version, tested, today=span.until)
    return [
        replace(one, lines=(*one.lines, answers[one.key])) if one.key in answers else one for one in asked
    ]


def _plan_topics(
    kind: Kind, figures: Figures | None, tested: from_plan.Testing
) -> dict[str, tuple[Block, ...]]:
    if figures is None:
        return {Topic.STANDING: (Block("Where the plan stands", _no_plan(kind)),)}
    return {
        Topic.STANDING: describe.standing(figures),
        Topic.OBJECTIVES: describe.objectives(figures, tested.objectives),
        Topic.MOVED: describe.moved(figures),
        Topic.COMPLETED: describe.completed(figures, tested.actions),
        Topic.SLIPPED: describe.slipped(figures),
        Topic.OFF_TRACK: describe.off_track(figures),
        Topic.SLOW: describe.slow(figures),
    }


def _no_plan(kind: Kind) -> str:
    return "There is no plan yet." if kind.live else "No position of the plan has been frozen yet."


def _partnership(council: Council, span: Span) -> tuple[tuple[Block, ...], list[Reference]]:
    """What the safeguarding partnership's chair reported in a period, where it was submitted here."""
    reports = [one for one in partnership_reports(council, by=span.until) if one.submitted.on in span]
    if not reports:
        words = "The partnership’s chair has submitted no report here in this period."
        return (Block("The partnership’s report", words),), []
    blocks, references = [], []
    for one in reports:
        day = day_in_words(one.submitted.on)
        rows = tuple(
            Row((Cell(section["heading"]), Cell(section["text"])))
            for section in one.submitted.body["sections"]
            if section["text"].strip()
        )
        blocks.append(Block(f"Report of {day}", one.signature, ("Section", "What it says"), (26, 74), rows))
        references.append(
            Reference(
                f"partnership {one.submitted.on.isoformat()}", f"Safeguarding partnership’s report of {day}"
            )
        )
    return tuple(blocks), references
