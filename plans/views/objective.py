"""One objective: what answers it, and how it is judged."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from history.queries import changes_of
from plans.assured import findings_about
from plans.comparing import suggested, why_suggested
from plans.coverage.asked import Part, Target
from plans.coverage.seen import what_it_answers
from plans.forms import JudgementForm
from plans.queries import OBJECTIVE
from plans.rows import concern
from plans.seen import may_judge, plan_seen_by
from plans.services import Conflict, Refused, judge_objective


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def objective(request: CouncilRequest, pk: int) -> HttpResponse:
    return _page(request, pk, JudgementForm())


@require_POST
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def judge(request: CouncilRequest, pk: int) -> HttpResponse:
    """Set the judged rating; what is refused comes back with the form as it was sent."""
    form = JudgementForm(request.POST)
    if not plan_seen_by(request, today=timezone.localdate()).objective(pk):
        raise Http404
    if form.is_valid():
        try:
            judged = judge_objective(
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
            theirs = conflict.theirs["rating"] or "not rated"
            form.add_error("rating", f"It was judged {theirs} while you were writing")
        else:
            messages.success(request, f"{judged} judged", extra_tags=f"forget:objective-{pk}")
            return redirect("plans:objective", council=request.council.slug, pk=pk)
    return _page(request, pk, form)


def _page(request: CouncilRequest, pk: int, form: JudgementForm) -> HttpResponse:
    seen = plan_seen_by(request, today=timezone.localdate())
    row = seen.objective(pk)
    if row is None or seen.table is None:
        raise Http404
    roll_up = suggested([action.rating for action in row.actions])
    as_it_stands = {"rating": row.rating.code if row.rating else "", "version": row.version}
    tested = findings_about(pk) if request.access.may(Verb.READ, Thing.TESTING, request.council) else []
    context = {
        "wide": True,
        "seen": seen,
        "row": row,
        "tested": tested,
        "assured": next((one for one in tested if one.rating), None),
        "legend": {code.code: code for code in seen.table.scale},
        "theme": next(theme for theme in seen.table.themes if theme.id == row.theme_id),
        "table": seen.table,
        "suggested": roll_up,
        "why_suggested": why_suggested(row.actions, roll_up) if roll_up else "",
        "differs": roll_up is not None and (row.rating is None or concern(row.rating) != concern(roll_up)),
        "flags": [c for c in seen.table.contradictions if c.objective == pk and c.action is None],
        "can_judge": may_judge(request, seen),
        # a version that somebody overtook is not sent again: the page says what stands, and the next press decides
        "value": dict(form.data.items()) | {"version": row.version} if form.is_bound else as_it_stands,
        "errors": {name: errors[0] for name, errors in form.errors.items()} if form.is_bound else {},
        "changes": list(changes_of(OBJECTIVE, pk)) if seen.live else [],
        "answers": what_it_answers(request, seen, Target(Part.OBJECTIVE, pk), today=timezone.localdate()),
    }
    return render(request, "plans/objective.html", context, status=422 if context["errors"] else 200)
