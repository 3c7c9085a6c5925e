"""Decisions and matters arising."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.meetings import MatterChangeForm, MatterForm, MatterNoteForm
from boards.queries import bodies as boards
from boards.queries import meetings as reads
from boards.seen import sight_of
from boards.services import recording as services
from boards.services.records import Refused
from boards.views.common import act_of, form_page, found, here, posted, say, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb

SHOWS = ("open", "overdue", "closed", "all")


@require_safe
@requires(Verb.READ, Thing.BOARD)
def matters(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    sight, today = sight_of(request), timezone.localdate()
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    words = request.GET.get("q", "").strip()[:200]
    rows = list(reads.matters_of(one, sight)) if show in {"closed", "all"} else reads.open_matters(one, sight)
    if show == "closed":
        rows = [row for row in rows if row.state != "open"]
    if show == "overdue":
        rows = [row for row in rows if row.due_on is not None and row.due_on < today]
    if words:
        rows = [row for row in rows if words.lower() in f"{row.text} {row.owner_name}".lower()]
    context = {
        "wide": True,
        "board": one,
        "sight": sight,
        "today": today,
        "rows": rows,
        "show": show,
        "shows": SHOWS,
        "words": words,
    }
    return render(request, "boards/matters.html", context)


@require_safe
@requires(Verb.READ, Thing.BOARD)
def decisions(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    sight = sight_of(request)
    words = request.GET.get("q", "").strip()[:200]
    rows = reads.decisions_of(one, sight)
    if words:
        rows = rows.filter(text__icontains=words)
    return render(
        request, "boards/decisions.html", {"board": one, "sight": sight, "rows": rows, "words": words}
    )


@requires(Verb.WRITE, Thing.BOARD)
def add(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))

    def save(form: MatterForm) -> str:
        made = services.add_matter(act=act_of(request), board_id=board, values=form.cleaned_data)
        return f"{made} is recorded."

    return form_page(
        request,
        MatterForm(posted(request), board=one, initial={"source": "board"}),
        title="Add a matter",
        back=here(request, "matters", board=board),
        back_words="Matters arising",
        lead="One that a meeting asked for is added where that meeting is recorded; this is for all others.",
        save=save,
    )


@require_safe
@requires(Verb.READ, Thing.BOARD)
def matter(request: CouncilRequest, matter: int) -> HttpResponse:
    return _page(request, matter, MatterNoteForm(None))


def _page(request: CouncilRequest, matter: int, form: MatterNoteForm, status: int = 200) -> HttpResponse:
    sight = sight_of(request)
    row = found(reads.matter_of(request.council, matter, sight))
    context = {
        "matter": row,
        "board": row.board,
        "sight": sight,
        "today": timezone.localdate(),
        "history": row.history.select_related("by").order_by("-on", "-id"),
        "form": form,
        "chased": row.mails.order_by("at") if sight.writes else (),
        "unreached": reads.unreached(row) if sight.writes else "",
        "may_note": sight.writes or reads.owes_matter(request.user, row),
    }
    return render(request, "boards/matter.html", context, status=status)


@require_POST
@requires(Verb.WRITE, Thing.OWN_PART)
def note(request: CouncilRequest, matter: int) -> HttpResponse:
    """How a matter stands: said by whoever owes it, or by those who keep the board's record."""
    sight = sight_of(request)
    row = found(reads.matter_of(request.council, matter, sight))
    if not (sight.writes or reads.owes_matter(request.user, row)):
        raise PermissionDenied
    form = MatterNoteForm(request.POST)
    if not form.is_valid():
        return _page(request, matter, form, 422)
    values = form.cleaned_data
    try:
        services.note_matter(
            act=act_of(request), matter_id=matter, text=values["note"], state=values["state"]
        )
    except Refused as refused:
        return _page(request, matter, form, say(form, refused))
    return step(request, lambda: "Recorded.", here(request, "matter", matter=matter))


@requires(Verb.WRITE, Thing.BOARD)
def edit(request: CouncilRequest, matter: int) -> HttpResponse:
    row = found(reads.matter_of(request.council, matter, sight_of(request)))
    initial = {name: getattr(row, name) for name in ("text", "owner_name", "due_on", "version")}
    initial["owner"] = row.owner_id
    form = MatterChangeForm(posted(request), council=request.council, initial=initial)

    def save(form: MatterChangeForm) -> str:
        services.change_matter(
            act=act_of(request), matter_id=matter, values=form.values, made_from=form.made_from
        )
        return "Saved."

    return form_page(
        request,
        form,
        title=f"Change matter {row.number}",
        back=here(request, "matter", matter=matter),
        back_words=f"Matter {row.number}",
        save=save,
    )
