"""Minutes: read, drafted, written section by section, given to members, approved."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.meetings import ApproveForm
from boards.queries import meetings as reads
from boards.seen import sight_of
from boards.services import minutes as services
from boards.services.minutes_files import FORMATS, ask_for_minutes
from boards.services.records import Conflict, Refused
from boards.views.common import act_of, form_page, found, here, posted, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb


@require_safe
@requires(Verb.READ, Thing.MEETING_PAPERS)
def minutes(request: CouncilRequest, meeting: int) -> HttpResponse:
    return _page(request, found(reads.meeting_of(request.council, meeting)))


def _page(
    request: CouncilRequest, one: Any, *, conflict: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    sight = sight_of(request)
    row = reads.minutes_seen(one, sight)
    if row is None and not sight.drafts:
        found(row)
    context = {
        "meeting": one,
        "board": one.board,
        "sight": sight,
        "minutes": row,
        "body": services.body_seen(row, sight) if row else None,
        "versions": list(row.versions.order_by("number").select_related("by")) if row else [],
        "writes": bool(row and sight.drafts and row.state != "approved"),
        "section_versions": dict(row.sections.values_list("pk", "version")) if row else {},
        "conflict": conflict or {},
        "formats": FORMATS,
        "day": dt.date.fromisoformat,
        "states": {
            "present": "present",
            "deputy": "sent a deputy",
            "apologies": "apologies",
            "absent": "absent",
        },
    }
    return render(request, "boards/minutes.html", context, status=status)


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def draft(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def do() -> str:
        services.draft_minutes(act=act_of(request), meeting_id=one.pk)
        return "The minutes are drafted from agenda, notes, decisions and matters."

    return step(request, do, here(request, "minutes", meeting=meeting))


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def section(request: CouncilRequest, meeting: int, section: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    row = found(reads.minutes_seen(one, sight_of(request)))
    found(row.sections.filter(pk=section).first())
    text = request.POST.get("text", "").replace("\r\n", "\n")
    version = request.POST.get("version", "")
    try:
        services.write_section(
            act=act_of(request),
            meeting_id=meeting,
            section_id=section,
            text=text,
            made_from=int(version) if version.isdecimal() else 1,
        )
    except Conflict as conflict:
        kept = {
            "section": section,
            "text": text,
            "theirs": conflict.theirs["text"],
            "by": conflict.by_name,
            "version": conflict.version,
        }
        return _page(request, one, conflict=kept, status=409)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(here(request, "minutes", meeting=meeting))
    return redirect(here(request, "minutes", meeting=meeting) + f"#section-{section}")


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def circulate(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    found(reads.minutes_seen(one, sight_of(request)))

    def do() -> str:
        services.circulate_minutes(act=act_of(request), meeting_id=meeting)
        return "Members have the draft minutes, and are told by e-mail."

    return step(request, do, here(request, "minutes", meeting=meeting))


@require_safe
@requires(Verb.READ, Thing.MEETING_PAPERS)
def take_file(request: CouncilRequest, meeting: int, kind: str) -> HttpResponse:
    """Have the minutes made as PDF or Word, and show how far that is; asked twice they are made once."""
    if kind not in FORMATS:
        raise Http404
    one = found(reads.meeting_of(request.council, meeting))
    row = found(reads.minutes_seen(one, sight_of(request)))
    return redirect("jobs:progress", job=ask_for_minutes(act=act_of(request), minutes=row, kind=kind).pk)


@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def approve(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    found(reads.minutes_seen(one, sight_of(request)))

    def save(form: ApproveForm) -> str:
        at = form.cleaned_data["at"]
        on = form.cleaned_data["on"] or timezone.localdate()
        services.approve_minutes(
            act=act_of(request), meeting_id=meeting, at_meeting_id=at.pk if at else None, on=on
        )
        return "The minutes are approved. From now on they are only read."

    return form_page(
        request,
        ApproveForm(posted(request), meeting=one),
        title=f"Approve the minutes of {one.on.day} {one.on:%B %Y}",
        back=here(request, "minutes", meeting=meeting),
        back_words="Minutes",
        lead="After that they cannot be changed.",
        button="Approve the minutes",
        save=save,
    )
