"""The agenda of a meeting, its papers, and giving them to members."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from boards.forms.meetings import ItemForm, NewItemForm, PaperForm
from boards.queries import meetings as reads
from boards.seen import sight_of
from boards.services import agenda as services
from boards.services.meetings import begin_agenda
from boards.services.papers import add_paper, withdraw_paper
from boards.views.common import act_of, files_of, form_page, found, here, posted, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb


@require_safe
@requires(Verb.READ, Thing.MEETING_PAPERS)
def agenda(request: CouncilRequest, meeting: int) -> HttpResponse:
    """The agenda to work on; who only reads it does so on the meeting's own page, once members have it."""
    one = found(reads.meeting_of(request.council, meeting))
    sight = sight_of(request)
    if not request.access.may(Verb.WRITE, Thing.MEETING_DRAFTS, request.council):
        return redirect(here(request, "meeting", meeting=one.pk) + "#agenda")
    lines = reads.agenda_of(one, sight)
    context = {
        "wide": True,
        "meeting": one,
        "board": one.board,
        "sight": sight,
        "lines": lines,
        "minutes": sum(line.item.minutes or 0 for line in lines),
        "withdrawn": reads.withdrawn_items(one),
        "may_begin": one.planned and not one.items.exists() and one.board.standing_items.exists(),
        "forward": [row for row in reads.forward_of(one.board) if row.item is None],
    }
    return render(request, "boards/agenda.html", context)


def _page(request: CouncilRequest, one: Any, form: Any, title: str, save: Any, **more: Any) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        back=here(request, "agenda", meeting=one.pk),
        back_words=f"Agenda of {one.on.day} {one.on:%B %Y}",
        save=save,
        **more,
    )


@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def add_item(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def save(form: NewItemForm) -> str:
        made = services.add_item(act=act_of(request), meeting_id=meeting, values=form.cleaned_data)
        return f"“{made}” is on the agenda."

    form = NewItemForm(posted(request), meeting=one)
    return _page(request, one, form, "Add an item", save, keep=f"item-of-{meeting}-{one.items.count()}")


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def begin(request: CouncilRequest, meeting: int) -> HttpResponse:
    found(reads.meeting_of(request.council, meeting))

    def do() -> str:
        begin_agenda(act=act_of(request), meeting_id=meeting)
        return "The template’s items are on the agenda."

    return step(request, do, here(request, "agenda", meeting=meeting))


@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def edit_item(request: CouncilRequest, item: int) -> HttpResponse:
    row = found(reads.item_of(request.council, item))
    names = ("title", "presenter", "purpose", "minutes", "section", "restricted", "version")
    initial = {name: getattr(row, name) for name in names} | {"under": row.under_id}
    form = ItemForm(posted(request), meeting=row.meeting, item=row, initial=initial)

    def save(form: ItemForm) -> str:
        services.change_item(act=act_of(request), item_id=item, values=form.values, made_from=form.made_from)
        return "Saved."

    return _page(request, row.meeting, form, f"Change “{row}”", save)


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def move_item(request: CouncilRequest, item: int, way: str) -> HttpResponse:
    row = found(reads.item_of(request.council, item))

    def do() -> str:
        services.move_item(act=act_of(request), item_id=item, up=way == "up")
        return ""

    return step(request, do, here(request, "agenda", meeting=row.meeting_id) + f"#item-{item}")


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def withdraw_item(request: CouncilRequest, item: int) -> HttpResponse:
    row = found(reads.item_of(request.council, item))

    def do() -> str:
        services.withdraw_item(act=act_of(request), item_id=item)
        return f"“{row}” is off the agenda. It can be put back below."

    return step(request, do, here(request, "agenda", meeting=row.meeting_id))


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def put_back_item(request: CouncilRequest, item: int) -> HttpResponse:
    row = found(reads.item_of(request.council, item))

    def do() -> str:
        services.put_back_item(act=act_of(request), item_id=item)
        return f"“{row}” is back on the agenda."

    return step(request, do, here(request, "agenda", meeting=row.meeting_id))


@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def paper(request: CouncilRequest, item: int) -> HttpResponse:
    row = found(reads.item_of(request.council, item))
    form = PaperForm(posted(request), files_of(request), item=row)

    def save(form: PaperForm) -> str:
        replaces = form.cleaned_data.get("replaces")
        made = add_paper(
            act=act_of(request),
            item_id=item,
            title=form.cleaned_data["title"],
            document=form.cleaned_data["document"],
            restricted=form.cleaned_data["restricted"],
            replaces_id=replaces.pk if replaces else None,
        )
        if made.pages is None:
            return f"“{made}” is being turned into PDF. This page shows when it is ready."
        late = " It is a supplement: members have the papers already." if made.supplement else ""
        return f"“{made}” is there, {made.pages} page{'' if made.pages == 1 else 's'}.{late}"

    return _page(request, row.meeting, form, f"Add a paper for “{row}”", save, button="Send the paper")


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def take_paper_off(request: CouncilRequest, paper: int) -> HttpResponse:
    row = found(reads.paper_of(request.council, paper))

    def do() -> str:
        withdraw_paper(act=act_of(request), paper_id=paper)
        return f"“{row}” is taken off."

    return step(request, do, here(request, "agenda", meeting=row.item.meeting_id))


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def circulate(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def do() -> str:
        services.circulate(act=act_of(request), meeting_id=meeting)
        return "Members have agenda and papers, and are told by e-mail."

    return step(request, do, here(request, "agenda", meeting=one.pk))


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def schedule(request: CouncilRequest, meeting: int) -> HttpResponse:
    """Something from the forward plan comes onto this agenda."""
    one = found(reads.meeting_of(request.council, meeting))
    number = request.POST.get("forward", "")
    row = found(reads.forward_item_of(request.council, int(number) if number.isdecimal() else 0))

    def do() -> str:
        services.schedule_forward_item(act=act_of(request), item_id=row.pk, meeting_id=one.pk)
        return f"“{row}” is on the agenda."

    return step(request, do, here(request, "agenda", meeting=meeting))
