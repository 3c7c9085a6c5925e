"""A council with a board, a plan and a notice that asks for the chair's report; reports taken through their life."""

import datetime as dt

from deadlines.events import Happening
from deadlines.schedules.dates import OnDate
from jobs.services import run_job
from plans.services import freeze_position
from reporting.models import Report
from reporting.reports.drafting import begin_due
from reporting.reports.submitting import sign, submit, validate
from reporting.reports.writing import freeze, judge, write_section
from tests.boards.build import act, at, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory
from tests.notices.deadlines.build import instrument, owe, version
from tests.plans.build import plan_of, read_action

TODAY = dt.date(2015, 6, 1)
DUE = dt.date(2015, 6, 10)


def council_with_notice():
    """Testshire: boards in May, a position frozen on 4 May, the chair's report due on 10 June."""
    council = CouncilFactory()
    plan = plan_of(council, read_action("A1", rating="R"), read_action("A2", rating="A"))
    board = board_of(council)
    hold(meeting_of(board, dt.date(2015, 5, 4)), member_of(board, "Frances Adeyemi", capacity="chair"))
    freeze_position(
        plan=plan,
        on=dt.date(2015, 5, 4),
        label="Board of 4 May",
        by=None,
        now=at(dt.date(2015, 5, 4), 18),
        today=dt.date(2015, 5, 4),
    )
    words = version(instrument(council, "2015-01-02"))
    owe(
        words,
        "14",
        OnDate(DUE),
        holder="Board chair",
        recipient="Minister",
        deliverable="Written progress report",
        met_by=Happening("report_submitted", "chair"),
    )
    return council


def draft_of(council, kind="chair", today=TODAY):
    begin_due(council, today=today, now=at(today))
    return Report.objects.get(council=council, kind=kind)


def complete(report, by=None, today=TODAY, words="Better than before [A1]."):
    """Every section written, every requirement judged, the facts frozen, checked."""
    doing = act(report.council, today, by=by)
    for section in report.sections.all():
        write_section(
            act=doing, report_id=report.pk, code=section.code, text=words, made_from=section.version
        )
    freeze(act=doing, report_id=report.pk)
    report.refresh_from_db()
    said = {one["key"]: ("partly", "Late twice", 0) for one in report.facts["requirements"]}
    judge(act=doing, report_id=report.pk, said=said)
    return validate(act=doing, report_id=report.pk)


def submitted(report, by, today=TODAY):
    """Signed and submitted on a day."""
    doing = act(report.council, today, by=by)
    sign(act=doing, report_id=report.pk)
    job = submit(act=doing, report_id=report.pk)
    run_job(job.pk, clock=lambda: at(today, 11))
    job.refresh_from_db()
    assert not job.problem, job.problem
    report.refresh_from_db()
    return report
