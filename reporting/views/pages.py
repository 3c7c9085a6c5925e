"""Home and overview pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.guards import CouncilRequest, public, requires, signed_in
from councils.rights import Thing, Verb
from reporting.home.gather import home_of
from reporting.queries import councils_for, lately
from reporting.reports.kinds import KINDS


@require_safe
@signed_in
def home(request: Any) -> HttpResponse:
    """The councils one may see; who has only one goes straight to it, who reads only reports to those."""
    if request.access.may(Verb.READ, Thing.REPORTS_TO_MINISTER) and not (
        request.access.may(Verb.READ, Thing.FROZEN_PLAN) or request.access.by_council
    ):
        return redirect("reporting:reports_everywhere")
    lines = councils_for(request.access)
    words = request.GET.get("q", "").strip()
    if len(lines) == 1 and "all" not in request.GET and lines[0].opens:
        return redirect("reporting:overview", council=lines[0].council.slug)
    if len(lines) == 1 and "all" not in request.GET and lines[0].scrutiny:
        return redirect("reporting:scrutiny", council=lines[0].council.slug)
    shown = [line for line in lines if words.casefold() in _names(line.council)]
    with_plan = [line for line in shown if line.has_plan]
    context = {
        "with_plan": with_plan,
        "kinds": KINDS,
        "lately": lately(
            request.access,
            [line.council.pk for line in with_plan if line.opens],
            today=timezone.localdate(),
        )
        if request.access.may(Verb.READ, Thing.REPORTS_TO_DEPARTMENT)
        else {},
        "others": [line for line in shown if not line.has_plan],
        "words": words,
        "total": len(lines),
        "opens_any": any(line.opens or line.scrutiny for line in lines),
        "keeps_people": any(line.people for line in lines),
    }
    return render(request, "reporting/home.html", context)


def _names(council: Any) -> str:
    return f"{council.name} {council.short_name} {council.get_region_display()}".casefold()


@require_safe
@requires(Verb.READ, Thing.COUNCIL)
def overview(request: CouncilRequest) -> HttpResponse:
    """What needs the reader, where the plan stands, what moved, what is due: as far as they may see it."""
    today = timezone.localdate()
    may, council = request.access.may, request.council
    if may(Verb.READ, Thing.SCRUTINY, council) and not may(Verb.READ, Thing.FROZEN_PLAN, council):
        return redirect("reporting:scrutiny", council=council.slug)
    home = home_of(request, today=today)
    context: dict[str, Any] = {
        "wide": True,
        "home": home,
        "seen": home.seen,
        "today": today,
        "needs": home.needs,
        "sees_plan": may(Verb.READ, Thing.FROZEN_PLAN, council),
        "sees_live": may(Verb.READ, Thing.LIVE_PLAN, council),
        "mine": home.leads and may(Verb.WRITE, Thing.OWN_ACTIONS, council),
        "may_challenge": may(Verb.READ, Thing.CHAIRS_PAGE, council),
        "may_report": may(Verb.READ, Thing.EXCEPTION_REPORT, council),
        "reads_reports": may(Verb.READ, Thing.REPORTS, council),
        "looks_after_users": may(Verb.READ, Thing.USERS),
    }
    return render(request, "reporting/overview.html", context)


@require_safe
@public
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/help.html")


@require_safe
@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/accessibility.html")


@require_safe
@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/privacy.html")
