"""The pack of a meeting: making a draft, looking at it, publishing it, adding late papers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.queries.meetings import agenda_of, meeting_of
from boards.seen import sight_of
from boards.services.records import Act, Refused
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from reporting.packs.basis import basis_of
from reporting.packs.facts import USUAL_ORDER
from reporting.packs.making import (
    ask_for_pack,
    choose_sections,
    late_papers,
    packs_of,
    sections_of,
)

EDITIONS = ("draft", "published", "supplement")


@require_safe
@requires(Verb.READ, Thing.MEETING_PAPERS)
def pack(request: CouncilRequest, meeting: int) -> HttpResponse:
    return _page(request, meeting)


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def make(request: CouncilRequest, meeting: int, edition: str) -> HttpResponse:
    """Ask for a draft, the published pack or a supplement, then show its progress."""
    if edition not in EDITIONS:
        raise Http404
    one = _meeting(request, meeting)
    act = Act(request.council, request.user, timezone.now())
    try:
        made = ask_for_pack(act=act, meeting_id=one.pk, edition=edition)
    except Refused as refused:
        return _page(request, meeting, refused.errors)
    return redirect("jobs:progress", job=made.job_id)


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def sections(request: CouncilRequest, meeting: int) -> HttpResponse:
    """Choose and order the sections: a number beside each, empty leaves it out."""
    one = _meeting(request, meeting)
    places = {}
    errors = {}
    for count, section in enumerate(USUAL_ORDER, 1):
        said = request.POST.get(f"place-{section.value}", "").strip()
        if not said:
            continue
        if not (said.isdecimal() and len(said) <= 2):  # noqa: PLR2004
            errors[f"place-{section.value}"] = (
                f"The place of “{section.heading}” must be a number from 1 to 99"
            )
            continue
        places[section.value] = (int(said), count)
    if not errors:
        try:
            choose_sections(
                act=Act(request.council, request.user, timezone.now()),
                codes=sorted(places, key=lambda code: places[code]),
            )
        except Refused as refused:
            errors = {f"place-{USUAL_ORDER[0].value}": message for message in refused.errors.values()}
    if errors:
        return _page(request, meeting, errors)
    messages.success(request, "The sections of packs are set. Make a new draft to see them.")
    return redirect("reporting:pack", council=request.council.slug, meeting=one.pk)


def _meeting(request: CouncilRequest, number: int) -> Any:
    one = meeting_of(request.council, number)
    if one is None:
        raise Http404
    return one


def _page(request: CouncilRequest, number: int, errors: dict[str, str] | None = None) -> HttpResponse:
    one = _meeting(request, number)
    sight = sight_of(request)
    made = [pack for pack in packs_of(one) if sight.drafts or (pack.ready and pack.edition != "draft")]
    chosen = sections_of(request.council)
    today = timezone.localdate()
    basis, position = basis_of(one, today=today, now=timezone.now())
    lines = agenda_of(one, sight)
    context = {
        "wide": True,
        "meeting": one,
        "sight": sight,
        "may_make": request.access.may(Verb.WRITE, Thing.MEETING_DRAFTS, request.council),
        "packs": made,
        "draft": next((pack for pack in made if pack.edition == "draft"), None),
        "published": next((p for p in made if p.edition == "published" and (p.ready or p.being_made)), None),
        "supplements": [pack for pack in made if pack.edition == "supplement"],
        "late": len(late_papers(one)),
        "unsent": len(late_papers(one, unsent=True)),
        "sections": [
            (section, chosen.index(section) + 1 if section in chosen else "") for section in USUAL_ORDER
        ],
        "posted": request.POST,
        "basis_on": basis.on,
        "position": position,
        "without_paper": sum(not line.papers and not line.hidden for line in lines),
        "items": len(lines),
        "errors": errors or {},
    }
    return render(request, "reporting/pack.html", context, status=422 if errors else 200)
