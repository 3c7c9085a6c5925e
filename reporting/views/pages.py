"""Home and overview pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.guards import CouncilRequest, public, requires, signed_in
from councils.rights import Thing, Verb
from notices.deadlines.queries import deadlines_of
from plans.queries import open_findings, people_of
from plans.seen import plan_seen_by
from plans.table import Filters
from reporting.queries import councils_for, since_last_board


@require_safe
@signed_in
def home(request: Any) -> HttpResponse:
    """The councils one may see; who has only one goes straight to it."""
    lines = councils_for(request.access)
    words = request.GET.get("q", "").strip()
    if len(lines) == 1 and "all" not in request.GET and lines[0].opens:
        return redirect("reporting:overview", council=lines[0].council.slug)
    shown = [line for line in lines if words.casefold() in _names(line.council)]
    context = {
        "with_plan": [line for line in shown if line.has_plan],
        "others": [line for line in shown if not line.has_plan],
        "words": words,
        "total": len(lines),
        "opens_any": any(line.opens for line in lines),
        "keeps_people": any(line.people for line in lines),
    }
    return render(request, "reporting/home.html", context)


def _names(council: Any) -> str:
    return f"{council.name} {council.short_name} {council.get_region_display()}".casefold()


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def overview(request: CouncilRequest) -> HttpResponse:
    """What needs you, where the plan stands, what has moved."""
    seen = plan_seen_by(request, today=timezone.localdate())
    context: dict[str, Any] = {"seen": seen, "wide": True}
    if seen.plan and seen.table:
        mine = seen.table.filtered(Filters(mine=True), person_ids=people_of(request.user, request.council))
        context |= {
            "since": since_last_board(
                seen.plan,
                seen.table,
                recorded_until=seen.position.recorded_until if seen.position else None,
            ),
            "mine": [action for action in mine.actions if seen.table.not_updated(action) or action.overdue],
            "overdue": seen.table.filtered(Filters(due="overdue")).sorted_actions("due")[:8],
            "soon": seen.table.filtered(Filters(due="soon")).sorted_actions("due")[:8],
        }
        if request.access.may(Verb.READ, Thing.PLAN_SOURCE, request.council):
            context["open_findings"] = open_findings(seen.plan).count()
    if request.access.may(Verb.READ, Thing.DEADLINES, request.council):
        context["deadlines"] = deadlines_of(request.council, today=timezone.localdate())
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
