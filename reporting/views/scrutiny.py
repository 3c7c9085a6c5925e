"""What is published to scrutiny, and what the committee recommended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from boards.queries.bodies import boards_of
from boards.services.records import Act, Conflict, Refused
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from files.serving import hand_over
from reporting.scrutiny import publishing, reading
from reporting.scrutiny.document import FORMATS, ask_for_document
from reporting.scrutiny.forms import AnswerForm, PublishForm, RecommendForm, TakeBackForm


@require_safe
@requires(Verb.READ, Thing.SCRUTINY)
def index(request: CouncilRequest) -> HttpResponse:
    writes = _writes(request)
    context = {
        "published": list(reading.publications_of(request.council)),
        "taken_back": list(reading.publications_of(request.council, taken_back=True)) if writes else [],
        "recommendations": list(reading.recommendations_of(request.council)),
        "writes": writes,
        "sees_board": _sees_board(request),
    }
    return render(request, "reporting/scrutiny/index.html", context)


def _sees_board(request: CouncilRequest) -> bool:
    return request.access.may(Verb.READ, Thing.BOARD, request.council)


def _writes(request: CouncilRequest) -> bool:
    return request.access.may(Verb.WRITE, Thing.SCRUTINY, request.council)


@require_safe
@requires(Verb.READ, Thing.SCRUTINY)
def publication(request: CouncilRequest, publication: int) -> HttpResponse:
    row = _publication(request, publication)
    context = {
        "wide": True,
        "shown": reading.shown(row),
        "row": row,
        "writes": _writes(request),
        "follows": _sees_board(request),
    }
    return render(request, "reporting/scrutiny/publication.html", context)


def _publication(request: CouncilRequest, number: int) -> Any:
    row = reading.publication_of(request.council, number)
    if row is None:
        raise Http404
    return row


@require_safe
@requires(Verb.READ, Thing.SCRUTINY)
def document(request: CouncilRequest, publication: int, kind: str) -> HttpResponse:
    """Have the document for the committee made, and show how far it is."""
    if kind not in FORMATS:
        raise Http404
    job = ask_for_document(act=_act(request), row=_publication(request, publication), kind=kind)
    return redirect("jobs:progress", job=job.pk)


@require_safe
@requires(Verb.READ, Thing.SCRUTINY)
def report(request: CouncilRequest, publication: int) -> HttpResponseBase:
    """The PDF of a submitted report that is published."""
    row = _publication(request, publication)
    if row.report is None:
        raise Http404
    return hand_over(request, row.report.submitted.pdf)


@requires(Verb.WRITE, Thing.SCRUTINY)
def publish(request: CouncilRequest) -> HttpResponse:
    groups = reading.to_publish(request.council)

    def save(form: PublishForm) -> str:
        kind, _, number = form.cleaned_data["what"].partition(":")
        made = publishing.publish(
            act=_act(request), kind=kind, number=int(number), note=form.cleaned_data["note"]
        )
        return f"“{made}” is published to scrutiny."

    return _form(
        request,
        PublishForm(_posted(request), groups=groups),
        save,
        title="Publish to scrutiny",
        lead="Scrutiny viewers read it as soon as it is published, and are told by e-mail once. Restricted decisions "
        "are left out. What is not in the list is published already, or is not frozen, held or submitted yet.",
        button="Publish",
    )


@requires(Verb.WRITE, Thing.SCRUTINY)
def take_back(request: CouncilRequest, publication: int) -> HttpResponse:
    row = _publication(request, publication)

    def save(form: TakeBackForm) -> str:
        publishing.take_back(act=_act(request), publication_id=row.pk, because=form.cleaned_data["because"])
        return f"“{row}” is taken back."

    return _form(
        request,
        TakeBackForm(_posted(request)),
        save,
        title=f"Take back “{row}”",
        lead="Scrutiny sees it no longer. That it was published, and why it was taken back, stays on record.",
        button="Take it back",
        warning=True,
    )


@requires(Verb.WRITE, Thing.SCRUTINY)
def recommend(request: CouncilRequest) -> HttpResponse:
    published = list(reading.publications_of(request.council))
    boards = [board for board in boards_of(request.council) if board.closed_on is None]
    if not boards:
        messages.error(request, "There is no board yet that could answer: add one first.")
        return redirect("reporting:scrutiny", council=request.council.slug)

    def save(form: RecommendForm) -> str:
        said = form.cleaned_data
        made = publishing.recommend(
            act=_act(request),
            text=said["text"],
            made_on=said["made_on"],
            board_id=int(said["board"]),
            owner_name=said["owner_name"],
            due_on=said["due_on"],
            about=next((row for row in published if str(row.pk) == said["about"]), None),
        )
        return f"{made} is recorded, and is {str(made.matter).lower()} of the board."

    form = RecommendForm(_posted(request), boards=boards, publications=published)
    return _form(request, form, save, title="Record a recommendation of the committee", button="Record")


@requires(Verb.WRITE, Thing.SCRUTINY)
def answer(request: CouncilRequest, recommendation: int) -> HttpResponse:
    row = reading.recommendation_of(request.council, recommendation)
    if row is None:
        raise Http404

    def save(form: AnswerForm) -> str:
        said = form.cleaned_data
        publishing.answer(
            act=_act(request),
            recommendation_id=row.pk,
            answer=said["answer"],
            text=said["text"],
            on=said["on"],
            made_from=said["version"],
        )
        return f"The answer to recommendation {row.number} is there for the committee."

    first = {
        "version": row.version,
        "answer": row.answer,
        "text": row.answer_text,
        "on": f"{row.answered_on:%d/%m/%Y}" if row.answered_on else "",
    }
    form = AnswerForm(_posted(request), initial=first)
    title = f"Answer to recommendation {row.number}"
    return _form(request, form, save, title=title, lead=row.text, button="Save the answer")


def _act(request: CouncilRequest) -> Act:
    return Act(request.council, request.user, timezone.now())


def _posted(request: CouncilRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(request: CouncilRequest, form: Any, save: Callable[[Any], str], **words: Any) -> HttpResponse:
    """A page with one form; what is refused stands beside its field, and what was typed stays."""
    back = reverse("reporting:scrutiny", kwargs={"council": request.council.slug})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                messages.success(request, save(form))
                return redirect(back)
            except Refused as refused:
                for name, message in refused.errors.items():
                    form.add_error(name if name in form.fields else None, message)
            except Conflict as conflict:
                status = 409
                theirs = "; ".join(str(value) for value in conflict.theirs.values())
                form.add_error(None, f"It was changed meanwhile to: “{theirs}”. Save again to keep yours.")
                form.data = {**form.data.dict(), "version": str(conflict.version)}
    context = {"form": form, "back": back, "back_words": "Scrutiny", **words}
    return render(request, "boards/form.html", context, status=status)
