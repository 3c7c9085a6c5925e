"""One's private calendar of a council's deadlines, and whom a council reminds."""

import datetime as dt
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.access import access_of
from councils.guards import CouncilRequest, public, requires
from councils.rights import Thing, Verb
from notices.deadlines.effects import DEFAULTS, OUTSIDE
from notices.deadlines.export import as_calendar
from notices.deadlines.forms import RemindersForm
from notices.deadlines.queries import A_YEAR, deadlines_of, feed_by_token, feed_of, reminder_settings
from notices.deadlines.services import make_feed, note_use, revoke_feed, save_reminders
from notices.services import Conflict, Refused

BACK = dt.timedelta(days=183)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.OWN_CALENDAR)
def feed(request: CouncilRequest) -> HttpResponse:
    """One's calendar: whether there is one; POST makes one and shows its address, this once."""
    address = ""
    if request.method == "POST":
        _, token = make_feed(council=request.council, user=request.user, now=timezone.now())
        address = urljoin(settings.SITE_URL, reverse("notices:calendar", kwargs={"token": token}))
    context = {"feed": feed_of(request.user, request.council), "address": address}
    return render(request, "notices/deadlines/feed.html", context)


@require_POST
@requires(Verb.WRITE, Thing.OWN_CALENDAR)
def end_feed(request: CouncilRequest) -> HttpResponse:
    """End one's calendar: its address opens nothing any more."""
    if revoke_feed(council=request.council, user=request.user, now=timezone.now()):
        messages.success(request, "The calendar is ended: its address opens nothing any more")
    return redirect("notices:feed", council=request.council.slug)


@require_safe
@public
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind an address, for calendar programs, which cannot sign in; what its owner may see today."""
    now, today = timezone.now(), timezone.localdate()
    found = feed_by_token(token)
    if found is None or not found.user.is_active:
        raise Http404
    if not access_of(found.user, today=today).may(Verb.READ, Thing.DEADLINES, found.council):
        raise Http404
    note_use(found, now=now)
    shown = deadlines_of(found.council, today=today, until=today + A_YEAR).between(
        today - BACK, today + A_YEAR
    )
    paths = [_page(found.council.slug, line) for line in shown]
    name = f"{found.council.short_name} deadlines"
    content = as_calendar(shown, name=name, host=settings.SITE_URL, paths=paths, now=now)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, max-age=3600", "Referrer-Policy": "no-referrer"},
    )


def _page(slug: str, line: Any) -> str:
    return reverse(
        "notices:deadline",
        kwargs={"council": slug, "obligation": line.duty.number, "due": line.due.isoformat()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.REMINDERS)
def reminders(request: CouncilRequest) -> HttpResponse:
    """Which roles are told, how long before a deadline and how long after a breach."""
    form = RemindersForm(request.POST or None)
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            save_reminders(council=request.council, wanted=form.wanted(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(f"{refused.field}_before", str(refused))
        except Conflict:
            conflict = True
        else:
            messages.success(request, "Reminders are saved")
            return redirect("notices:reminders", council=request.council.slug)
    errors = {name: found[0] for name, found in form.errors.items()} if form.is_bound else {}
    stands = reminder_settings(request.council)
    rows = [
        {
            "role": role,
            "before": form.data.get(f"{role.value}_before", "")
            if form.is_bound
            else ", ".join(str(day) for day in stands[role][0].days_before),
            "after": form.data.get(f"{role.value}_after", "")
            if form.is_bound
            else _number(stands[role][0].escalate_after),
            "version": stands[role][1],
            "outside": role in OUTSIDE,
        }
        for role in DEFAULTS
    ]
    status = 409 if conflict else 422 if errors else 200
    context = {"rows": rows, "errors": errors, "conflict": conflict}
    return render(request, "notices/deadlines/reminders.html", context, status=status)


def _number(days: int | None) -> str:
    return "" if days is None else str(days)
