"""The register: everything that was agreed about a notice, each with its letter; entering and taking back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from files.sent import SentFile, sent_file
from notices import schedule_fields
from notices.forms import AgreementForm
from notices.queries import notice as queries
from notices.queries.register import entries
from notices.services import Refused, record_agreement, withdraw_agreement
from notices.views.fields import schedule_context, sent_schedule


@require_safe
@requires(Verb.READ, Thing.NOTICE)
def register(request: CouncilRequest) -> HttpResponse:
    """What was agreed and stands, and, below, what was replaced or taken back."""
    rows = entries(request.council)
    writes = request.access.may(Verb.WRITE, Thing.NOTICE, request.council)
    open_ones = [one for one in queries.instruments_of(request.council) if one.ended_on is None]
    context = {
        "standing": [row for row in rows if row.stands],
        "gone": [row for row in rows if not row.stands],
        "may_write": writes,
        "instrument": next((one for one in open_ones if one.versions.all()), None),
    }
    return render(request, "notices/register.html", context)


def _back(request: CouncilRequest) -> HttpResponse:
    return redirect("notices:register", council=request.council.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def add_agreement(request: CouncilRequest, instrument: int) -> HttpResponse:
    """Enter what was agreed; an interval brings the fields of a schedule."""
    found = queries.instrument_of(request.council, instrument)
    versions = queries.versions_of(found) if found else []
    if found is None or not versions:
        raise Http404
    duties = [
        (one.key, f"{one.requirement.ref}: {one.duty_holder}, {one.deliverable}"[:110])
        for one in queries.duties_of(versions[0])
    ]
    named = {
        one.key: f"the {one.deliverable[:1].lower()}{one.deliverable[1:]}"
        for one in queries.duties_of(versions[0])
    }
    about = request.GET.get("about", "")
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        duties=duties,
        initial={"target": f"duty:{about}" if about else "", "kind": "interval" if about else ""},
    )
    sent = SentFile()
    if request.method == "POST":
        sent = sent_file(request, thing=Thing.NOTICE, now=timezone.now())
    errors: dict[str, str] = dict(sent.errors)
    if request.method == "POST" and "refresh" not in request.POST and form.is_valid() and not errors:
        schedule = None
        if form.cleaned_data["kind"] == "interval":
            try:
                schedule = sent_schedule(request.POST, named, queries.pace_of(versions[0]), None)
            except schedule_fields.FieldsRefused as refused:
                errors = refused.errors
        if not errors and _entered(request, form, found, form.agreed(schedule, sent.file)):
            messages.success(request, "Entered in the register.")
            return _back(request)
    shown = request.POST if request.method == "POST" else {}
    context = schedule_context(shown, named, errors)
    said = (
        {form[name].auto_id if name in form.fields else name: text[0] for name, text in form.errors.items()}
        if "refresh" not in request.POST
        else {}
    )
    return render(
        request,
        "notices/agreement.html",
        {"form": form, "errors": {**said, **errors}, "instrument": found, "kept": sent.file, **context},
        status=422 if (errors or said) else 200,
    )


def _entered(request: CouncilRequest, form: AgreementForm, instrument: Any, agreed: Any) -> bool:
    try:
        record_agreement(
            council=request.council,
            instrument=instrument,
            agreed=agreed,
            by=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def withdraw(request: CouncilRequest, agreement: int) -> HttpResponse:
    found = queries.agreement_of(request.council, agreement)
    if found is None:
        raise Http404
    errors = {}
    if request.method == "POST":
        try:
            withdraw_agreement(
                agreement=found,
                reason=request.POST.get("reason", ""),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except Refused as refused:
            errors = {"reason": str(refused)}
        else:
            messages.success(request, "Taken back. The entry stays in the change log.")
            return _back(request)
    context = {
        "title": "Take back an entry of the register",
        "say": f"{found}: {found.words}",
        "errors": errors,
        "value": request.POST.get("reason", ""),
        "back": reverse("notices:register", kwargs={"council": request.council.slug}),
    }
    return render(request, "notices/reason.html", context, status=422 if errors else 200)
