"""One objective: what answers it, and how it is judged."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from history.queries import changes_of
from plans.forms import JudgementForm
from plans.queries import OBJECTIVE
from plans.seen import may_judge, plan_seen_by
from plans.services import Conflict, Refused, judge_objective


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.READ, Thing.FROZEN_PLAN)
def objective(request: CouncilRequest, pk: int) -> HttpResponse:
    seen = plan_seen_by(request, today=timezone.localdate())
    row = seen.objective(pk)
    if row is None or seen.table is None:
        raise Http404
    can_judge = may_judge(request, seen)
    form = JudgementForm(request.POST or None)
    if request.method == "POST":
        if not can_judge:
            raise PermissionDenied
        if form.is_valid():
            try:
                judge_objective(
                    council=request.council,
                    objective_id=pk,
                    by=request.user,
                    now=timezone.now(),
                    today=timezone.localdate(),
                    **form.cleaned_data,
                )
            except Refused as refused:
                for name, message in refused.errors.items():
                    form.add_error(name, message)
            except Conflict as conflict:
                form.add_error(
                    "rating",
                    f"It was judged {conflict.theirs['rating'] or 'not rated'} while you were writing",
                )
            else:
                messages.success(request, f"{row.ref or 'Objective'} judged")
                return redirect("plans:objective", council=request.council.slug, pk=pk)
    context = {
        "seen": seen,
        "row": row,
        "theme": next(t for t in seen.table.themes if t.id == row.theme_id),
        "table": seen.table,
        "can_judge": can_judge,
        "value": form.data
        if form.is_bound
        else {"rating": row.rating.code if row.rating else "", "version": row.version},
        "errors": {name: errors[0] for name, errors in form.errors.items()} if form.is_bound else {},
        "changes": list(changes_of(OBJECTIVE, pk)) if seen.live else [],
    }
    return render(request, "plans/objective.html", context, status=422 if context["errors"] else 200)
