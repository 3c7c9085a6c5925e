"""What was found in documents and waits for somebody to settle it."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.importing.kinds import sentence_of
from plans.queries import open_findings, open_plan
from plans.services import settle_finding


@require_safe
@requires(Verb.READ, Thing.PLAN_SOURCE)
def findings(request: CouncilRequest) -> HttpResponse:
    """What is open on the plan, by kind; `kind` and `ref` in the address narrow it."""
    plan = open_plan(request.council)
    rows = list(open_findings(plan)) if plan else []
    kind, ref = request.GET.get("kind", ""), request.GET.get("ref", "").strip()
    kinds = Counter(finding.code for finding in rows)
    shown = [
        finding
        for finding in rows
        if (not kind or finding.code == kind) and ref.casefold() in finding.ref.casefold()
    ]
    # what most findings share comes last: the few of a kind are the ones that were not foreseen
    shown.sort(key=lambda finding: (kinds[finding.code], finding.code))
    context = {
        "plan": plan,
        "findings": shown,
        "total": len(rows),
        "kinds": [(code, sentence_of(code), number) for code, number in sorted(kinds.items())],
        "kind": kind,
        "ref": ref,
        "sentence_of": sentence_of,
    }
    return render(request, "plans/findings.html", context)


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
    messages.success(
        request, f"Settled: {finding.ref or finding.message[:60]}", extra_tags=f"forget:finding-{pk}"
    )
    return redirect("plans:findings", council=request.council.slug)
