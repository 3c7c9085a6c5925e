"""Blacking out what should never have been written. Nothing of the plan is shown here, only in how many places."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from history.services import record_read, whole_words
from plans.elsewhere import standing_elsewhere
from plans.forms.changing import RedactForm
from plans.services import Refused
from plans.services.redacting import redact_plans, redactions_of
from plans.views.change_pages import posted, who


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.READ, Thing.REDACTION)
def redaction(request: CouncilRequest) -> HttpResponse:
    """Give the words, see in how many places they stand, black them out; who may not learns whom to ask."""
    may = request.access.may(Verb.WRITE, Thing.REDACTION, request.council)
    form = RedactForm(posted(request))
    found, elsewhere = None, []
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid():
            found = _done(request, form)
            if found is not None and request.POST.get("step") != "write":
                elsewhere = standing_elsewhere(request.council, whole_words(form.cleaned_data["phrase"]))
            elif found is not None:
                messages.success(request, f"Blacked out in {sum(found.values())} places")
                return redirect("plans:redaction", council=request.council.slug)
    context = {
        "form": form,
        "found": found,
        "elsewhere": elsewhere,
        "may": may,
        "redactions": redactions_of(request.council),
    }
    return render(request, "plans/redaction.html", context, status=422 if form.errors else 200)


def _done(request: CouncilRequest, form: forms.Form) -> dict[str, int] | None:
    """In how many places of each kind the words stood, blacked out if that was asked for; None where refused."""
    act: dict[str, Any] = who(request)
    write = request.POST.get("step") == "write"
    try:
        found = redact_plans(**form.cleaned_data, **act, only_look=not write)
    except Refused as refused:
        for name, message in refused.errors.items():
            form.add_error(name, message)
        return None
    if not write:
        # whether certain words stand in a plan is something learnt of it: it is noted who asked
        record_read(
            by=request.user,
            subject="plans.redaction",
            subject_id=request.council.pk,
            label="Where words stand that are to be blacked out",
            now=act["now"],
            council_id=request.council.pk,
        )
    return found
