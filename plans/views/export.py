"""The plan out again: which format, as at which day, which actions."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.exporting.gathering import Found, NothingToExport, book_of, find_table
from plans.exporting.handing import hand_over
from plans.exporting.jobs import queue_export
from plans.exporting.making import Format, is_long, make
from plans.exporting.wanted import words_of
from plans.forms import filters_from
from plans.forms.fields import GovDateField

KEPT = ("theme", "objective", "lead", "rating", "standing", "due", "updated", "adds_up", "mine", "q", "sort")


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def choose(request: CouncilRequest) -> HttpResponse:
    """What to take out; the filters of the plan's page come along in the address."""
    sent = request.GET
    return _page(request, {"as_at": sent.get("as_at", ""), "format": sent.get("format", Format.XLSX)}, {})


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def make_file(request: CouncilRequest) -> HttpResponseBase:
    """The file, at once or by a job; nothing of the plan changes, and asking twice for the same starts one job."""
    sent, errors = request.GET, {}
    chosen = sent.get("format", "")
    if chosen not in set(Format):
        errors["format"] = "Choose a format"
    as_at: dt.date | None = None
    if sent.get("as_at", "").strip():
        as_at = GovDateField().to_python_or_none(sent["as_at"])
        if as_at is None:
            errors["as_at"] = "Enter a date such as 24/2/2015, or leave it empty for the plan as it stands"
    if not errors:
        try:
            found = find_table(request, as_at=as_at, today=timezone.localdate())
        except NothingToExport as nothing:
            errors["as_at"] = str(nothing)
        else:
            return _made(request, found, Format(chosen), as_at)
    return _page(request, {"as_at": sent.get("as_at", ""), "format": chosen}, errors)


def _made(request: CouncilRequest, found: Found, kind: Format, as_at: dt.date | None) -> HttpResponseBase:
    filters, now = filters_from(request.GET), timezone.now()
    book = book_of(found, request, filters=filters, narrowed=words_of(filters, found.table), now=now)
    if not book.lines:
        messages.warning(request, "No action fits these filters, so there is nothing to export.")
        return redirect("plans:plan", council=request.council.slug)
    if is_long(book, kind):
        job = queue_export(request, found=found, kind=kind, as_at=as_at, filters=filters, now=now)
        return redirect("jobs:progress", job=job.pk)
    return hand_over(make(book, kind), plan=found.plan, council=request.council, by=request.user, now=now)


def _page(request: CouncilRequest, value: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    sent = request.GET
    filters = filters_from(sent)
    try:
        found = find_table(request, as_at=None, today=timezone.localdate())
    except NothingToExport as nothing:
        return render(request, "plans/export.html", {"nothing": str(nothing)})
    kept = {name: sent[name] for name in KEPT if sent.get(name)}
    context: dict[str, Any] = {
        "found": found,
        "formats": list(Format),
        "value": value,
        "errors": errors,
        "kept": kept,
        "narrowed": words_of(filters, found.table),
        "live": found.thing == Thing.LIVE_PLAN,
    }
    return render(request, "plans/export.html", context, status=422 if errors else 200)
