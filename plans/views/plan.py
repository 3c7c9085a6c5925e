"""The plan, whole."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.answering.saved import saved_filters
from plans.forms import filters_from
from plans.queries import people_of
from plans.rag import Standing
from plans.seen import Seen, may_share, plan_seen_by
from plans.table import DUES, ActionRow, Filters, PlanTable
from plans.views.checking import day_asked
from plans.views.rows import Past, drawn_rows

PAGE = 250


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def plan(request: CouncilRequest) -> HttpResponse:
    today, day = timezone.localdate(), day_asked(request)
    seen = plan_seen_by(request, today=today, as_at=day)
    filters = filters_from(request.GET)
    context: dict[str, Any] = {
        "wide": True,
        "seen": seen,
        "filters": filters,
        "as_at_typed": f"{seen.as_at:%d/%m/%Y}" if seen.as_at else request.GET.get("as_at", ""),
        "not_a_day": "" if day and day <= today else request.GET.get("as_at", "").strip()[:30],
        "before_the_plan": _before_the_plan(seen),
        "can_write": seen.live and request.access.may(Verb.WRITE, Thing.LIVE_PLAN, request.council),
        "can_import": request.access.may(Verb.WRITE, Thing.PLAN_SOURCE, request.council),
    }
    if seen.table is not None:
        context |= _listing(request, seen, seen.table, filters)
    part = request.headers.get("HX-Target") in {"listing", "plan-counts"}
    template = "plans/_listing.html" if part else "plans/plan.html"
    return render(request, template, context)


def _before_the_plan(seen: Seen) -> bool:
    """Whether the day that was asked for is one on which there was no plan yet."""
    return bool(seen.plan and seen.as_at and seen.as_at < seen.plan.begun_on)


def _listing(request: CouncilRequest, seen: Seen, table: PlanTable, filters: Filters) -> dict[str, Any]:
    person_ids = (
        people_of(request.user, request.council) if filters.mine or _has_own(request) else frozenset()
    )
    shown = table.filtered(filters, person_ids=person_ids)
    page, pages, on_page = _page(shown, filters, request.GET.get("page", "1"))
    whole = request.access.may(Verb.WRITE, Thing.LIVE_PLAN, request.council)
    rows = drawn_rows(
        table,
        on_page.actions,
        past=Past.of(seen),
        base=reverse("plans:plan", kwargs={"council": request.council.slug}),
        may_update=lambda action: seen.live and (whole or action.led_by(person_ids)),
        keep=str(seen.plan.pk) if seen.live and seen.plan else "",
    )
    return {
        "table": table,
        "rows": rows,
        "shown": on_page,
        "count": len(shown.actions),
        "flat": on_page.sorted_actions(filters.sort) if filters.sort != "plan" else None,
        "page": page,
        "pages": pages,
        "dues": DUES,
        "standings": list(Standing),
        "link": Link(request.GET),
        "own": person_ids,
        "may_tick": seen.live and (whole or bool(person_ids)),
        "lists": saved_filters(request.council, request.user, shared=may_share(request)),
    }


def _has_own(request: CouncilRequest) -> bool:
    """Whether somebody may update actions only because they lead them."""
    may = request.access.may
    own = may(Verb.WRITE, Thing.OWN_ACTIONS, request.council)
    return own and not may(Verb.WRITE, Thing.LIVE_PLAN, request.council)


def _page(shown: PlanTable, filters: Filters, asked: str) -> tuple[int, int, PlanTable]:
    """One page of a very long plan; a hundred actions are always one page."""
    total = len(shown.actions)
    pages = max(1, -(-total // PAGE))
    page = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() else 1
    if pages == 1:
        return page, pages, shown
    ordered: list[ActionRow] = shown.sorted_actions(filters.sort)
    return page, pages, shown.only({action.id for action in ordered[(page - 1) * PAGE : page * PAGE]})


class Link:
    """Addresses of this page with one thing changed, the other filters kept."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query

    def __call__(self, **changes: Any) -> str:
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            if value in (None, ""):
                query.pop(name, None)
            else:
                query[name] = str(value)
        return f"?{query.urlencode()}" if query else "?"
