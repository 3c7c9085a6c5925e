"""What is due next, from whom and why then; the year; the table and its exports; the month."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from deadlines.months import add_months
from notices.deadlines.band import band_from, days_in_view, filled, weeks_of
from notices.deadlines.export import as_csv, as_workbook
from notices.deadlines.forms import FORCES, STATES, asked, day_asked, month_asked
from notices.deadlines.lines import SORTS, Deadlines, arrears_of
from notices.deadlines.queries import A_YEAR, deadlines_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# nothing is foreseen further ahead than this
FURTHEST = dt.timedelta(days=10 * 366)
OLDEST = dt.date(1990, 1, 1)


def _in_sight(day: dt.date, today: dt.date) -> dt.date:
    """The day, or the nearest month that has deadlines to be shown: no notice is older, nothing is foreseen later."""
    return min(max(day, OLDEST), (today + FURTHEST).replace(day=1))


def _seen(request: CouncilRequest, until: dt.date | None = None) -> tuple[Deadlines, bool]:
    """The deadlines on the day that the address asks for, up to a day; and whether that day is past."""
    today = timezone.localdate()
    day = min(day_asked(request.GET.get("as_at", "")) or today, today)
    latest = min(max(until or day, day + A_YEAR), today + FURTHEST)
    return deadlines_of(request.council, today=day, until=latest), day != today


@require_safe
@requires(Verb.READ, Thing.DEADLINES)
def deadlines(request: CouncilRequest) -> HttpResponse:
    """The answer first, then the year, then the table."""
    today = timezone.localdate()
    day = _in_sight(day_asked(request.GET.get("as_at", "")) or today, today)
    band = band_from(_in_sight(month_asked(request.GET.get("from", "")) or add_months(day, -3), today))
    found, looking_back = _seen(request, band.last)
    filters = asked(request.GET)
    context: dict[str, Any] = {
        "found": found,
        "arrears": arrears_of(found.overdue),
        "looking_back": looking_back,
        "band": filled(band, found.lines),
        "listed": found.listed(filters),
        "filters": filters,
        "state_asked": request.GET.get("state", ""),
        "states": STATES,
        "forces": FORCES,
        "sorts": SORTS,
        "query": _query(request),
        "may_write": request.access.may(Verb.WRITE, Thing.DEADLINES, request.council),
        "may_agree": request.access.may(Verb.WRITE, Thing.NOTICE, request.council),
        "may_remind": request.access.may(Verb.READ, Thing.REMINDERS, request.council),
        "wide": True,
    }
    return render(request, "notices/deadlines/deadlines.html", context)


def _query(request: CouncilRequest) -> str:
    """What the address asks for, to be carried along."""
    return request.GET.urlencode()


@require_safe
@requires(Verb.READ, Thing.DEADLINES)
def as_csv_file(request: CouncilRequest) -> HttpResponse:
    """The table as asked for, as CSV."""
    found, _ = _seen(request)
    rows = found.listed(asked(request.GET))
    return _file(request, as_csv(rows), "text/csv; charset=utf-8", "csv", found.today)


@require_safe
@requires(Verb.READ, Thing.DEADLINES)
def as_xlsx_file(request: CouncilRequest) -> HttpResponse:
    """The table as asked for, as a workbook."""
    found, _ = _seen(request)
    title = f"Deadlines of {request.council.short_name}"
    rows = found.listed(asked(request.GET))
    return _file(request, as_workbook(rows, title=title), XLSX, "xlsx", found.today)


def _file(
    request: CouncilRequest, content: str | bytes, kind: str, ending: str, day: dt.date
) -> HttpResponse:
    name = f"deadlines-{slugify(request.council.short_name)}-{day.isoformat()}.{ending}"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


@require_safe
@requires(Verb.READ, Thing.DEADLINES)
def month(request: CouncilRequest) -> HttpResponse:
    """A month as a calendar."""
    today = timezone.localdate()
    first = month_asked(request.GET.get("month", "")) or today.replace(day=1)
    first = _in_sight(first, today)
    begins, ends = days_in_view(first.year, first.month)
    found, looking_back = _seen(request, ends)
    lines = found.between(begins, ends)
    context = {
        "found": found,
        "looking_back": looking_back,
        "first": first,
        "before": add_months(first, -1),
        "after": add_months(first, 1),
        "weeks": weeks_of(first.year, first.month, lines),
        "may_remind": request.access.may(Verb.READ, Thing.REMINDERS, request.council),
        "in_month": [line for line in lines if (line.due.year, line.due.month) == (first.year, first.month)],
        "wide": True,
    }
    return render(request, "notices/deadlines/month.html", context)
