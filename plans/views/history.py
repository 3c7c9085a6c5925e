"""What changed in the plan: between two days, act by act with its reason, and from version to version."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.queries import board_days
from plans import services
from plans.comparing import Comparison
from plans.forms.changing import DraftForm, EndorseForm
from plans.queries import Bounds, changes_of_plan, version_of, versions_of
from plans.seen import Seen, plan_seen_by, table_as_at
from plans.views.change_pages import Change, change_page, posted
from plans.views.checking import day_asked

either = require_http_methods(["GET", "HEAD", "POST"])


def _two_days(request: CouncilRequest, seen: Seen) -> tuple[dt.date, dt.date]:
    """The days that the address asks about, in order: by default from the board before to how the plan is seen."""
    assert seen.plan is not None  # noqa: S101 - asked by the callers
    assert seen.table is not None  # noqa: S101
    last = seen.table.on
    until = min(day_asked(request, "until") or last, last)
    since = day_asked(request, "since")
    if since is None:
        before, _ = board_days(request.council, today=until - dt.timedelta(days=1), recorded_until=seen.until)
        since = before or seen.plan.begun_on
    since, until = min(since, until), max(since, until)
    return max(since, seen.plan.begun_on), max(until, seen.plan.begun_on)


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def compare(request: CouncilRequest) -> HttpResponse:
    """What changed between two days, `since` and `until` in the address."""
    seen = plan_seen_by(request, today=timezone.localdate())
    if seen.plan is None or seen.table is None:
        return redirect("plans:plan", council=request.council.slug)
    since, until = _two_days(request, seen)
    before = table_as_at(seen.plan, on=since, recorded_until=seen.until)
    after = (
        seen.table if until >= seen.table.on else table_as_at(seen.plan, on=until, recorded_until=seen.until)
    )
    context = {
        "wide": True,
        "seen": seen,
        "since": since,
        "until": until,
        "comparison": Comparison(before, after),
        "invalid": _invalid(request),
    }
    return render(request, "plans/compare.html", context)


def _invalid(request: CouncilRequest) -> list[str]:
    """What the address has under the names of days and is none."""
    return [
        request.GET[name]
        for name in ("since", "until")
        if request.GET.get(name, "").strip() and day_asked(request, name) is None
    ]


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def changes(request: CouncilRequest) -> HttpResponse:
    """The changes to the plan itself between two days, act by act: what a board can be shown."""
    seen = plan_seen_by(request, today=timezone.localdate())
    if seen.plan is None or seen.table is None:
        return redirect("plans:plan", council=request.council.slug)
    since, until = _two_days(request, seen)
    before = table_as_at(seen.plan, on=since, recorded_until=seen.until)
    after = (
        seen.table if until >= seen.table.on else table_as_at(seen.plan, on=until, recorded_until=seen.until)
    )
    context = {
        "wide": True,
        "seen": seen,
        "since": since,
        "until": until,
        "before": len(before.actions),
        "after": len(after.actions),
        "acts": changes_of_plan(seen.plan, Bounds(until, seen.until), after=since),
        "invalid": _invalid(request),
    }
    return render(request, "plans/changes.html", context)


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def versions(request: CouncilRequest) -> HttpResponse:
    """The versions of the plan, with what each changed from the one before."""
    seen = plan_seen_by(request, today=timezone.localdate())
    if seen.plan is None or seen.table is None:
        return redirect("plans:plan", council=request.council.slug)
    found = list(versions_of(seen.plan))
    if seen.until:  # those who read frozen positions see what was endorsed by then
        found = [v for v in found if v.recorded_until <= seen.until and v.state == "endorsed"]
    context: dict[str, Any] = {
        "wide": True,
        "seen": seen,
        "versions": found,
        "can_write": seen.live and request.access.may(Verb.WRITE, Thing.LIVE_PLAN, request.council),
    }
    numbers = {str(version.number): version for version in found}
    first, second = (numbers.get(request.GET.get(name, "")) for name in ("from", "to"))
    if first and second:
        before, after = sorted((first, second), key=lambda version: version.number)
        tables = [table_as_at(seen.plan, on=v.on, recorded_until=v.recorded_until) for v in (before, after)]
        context |= {"first": before, "second": after, "comparison": Comparison(*tables)}
    return render(request, "plans/versions.html", context)


@either
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def draft(request: CouncilRequest) -> HttpResponse:
    back = reverse("plans:versions", kwargs={"council": request.council.slug})
    change = Change(
        act=services.draft_version,
        title="Keep the plan as a version",
        intro="Its wording as it stands now becomes a draft, until you record which board endorsed it.",
        button="Keep this version",
        done="The version is kept as a draft",
        back=back,
        back_text="Versions",
    )
    return change_page(request, DraftForm(posted(request)), change)


@either
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def endorse(request: CouncilRequest, pk: int) -> HttpResponse:
    version = version_of(request.council, pk)
    if version is None:
        raise Http404
    back = reverse("plans:versions", kwargs={"council": request.council.slug})
    if version.state == "endorsed":
        messages.info(request, "This version is endorsed already")
        return redirect(back)
    change = Change(
        act=lambda **typed: services.endorse_version(version_id=version.pk, **typed),
        title=f"Version {version.number} is endorsed",
        button="Record the decision",
        done=f"Version {version.number} is endorsed",
        back=back,
        back_text="Versions",
        quoted=version.note,
    )
    return change_page(request, EndorseForm(posted(request)), change)
