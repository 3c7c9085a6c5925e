"""Reports read: what is due and submitted, one report, its files; and the national list of a Minister's office."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.deadlines.lines import Line
from reporting.reports.composing import compose
from reporting.reports.deadline import deadline_of
from reporting.reports.drafting import begin, begin_due
from reporting.reports.kinds import KINDS
from reporting.reports.reads import may_sign, may_write, report_seen, submitted_everywhere
from reporting.reports.showing import desk_of, shelf_of
from reporting.views.reports_common import act_of, done, report_page, step

PAGE = 20


@require_safe
@requires(Verb.READ, Thing.REPORTS)
def reports(request: CouncilRequest) -> HttpResponse:
    """What is due, from whom, when and why; one's own drafts; what was submitted.

    Whoever writes reports finds a draft begun for what is due.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    if request.access.may(Verb.WRITE, Thing.REPORTS, request.council):
        begin_due(request.council, today=today, now=now)
    kind = request.GET.get("kind", "")
    due = request.access.may(Verb.READ, Thing.DEADLINES, request.council)
    shelf = shelf_of(request.council, request.access, today=today, kind=kind, due=due)
    context = {
        "wide": True,
        "shelf": shelf,
        "kinds": KINDS,
        "kind": kind,
        "may_see_due": due,
        "today": today,
        "submitted": Paginator(shelf.submitted, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "reporting/reports/reports.html", context)


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def begin_report(request: CouncilRequest) -> HttpResponse:
    """Begin a report by hand."""
    kind = KINDS.get(request.POST.get("kind", ""))
    if kind is None or not may_write(request.access, kind, request.council):
        raise Http404
    begun: list[Any] = []

    def do() -> str:
        begun.append(begin(act=act_of(request), kind=kind))
        return "The draft is begun. Its facts refresh each time you open it."

    answer = step(request, do, "reporting:reports")
    return redirect(report_page(begun[0])) if begun else answer


@require_safe
@requires(Verb.READ, Thing.REPORTS)
def report(request: CouncilRequest, report: int) -> HttpResponse:
    """One report: for its author a desk to write at, for everybody else what was submitted."""
    one = report_seen(request.access, request.council, report)
    if one is None:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    kind = KINDS[one.kind]
    if not one.open:
        return _submitted(request, one, today=today)
    if not may_write(request.access, kind, request.council):
        raise Http404
    desk = desk_of(one, request.access, today=today, now=now)
    return desk_page(request, desk, request.GET.get("section", ""))


def desk_page(
    request: CouncilRequest, desk: Any, code: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The desk at one of its sections; at the first one that is not complete where none is named."""
    section = next((one for one in desk.sections if one.code == code), None)
    if section is None:
        open_ones = [one for one, how in desk.lines if not how.complete]
        section = open_ones[0] if open_ones else desk.sections[0]
    context = {
        "wide": True,
        "desk": desk,
        "report": desk.report,
        "one_section": section,
        "part": desk.part(section),
        "line": _line_of(request, desk.report),
        "errors": {},
        **more,
    }
    return render(request, "reporting/reports/desk.html", context, status=status)


def _line_of(request: CouncilRequest, one: Any) -> Line | None:
    return deadline_of(one, request.council, today=timezone.localdate())


def _submitted(request: CouncilRequest, one: Any, *, today: Any) -> HttpResponse:
    if not hasattr(one, "submitted"):
        raise Http404
    kind = KINDS[one.kind]
    context = {
        "report": one,
        "kind": kind,
        "composed": compose(one.submitted.body, edition="", dated=one.submitted.on),
        "follows": request.access.may(Verb.READ, Thing.BOARD, request.council),
        "signs": may_sign(request.access, kind, request.council),
        "corrected_by": done(one, "corrected_by"),
        "line": deadline_of(one, request.council, today=today)
        if request.access.may(Verb.READ, Thing.DEADLINES, request.council)
        else None,
    }
    return render(request, "reporting/reports/submitted.html", context)


@require_safe
@requires(Verb.READ, Thing.REPORTS_TO_MINISTER)
def everywhere(request: CouncilRequest) -> HttpResponse:
    """The reports to the Minister and the Department that were submitted, of all councils: for national readers."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found = submitted_everywhere(request.access, words=words, kind=kind)
    context = {
        "kinds": KINDS,
        "offered": [one for one in KINDS.values() if not one.to_board],
        "kind": kind,
        "words": words,
        "submitted": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "reporting/reports/everywhere.html", context)
