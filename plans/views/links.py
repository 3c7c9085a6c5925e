"""The pages behind a signed link, for a lead without an account. The token alone opens them, and only their actions.

Whoever holds the token may write, with or without cookies, so there is no session to be misused and no form token:
nobody can send these forms without knowing the address they are sent to.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from councils.addresses import client_address
from councils.guards import public
from plans.answering.links import LinkState, link_by_token, note_use, state_of, who_of
from plans.services import Source
from plans.views import answering, sheets
from plans.views.answering import Channel

WRONG_A_MINUTE = 20  # tokens that open nothing, from one address
SENT_A_MINUTE = 60  # forms, by one link


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The address is the key: it is not cached, indexed, or told to other sites; a wrong one opens nothing."""

    @wraps(view)
    def opened(request: Any, token: str, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, token, kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return public(csrf_exempt(never_cache(opened)))


def _answer(view: Callable[..., HttpResponse], request: Any, token: str, kwargs: Any) -> HttpResponse:
    guesser = f"answer-link-wrong:{client_address(request)}"
    if cache.get(guesser, 0) >= WRONG_A_MINUTE:
        return _dead(request, "slow", HTTPStatus.TOO_MANY_REQUESTS)
    link = link_by_token(token)
    if link is None:
        _count(guesser)
        return _dead(request, "unknown", HTTPStatus.NOT_FOUND)
    now = timezone.now()
    state = state_of(link, now=now)
    if state is not LinkState.OPEN:
        return _dead(request, state.value, HTTPStatus.GONE, link=link)
    if request.method == "POST" and _count(f"answer-link-sent:{link.pk}") > SENT_A_MINUTE:
        return _dead(request, "slow", HTTPStatus.TOO_MANY_REQUESTS)
    note_use(link, now=now)
    who = who_of(link)
    way = Channel(
        council=link.plan.council,
        plan=link.plan,
        leads=who.leads,
        title=f"Actions of {link.lead}",
        by=None,
        said_by=link.lead,
        source=Source.LINK,
        home=reverse("plans:answer_link", kwargs={"token": token}),
        today=timezone.localdate(now),
        link=link,
    )
    return view(request, way, **kwargs)


def _count(key: str) -> int:
    """Count something within the minute that begins with the first."""
    cache.add(key, 0, 60)
    try:
        return int(cache.incr(key))
    except ValueError:  # the minute ended in between
        return 1


def _dead(request: Any, why: str, status: int, **context: Any) -> HttpResponse:
    return render(request, "plans/answering/dead.html", {"why": why, **context}, status=status)


@_private
@require_safe
def answer(request: Any, way: Channel) -> HttpResponse:
    return answering.listing(request, way)


@_private
@require_http_methods(["GET", "HEAD", "POST"])
def answer_one(request: Any, way: Channel, pk: int) -> HttpResponse:
    return answering.one(request, way, pk)


@_private
@require_safe
def answer_done(request: Any, way: Channel) -> HttpResponse:
    return answering.closing(request, way)


@_private
@require_safe
def answer_sheet(request: Any, way: Channel) -> HttpResponse:
    return sheets.download(request, way)


@_private
@require_http_methods(["GET", "HEAD", "POST"])
def answer_sheet_back(request: Any, way: Channel) -> HttpResponse:
    return sheets.upload(request, way)
