"""Key dates: what happened, what is planned; recorded, and put right with a reason."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.forms import EventCorrectionForm, EventForm
from notices.queries.corrections import what_would_change
from notices.queries.events import KeyDate, key_date, key_dates_of, report_choices
from notices.services import About, EventRefused, record_event


@require_safe
@requires(Verb.READ, Thing.KEY_DATES)
def key_dates(request: CouncilRequest) -> HttpResponse:
    first = {"kind": "board_held", "state": "happened"}
    return _page(request, EventForm(reports=report_choices(request.council), initial=first))


@require_POST
@requires(Verb.WRITE, Thing.KEY_DATES)
def record(request: CouncilRequest) -> HttpResponse:
    form = EventForm(request.POST, reports=report_choices(request.council))
    if form.is_valid():
        try:
            event = record_event(council=request.council, **form.said(), **_who(request))
        except EventRefused as refused:
            form.add_error(_field(refused, form), str(refused))
        else:
            said = f"{event.get_kind_display()} {event.get_state_display()}: recorded"
            held = next((one for one in key_dates_of(request.council) if one.event.pk == event.pk), None)
            note = f". {held.note}" if held and held.note else ""
            messages.success(request, said + note)
            return redirect("notices:key_dates", council=request.council.slug)
    return _page(request, form)


def _field(refused: EventRefused, form: EventForm) -> str | None:
    name = {"counts_because": "does_not_count"}.get(refused.field, refused.field)
    return name if name in form.fields else None


def _who(request: CouncilRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now(), "today": timezone.localdate()}


def _errors(form: EventForm) -> dict[str, str]:
    return {
        form[name].auto_id if name in form.fields else name: str(said[0])
        for name, said in form.errors.items()
    }


def _page(request: CouncilRequest, form: EventForm) -> HttpResponse:
    today = timezone.localdate()
    dates = key_dates_of(request.council)
    context = {
        "coming": [one for one in dates if one.event.on >= today],
        "past": [one for one in reversed(dates) if one.event.on < today],
        "may_record": request.access.may(Verb.WRITE, Thing.KEY_DATES, request.council),
        "form": form,
        "errors": _errors(form) if form.is_bound else {},
        "today": today,
    }
    return render(request, "notices/key_dates.html", context, status=422 if context["errors"] else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.KEY_DATES)
def correct_date(request: CouncilRequest, event: int) -> HttpResponse:
    """Say one fact rightly: another day, another state. What would change is shown before it is saved."""
    held = key_date(request.council, event)
    if held is None or not held.correctable:
        raise Http404
    row = held.event
    start = {
        "state": row.state,
        "on": row.on,
        "report": row.report,
        "amount": row.amount or None,
        "on_request": row.on_request,
        "keeps_interval": not row.resets,
        "does_not_count": row.counts_because if not row.counts else "",
    }
    posted = request.POST if request.method == "POST" else None
    form = EventCorrectionForm(posted, reports=report_choices(request.council), initial=start)
    if posted is not None and "edit" not in posted and form.is_valid():
        try:
            if "confirm" in posted:
                _correct(request, held, form)
                messages.success(request, "Corrected. Deadlines that rest on it are worked out anew.")
                return redirect("notices:key_dates", council=request.council.slug)
            return _shown(request, held, form)
        except EventRefused as refused:
            form.add_error(_field(refused, form), str(refused))
    errors = _errors(form) if form.is_bound else {}
    context = {"held": held, "form": form, "errors": errors}
    return render(request, "notices/correct_date.html", context, status=422 if errors else 200)


def _correct(request: CouncilRequest, held: KeyDate, form: EventCorrectionForm) -> object:
    row, said = held.event, form.said_of(held.event)
    kept = {
        name: getattr(row, name)
        for name in ("label", "link", "file", "instrument", "inspection", "wanted_by")
    }
    about: About = replace(said.pop("about"), **kept)
    return record_event(
        council=request.council,
        kind=row.kind,
        board=row.board,
        about=about,
        replaces=row,
        note=form.cleaned_data["reason"],
        **said,
        **_who(request),
    )


def _shown(request: CouncilRequest, held: KeyDate, form: EventCorrectionForm) -> HttpResponse:
    changes, problems = what_would_change(
        lambda: _correct(request, held, form), council=request.council, today=timezone.localdate()
    )
    day, state = form.cleaned_data["on"], form.cleaned_data["state"]
    old = f"{held.event.get_state_display()}, {held.event.on.day} {held.event.on:%B %Y}"
    new = f"{dict(form.STATES)[state]}, {day.day} {day:%B %Y}"
    context = {
        "changes": changes,
        "problems": problems,
        "typed": [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"],
        "reason": form.cleaned_data["reason"],
        "fields": [("When", old, new)] if old != new else [],
        "had": True,
        "caption": held.event.get_kind_display(),
        "button": "Save the correction",
        "leave": reverse("notices:key_dates", kwargs={"council": request.council.slug}),
    }
    return render(request, "notices/correct_shown.html", context)
