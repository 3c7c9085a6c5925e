"""One action, and the reporting of progress on it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from history.queries import changes_of
from plans.coverage.asked import Part, Target
from plans.coverage.seen import what_it_answers
from plans.evidenced import counted
from plans.forms import UpdateForm, shown_values
from plans.queries import (
    ACTION,
    Bounds,
    codes_of,
    evidence_of,
    moved_ends_of,
    steps_at,
    steps_of,
    stored_action,
    story_of,
    strip_of,
)
from plans.recurring import in_words, recurrence
from plans.seen import Seen, may_update, plan_seen_by
from plans.services import Conflict, Refused, record_update
from plans.table import ActionRow, Code
from plans.views.change_pages import action_ever_seen
from plans.views.checking import day_asked
from plans.views.days import words_of_the_day
from plans.views.rows import Past


def _seen(request: CouncilRequest, pk: int) -> tuple[Seen, ActionRow]:
    """The action as the user may see it; a 404 if it is not in the plan they see."""
    seen = plan_seen_by(request, today=timezone.localdate())
    row = seen.action(pk)
    if row is None:
        raise Http404
    return seen, row


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def action(request: CouncilRequest, pk: int) -> HttpResponse:
    """One action with all that happened to it; `as_at` in the address looks back."""
    asked = plan_seen_by(request, today=timezone.localdate(), as_at=day_asked(request))
    seen, row = action_ever_seen(request, pk, day_asked(request))
    assert seen.plan and seen.table  # noqa: S101, PT018 - a row was found in it
    objective = next(o for o in seen.table.objectives if o.id == row.objective_id)
    theme = next(t for t in seen.table.themes if t.id == objective.theme_id)
    stored = stored_action(pk)
    bounds = Bounds(asked.table.on if asked.table else seen.table.on, seen.until)
    retired = asked.action(pk) is None
    may_open = _may(request, Verb.READ, Thing.EVIDENCE)
    evidence = evidence_of(stored, bounds)
    story = story_of(stored, bounds, challenges=_may(request, Verb.READ, Thing.CHALLENGE), evidence=may_open)
    context = {
        "wide": True,
        "seen": seen,
        "row": row,
        "objective": objective,
        "theme": theme,
        "expected": seen.table.expected[pk],
        "flags": seen.table.flagged.get(pk, ()),
        "asked": {one.rule: one for one in stored.challenges.filter(closed_on=None)}
        if _may(request, Verb.READ, Thing.CHALLENGE)
        else {},
        "story": story,
        "moved_ends": moved_ends_of(stored, bounds),
        "went": strip_of(stored, bounds),
        "evidence": evidence if may_open else [],
        "closed_evidence": "" if may_open else counted(evidence),
        "steps": steps_of(stored) if seen.live else steps_at(stored, Bounds(seen.table.on, seen.until)),
        "codes": codes_of(seen.plan),
        "changes": list(changes_of(ACTION, pk)) if seen.live else [],
        "answers": what_it_answers(request, seen, Target(Part.ACTION, pk), today=timezone.localdate()),
        "findings": stored.findings.filter(settled_at__isnull=True)
        if _may(request, Verb.READ, Thing.PLAN_SOURCE)
        else [],
        "recurs": recurrence(
            row.recurs, on=seen.table.on, last_board=seen.boards.last, next_board=seen.boards.next
        ),
        "recurs_in_words": in_words,
        "may_see_redaction": _may(request, Verb.READ, Thing.REDACTION),
        "retired": stored if retired else None,
        "split_from": stored.split_from if asked.live else None,
        "parts": list(stored.split_into.order_by("order")) if asked.live else [],
        "can_update": seen.live and may_update(request, row),
        "can_change": seen.live and _may(request, Verb.WRITE, Thing.LIVE_PLAN),
        "can_assure": not seen.as_at and _may(request, Verb.WRITE, Thing.ASSURANCE),
        "own_assurances": _own_assurances(request, stored, seen),
        "can_ask": not seen.as_at and _may(request, Verb.WRITE, Thing.CHALLENGE),
        "can_bring_back": retired and asked.live and _may(request, Verb.WRITE, Thing.LIVE_PLAN),
    }
    return render(request, "plans/action.html", context)


def _may(request: CouncilRequest, verb: Verb, thing: Thing) -> bool:
    return request.access.may(verb, thing, request.council)


def _own_assurances(request: CouncilRequest, stored: Any, seen: Seen) -> list[Any]:
    """What this user assured after the position they read: shown to them alone until the next one."""
    if seen.until is None:
        return []
    return list(stored.assurances.filter(by=request.user, recorded_at__gt=seen.until).order_by("-id"))


@require_safe
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def row(request: CouncilRequest, pk: int) -> HttpResponse:
    """The row again as it stands, for a form that was closed; a browser without JavaScript gets the action's page."""
    seen, found = _seen(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect(_back(request, found))
    return render(request, "plans/_row_again.html", _row_context(request, seen, found))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def update(request: CouncilRequest, pk: int) -> HttpResponse:
    """Report progress: in place in the table for browsers with JavaScript, on a page of its own without."""
    seen, row = _seen(request, pk)
    if not may_update(request, row):
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, seen, row, UpdateForm(initial=_initial(request, row)))
    form = UpdateForm(request.POST)
    if form.is_valid():
        try:
            record_update(
                council=request.council,
                action_id=pk,
                report=form.report(),
                version=form.cleaned_data["version"],
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except Refused as refused:
            for name, message in refused.errors.items():
                form.add_error(name, message)
        except Conflict as conflict:
            return _form(request, seen, row, form, conflict)
        else:
            return _saved(request, row, form.cleaned_data["on"])
    return _form(request, seen, row, form)


def _row_context(request: CouncilRequest, seen: Seen, row: ActionRow) -> dict[str, Any]:
    assert seen.table  # noqa: S101 - the row was found in it
    return {
        "row": row,
        "can_update": may_update(request, row),
        "expected": seen.table.expected[row.id],
        "flags": seen.table.flagged.get(row.id, ()),
        "went": Past.of(seen).strips(seen.table, [row.id]).get(row.id, []),
    }


def _initial(request: CouncilRequest, row: ActionRow) -> dict[str, Any]:
    """Last rating and text, to keep or change; a finding's suggestion may propose a rating in the URL."""
    return {
        "version": row.version,
        "rating": request.GET.get("rating") or (row.rating.code if row.rating else ""),
        "narrative": row.progress,
        "on": f"{timezone.localdate():%d/%m/%Y}",
    }


def _form(
    request: CouncilRequest, seen: Seen, row: ActionRow, form: UpdateForm, conflict: Conflict | None = None
) -> HttpResponse:
    assert seen.table  # noqa: S101
    context = {
        "row": row,
        "form": form,
        "value": shown_values(form, conflict.kept if conflict else None),
        "errors": {name: errors[0] for name, errors in form.errors.items()} if form.is_bound else {},
        "ratings": seen.table.ratings,
        "conflict": conflict,
        "their_rating": _named(seen.table.ratings, conflict),
        "owes": [code.code for code in seen.table.ratings if code.owes_a_reason],
        "back": _back(request, row),
    }
    in_place = request.headers.get("HX-Target", "").startswith("row-")
    status = 409 if conflict else 422 if context["errors"] else 200
    return render(
        request,
        "plans/_update_row.html" if in_place else "plans/update.html",
        context,
        # htmx swaps in answers of success only
        status=200 if in_place else status,
    )


def _named(ratings: tuple[Code, ...], conflict: Conflict | None) -> Code | None:
    code = {**conflict.kept, **conflict.theirs}.get("rating") if conflict else None
    return next((rating for rating in ratings if rating.code == code), None)


def _back(request: CouncilRequest, row: ActionRow) -> str:
    return reverse("plans:action", kwargs={"council": request.council.slug, "pk": row.id})


def _saved(request: CouncilRequest, row: ActionRow, on: dt.date) -> HttpResponse:
    seen, fresh = _seen(request, row.id)
    of_the_day = words_of_the_day(row.ref, on, stands=fresh.reported_on, board=seen.boards.last)
    if request.headers.get("HX-Target", "").startswith("row-"):
        context = {**_row_context(request, seen, fresh), "saved": of_the_day or True}
        # the counts above the table are asked for anew
        response = render(request, "plans/_row_again.html", context)
        response["HX-Trigger"] = "plan-saved"
        return response
    messages.success(request, f"{row.ref} updated", extra_tags=f"forget:update-{row.id}")
    if of_the_day:
        messages.warning(request, of_the_day)
    return redirect(_back(request, row))
