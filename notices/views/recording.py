"""Recording what the chain and the inspections hold."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from files.sent import SentFile, sent_file
from notices.forms import EndForm, InspectionForm, InstrumentForm
from notices.queries import notice as queries
from notices.services import (
    Conflict,
    Refused,
    change_inspection,
    change_instrument,
    end_instrument,
    record_inspection,
    record_instrument,
    take_end_back,
)

STALE = (
    "Somebody else changed this since you opened it. What you typed is still here: "
    "look at what stands now, then save again."
)


def _back(request: CouncilRequest) -> HttpResponse:
    return redirect("notices:chain", council=request.council.slug)


def _sent(request: CouncilRequest) -> SentFile:
    if request.method != "POST":
        return SentFile()
    return sent_file(request, thing=Thing.NOTICE, now=timezone.now())


def _page(
    request: CouncilRequest, form: Form, title: str, sent: SentFile, document: str, **context: Any
) -> HttpResponse:
    """The form with the file that was sent along; `document` is what the file is asked for as."""
    errors = {
        form[name].auto_id if name in form.fields else name: said[0] for name, said in form.errors.items()
    } | sent.errors
    shown = {"form": form, "title": title, "errors": errors, "kept": sent.file, "document": document}
    return render(request, "notices/record.html", shown | context, status=422 if errors else 200)


def _saved(form: Form, sent: SentFile, save: Callable[[], object]) -> bool:
    """Call the service where form and file are sound; what it refuses is said at the field."""
    if not form.is_bound or not form.is_valid() or sent.problem:
        return False
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


def _who(request: CouncilRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now(), "today": timezone.localdate()}


def _instead(held: Any, otherwise: str) -> str:
    """What a file is asked for as, where one may be held already."""
    return f"Another file instead of “{held.name}” (optional)" if held else otherwise


def _version(request: CouncilRequest, otherwise: int) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else otherwise


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def add_instrument(request: CouncilRequest) -> HttpResponse:
    others = queries.instruments_of(request.council)
    form = InstrumentForm(request.POST if request.method == "POST" else None, others=others)
    sent = _sent(request)

    def save() -> object:
        replaced = next((one for one in others if str(one.pk) == form.cleaned_data["replaces"]), None)
        facts = form.facts(sent.file)
        return record_instrument(council=request.council, facts=facts, replaces=replaced, **_who(request))

    if _saved(form, sent, save):
        messages.success(request, "Recorded in the chain")
        return _back(request)
    return _page(
        request,
        form,
        "Record a step of the chain",
        sent,
        "The document (optional)",
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
    sent = _sent(request)

    def save() -> object:
        version, facts = _version(request, found.version), form.facts(sent.file)
        return change_instrument(instrument=found, facts=facts, version=version, **_who(request))

    if _saved(form, sent, save):
        messages.success(request, "Corrected. Deadlines that count from it are worked out anew.")
        return _back(request)
    made_from = form.data.get("version", found.version)
    ask = _instead(found.file, "The document (optional)")
    return _page(request, form, f"Correct: {found}", sent, ask, made_from=made_from)


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
    sent = _sent(request)

    def save() -> object:
        version, ending = _version(request, found.version), form.ending(sent.file)
        return end_instrument(instrument=found, ending=ending, version=version, **_who(request))

    if _saved(form, sent, save):
        messages.success(request, "The end is recorded. What was before stays here to be read.")
        return _back(request)
    note = "Deadlines that are still open close on that day. Everything before stays readable."
    made_from = form.data.get("version", found.version)
    title, ask = f"Record the end of: {found}", "The letter (optional)"
    return _page(request, form, title, sent, ask, made_from=made_from, note=note)


def _take_back(request: CouncilRequest, found: Any) -> HttpResponse:
    errors = {}
    if request.method == "POST":
        try:
            take_end_back(
                instrument=found,
                reason=request.POST.get("reason", ""),
                version=_version(request, found.version),
                **_who(request),
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
    sent = _sent(request)

    def save() -> object:
        said: dict[str, Any] = {"facts": form.facts(sent.file), **form.pairs()}
        return record_inspection(council=request.council, **said, **_who(request))

    if _saved(form, sent, save):
        messages.success(request, "The inspection is recorded")
        return _back(request)
    return _page(request, form, "Record an inspection", sent, "The report (optional)")


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
    sent = _sent(request)

    def save() -> object:
        version = _version(request, found.version)
        said: dict[str, Any] = {"facts": form.facts(sent.file), "version": version, **form.pairs()}
        return change_inspection(inspection=found, **said, **_who(request))

    if _saved(form, sent, save):
        messages.success(request, "The inspection is corrected")
        return _back(request)
    made_from = form.data.get("version", found.version)
    ask = _instead(found.file, "The report (optional)")
    return _page(request, form, f"Correct: {found}", sent, ask, made_from=made_from)
