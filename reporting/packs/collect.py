"""Putting a pack's facts together: from the board's room, the notice's deadlines and the plan's position."""

import datetime as dt
from collections.abc import Mapping

from boards.models import Attendance, Capacity, Matter, Meeting, MinutesSection, Paper
from boards.pack_sections import Section
from boards.queries.attendance import attendance_over_time
from boards.queries.bodies import members_on
from boards.queries.meetings import agenda_of, last_held, minutes_seen, risks_of
from boards.queries.testing import findings_of, tests_seen
from boards.seen import Sight
from boards.services.minutes import WITHHELD
from notices.deadlines.queries import deadlines_of
from plans.models import MovedEnd, Plan
from plans.queries import open_plan, table_at
from plans.table import ActionRow
from reporting.packs.basis import Basis, seen_by
from reporting.packs.facts import (
    Figures,
    LastMinutes,
    MinutesPart,
    Mismatch,
    PackDeadline,
    PackFacts,
    PackItem,
    PackMatter,
    PackPaper,
    PackRisk,
    PackTest,
    SeatLine,
    Slip,
)
from reporting.packs.papers import PaperRefused, named, sheets_of

SHOWN_MEETINGS = 6
AHEAD = dt.timedelta(weeks=8)


def members_sight(*, restricted: bool) -> Sight:
    """What the readers of a pack see: what is before the board, restricted items or not; nobody's own notes."""
    return Sight(
        writes=False,
        drafts=True,
        restricted=restricted,
        rounds=False,
        testing_notes=False,
        testing_days=False,
        decides_frequency=False,
        people=False,
    )


def collect(
    meeting: Meeting,
    basis: Basis,
    *,
    sections: tuple[Section, ...],
    restricted: bool,
    edition: str,
    made_on: dt.date,
    supplements_only: bool = False,
) -> PackFacts:
    """Everything one copy of the pack for a meeting shows. `restricted`: for readers who may see restricted items.

    The plan's figures are those of `basis` alone, so that a pack made again shows the same. Raises PaperRefused for a
    paper that cannot be read.
    """
    board, council = meeting.board, meeting.board.council
    sight = members_sight(restricted=restricted)
    items, withheld = _items(meeting, sight, sections, supplements_only=supplements_only)
    before = last_held(board, before=meeting.on)
    facts = PackFacts(
        council=council.name,
        board=board.name,
        meeting_on=meeting.on,
        starts=meeting.starts_at,
        place=meeting.place,
        chair=", ".join(
            str(member.person)
            for member in members_on(board, meeting.on)
            if member.capacity == Capacity.CHAIR
        ),
        edition=edition,
        made_on=made_on,
        position_on=None if supplements_only else basis.on,
        sections=(Section.AGENDA,) if supplements_only else sections,
        items=items,
        withheld=withheld,
        supplements_only=supplements_only,
        invented=council.invented,
    )
    if supplements_only:
        return facts
    plan = open_plan(council)
    over_time = attendance_over_time(board, last=SHOWN_MEETINGS, until=meeting.on - dt.timedelta(days=1))
    return PackFacts(
        **{
            **facts.__dict__,
            "minutes": _minutes(before, sight),
            "matters": _matters(meeting, before, sight),
            "deadlines": _deadlines(meeting, before, basis),
            "figures": figures_of(plan, before, basis) if plan and plan.begun_on <= basis.on else None,
            "tests": _tests(meeting, before, sight),
            "risks": tuple(
                PackRisk(
                    str(risk.number),
                    risk.get_kind_display(),
                    risk.text,
                    risk.score,
                    risk.mitigation,
                    risk.owner_name,
                )
                for risk in risks_of(board)
            ),
            "meetings": tuple(held.on for held in over_time.meetings),
            "attendance": tuple(
                SeatLine(row.name, "", tuple(map(_there, row.states))) for row in over_time.organisations
            ),
        }
    )


def _there(state: str) -> bool | None:
    return None if not state else state in {Attendance.State.PRESENT, Attendance.State.DEPUTY}


def _items(
    meeting: Meeting, sight: Sight, sections: tuple[Section, ...], *, supplements_only: bool
) -> tuple[tuple[PackItem, ...], int]:
    found, withheld = [], 0
    for line in agenda_of(meeting, sight):
        papers = [
            _paper(paper, line.number)
            for paper in line.papers
            if paper.state == Paper.State.READY
            and not hasattr(paper, "replaced_by")
            and (paper.supplement or not supplements_only)
        ]
        if supplements_only and not papers:
            continue
        withheld += line.hidden
        found.append(
            PackItem(
                number=line.number,
                title=line.title,
                level=int(line.part),
                presenter="" if line.hidden else line.item.presenter,
                purpose="" if line.hidden else line.item.get_purpose_display(),
                starts=line.starts,
                minutes=line.item.minutes,
                section=next((one for one in sections if one == line.item.section and not line.hidden), None),
                papers=tuple(papers),
                withheld=line.hidden,
            )
        )
    return tuple(found), withheld


def _paper(paper: Paper, item: str) -> PackPaper:
    if paper.pdf is None:
        raise ValueError(f"paper {paper.pk} is ready without a PDF")
    with paper.pdf.content.open("rb") as file:
        content = file.read()
    try:
        sheets = sheets_of(content)
    except PaperRefused as refused:
        raise PaperRefused(named(paper.title, item, str(refused))) from refused
    return PackPaper(paper.pk, paper.title, item, sheets, content, supplement=paper.supplement)


def _minutes(before: Meeting | None, sight: Sight) -> LastMinutes | None:
    minutes = minutes_seen(before, sight) if before else None
    if minutes is None or before is None:
        return None
    rows = list(before.attendances.select_related("organisation").order_by("name"))
    decisions = (
        before.decisions.filter(withdrawn_at__isnull=True).select_related("meeting").order_by("number")
    )
    if not sight.restricted:
        decisions = decisions.filter(restricted=False)
    return LastMinutes(
        on=before.on,
        state=minutes.get_state_display(),
        present=tuple(_called(row) for row in rows if row.represented),
        apologies=tuple(_called(row) for row in rows if row.state == Attendance.State.APOLOGIES),
        parts=tuple(_part(section, sight) for section in minutes.sections.order_by("order")),
        decisions=tuple((decision.ref, decision.text) for decision in decisions),
    )


def _part(section: MinutesSection, sight: Sight) -> MinutesPart:
    """A heading and its words; of a restricted one only that it is there, where readers may not see it."""
    if section.restricted and not sight.restricted:
        return MinutesPart(section.number, WITHHELD, ("Not in this copy.",))
    words = tuple(words for words in section.text.splitlines() if words.strip())
    return MinutesPart(section.number, section.heading, words)


def _called(row: Attendance) -> str:
    name = f"{row.deputy} for {row.name}" if row.state == Attendance.State.DEPUTY and row.deputy else row.name
    return f"{name} ({row.role})" if row.role else name


def _matters(meeting: Meeting, before: Meeting | None, sight: Sight) -> tuple[PackMatter, ...]:
    """What the board had asked for before the meeting, as it stood on its day, however it went on since."""
    since = before.on if before else meeting.board.begun_on
    rows = Matter.objects.filter(board=meeting.board, asked_on__lte=meeting.on).exclude(meeting=meeting)
    rows = rows.order_by("number").prefetch_related("history")
    if not sight.restricted:
        rows = rows.filter(restricted=False)
    found = []
    for matter in rows:
        if matter.closed_on is not None and matter.closed_on < since:
            continue
        said = (note for note in matter.history.all() if note.on <= meeting.on)
        notes = sorted(said, key=lambda note: (note.on, note.pk))
        open_ = matter.closed_on is None or matter.closed_on > meeting.on
        found.append(
            PackMatter(
                number=str(matter.number),
                text=matter.text,
                owner=matter.owner_name,
                asked_on=matter.asked_on,
                due_on=matter.due_on,
                state=Matter.State.OPEN.label if open_ else matter.get_state_display(),
                latest=notes[-1].text if notes else "",
                overdue=open_ and matter.due_on is not None and matter.due_on < meeting.on,
            )
        )
    return tuple(found)


def _deadlines(meeting: Meeting, before: Meeting | None, basis: Basis) -> tuple[PackDeadline, ...]:
    since = before.on if before else basis.on
    until = max(meeting.on, basis.on) + AHEAD
    known = deadlines_of(
        meeting.board.council, today=basis.on, recorded_until=basis.recorded_until, until=until
    )
    found = []
    for line in known.lines:
        met_on = line.deadline.met_on
        if not (line.open or line.overdue or (met_on is not None and met_on > since)):
            continue
        found.append(
            PackDeadline(
                due=line.due,
                what=line.duty.deliverable,
                who=line.duty.duty_holder,
                paragraph=line.duty.requirement,
                state=line.state_words,
                because=line.why,
                met_on=met_on,
                overdue=line.overdue,
                departments=line.duty.of_department,
            )
        )
    return tuple(found)


def _tests(meeting: Meeting, before: Meeting | None, sight: Sight) -> tuple[PackTest, ...]:
    rows = tests_seen(meeting.board, sight).filter(state="done", on__lte=meeting.on)
    if before is not None:
        rows = rows.filter(on__gt=before.on)
    return tuple(
        PackTest(
            test.on,
            test.title,
            test.tester,
            tuple(
                (str(finding.action or finding.objective), finding.get_result_display(), finding.text)
                for finding in findings_of(test)
            ),
        )
        for test in rows
    )


def figures_of(plan: Plan, before: Meeting | None, basis: Basis) -> Figures:
    """The plan's figures on a basis, and how they moved since the board `before` (None: no board yet)."""
    last = before if before and before.on >= plan.begun_on else None
    before_on = last.on if last else None
    seen = (seen_by(last, plan) or Basis(last.on, basis.recorded_until)) if last else None
    table = table_at(plan, on=basis.on, recorded_until=basis.recorded_until, last_board=before_on)
    actions = {action.id: action for action in table.actions}
    return Figures(
        table=table,
        before=table_at(plan, on=seen.on, recorded_until=seen.recorded_until) if seen else None,
        before_on=before_on,
        slips=slips_between(plan, seen, basis, actions),
        mismatches=tuple(
            Mismatch(found.rule.title, found.ref, found.message) for found in table.contradictions
        ),
        evidenced=frozenset(number for number, action in actions.items() if action.evidence),
    )


def slips_between(
    plan: Plan, since: Basis | None, basis: Basis, actions: Mapping[int, ActionRow]
) -> tuple[Slip, ...]:
    """The ends that were moved between two bases, in the plan's order: all that the later knows and the earlier did
    not; none without an earlier one.
    """
    if since is None:
        return ()
    rows = (
        MovedEnd.objects.counted(until=basis.recorded_until)
        .filter(action__plan=plan, on__lte=basis.on, recorded_at__lte=basis.recorded_until)
        .exclude(on__lte=since.on, recorded_at__lte=since.recorded_until)
        .order_by("action__order", "id")
    )
    return tuple(
        Slip(actions[row.action_id], row.old, row.new, row.reason) for row in rows if row.action_id in actions
    )
