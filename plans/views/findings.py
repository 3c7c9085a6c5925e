"""What was found in documents and waits for somebody to settle it."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.queries import open_findings, open_plan
from plans.services import settle_finding


@require_safe
@requires(Verb.READ, Thing.PLAN_SOURCE)
def findings(request: CouncilRequest) -> HttpResponse:
    plan = open_plan(request.council)
    return render(
        request, "plans/findings.html", {"plan": plan, "findings": open_findings(plan) if plan else []}
    )


@require_POST
@requires(Verb.WRITE, Thing.PLAN_SOURCE)
def settle(request: CouncilRequest, pk: int) -> HttpResponse:
    how = request.POST.get("how", "").strip() or "Left as it is"
    try:
        finding = settle_finding(
            council=request.council, finding_id=pk, how=how, by=request.user, now=timezone.now()
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, f"Settled: {finding.ref or finding.message[:60]}")
    return redirect("plans:findings", council=request.council.slug)
