"""Lists that one keeps of a plan, and shares with the council."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.answering.saved import change_filter, remove_filter, save_filter, saved_filters
from plans.seen import may_share
from plans.services import Refused


def _here(request: CouncilRequest) -> HttpResponse:
    return redirect("plans:saved", council=request.council.slug)


@require_safe
@requires(Verb.READ, Thing.SAVED_LISTS)
def saved(request: CouncilRequest) -> HttpResponse:
    """One's own lists, to rename, share and remove, and those that others share."""
    return _page(request, {}, None)


def _page(request: CouncilRequest, errors: dict[str, str], wrong: int | None) -> HttpResponse:
    lists = list(saved_filters(request.council, request.user, shared=may_share(request)))
    context = {
        "own": [one for one in lists if one.owner_id == request.user.pk],
        "others": [one for one in lists if one.owner_id != request.user.pk],
        "may_share": may_share(request),
        "errors": errors,
        "wrong": wrong,
        "value": request.POST,
    }
    return render(request, "plans/answering/saved.html", context, status=422 if errors else 200)


@require_POST
@requires(Verb.WRITE, Thing.SAVED_LISTS)
def save(request: CouncilRequest) -> HttpResponse:
    """Keep the filter of the plan page under a name."""
    try:
        kept = save_filter(
            council=request.council,
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            shared="shared" in request.POST and may_share(request),
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refused:
        return _page(request, refused.errors, 0)
    messages.success(request, f"Saved as “{kept.name}”")
    response = redirect("plans:plan", council=request.council.slug)
    response["Location"] += f"?{kept.query}"
    return response


@require_POST
@requires(Verb.WRITE, Thing.SAVED_LISTS)
def change(request: CouncilRequest, pk: int) -> HttpResponse:
    """Rename, share, stop sharing, or remove a list of one's own."""
    try:
        if "remove" in request.POST:
            name = remove_filter(council=request.council, filter_id=pk, by=request.user, now=timezone.now())
            messages.success(request, f"“{name}” removed")
            return _here(request)
        kept = change_filter(
            council=request.council,
            filter_id=pk,
            name=request.POST.get("name", ""),
            shared="shared" in request.POST and may_share(request),
            by=request.user,
            now=timezone.now(),
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refused as refused:
        return _page(request, refused.errors, pk)
    messages.success(request, f"“{kept.name}” changed")
    return _here(request)
