"""Who has answered: for the programme office, which reminds, sends links and updates on somebody's behalf."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.answering.asking import (
    LeadAnswers,
    lead_of,
    table_for_leads,
    who_has_answered,
    without_lead,
)
from plans.answering.links import (
    For,
    LinkState,
    MadeLink,
    end_of,
    last_day,
    leads_to_link,
    links_of,
    make_link,
    make_links,
    revoke_link,
    state_of,
    undelivered,
)
from plans.answering.links import remind as send_reminders
from plans.answering.rounds import Asked, asked_now
from plans.forms import LinkForm
from plans.queries import open_plan
from plans.services import Refused, Source
from plans.views import answering, sheets
from plans.views.answering import Channel

if TYPE_CHECKING:
    from plans.models import AnswerLink, Plan


@dataclass(frozen=True)
class Line:
    """One lead on the page, with the state of their link."""

    lead: LeadAnswers
    link: LinkState | None
    undelivered: str = ""


def _line(lead: LeadAnswers, now: dt.datetime, refused: Mapping[int, str]) -> Line:
    if lead.link is None:
        return Line(lead, None)
    return Line(lead, state_of(lead.link, now=now), refused.get(lead.link.pk, ""))


def _plan(request: CouncilRequest) -> "Plan":
    plan = open_plan(request.council)
    if plan is None:
        raise Http404
    return plan


def _here(request: CouncilRequest) -> HttpResponse:
    return redirect("plans:answers", council=request.council.slug)


@require_safe
@requires(Verb.READ, Thing.ROUND)
def answers(request: CouncilRequest) -> HttpResponse:
    """Every lead with how far they are, most owed first; the filter stands in the address."""
    plan = open_plan(request.council)
    if plan is None:
        return answering.no_plan(request)
    now = timezone.now()
    today = timezone.localdate(now)
    table = table_for_leads(plan, today=today)
    asked = asked_now(plan, today=today)
    links = list(links_of(request.council)[:200])
    refused = undelivered(links)
    lines = [
        _line(lead, now, refused) for lead in who_has_answered(plan, asked=asked, today=today, table=table)
    ]
    show = request.GET.get("show", "")
    context = {
        "wide": True,
        "plan": plan,
        "asked": asked,
        "all": lines,
        "lines": [line for line in lines if _shown(line, show)],
        "show": show,
        "today": today,
        "leaderless": without_lead(table, asked),
        "links": [(link, state_of(link, now=now)) for link in links],
        "refused": refused,
        "can_write": request.access.may(Verb.WRITE, Thing.ROUND, request.council),
    }
    return render(request, "plans/answering/answers.html", context)


def _shown(line: Line, show: str) -> bool:
    if show == "open":
        return line.lead.open > 0
    if show == "done":
        return line.lead.open == 0
    return show != "no-account" or not line.lead.has_account


def _lead(request: CouncilRequest, plan: "Plan", key: str) -> tuple[LeadAnswers, Asked]:
    today = timezone.localdate()
    asked = asked_now(plan, today=today)
    found = next(
        (lead for lead in who_has_answered(plan, asked=asked, today=today) if lead.who.key == key), None
    )
    if found is None:
        raise Http404
    return found, asked


@require_POST
@requires(Verb.WRITE, Thing.ROUND)
def remind(request: CouncilRequest) -> HttpResponse:
    """Remind one lead, or everybody with an account who owes an answer; each at most once a day."""
    sent, before = send_reminders(
        _plan(request), request.POST.get("who", ""), by=request.user, now=timezone.now()
    )
    if sent:
        alone = len(sent) == 1 and not before
        words = f"{sent[0].who.name if alone else len(sent)} reminded"
        messages.success(request, words + (f"; {len(before)} had a reminder today already" if before else ""))
    elif before:
        messages.warning(request, "They had a reminder today already: one a day is sent")
    else:
        messages.warning(request, "Nobody with an account owes an answer")
    return _here(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.ROUND)
def link(request: CouncilRequest) -> HttpResponse:
    """Make a link for one lead. Its address is shown in the answer itself and never again."""
    plan = _plan(request)
    lead, asked = _lead(request, plan, request.GET.get("who", ""))
    now = timezone.now()
    initial = {"email": lead.email, "expires_on": f"{last_day(asked, timezone.localdate(now)):%d/%m/%Y}"}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_link(
                plan,
                lead.who,
                label=asked.label,
                position_on=asked.position_on,
                expires_at=end_of(form.cleaned_data["expires_on"]),
                by=request.user,
                now=now,
                email=form.cleaned_data["email"],
            )
        except Refused as refused:
            _add(form, refused)
        else:
            return _made(request, [made])
    context = {"lead": lead, "asked": asked, "form": form, **_values(form)}
    return render(
        request, "plans/answering/link.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _made(request: CouncilRequest, made: list[MadeLink]) -> HttpResponse:
    return render(request, "plans/answering/links_made.html", {"made": made})


def _add(form: LinkForm, refused: Refused) -> None:
    for name, message in refused.errors.items():
        form.add_error(name if name in form.fields else None, message)


def _values(form: LinkForm) -> dict[str, Any]:
    return {
        "value": form.data if form.is_bound else form.initial,
        "errors": {name: found[0] for name, found in form.errors.items()} if form.is_bound else {},
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.ROUND)
def links(request: CouncilRequest) -> HttpResponse:
    """Send links to the leads without an account who owe an answer, each to the address that stands there."""
    plan, now = _plan(request), timezone.now()
    today = timezone.localdate(now)
    asked = asked_now(plan, today=today)
    leads = leads_to_link(plan, asked=asked, today=today)
    sent, posted = request.POST, request.method == "POST"
    initial = {"expires_on": f"{last_day(asked, today):%d/%m/%Y}"}
    form = LinkForm(sent if posted else None, initial=initial)
    chosen = sent.getlist("who") if posted else [lead.who.key for lead in leads if lead.email]
    typed = {
        lead.who.key: sent.get(f"email {lead.who.key}", "" if posted else lead.email).strip()
        for lead in leads
    }
    wrong: dict[str, str] = {}
    if posted and form.is_valid():
        what = For(asked.label, asked.position_on, end_of(form.cleaned_data["expires_on"]))
        try:
            made = make_links(
                plan, to={key: typed.get(key, "") for key in chosen}, what=what, by=request.user, now=now
            )
        except Refused as refused:
            wrong = refused.errors
        else:
            return _sent(request, len(made), passed_over=len(chosen) - len(made))
    lines = [
        LinkLine(
            lead, f"email-{number}", lead.who.key in chosen, typed[lead.who.key], wrong.get(lead.who.key, "")
        )
        for number, lead in enumerate(leads, 1)
    ]
    context = {"lines": lines, "asked": asked, **_values(form)}
    places = {line.lead.who.key: line.place for line in lines}
    context["errors"] |= {places.get(name, name): message for name, message in wrong.items()}
    return render(request, "plans/answering/links.html", context, status=422 if context["errors"] else 200)


@dataclass(frozen=True)
class LinkLine:
    """A lead to send a link to: where on the page their address is asked for, what stands there, and what is wrong."""

    lead: LeadAnswers
    place: str
    chosen: bool
    address: str
    wrong: str


def _sent(request: CouncilRequest, many: int, *, passed_over: int) -> HttpResponse:
    if many:
        messages.success(request, f"{many} {'link' if many == 1 else 'links'} sent")
    if passed_over:
        messages.warning(
            request,
            f"{passed_over} of those chosen {'has' if passed_over == 1 else 'have'} nothing left to answer, so no link"
            " was sent there",
        )
    return _here(request)


@require_POST
@requires(Verb.WRITE, Thing.ROUND)
def revoke(request: CouncilRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    try:
        ended: AnswerLink = revoke_link(
            council=request.council, link_id=pk, by=request.user, now=timezone.now()
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, f"The link of {ended.lead} does not work any more")
    return _here(request)


def _behalf(request: CouncilRequest) -> Channel:
    """The actions of one lead, answered by the programme office; the lead is named as who said it."""
    plan = _plan(request)
    today = timezone.localdate()
    who = lead_of(table_for_leads(plan, today=today), request.GET.get("who", ""))
    if who is None:
        raise Http404
    return Channel(
        council=request.council,
        plan=plan,
        leads=who.leads,
        title=f"Actions of {who.name}",
        by=request.user,
        said_by=who.name,
        source=Source.PAGE,
        home=reverse("plans:behalf", kwargs={"council": request.council.slug}),
        today=today,
        query=f"?{urlencode({'who': who.key})}",
    )


@require_safe
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def behalf(request: CouncilRequest) -> HttpResponse:
    return answering.listing(request, _behalf(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def behalf_one(request: CouncilRequest, pk: int) -> HttpResponse:
    return answering.one(request, _behalf(request), pk)


@require_safe
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def behalf_done(request: CouncilRequest) -> HttpResponse:
    return answering.closing(request, _behalf(request))


@require_safe
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def behalf_sheet(request: CouncilRequest) -> HttpResponse:
    return sheets.download(request, _behalf(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def behalf_sheet_back(request: CouncilRequest) -> HttpResponse:
    return sheets.upload(request, _behalf(request))
