"""Key dates: what happened, what is planned."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.forms import EventForm
from notices.queries import standing_events
from notices.services import EventRefused, record_event


@require_safe
@requires(Verb.READ, Thing.KEY_DATES)
def key_dates(request: CouncilRequest) -> HttpResponse:
    return _page(request, EventForm())


@require_POST
@requires(Verb.WRITE, Thing.KEY_DATES)
def record(request: CouncilRequest) -> HttpResponse:
    form = EventForm(request.POST)
    if form.is_valid():
        now, today = timezone.now(), timezone.localdate()
        try:
            event = record_event(
                council=request.council, by=request.user, now=now, today=today, **form.cleaned_data
            )
        except EventRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{event.get_kind_display()} {event.get_state_display()}: recorded")
            return redirect("notices:key_dates", council=request.council.slug)
    return _page(request, form)


def _page(request: CouncilRequest, form: EventForm) -> HttpResponse:
    today = timezone.localdate()
    events = list(standing_events(request.council).select_related("by"))
    context = {
        "coming": [event for event in events if event.on >= today],
        "past": [event for event in reversed(events) if event.on < today],
        "kinds": EventForm.KINDS,
        "states": EventForm.STATES,
        "may_record": request.access.may(Verb.WRITE, Thing.KEY_DATES, request.council),
        "value": form.data if form.is_bound else {"kind": "board_held", "state": "happened", "on": ""},
        "errors": {name: errors[0] for name, errors in form.errors.items()} if form.is_bound else {},
    }
    return render(request, "notices/key_dates.html", context, status=422 if context["errors"] else 200)
