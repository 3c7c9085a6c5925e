"""From a checked draft to a submitted report: signed, made into files by a job, and never altered after that."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from boards.services.records import Act, Refused
from councils.models import RoleHolding, User
from files.models import StoredFile
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_job
from notices.models import Event
from notices.queries import board_days
from notices.services import About, record_event
from notifications.models import Note
from notifications.services.digests import NewNote, queue_notes
from plans.exporting.press import PrintingFailed
from plans.models import Position
from plans.queries import open_plan
from reporting.models import Report, SubmittedReport
from reporting.packs.papers import count_pages
from reporting.reports.checking import Finding, check
from reporting.reports.composing import body_of, compose, hash_of
from reporting.reports.deadline import meet_deadline
from reporting.reports.facts import Facts
from reporting.reports.gather import facts_of
from reporting.reports.kinds import KINDS
from reporting.reports.printing import as_pdf
from reporting.reports.word import as_docx
from reporting.reports.writing import locked, note

SUBMIT = "reporting.submit_report"


def page_of(report: Report) -> str:
    """The path of a report's page."""
    return reverse("reporting:report", kwargs={"council": report.council.slug, "report": report.pk})


def findings_of(report: Report, facts: Facts, *, today: dt.date) -> list[Finding]:
    """What is missing in a report, and what its author should know."""
    last_board, _ = board_days(report.council, today=today)
    judgements = {row.requirement_key: row for row in report.judgements.all()}
    sections = report.sections.order_by("order", "pk")
    return check(report, sections, judgements, facts, last_board=last_board)


@transaction.atomic
def validate(*, act: Act, report_id: int) -> Report:
    """Say that a draft is complete. Raises Refused with what is missing."""
    report = locked(act, report_id)
    _check_complete(report, act)
    if report.state != Report.State.VALIDATED:
        note(act, report, {"state": Report.State.VALIDATED.value})
    return report


def _check_complete(report: Report, act: Act) -> None:
    found = findings_of(report, facts_of(report, today=act.today, now=act.now), today=act.today)
    missing = [one for one in found if one.serious]
    if missing:
        raise Refused({one.code or "state": one.text for one in reversed(missing)})


@transaction.atomic
def sign(*, act: Act, report_id: int) -> Report:
    """Put the signer's name under a checked report; its words and facts stay as they are from here on.

    The caller has made sure of who it is. Raises Refused for a draft that was not checked or changed since.
    """
    report = locked(act, report_id, signed=True)
    if report.state == Report.State.SIGNED:
        return report
    if report.state != Report.State.VALIDATED:
        raise Refused({"state": "Check the report first"})
    _check_complete(report, act)
    kind = KINDS[report.kind]
    post = kind.post(report.board.name if report.board else "")
    values = {
        "state": Report.State.SIGNED.value,
        "signed_at": act.now,
        "signed_by": act.by,
        "signature": "\n".join([*([str(act.by)] if act.by else []), post, report.council.name]),
    }
    note(act, report, values)
    return report


@transaction.atomic
def give_back(*, act: Act, report_id: int) -> Report:
    """Take the signature away, so that the report can be changed. Raises Refused once it is being submitted."""
    report = locked(act, report_id, signed=True)
    if under_way(report):
        raise Refused({"state": "It is being submitted at this moment"})
    if report.state == Report.State.SIGNED:
        empty = {"state": Report.State.DRAFT.value, "signed_at": None, "signed_by": None, "signature": ""}
        note(act, report, empty)
    return report


def under_way(report: Report) -> bool:
    """Whether a worker is making or about to make its files."""
    return report.job is not None and not report.job.finished


@transaction.atomic
def submit(*, act: Act, report_id: int) -> Job:
    """Have a signed report made into its files and submitted as of today; returns the job. Twice is once.

    Raises Refused for one that is not signed.
    """
    report = locked(act, report_id, signed=True)
    if report.state != Report.State.SIGNED:
        raise Refused({"state": "Sign the report first"})
    if report.job is not None and under_way(report):
        return report.job
    kind = KINDS[report.kind]
    job = queue_job(
        kind=SUBMIT,
        council=act.council,
        thing=kind.drafts,
        title=f"Submitting: {kind.title}",
        back_url=page_of(report),
        arguments={
            "report": report.pk,
            "on": act.today.isoformat(),
            "by": act.by.pk if act.by else None,
            "quiet": act.quiet,
        },
        by=act.by,
        now=act.now,
    )
    note(act, report, {"job": job})
    return job


def submit_report(run: JobRun) -> None:
    """The job: make PDF and Word, keep them, and submit. Done again after a crash, it submits once."""
    report = _being_submitted(run)
    if report is None:
        return
    on = dt.date.fromisoformat(run.arguments["on"])
    by = User.objects.filter(pk=run.arguments["by"]).first()
    now = run.clock()
    body = body_of(report, facts_of(report, today=on, now=now))
    composed = compose(body, edition="", dated=on)
    run.progress(0, 3, "Printing")
    try:
        pdf = as_pdf(composed, lambda step: run.progress(0, 3, step))
    except PrintingFailed as failed:
        raise JobRefused("The report could not be printed. It is still signed: submit it again.") from failed
    run.progress(1, 3, "Writing the Word document")
    docx = as_docx(composed, made_at=now)
    run.progress(2, 3, "Submitting")
    act = Act(report.council, by, now, on=on, quiet=run.arguments["quiet"])
    with transaction.atomic():
        report = locked_signed(report.pk)
        if report is None:
            return
        files = [
            _kept(report, f"{KINDS[report.kind].title} {on.isoformat()}{end}", content, act)
            for end, content in ((".pdf", pdf), (".docx", docx))
        ]
        _submit(act, report, body, files, pages=count_pages(pdf), on=on)
        run.complete(None)


def _being_submitted(run: JobRun) -> Report | None:
    rows = Report.objects.select_related("council", "board", "replaces__submitted__event", "position")
    return rows.filter(pk=run.arguments["report"], state=Report.State.SIGNED).first()


def locked_signed(number: int) -> Report | None:
    """A report that is signed and not yet submitted, held; None where another worker was faster."""
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "council", "board", "instrument", "replaces__submitted__event", "position"
    )
    return rows.filter(pk=number, state=Report.State.SIGNED).first()


def _kept(report: Report, name: str, content: bytes, act: Act) -> StoredFile:
    return store_file(
        council=report.council,
        thing=KINDS[report.kind].readers,
        name=name,
        content=content,
        by=act.by,
        now=act.now,
    )


def _submit(
    act: Act, report: Report, body: dict[str, Any], files: list[StoredFile], *, pages: int, on: dt.date
) -> None:
    pdf, docx = files
    event = _record(act, report, pdf, on)
    met = meet_deadline(act, report, on, page_of(report))
    SubmittedReport.objects.create(
        report=report,
        body=body,
        sha256=hash_of(body),
        pdf=pdf,
        docx=docx,
        pages=pages,
        on=on,
        at=act.now,
        by=act.by,
        met=met[:300],
        event=event,
    )
    values: dict[str, Any] = {"state": Report.State.SUBMITTED.value}
    if report.position is None and report.position_on is not None:
        values["position"] = _freeze_position(act, report)
    note(act, report, values)
    _tell(act, report)


def _record(act: Act, report: Report, pdf: StoredFile, on: dt.date) -> Event:
    """What the deadlines know of it. A correction stands in the place of what it corrects, on that one's day."""
    kind, replaced = KINDS[report.kind], report.replaces
    words = f"{kind.title}, corrected" if replaced else kind.title
    return record_event(
        council=report.council,
        kind=Event.Kind.REPORT_SUBMITTED,
        on=replaced.submitted.event.on if replaced and replaced.submitted.event else on,
        state=Event.State.HAPPENED,
        about=About(report=report.obligation_key or kind.code, label=words, link=page_of(report), file=pdf),
        by=act.by,
        now=act.now,
        today=timezone.localdate(act.now),
    )


def _freeze_position(act: Act, report: Report) -> Position | None:
    """The position that the report's figures are: frozen from now on, as far as was known when its facts were."""
    plan = open_plan(report.council)
    on, until = report.position_on, report.recorded_until
    if plan is None or on is None or until is None or plan.begun_on > on:
        return None
    label = KINDS[report.kind].title
    position = Position.objects.create(plan=plan, on=on, recorded_until=until, label=label, frozen_by=act.by)
    log = act.log()
    log.made("plans.position", position.pk, {"plan": plan.pk, "on": on, "label": label})
    log.write()
    return position


def _tell(act: Act, report: Report) -> None:
    """Tell those for whom it is, with their next digest."""
    if act.quiet:
        return
    kind = KINDS[report.kind]
    today = timezone.localdate(act.now)
    roles = [role.value for role in kind.told]
    held = RoleHolding.objects.held_on(today).filter(role__in=roles, user__is_active=True)
    people = {holding.user_id for holding in held if holding.council_id in {None, report.council_id}} - {
        act.by.pk if act.by else 0
    }
    words = "A correction of the" if report.replaces else "The"
    text = f"{words} {kind.title[:1].lower()}{kind.title[1:]} was submitted"
    queue_notes(
        [
            NewNote(
                key=f"report {report.pk} submitted to {number}",
                recipient=number,
                thing=kind.readers,
                kind=Note.Kind.NEWS,
                text=text,
                path=page_of(report),
            )
            for number in sorted(people)
        ],
        council=report.council,
        now=act.now,
    )
