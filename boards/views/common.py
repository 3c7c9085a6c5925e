"""What the room's pages share: finding things, a page with one form, what went wrong said beside its field."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from boards.services.records import Act, Conflict, Refused
from councils.guards import CouncilRequest

T = TypeVar("T")


def found(row: T | None) -> T:
    """The row, or a 404 where there is none."""
    if row is None:
        raise Http404
    return row


def act_of(request: CouncilRequest) -> Act:
    """Who does something here, now."""
    return Act(request.council, request.user, timezone.now())


def here(request: CouncilRequest, name: str, **numbers: int) -> str:
    """The address of a page of this room."""
    return reverse(f"boards:{name}", kwargs={"council": request.council.slug, **numbers})


def say(form: Any, problem: Refused | Conflict) -> int:
    """Put what a service refused beside the fields of the form, and return the status to answer with."""
    if isinstance(problem, Refused):
        for name, message in problem.errors.items():
            form.add_error(name if name in form.fields else None, message)
        return 422
    for name, value in problem.theirs.items():
        words = f"{problem.by_name} has changed this to “{value if value not in ('', None) else 'nothing'}”."
        form.add_error(name if name in form.fields else None, f"{words} Save again to keep yours.")
    form.data = {**form.data.dict(), "version": str(problem.version)}
    return 409


def form_page(
    request: CouncilRequest,
    form: Any,
    *,
    title: str,
    back: str,
    back_words: str,
    save: Callable[[Any], str],
    then: str | None = None,
    button: str = "Save",
    lead: str = "",
    keep: str = "",
    warning: bool = False,
    template: str = "boards/form.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page with one form. `save` writes what the form says and returns what to tell; `then` is where to go.

    What a service refuses stands beside its field, and what was typed stays.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = save(form)
            except (Refused, Conflict) as problem:
                status = say(form, problem)
            else:
                messages.success(request, done)
                return redirect(then or back)
    context = {
        "form": form,
        "title": title,
        "back": back,
        "back_words": back_words,
        "button": button,
        "lead": lead,
        "keep": keep,
        "warning": warning,
        "multipart": form.is_multipart(),
    }
    return render(request, template, context | (extra or {}), status=status)


def step(request: CouncilRequest, do: Callable[[], str], back: str) -> HttpResponse:
    """Do one thing that a button asks for, say what came of it, and go back."""
    try:
        done = do()
    except (Refused, Conflict) as problem:
        messages.error(request, str(problem))
    else:
        if done:
            messages.success(request, done)
    return redirect(back)


def posted(request: CouncilRequest) -> Any:
    """What was sent, also if that is nothing; None when a page is only asked for."""
    return request.POST if request.method == "POST" else None


def files_of(request: CouncilRequest) -> Any:
    """The files that were sent; None when a page is only asked for."""
    return request.FILES if request.method == "POST" else None
