"""Many actions at once: what is wanted, what it would do to each row, one button, what it did, and back again."""

import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.answering.bulk import change_many
from plans.answering.outcomes import (
    MoveEnds,
    Outcome,
    Result,
    SetLeads,
    SetRating,
    Wanted,
    batch_of,
    outcome_of,
    undo_of,
)
from plans.answering.undoing import undo_batch
from plans.forms import BulkForm
from plans.queries import codes_of, open_plan, people_of
from plans.rows import ActionRow, Code
from plans.seen import Seen, plan_seen_by
from plans.services import Refused

if TYPE_CHECKING:
    import datetime as dt

MOST = 500
KINDS = {"rating": "Rating", "leads": "Lead", "end": "End date"}


def _live(request: CouncilRequest) -> Seen:
    seen = plan_seen_by(request, today=timezone.localdate())
    if seen.plan is None or seen.table is None or not seen.live:
        raise PermissionDenied
    return seen


def _may(request: CouncilRequest, kind: str) -> Callable[[ActionRow], bool]:
    """The programme office changes everything; a lead the ratings of their own actions."""
    if request.access.may(Verb.WRITE, Thing.LIVE_PLAN, request.council):
        return lambda row: True
    if kind != "rating":
        return lambda row: False
    people = people_of(request.user, request.council)
    return lambda row: row.led_by(people)


def _chosen(request: CouncilRequest) -> dict[int, int]:
    """The rows that were ticked, each "number.version" as the page showed it; what is no such thing is left out."""
    chosen = {}
    for value in request.POST.getlist("row")[:MOST]:
        number, _, version = value.partition(".")
        if all(part.isascii() and part.isdigit() and len(part) < 18 for part in (number, version)):  # noqa: PLR2004
            chosen[int(number)] = int(version)
    return chosen


@require_POST
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def bulk(request: CouncilRequest) -> HttpResponse:
    """The ticked rows: first what to set, then what that does to each row, then it is done."""
    seen = _live(request)
    assert seen.table  # noqa: S101
    chosen = _chosen(request)
    kind = request.POST.get("kind", "rating")
    if not chosen or kind not in KINDS:
        messages.warning(request, "Tick the actions to change first")
        return redirect("plans:plan", council=request.council.slug)
    if request.POST.get("step") not in {"look", "write"}:
        return _page(request, seen, chosen, BulkForm(kind=kind, initial=_initial(request, kind)))
    form = BulkForm(request.POST, kind=kind)
    if not form.is_valid():
        return _page(request, seen, chosen, form)
    write = request.POST["step"] == "write"
    try:
        outcome = _change(request, seen, chosen, form, write=write)
    except Refused as refused:
        for name, message in refused.errors.items():
            form.add_error(name if name in form.fields else None, message)
        return _page(request, seen, chosen, form)
    if not write:
        return _page(request, seen, chosen, form, outcome)
    return _told(request, outcome)


def _initial(request: CouncilRequest, kind: str) -> dict[str, Any]:
    """What the form begins with: what was typed, where somebody comes back to choose differently."""
    typed = {name: request.POST[name] for name in BulkForm.base_fields if name in request.POST}
    return {"on": f"{timezone.localdate():%d/%m/%Y}"} | typed if kind == "rating" else typed


def _change(
    request: CouncilRequest, seen: Seen, chosen: dict[int, int], form: BulkForm, *, write: bool
) -> Outcome:
    assert seen.table and seen.plan  # noqa: S101, PT018
    return change_many(
        council=request.council,
        plan=seen.plan,
        rows={row.id: row for row in seen.table.actions},
        chosen=chosen,
        wanted=_wanted(form.kind, form.cleaned_data),
        may=_may(request, form.kind),
        by=request.user,
        now=timezone.now(),
        today=timezone.localdate(),
        batch=form.cleaned_data["batch"] if write and form.cleaned_data["batch"] else uuid.uuid4(),
        only_look=not write,
    )


def _wanted(kind: str, data: dict[str, Any]) -> Wanted:
    if kind == "rating":
        return SetRating(data["rating"], data["on"], data["reason"], data["next_step"])
    if kind == "leads":
        names = (name.strip() for name in data["leads"].replace(";", "\n").splitlines())
        return SetLeads(tuple(dict.fromkeys(name for name in names if name)), data["reason"])
    end: dt.date | None = data["end"]
    return MoveEnds(end, data["reason"], data["approved_by"])


def _page(
    request: CouncilRequest,
    seen: Seen,
    chosen: dict[int, int],
    form: BulkForm,
    outcome: Outcome | None = None,
) -> HttpResponse:
    assert seen.table  # noqa: S101
    kind = form.kind
    may = _may(request, kind)
    rows = [row for row in seen.table.actions if row.id in chosen]
    errors = {name: found[0] for name, found in form.errors.items()} if form.is_bound else {}
    context = {
        "seen": seen,
        "kind": kind,
        "kind_name": KINDS[kind],
        "chosen": chosen,
        "rows": rows,
        "not_yours": sum(not may(row) for row in rows),
        "value": form.data if form.is_bound else form.initial,
        "errors": errors,
        "ratings": seen.table.ratings,
        "leads": seen.table.leads,
        "outcome": outcome,
        "tags": _tags(seen.table.ratings) if kind == "rating" else None,
        "batch": uuid.uuid4(),
    }
    name = "plans/answering/bulk_preview.html" if outcome else "plans/answering/bulk.html"
    return render(request, name, context, status=422 if errors else 200)


def _tags(ratings: Iterable[Code]) -> dict[str, Code]:
    return {code.code: code for code in ratings}


def _told(request: CouncilRequest, outcome: Outcome) -> HttpResponse:
    """The page of what was done. Refusals are nowhere but in the session: nothing was written of them."""
    request.session[f"bulk:{outcome.batch}"] = [[r.ref, r.activity, r.why_not] for r in outcome.refused]
    if not outcome.done:
        return _result(request, outcome, outcome.batch)
    return redirect("plans:bulk_done", council=request.council.slug, batch=outcome.batch)


def _result(request: CouncilRequest, outcome: Outcome, batch: uuid.UUID) -> HttpResponse:
    kept = request.session.get(f"bulk:{batch}", [])
    found, plan = batch_of(request.council, batch), open_plan(request.council)
    context = {
        "outcome": outcome,
        "refused": [Result(0, ref, activity, "", "", why_not) for ref, activity, why_not in kept],
        "batch": batch,
        "tags": _tags(codes_of(plan).values()) if plan and found and found.field == "rating" else None,
        "found": found,
        "kind_name": {"rating": "Rating", "leads": "Lead", "ends_on": "End date"}[found.field]
        if found
        else "",
        "undone": batch_of(request.council, undo_of(batch)),
        "may_undo": found is not None and request.access.may(Verb.WRITE, Thing.LIVE_PLAN, request.council),
    }
    return render(request, "plans/answering/bulk_done.html", context)


@require_safe
@requires(Verb.READ, Thing.LIVE_PLAN)
def bulk_done(request: CouncilRequest, batch: uuid.UUID) -> HttpResponse:
    """What a bulk change did, row by row."""
    if batch_of(request.council, batch) is None:
        raise Http404
    return _result(request, outcome_of(request.council, batch), batch)


@require_POST
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def bulk_undo(request: CouncilRequest, batch: uuid.UUID) -> HttpResponse:
    """Give every row back what it had before, as a batch of its own."""
    found = batch_of(request.council, batch)
    seen = _live(request)
    if found is None or seen.table is None or seen.plan is None:
        raise Http404
    outcome = undo_batch(
        found,
        plan=seen.plan,
        rows={row.id: row for row in seen.table.actions},
        may=lambda row: True,
        by=request.user,
        now=timezone.now(),
        today=timezone.localdate(),
        batch=undo_of(batch),
    )
    return _told(request, outcome)
