"""The one page that every change of the plan goes through: a form, what is refused, what somebody else changed."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from councils.guards import CouncilRequest
from plans.recurring import in_words
from plans.seen import Seen, plan_seen_by, retired_seen
from plans.services import Conflict, Refused
from plans.table import ActionRow

_NAMES = {
    "ends_on": "End",
    "starts_on": "Start",
    "activity": "Action",
    "retired_on": "Part of the plan",
    "reached_on": "Reached",
    "due_on": "Due",
    "from_on": "Holds from",
    "recurs": "It falls due",
}


@dataclass(frozen=True)
class Change:
    """One kind of change: what its page says, and the service that makes it of what was typed."""

    title: str
    button: str
    act: Callable[..., Any]
    done: str
    back: str
    back_text: str
    caption: str = ""
    intro: str = ""
    quoted: str = ""
    warning: bool = False
    then: str = ""


def who(request: CouncilRequest) -> dict[str, Any]:
    """Who acts and when, as every service takes it."""
    return {
        "council": request.council,
        "by": request.user,
        "now": timezone.now(),
        "today": timezone.localdate(),
    }


def change_page(request: CouncilRequest, form: forms.Form, change: Change) -> HttpResponse:
    """Ask for what the change needs, make it, and go back; whatever is refused comes back with what was typed."""
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            change.act(**form.cleaned_data, **who(request))
        except Refused as refused:
            for name, message in refused.errors.items():
                form.add_error(name if name in form.fields and name != "version" else None, message)
        except Conflict as found:
            conflict = found
        else:
            messages.success(request, change.done, extra_tags=f"forget:{request.path}")
            return redirect(change.then or change.back)
    context = {
        **change.__dict__,
        "form": form,
        "conflict": conflict,
        "theirs": [(_name(name), _words(value)) for name, value in conflict.theirs.items()]
        if conflict
        else [],
        "keep": request.path,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "plans/change.html", context, status=status)


def posted(request: CouncilRequest) -> Any:
    """What was sent; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def action_seen(request: CouncilRequest, pk: int) -> tuple[Seen, ActionRow]:
    """An action of the plan as the user sees it; a 404 if it is not in it."""
    seen = plan_seen_by(request, today=timezone.localdate())
    row = seen.action(pk)
    if row is None:
        raise Http404
    return seen, row


def action_ever_seen(request: CouncilRequest, pk: int, as_at: dt.date | None) -> tuple[Seen, ActionRow]:
    """An action of the plan as the user sees it on a day; one that has left the plan, as it last stood in it."""
    seen = plan_seen_by(request, today=timezone.localdate(), as_at=as_at)
    row = seen.action(pk)
    if row is not None:
        return seen, row
    left = retired_seen(seen, pk)
    if left is None:
        raise Http404
    return left


def action_address(request: CouncilRequest, pk: int) -> str:
    """The address of an action's page."""
    return reverse("plans:action", kwargs={"council": request.council.slug, "pk": pk})


def _name(name: str) -> str:
    return _NAMES.get(name, name.replace("_", " ").capitalize())


def _words(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Mapping):
        return in_words(dict(value))
    if isinstance(value, list):
        return ", ".join(str(item["name"]) if isinstance(item, Mapping) else str(item) for item in value)
    return str(value) if value not in (None, "") else "nothing"
