"""Beginning reports: by hand, or because the engine says that one is due. Doing it twice does it once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from boards.models import Board
from boards.queries.bodies import main_board
from boards.services.records import Act, Refused
from councils.models import Council, User
from notices.deadlines.lines import Line
from notices.deadlines.queries import deadlines_of
from notices.models import Instrument
from reporting.models import Report, ReportSection, SectionVersion
from reporting.reports.from_notice import areas_of, version_in_force
from reporting.reports.kinds import Kind, kind_asked_by
from reporting.reports.templates import chosen_parts

SOON = dt.timedelta(days=42)
"""How long before a report falls due its draft is there: a board's cycle and two weeks."""
_OPEN = (Report.State.DRAFT, Report.State.VALIDATED, Report.State.SIGNED)


@dataclass(frozen=True)
class Owed:
    """A report that a notice asks for: the first deadline that is owed, the draft that is begun for it, if any, and
    the days of the deadlines that follow.
    """

    kind: Kind
    line: Line
    draft: Report | None = None
    later: tuple[dt.date, ...] = ()


def owed_reports(council: Council, *, today: dt.date) -> list[Owed]:
    """The reports that are owed, overdue or due within half a year: one for each duty, by date."""
    known = deadlines_of(council, today=today, until=today + dt.timedelta(days=183))
    drafts = {
        (draft.instrument_id, draft.obligation_key): draft
        for draft in Report.objects.filter(
            council=council, state__in=_OPEN, instrument__isnull=False, replaces__isnull=True
        )
    }
    lines: dict[tuple[int, str], list[Line]] = {}
    for line in known.lines:
        if line.open and not line.duty.of_department:
            lines.setdefault((line.duty.instrument, line.duty.key), []).append(line)
    found = []
    for duty, own in lines.items():
        one = own[0].duty
        kind = kind_asked_by(one.duty_holder, one.recipient, one.deliverable)
        if kind is not None:
            found.append(Owed(kind, own[0], drafts.get(duty), tuple(line.due for line in own[1:])))
    return sorted(found, key=lambda owed: owed.line.due)


def begin_due(council: Council, *, today: dt.date, now: dt.datetime, by: User | None = None) -> list[Report]:
    """Begin the draft of every report that is overdue or soon due and has none; returns those that are new.

    One draft a duty at a time: for the first deadline it owes. A draft whose deadline has moved is told the new day.
    """
    act = Act(council, by, now)
    new: list[Report] = []
    for owed in owed_reports(council, today=today):
        if owed.draft is not None:
            if owed.draft.due != owed.line.due:
                Report.objects.filter(pk=owed.draft.pk).update(due=owed.line.due)
        elif owed.line.due <= today + SOON:
            made = _begin_once(owed, act)
            if made is not None:
                new.append(made)
    return new


def _begin_once(owed: Owed, act: Act) -> Report | None:
    """A draft for a deadline, unless somebody is beginning it at this moment."""
    try:
        return begin(act=act, kind=owed.kind, line=owed.line)
    except IntegrityError:
        return None


@transaction.atomic
def begin(*, act: Act, kind: Kind, line: Line | None = None, board: Board | None = None) -> Report:
    """Begin a draft with its sections. `line` is the deadline it is to meet, None where none is known.

    Raises Refused where such a draft is there already and no deadline tells the two apart.
    """
    council = Council.objects.select_for_update().get(pk=act.council.pk)
    board = board or main_board(council, today=act.today)
    if line is None:
        alike = Report.objects.filter(council=council, kind=kind.code, state__in=_OPEN, instrument=None)
        if alike.exists():
            raise Refused({"kind": "A draft of this kind is begun already: go on with it, or drop it first"})
    report = Report.objects.create(
        council=council,
        kind=kind.code,
        board=board,
        instrument=Instrument.objects.get(pk=line.duty.instrument) if line else None,
        obligation_key=line.duty.key if line else "",
        due=line.due if line else None,
        addressee=kind.to if not (kind.to_board and board) else board.name,
        begun_at=act.now,
        begun_by=act.by,
    )
    ReportSection.objects.bulk_create(sections_for(report, kind, act.today))
    SectionVersion.objects.bulk_create(
        SectionVersion(section=section, number=1, text="", at=act.now, by=act.by)
        for section in report.sections.all()
    )
    log = act.log()
    log.made("reporting.report", report.pk, {"kind": kind.code, "due": report.due})
    log.write()
    return report


def sections_for(report: Report, kind: Kind, on: dt.date) -> Sequence[ReportSection]:
    """The sections of a report that is begun on a day, as its council has chosen them; unsaved."""
    found: list[ReportSection] = []

    def add(code: str, heading: str, area: str = "") -> None:
        found.append(
            ReportSection(report=report, code=code, order=len(found) + 1, heading=heading[:300], area=area)
        )

    for part, heading in chosen_parts(report.council, kind, report.instrument_id):
        if not part.each_area:
            add(part.code, heading)
            continue
        for number, area in enumerate(areas_of(version_in_force(report.council, on=on)), start=1):
            add(f"{part.code}:{number}", f"{heading}: {area}", area)
    return found
