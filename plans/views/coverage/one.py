"""One provision: what answers it, what is proposed, what was decided; linking, taking away, needing no action."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.coverage.asked import Source, target_of
from plans.coverage.export import state_of
from plans.coverage.seen import Coverage
from plans.coverage.services import Choice, decide, decided
from plans.coverage.standing import Line, Verdict
from plans.forms.coverage import NotNeededForm, TakingBackForm
from plans.services import Refused
from plans.table import PlanTable
from plans.views.change_pages import Change, change_page, posted, who
from plans.views.coverage.common import choices_of, number_sent, provision_seen
from plans.views.coverage.listing import rows_of

either = require_http_methods(["GET", "HEAD", "POST"])
MOST_FOUND = 60


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def provision(request: CouncilRequest) -> HttpResponse:
    """A provision by `of` and `key`; `find` looks in the plan for something to link."""
    return _page(request)


def _page(request: CouncilRequest, problem: str = "") -> HttpResponse:
    found, source, line = provision_seen(request)
    table = found.seen.table
    assert table is not None  # noqa: S101 - a provision was found
    words = request.GET.get("find", "").strip()[:200]
    linked = {str(link.target) for link in line.links}
    context = {
        "found": found,
        "seen": found.seen,
        "source": source,
        "line": line,
        "state": state_of(line),
        "above": source.provision(line.provision.parent),
        "below": [one for one in found.lines[source.key] if one.provision.parent == line.provision.key],
        "proposals": found.proposals(source).get(line.provision.key, ()),
        "rows": rows_of(found),
        "find": words,
        "findings": [one for one in _findings(table, words) if one not in linked] if found.may_decide else [],
        "problem": problem,
        "address": address(request, source, line.provision.key),
        "listing": listing_address(request, source),
    }
    return render(request, "plans/coverage/provision.html", context, status=422 if problem else 200)


def _findings(table: PlanTable, words: str) -> list[str]:
    """What of the plan says all these words, as forms call it; the objectives where there are none."""
    asked = words.casefold().split()
    found = []
    for objective in table.objectives:
        said = f"{objective.ref} {objective.title} {objective.text}".casefold()
        if all(word in said for word in asked):
            found.append(f"objective-{objective.id}")
        if asked:
            found += [
                f"action-{action.id}"
                for action in objective.actions
                if all(
                    word in f"{action.ref} {action.activity} {action.outcome}".casefold() for word in asked
                )
            ]
    return found[:MOST_FOUND]


def address(request: CouncilRequest, source: Source, key: str, name: str = "coverage_one") -> str:
    """The address of a page about one provision."""
    here = reverse(f"plans:{name}", kwargs={"council": request.council.slug})
    return f"{here}?{urlencode({'of': str(source.key), 'key': key})}"


def listing_address(request: CouncilRequest, source: Source) -> str:
    here = reverse("plans:coverage", kwargs={"council": request.council.slug})
    return f"{here}?{urlencode({'of': str(source.key)})}"


@require_POST
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def link(request: CouncilRequest) -> HttpResponse:
    """Link what was ticked, or (`do` is refuse) remember that it does not answer the provision."""
    _, source, line = provision_seen(request)
    key, refuse = line.provision.key, request.POST.get("do") == "refuse"
    ticked = [f"{text} {key}" for text in request.POST.getlist("target")]
    verdict = Verdict.REFUSED if refuse else Verdict.LINKED
    choices = choices_of(ticked, source, linked=verdict, bare=Verdict.NEEDED, reason="It does need action")
    if not choices:
        return _page(request, "Tick at least one")
    try:
        decided(decide(choices=choices, seen=number_sent(request.POST.get("seen", "")), **who(request)))
    except Refused as refused:
        return _page(request, "; ".join(refused.errors.values()))
    messages.success(request, f"{line.provision.ref}: {'refused' if refuse else 'linked'}")
    return redirect(address(request, source, key))


@either
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def unlink(request: CouncilRequest) -> HttpResponse:
    """Take a link away, with a reason; it is not proposed again."""
    found, source, line = provision_seen(request)
    target = target_of(request.GET.get("target", ""))
    held = next((one for one in line.links if one.target == target), None)
    if held is None:
        raise Http404

    def act(*, reason: str, seen: int, **who_acts: Any) -> None:
        choice = Choice(Verdict.UNLINKED, source.key, line.provision.key, held.target, reason)
        decided(decide(choices=[choice], seen=seen, **who_acts))

    title = f"Take {held.ref} away from {line.provision.ref}"
    return _taking_back(
        request, found, address(request, source, line.provision.key), line, act=act, title=title
    )


@either
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def needed(request: CouncilRequest) -> HttpResponse:
    """Take back that a provision needs no action."""
    found, source, line = provision_seen(request)
    if line.none is None:
        raise Http404

    def act(*, reason: str, seen: int, **who_acts: Any) -> None:
        choice = Choice(Verdict.NEEDED, source.key, line.provision.key, reason=reason)
        decided(decide(choices=[choice], seen=seen, **who_acts))

    title = f"{line.provision.ref} needs action after all"
    return _taking_back(
        request, found, address(request, source, line.provision.key), line, act=act, title=title
    )


def _taking_back(
    request: CouncilRequest, found: Coverage, back: str, line: Line, *, act: Callable[..., None], title: str
) -> HttpResponse:
    change = Change(
        title=title,
        button="Save",
        act=act,
        done="Saved",
        quoted=line.provision.words,
        back=back,
        back_text=line.provision.ref,
    )
    form = TakingBackForm(posted(request), initial={"seen": found.last_decision})
    return change_page(request, form, change)


@either
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def not_needed(request: CouncilRequest) -> HttpResponse:
    """A provision, and those of its parts that are ticked, needs no action, because."""
    found, source, line = provision_seen(request)
    key = line.provision.key
    parts = [
        one
        for one in found.lines[source.key]
        if one.provision.parent == key and not one.links and not one.none
    ]
    form = NotNeededForm(
        posted(request),
        initial={"seen": found.last_decision},
        parts=[(one.provision.key, f"{one.provision.ref} {one.provision.words}") for one in parts],
    )

    def act(*, reason: str, seen: int, parts: list[str], **who_acts: Any) -> None:
        keys = [key, *parts]
        choices = [Choice(Verdict.NOT_NEEDED, source.key, one, reason=reason) for one in keys]
        decided(decide(choices=choices, seen=seen, **who_acts))

    change = Change(
        title=f"{line.provision.ref} needs no action",
        button="Save",
        act=act,
        done=f"{line.provision.ref} needs no action",
        quoted=line.provision.words,
        back=address(request, source, key),
        back_text=line.provision.ref,
    )
    return change_page(request, form, change)


@require_POST
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def keep(request: CouncilRequest) -> HttpResponse:
    """What was decided when the words were others still holds: decided again of the words as they are now."""
    _, source, line = provision_seen(request)
    choices = [
        Choice(Verdict.LINKED, source.key, line.provision.key, one.target)
        for one in line.links
        if one.changed
    ]
    if line.none is not None:
        choices.append(Choice(Verdict.NOT_NEEDED, source.key, line.provision.key, reason=line.none.reason))
    if choices:
        try:
            decided(decide(choices=choices, seen=number_sent(request.POST.get("seen", "")), **who(request)))
        except Refused as refused:
            return _page(request, "; ".join(refused.errors.values()))
        messages.success(request, f"{line.provision.ref}: decided again of its new words")
    return redirect(address(request, source, line.provision.key))
