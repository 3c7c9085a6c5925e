"""Frozen positions: what those above the council read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.forms import PositionForm
from plans.queries import open_plan, positions_of
from plans.services import Refused, freeze_position


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def positions(request: CouncilRequest) -> HttpResponse:
    return _page(request, PositionForm())


@require_POST
@requires(Verb.WRITE, Thing.FROZEN_PLAN)
def freeze(request: CouncilRequest) -> HttpResponse:
    plan = open_plan(request.council)
    if plan is None:
        raise PermissionDenied
    form = PositionForm(request.POST)
    if form.is_valid():
        today = timezone.localdate()
        try:
            position = freeze_position(
                plan=plan, by=request.user, now=timezone.now(), today=today, **form.cleaned_data
            )
        except Refused as refused:
            for name, message in refused.errors.items():
                form.add_error(name, message)
        else:
            day = f"{position.on.day} {position.on:%B %Y}"
            messages.success(
                request, f"The position of {day} is frozen: {position.label}", extra_tags="forget:freeze"
            )
            return redirect("plans:positions", council=request.council.slug)
    return _page(request, form)


def _page(request: CouncilRequest, form: PositionForm) -> HttpResponse:
    plan = open_plan(request.council)
    may_freeze = request.access.may(Verb.WRITE, Thing.FROZEN_PLAN, request.council)
    context = {
        "positions": positions_of(plan),
        "may_freeze": may_freeze and plan is not None,
        "value": form.data if form.is_bound else {"on": f"{timezone.localdate():%d/%m/%Y}", "label": ""},
        "errors": {name: errors[0] for name, errors in form.errors.items()} if form.is_bound else {},
    }
    return render(request, "plans/positions.html", context, status=422 if context["errors"] else 200)
