"""Working on a draft: its words with every version, judgements, freezing its facts.

The change log says that something was changed, never what: the council reads the log, and a draft is its author's.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from boards.services.records import Act, Conflict, Refused
from reporting.models import Judgement, Report, ReportSection, SectionVersion
from reporting.reports.facts import as_json
from reporting.reports.gather import basis_of, gather

REPORT = "reporting.report"
LONGEST = 60_000
_SIGNED = "This report is signed: give it back to be changed first"
_CLOSED = "This report was submitted and is only read: correct it with a new one"


def locked(act: Act, number: int, *, signed: bool = False) -> Report:
    """A report of the council that can be worked on, held until the transaction ends.

    Raises Refused where it was submitted, or is signed and that is not what is asked for.
    """
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("council", "board", "instrument", "position", "replaces")
        .get(pk=number, council=act.council)
    )
    if not report.open:
        raise Refused({"state": _CLOSED})
    if not signed and not report.editable:
        raise Refused({"state": _SIGNED})
    return report


def note(act: Act, report: Report, values: Mapping[str, Any]) -> None:
    """Set fields of a locked report and say in the change log which; call inside the transaction."""
    log = act.log()
    report.version += 1
    for name, value in values.items():
        old = getattr(report, name)
        setattr(report, name, value)
        if name in {"state", "due", "as_at", "position_on"}:
            log.changed(REPORT, report.pk, name, _plain(old), _plain(value), version=report.version)
    report.save(update_fields=[*values, "version"])
    log.write()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _reopened(act: Act, report: Report) -> None:
    """A draft that was checked has to be checked again once it is changed."""
    if report.state == Report.State.VALIDATED:
        note(act, report, {"state": Report.State.DRAFT.value})


@transaction.atomic
def write_section(
    *, act: Act, report_id: int, code: str, text: str, made_from: int, prints_facts: bool | None = None
) -> ReportSection:
    """Save the words of a section as a new version. Saving what stands there already saves nothing.

    Raises Conflict where somebody else wrote in the same section since version `made_from`, and Refused for a report
    that is signed or submitted, or a text that is too long.
    """
    report = locked(act, report_id)
    section = report.sections.select_for_update().get(code=code)
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused({"text": f"This section is longer than {LONGEST:,} characters: shorten it"})
    if prints_facts is not None and prints_facts != section.prints_facts:
        section.prints_facts = prints_facts
        section.save(update_fields=["prints_facts"])
        _reopened(act, report)
    if text == section.text:
        return section
    if made_from != section.version:
        last = section.versions.order_by("-number").select_related("by").first()
        by = str(last.by) if last and last.by else "Somebody else"
        raise Conflict({"text": section.text}, section.version, by)
    section.text, section.version = text, section.version + 1
    section.save(update_fields=["text", "version"])
    SectionVersion.objects.create(section=section, number=section.version, text=text, at=act.now, by=act.by)
    _reopened(act, report)
    return section


@transaction.atomic
def bring_back(*, act: Act, report_id: int, code: str, number: int) -> ReportSection:
    """Make an earlier version of a section's words the latest one; nothing is lost. Raises Refused."""
    report = locked(act, report_id)
    section = report.sections.select_for_update().get(code=code)
    earlier = section.versions.filter(number=number).first()
    if earlier is None:
        raise Refused({"number": "There is no such version"})
    return write_section(
        act=act, report_id=report.pk, code=code, text=earlier.text, made_from=section.version
    )


@transaction.atomic
def judge(*, act: Act, report_id: int, said: Mapping[str, tuple[str, str, int]]) -> int:
    """Judge requirements: by the requirement's key a verdict ("" for none yet), words, and the version it was made
    from (0: none). Returns how many changed. Raises Conflict (by key) where somebody else judged one of them since.
    """
    report = locked(act, report_id)
    stands = {row.requirement_key: row for row in report.judgements.select_for_update()}
    clashes: dict[str, Any] = {}
    changed = 0
    for key, (verdict, words, made_from) in said.items():
        row = stands.get(key) or Judgement(report=report, requirement_key=key, version=0)
        if (row.verdict, row.words) == (verdict, words.strip()):
            continue
        if row.version != made_from:
            clashes[key] = row.verdict
            continue
        if verdict and verdict not in Judgement.Verdict.values:
            raise Refused({key: "Choose one of the judgements"})
        row.verdict, row.words, row.version = verdict, words.strip(), row.version + 1
        row.save()
        changed += 1
    if clashes:
        raise Conflict(clashes, 0, "Somebody else")
    if changed:
        _reopened(act, report)
    return changed


@transaction.atomic
def address(*, act: Act, report_id: int, addressee: str) -> Report:
    """Say whom the report is addressed to, a line each. Raises Refused for nobody."""
    report = locked(act, report_id)
    lines = [line.strip() for line in addressee.splitlines() if line.strip()]
    if not lines:
        raise Refused({"addressee": "Say whom the report is addressed to"})
    if report.addressee != "\n".join(lines):
        note(act, report, {"addressee": "\n".join(lines)})
        _reopened(act, report)
    return report


@transaction.atomic
def freeze(*, act: Act, report_id: int) -> Report:
    """Keep the facts as they stand now; from here on nothing that is recorded later changes them. Twice is once."""
    report = locked(act, report_id)
    if report.frozen:
        return report
    basis = basis_of(report, today=act.today, now=act.now)
    ends = basis.ends
    note(
        act,
        report,
        {
            "facts": as_json(gather(basis)),
            "as_at": basis.span.until,
            "position_on": ends.now.on if ends else None,
            "recorded_until": ends.now.recorded_until if ends else act.now,
            "position": basis.position,
            "frozen_at": act.now,
            "frozen_by": act.by,
        },
    )
    return report


@transaction.atomic
def unfreeze(*, act: Act, report_id: int) -> Report:
    """Let the facts refresh again. Raises Refused once the report is signed."""
    report = locked(act, report_id)
    if not report.frozen:
        return report
    empty = ("facts", "as_at", "position_on", "recorded_until", "position", "frozen_at", "frozen_by")
    note(act, report, dict.fromkeys(empty))
    _reopened(act, report)
    return report


@transaction.atomic
def drop(*, act: Act, report_id: int) -> Report:
    """Give a draft up. It is kept, and the next one is begun when the engine says so. Raises Refused once signed."""
    report = locked(act, report_id)
    note(act, report, {"state": Report.State.DROPPED.value})
    return report
