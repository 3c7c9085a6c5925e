"""Challenges: asked from what does not add up or in own words, answered by the lead, accepted by whoever asked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans import services
from plans.adding_up import RULES, listed
from plans.forms.changing import AcceptForm, AnswerForm, AskAgainForm, AskForm
from plans.queries import challenge_of, challenges_of, open_plan, stored_action
from plans.rows import ActionRow
from plans.seen import may_update, plan_seen_by
from plans.views.change_pages import Change, action_address, action_seen, change_page, posted

either = require_http_methods(["GET", "HEAD", "POST"])
STATES = ("open", "answered", "settled")


@require_safe
@requires(Verb.READ, Thing.CHALLENGE)
def challenges(request: CouncilRequest) -> HttpResponse:
    """Every question about the plan; `state` in the address narrows them."""
    plan = open_plan(request.council)
    found = list(challenges_of(plan)) if plan else []
    grouped: dict[str, list[Any]] = {state: [] for state in STATES}
    for challenge in found:
        state = "settled" if challenge.closed_on else "answered" if challenge.answer else "open"
        grouped[state].append(challenge)
    asked = request.GET.get("state", "")
    context = {
        "wide": True,
        "plan": plan,
        "counts": {state: len(rows) for state, rows in grouped.items()},
        "grouped": {asked: grouped[asked]} if asked in grouped else grouped,
        "state": asked,
        "rules": RULES,
    }
    return render(request, "plans/challenges.html", context)


@require_safe
@requires(Verb.READ, Thing.CHALLENGE)
def challenge(request: CouncilRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    may_answer = _may_answer(request, found.action_id)
    context = {
        "challenge": found,
        "rule": RULES.get(found.rule),
        "may_answer": may_answer and not found.closed_on,
        "may_settle": _may_settle(request, found) and not found.closed_on,
    }
    return render(request, "plans/challenge.html", context)


@either
@requires(Verb.WRITE, Thing.CHALLENGE)
def ask(request: CouncilRequest, pk: int) -> HttpResponse:
    """Ask the leads of an action; `rule` in the address takes up what does not add up."""
    seen, row = action_seen(request, pk)
    rule = RULES.get(request.GET.get("rule", ""))
    flags = seen.table.flagged.get(row.id, ()) if seen.table else ()
    said = next((flag.message for flag in flags if rule and flag.rule.code == rule.code), "")
    initial = {
        "rule": rule.code if rule else "",
        "question": f"{said}. {rule.settle}?" if rule and said else "",
    }
    change = Change(
        act=lambda **typed: services.ask(action_id=row.id, **typed),
        title="Ask about it",
        button="Ask",
        intro=f"{_who_hears(row)} It stays open until you accept the answer.",
        quoted=row.activity,
        done=f"Your question about {row.ref} is asked",
        back=action_address(request, row.id),
        back_text=row.ref,
        caption=row.ref,
    )
    return change_page(request, AskForm(posted(request), initial=initial), change)


def _who_hears(row: ActionRow) -> str:
    """Who is written to about a question, and who finds it only with their actions."""
    leads = services.reach_of(stored_action(row.id))
    written = [lead.name for lead in leads if lead.address]
    others = [lead.name for lead in leads if not lead.address]
    if not leads:
        return f"Nobody leads {row.ref}, so nobody is written to: give it a lead, or answer it yourself."
    words = []
    if written:
        words.append(f"{listed(written)} {'is' if len(written) == 1 else 'are'} written to.")
    if others:
        words.append(
            f"No e-mail address of {listed(others)} is known, so nobody writes to them: the question waits with their "
            "actions, behind the link you send them or when you update for them."
        )
    return " ".join(words)


@either
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def answer(request: CouncilRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    if not _may_answer(request, found.action_id):
        raise PermissionDenied
    form = AnswerForm(posted(request), initial={"version": found.version, "answer": found.answer})
    return _settle(
        request,
        found,
        form,
        services.answer,
        title="Answer",
        quoted=found.question,
        button="Send the answer",
        done="Your answer is sent",
    )


@either
@requires(Verb.WRITE, Thing.CHALLENGE)
def accept(request: CouncilRequest, pk: int) -> HttpResponse:
    found = _settled_by(request, pk)
    return _settle(
        request,
        found,
        AcceptForm(posted(request), initial={"version": found.version}),
        services.accept_answer,
        title="Accept the answer",
        quoted=found.answer,
        button="Accept it",
        done="The question is settled",
    )


@either
@requires(Verb.WRITE, Thing.CHALLENGE)
def ask_again(request: CouncilRequest, pk: int) -> HttpResponse:
    found = _settled_by(request, pk)
    return _settle(
        request,
        found,
        AskAgainForm(posted(request), initial={"version": found.version}),
        services.ask_again,
        title="Ask again",
        quoted=found.answer,
        button="Ask again",
        done="Your question is asked again",
    )


def _settle(request: CouncilRequest, found: Any, form: Any, service: Any, **fields: Any) -> HttpResponse:
    back = reverse("plans:challenge", kwargs={"council": request.council.slug, "pk": found.pk})
    change = Change(
        act=lambda **typed: service(challenge_id=found.pk, **typed),
        back=back,
        back_text="Question",
        caption=found.action.ref,
        **fields,
    )
    return change_page(request, form, change)


def _one(request: CouncilRequest, pk: int) -> Any:
    found = challenge_of(request.council, pk)
    if found is None:
        raise Http404
    return found


def _settled_by(request: CouncilRequest, pk: int) -> Any:
    found = _one(request, pk)
    if not _may_settle(request, found):
        raise PermissionDenied
    return found


def _may_settle(request: CouncilRequest, found: Any) -> bool:
    """Whoever asked settles it, and nobody for them: a chair's question is not the council's to close."""
    may_ask = request.access.may(Verb.WRITE, Thing.CHALLENGE, request.council)
    return bool(may_ask and found.asked_by_id == request.user.pk)


def _may_answer(request: CouncilRequest, action_id: int) -> bool:
    seen = plan_seen_by(request, today=timezone.localdate())
    row = seen.action(action_id)
    return bool(seen.live and row and may_update(request, row))
