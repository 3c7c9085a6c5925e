"""What the pages of reports share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from boards.services.records import Act, Conflict, Refused
from councils.guards import CouncilRequest
from reporting.reports.kinds import KINDS
from reporting.reports.reads import may_sign, may_write, report_seen
from reporting.reports.submitting import page_of


def act_of(request: CouncilRequest) -> Act:
    """Who does something here, now."""
    return Act(request.council, request.user, timezone.now())


def report_page(report: Any, section: str = "") -> str:
    """The address of a report's page, at one of its sections."""
    return page_of(report) + (f"?section={section}#words" if section else "")


def own_report(request: CouncilRequest, number: int, *, signs: bool = False) -> Any:
    """A report that the reader writes (`signs`: signs), whatever its state; 404 otherwise."""
    report = report_seen(request.access, request.council, number)
    may = may_sign if signs else may_write
    if report is None or not may(request.access, KINDS[report.kind], request.council):
        raise Http404
    return report


def done(row: Any, name: str) -> Any:
    """The other end of a one-to-one relation, None where there is none."""
    return getattr(row, name, None)


def step(request: CouncilRequest, do: Callable[[], str], back: str) -> HttpResponse:
    """Do one thing that a button asks for, say what came of it, and go back; `back` is a page or an address."""
    try:
        said = do()
    except (Refused, Conflict) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    to_page = ":" in back and not back.startswith("/")
    return redirect(reverse(back, kwargs={"council": request.council.slug}) if to_page else back)
