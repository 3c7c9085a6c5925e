"""Recording what the chain, the inspections and the register hold."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices import schedule_fields
from notices.forms import AgreementForm, EndForm, InspectionForm, InstrumentForm
from notices.queries import notice as queries
from notices.services import (
    Conflict,
    Refused,
    change_inspection,
    change_instrument,
    end_instrument,
    record_agreement,
    record_inspection,
    record_instrument,
    take_end_back,
    withdraw_agreement,
)
from notices.views.fields import schedule_context, sent_schedule

STALE = (
    "Somebody else changed this since you opened it. What you typed is still here: "
    "look at what stands now, then save again."
)


def _back(request: CouncilRequest) -> HttpResponse:
    return redirect("notices:notice", council=request.council.slug)


def _page(request: CouncilRequest, form: Form, title: str, **context: Any) -> HttpResponse:
    errors = {
        form[name].auto_id if name in form.fields else name: said[0] for name, said in form.errors.items()
    }
    status = 422 if form.errors else 200
    return render(
        request,
        "notices/record.html",
        {"form": form, "title": title, "errors": errors, **context},
        status=status,
    )


def _saved(form: Form, save: Callable[[], object]) -> bool:
    """Call the service; what it refuses is said at the field."""
    try:
        save()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    except Conflict as conflict:
        form.data = {**form.data.dict(), "version": str(conflict.version)}  # type: ignore[attr-defined]
        form.add_error(None, STALE)
        return False
    return True


def _version(request: CouncilRequest, otherwise: int) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else otherwise


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def add_instrument(request: CouncilRequest) -> HttpResponse:
    others = queries.instruments_of(request.council)
    form = InstrumentForm(request.POST if request.method == "POST" else None, others=others)
    if request.method == "POST" and form.is_valid():
        replaced = next((one for one in others if str(one.pk) == form.cleaned_data["replaces"]), None)
        done = _saved(
            form,
            lambda: record_instrument(
                council=request.council,
                facts=form.facts(),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
                replaces=replaced,
            ),
        )
        if done:
            messages.success(request, "Recorded in the chain")
            return _back(request)
    return _page(
        request,
        form,
        "Record a step of the chain",
        note="To hold a notice's words and what follows from them, read it in instead.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def edit_instrument(request: CouncilRequest, instrument: int) -> HttpResponse:
    found = queries.instrument_of(request.council, instrument)
    if found is None:
        raise Http404
    start = {name: getattr(found, name) for name in ("kind", "on", "decided_by", "grounds", "link")}
    form = InstrumentForm(request.POST if request.method == "POST" else None, others=[], initial=start)
    del form.fields["replaces"]
    if request.method == "POST" and form.is_valid():
        done = _saved(
            form,
            lambda: change_instrument(
                instrument=found,
                facts=form.facts(),
                version=_version(request, found.version),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            ),
        )
        if done:
            messages.success(request, "Corrected. Deadlines that count from it are worked out anew.")
            return _back(request)
    return _page(request, form, f"Correct: {found}", made_from=form.data.get("version", found.version))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def end(request: CouncilRequest, instrument: int) -> HttpResponse:
    """Record the end; for one that has ended, take the end back with a reason."""
    found = queries.instrument_of(request.council, instrument)
    if found is None:
        raise Http404
    if found.ended_on is not None:
        return _take_back(request, found)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _saved(
            form,
            lambda: end_instrument(
                instrument=found,
                ending=form.ending(),
                version=_version(request, found.version),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            ),
        )
        if done:
            messages.success(request, "The end is recorded. What was before stays here to be read.")
            return _back(request)
    note = "Deadlines that are still open close on that day. Everything before stays readable."
    return _page(
        request,
        form,
        f"Record the end of: {found}",
        made_from=form.data.get("version", found.version),
        note=note,
    )


def _take_back(request: CouncilRequest, found: Any) -> HttpResponse:
    errors = {}
    if request.method == "POST":
        try:
            take_end_back(
                instrument=found,
                reason=request.POST.get("reason", ""),
                version=_version(request, found.version),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except (Refused, Conflict) as refused:
            errors = {"reason": str(refused)}
        else:
            messages.success(request, "The end is taken back. Its deadlines are open again.")
            return _back(request)
    context = {
        "title": f"Take back the end of: {found}",
        "say": (
            f"It is recorded as {found.get_end_display()} on {found.ended_on:%d/%m/%Y}. "
            "Its open deadlines open again."
        ),
        "errors": errors,
        "value": request.POST.get("reason", ""),
        "made_from": found.version,
    }
    return render(request, "notices/reason.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def add_inspection(request: CouncilRequest) -> HttpResponse:
    form = InspectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _saved(
            form,
            lambda: record_inspection(
                council=request.council,
                facts=form.facts(),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
                **form.pairs(),
            ),
        )
        if done:
            messages.success(request, "The inspection is recorded")
            return _back(request)
    return _page(request, form, "Record an inspection")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def edit_inspection(request: CouncilRequest, inspection: int) -> HttpResponse:
    found = queries.inspection_of(request.council, inspection)
    if found is None:
        raise Http404
    names = (
        "body",
        "kind",
        "fieldwork_from",
        "fieldwork_to",
        "reported_on",
        "published_on",
        "overall",
        "link",
    )
    start: dict[str, Any] = {name: getattr(found, name) for name in names}
    start["judgements"] = "\n".join(f"{one.area}: {one.judgement}" for one in found.judgements.all())
    start["recommendations"] = "\n".join(
        f"{one.ref} {one.text}".strip() for one in found.recommendations.all()
    )
    form = InspectionForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        done = _saved(
            form,
            lambda: change_inspection(
                inspection=found,
                facts=form.facts(),
                version=_version(request, found.version),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
                **form.pairs(),
            ),
        )
        if done:
            messages.success(request, "The inspection is corrected")
            return _back(request)
    return _page(request, form, f"Correct: {found}", made_from=form.data.get("version", found.version))


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
    errors: dict[str, str] = {}
    if request.method == "POST" and "refresh" not in request.POST and form.is_valid():
        schedule = None
        if form.cleaned_data["kind"] == "interval":
            try:
                schedule = sent_schedule(request.POST, named, queries.pace_of(versions[0]), None)
            except schedule_fields.FieldsRefused as refused:
                errors = refused.errors
        if not errors and _saved(
            form,
            lambda: record_agreement(
                council=request.council,
                instrument=found,
                agreed=form.agreed(schedule),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            ),
        ):
            messages.success(request, "Entered in the register. It counts from the day it was agreed.")
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
        {"form": form, "errors": {**said, **errors}, "instrument": found, **context},
        status=422 if (errors or said) else 200,
    )


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
        "back": reverse("notices:notice", kwargs={"council": request.council.slug}),
    }
    return render(request, "notices/reason.html", context, status=422 if errors else 200)
