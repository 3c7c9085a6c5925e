"""The chair's private page for a meeting: what to challenge, own notes, what was asked, what is carried over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from boards.queries.meetings import meeting_of
from boards.services.records import Act, Conflict, Refused
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from reporting.chair import services
from reporting.chair.gather import facts_for
from reporting.chair.questions import MOST, questions

MARKS = ("asked", "not-asked", "leave-out", "put-back", "carry")


@require_safe
@never_cache
@requires(Verb.READ, Thing.CHAIRS_PAGE)
def challenge(request: CouncilRequest, meeting: int) -> HttpResponse:
    return _shown(request, _meeting(request, meeting))


def _meeting(request: CouncilRequest, number: int) -> Any:
    one = meeting_of(request.council, number)
    if one is None:
        raise Http404
    return one


def _page(request: CouncilRequest, one: Any) -> services.Page:
    """The page: facts as they are now for a meeting to come; for one that was held, what was kept of it."""
    now = timezone.now()

    def to(name: str, **numbers: Any) -> str:
        return reverse(name, kwargs={"council": request.council.slug, **numbers})

    found = (
        questions(facts_for(request, one, today=timezone.localdate(now), now=now), to) if one.planned else {}
    )
    return services.page_of(one, found)


def _shown(
    request: CouncilRequest,
    one: Any,
    *,
    errors: dict[str, str] | None = None,
    conflict: dict[str, Any] | None = None,
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    page = _page(request, one)
    context = {
        "wide": True,
        "meeting": one,
        "page": page,
        "most": MOST,
        "later": services.next_after(one),
        "errors": errors or {},
        "conflict": conflict or {},
        "typed": typed,
        "total": len(page.every),
    }
    return render(request, "reporting/challenge.html", context, status=status)


def _back(request: CouncilRequest, one: Any, name: str = "") -> HttpResponse:
    path = reverse("reporting:challenge", kwargs={"council": request.council.slug, "meeting": one.pk})
    return redirect(f"{path}#{name}" if name else path)


def _act(request: CouncilRequest) -> Act:
    return Act(request.council, request.user, timezone.now())


def _asked_for(request: CouncilRequest, one: Any) -> services.Kept:
    kept = _page(request, one).named(request.POST.get("question", ""))
    if kept is None:
        raise Http404
    return kept


@require_POST
@requires(Verb.WRITE, Thing.CHAIRS_PAGE)
def add(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = _meeting(request, meeting)
    ask = request.POST.get("ask", "")
    try:
        made = services.add_own(act=_act(request), meeting=one, ask=ask)
    except Refused as refused:
        return _shown(request, one, errors=refused.errors, typed=ask, status=422)
    return _back(request, one, f"row-{made.pk}")


@require_POST
@requires(Verb.WRITE, Thing.CHAIRS_PAGE)
def mark(request: CouncilRequest, meeting: int, how: str) -> HttpResponse:
    """Tick a question as asked, leave it out, or take it along; and back again."""
    if how not in MARKS:
        raise Http404
    one = _meeting(request, meeting)
    kept = _asked_for(request, one)
    act = _act(request)
    if how == "carry":
        try:
            target = services.carry_over(act=act, meeting=one, kept=kept)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Taken along to {target.on.day} {target.on:%B %Y}.")
        return _back(request, one)
    if how in {"asked", "not-asked"}:
        row = services.tick(act=act, meeting=one, kept=kept, asked=how == "asked")
    else:
        row = services.leave_out(act=act, meeting=one, kept=kept, out=how == "leave-out")
    return _back(request, one, f"row-{row.pk}")


@require_POST
@requires(Verb.WRITE, Thing.CHAIRS_PAGE)
def note(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = _meeting(request, meeting)
    kept = _asked_for(request, one)
    words = request.POST.get("note", "").replace("\r\n", "\n")
    version = request.POST.get("version", "")
    try:
        row = services.write_note(
            act=_act(request),
            meeting=one,
            kept=kept,
            note=words,
            made_from=int(version) if version.isdecimal() and len(version) < 9 else 1,  # noqa: PLR2004
        )
    except Conflict as clash:
        told = {
            "name": kept.name,
            "theirs": clash.theirs.get("note", ""),
            "by": clash.by_name,
            "version": clash.version,
            "typed": words,
        }
        return _shown(request, one, conflict=told, status=409)
    return _back(request, one, f"row-{row.pk}")


@require_POST
@requires(Verb.WRITE, Thing.CHAIRS_PAGE)
def carry_all(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = _meeting(request, meeting)
    try:
        count, target = services.carry_all(act=_act(request), meeting=one, page=_page(request, one))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = "1 question is" if count == 1 else f"{count} questions are"
        messages.success(request, f"{words} taken along to {target.on.day} {target.on:%B %Y}.")
    return _back(request, one)
