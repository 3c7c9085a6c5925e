"""Home and overview pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.guards import CouncilRequest, public, requires, signed_in
from councils.rights import Thing, Verb
from plans.queries import open_findings, people_of
from plans.seen import plan_seen_by
from plans.table import Filters
from reporting.queries import councils_for, may_see_case, since_last_board


@require_safe
@signed_in
def home(request: Any) -> HttpResponse:
    """The councils one may see; who has only one goes straight to it."""
    councils = list(councils_for(request.access))
    words = request.GET.get("q", "").strip().casefold()
    if len(councils) == 1 and "all" not in request.GET and may_see_case(request.access, councils[0]):
        return redirect("reporting:overview", council=councils[0].slug)
    shown = [c for c in councils if words in c.name.casefold() or words in c.get_region_display().casefold()]
    return render(
        request,
        "reporting/home.html",
        {
            "with_plan": [council for council in shown if council.plans_open],
            "others": [council for council in shown if not council.plans_open],
            "words": request.GET.get("q", ""),
            "access": request.access,
            "may_see_case": may_see_case,
            "total": len(councils),
        },
    )


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def overview(request: CouncilRequest) -> HttpResponse:
    """What needs you, where the plan stands, what has moved."""
    seen = plan_seen_by(request, today=timezone.localdate())
    context: dict[str, Any] = {"seen": seen, "wide": True}
    if seen.plan and seen.table:
        mine = seen.table.filtered(Filters(mine=True), person_ids=people_of(request.user, request.council))
        context |= {
            "since": since_last_board(seen.plan, seen.table),
            "mine": [action for action in mine.actions if seen.table.not_updated(action) or action.overdue],
            "overdue": seen.table.filtered(Filters(due="overdue")).sorted_actions("due")[:8],
            "soon": seen.table.filtered(Filters(due="soon")).sorted_actions("due")[:8],
        }
        if request.access.may(Verb.READ, Thing.PLAN_SOURCE, request.council):
            context["open_findings"] = open_findings(seen.plan).count()
    context["can_import"] = request.access.may(Verb.WRITE, Thing.PLAN_SOURCE, request.council)
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
