"""After a report was submitted: withdrawn, or corrected by a new one that replaces it. Both are kept."""

from django.db import transaction

from boards.services.records import Act, Refused
from notices.models import Event
from notices.services import About, record_event
from reporting.models import Judgement, Report, ReportSection, SectionVersion
from reporting.reports.deadline import open_again
from reporting.reports.kinds import KINDS
from reporting.reports.writing import note

_FROZEN = ("facts", "as_at", "position_on", "recorded_until", "position", "frozen_at", "frozen_by")


def _submitted(act: Act, number: int) -> Report:
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("council", "board", "instrument", "submitted__event")
        .get(pk=number, council=act.council)
    )
    if report.state != Report.State.SUBMITTED:
        raise Refused({"state": "Only a report that was submitted can be withdrawn or corrected"})
    if Report.objects.filter(replaces=report).exclude(state=Report.State.DROPPED).exists():
        raise Refused({"state": "A correction of this report is there already"})
    return report


@transaction.atomic
def withdraw(*, act: Act, report_id: int, because: str) -> Report:
    """Take a submitted report back: it stays to be read, marked, and its deadline is open again.

    Raises Refused without a reason, and for one that was corrected.
    """
    report = _submitted(act, report_id)
    if not because.strip():
        raise Refused({"because": "Say why it is withdrawn"})
    event = report.submitted.event
    if event is not None:
        record_event(
            council=report.council,
            kind=Event.Kind.REPORT_SUBMITTED,
            on=event.on,
            state=Event.State.CANCELLED,
            note=f"Withdrawn: {because.strip()}",
            about=About(report=event.report, label=f"{KINDS[report.kind].title}, withdrawn"),
            by=act.by,
            now=act.now,
            today=act.today,
        )
    open_again(act, report, f"The report that met it was withdrawn: {because.strip()}")
    values = {
        "state": Report.State.WITHDRAWN.value,
        "withdrawn_at": act.now,
        "withdrawn_by": act.by,
        "withdrawn_because": because.strip(),
    }
    note(act, report, values)
    return report


@transaction.atomic
def correct(*, act: Act, report_id: int, because: str) -> Report:
    """Begin a new report that will replace a submitted one, with its words, judgements and frozen facts.

    Raises Refused without what was wrong, and where a correction is begun already.
    """
    old = _submitted(act, report_id)
    if not because.strip():
        raise Refused({"because": "Say what was wrong"})
    Report.objects.filter(replaces=old, state=Report.State.DROPPED).update(replaces=None)
    new = Report.objects.create(
        council=old.council,
        kind=old.kind,
        board=old.board,
        instrument=old.instrument,
        obligation_key=old.obligation_key,
        due=old.due,
        addressee=old.addressee,
        begun_at=act.now,
        begun_by=act.by,
        replaces=old,
        **{name: getattr(old, name) for name in _FROZEN},
        corrects=because.strip(),
    )
    for section in old.sections.order_by("order"):
        copy = ReportSection.objects.create(
            report=new,
            code=section.code,
            order=section.order,
            heading=section.heading,
            area=section.area,
            text=section.text,
            prints_facts=section.prints_facts,
        )
        SectionVersion.objects.create(section=copy, number=1, text=copy.text, at=act.now, by=act.by)
    Judgement.objects.bulk_create(
        Judgement(report=new, requirement_key=row.requirement_key, verdict=row.verdict, words=row.words)
        for row in old.judgements.all()
    )
    log = act.log()
    log.made("reporting.report", new.pk, {"kind": new.kind, "replaces": old.pk})
    log.write()
    return new
