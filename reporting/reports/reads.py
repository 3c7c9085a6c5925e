"""Reading reports: single ones, what was submitted, what somebody may see."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from boards.models import Board, Meeting
from councils.access import Access
from councils.models import Council
from councils.rights import Verb
from reporting.models import Report, SectionVersion
from reporting.reports.kinds import KINDS, Kind


def last_submitted(
    council: Council, kind: str, board: Board | None, *, by: dt.date, without: Report | None = None
) -> Report | None:
    """The report of a kind that was submitted last, up to a day; of one that was corrected the correction.

    `without` leaves out a report and whatever it replaces.
    """
    rows = Report.objects.filter(
        council=council, kind=kind, state=Report.State.SUBMITTED, submitted__on__lte=by
    ).exclude(corrected_by__state__in=[Report.State.SUBMITTED, Report.State.WITHDRAWN])
    if board is not None:
        rows = rows.filter(board=board)
    if without is not None:
        rows = rows.exclude(pk__in=[without.pk, without.replaces_id or 0])
    return rows.select_related("submitted").order_by("-submitted__on", "-pk").first()


def partnership_reports(council: Council, *, by: dt.date) -> QuerySet[Report]:
    """The safeguarding partnership's reports that were submitted up to a day, latest first."""
    rows = Report.objects.filter(
        council=council, kind="partnership", state=Report.State.SUBMITTED, submitted__on__lte=by
    )
    return rows.select_related("submitted").order_by("-submitted__on", "-pk")


def may_write(access: Access, report_kind: Kind, council: Council) -> bool:
    """Whether somebody writes reports of a kind, and so sees their drafts."""
    return access.may(Verb.WRITE, report_kind.drafts, council)


def may_sign(access: Access, report_kind: Kind, council: Council) -> bool:
    """Whether somebody signs and submits reports of a kind."""
    return may_write(access, report_kind, council) and access.may(Verb.WRITE, report_kind.signature, council)


def reports_seen(access: Access, council: Council) -> QuerySet[Report]:
    """What somebody may see of a council's reports: their own at any stage, others' once submitted; latest first.

    A withdrawn report is seen by whoever saw it submitted: that it was withdrawn has to be known.
    """
    own = [kind.code for kind in KINDS.values() if access.may(Verb.READ, kind.drafts, council)]
    others = [kind.code for kind in KINDS.values() if access.may(Verb.READ, kind.readers, council)]
    seen = Q(kind__in=own) | Q(kind__in=others, submitted__isnull=False)
    rows = Report.objects.filter(seen, council=council).exclude(state=Report.State.DROPPED)
    return rows.select_related(
        "council",
        "board",
        "submitted__pdf",
        "submitted__docx",
        "corrected_by",
        "replaces",
        "signed_by",
        "job",
    ).order_by("-begun_at", "-pk")


def report_seen(access: Access, council: Council, number: int) -> Report | None:
    """One report, if it may be seen."""
    return reports_seen(access, council).filter(pk=number).first()


def counts_meeting(meeting: Meeting) -> str:
    """Why a held meeting cannot be taken back: a report that counts it is signed or submitted; "" if none is."""
    kinds = [kind.code for kind in KINDS.values() if not kind.to_board]
    signed = Report.objects.filter(
        council=meeting.board.council,
        kind__in=kinds,
        state__in=[Report.State.SIGNED, Report.State.SUBMITTED],
        as_at__gte=meeting.on,
    ).order_by("as_at")
    report = signed.first()
    if report is None or not meeting.board.of_notice:
        return ""
    return f"{KINDS[report.kind].title} is {report.get_state_display()}, and it counts this meeting"


def versions_of(report: Report, code: str) -> Sequence[SectionVersion]:
    """Every version of a section's words, latest first."""
    rows = SectionVersion.objects.filter(section__report=report, section__code=code)
    return list(rows.select_related("by").order_by("-number"))


def submitted_everywhere(access: Access, *, words: str = "", kind: str = "") -> QuerySet[Report]:
    """The reports of all councils that a national reader may see, the latest first; `words` narrow by council.

    Reports to boards are left out: they are read in their council.
    """
    kinds = [
        one.code
        for one in KINDS.values()
        if not one.to_board and access.may(Verb.READ, one.readers) and kind in {"", one.code}
    ]
    rows = Report.objects.filter(kind__in=kinds, submitted__isnull=False)
    if words:
        rows = rows.filter(Q(council__name__icontains=words) | Q(council__short_name__icontains=words))
    return rows.select_related("council", "submitted__pdf", "corrected_by").order_by("-submitted__on", "-pk")
