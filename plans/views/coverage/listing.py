"""Every provision against what answers it, gaps first; its exports; the actions that answer nothing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.coverage.export import as_csv, as_workbook, state_of
from plans.coverage.listing import SHOWS, SORTS, is_shown, shown
from plans.coverage.offering import FOR_THE_DEPARTMENT
from plans.coverage.seen import Coverage
from plans.coverage.services import Outcome, decide
from plans.coverage.standing import Gap, Line, Verdict
from plans.forms.coverage import wanted_from
from plans.services import Refused
from plans.views.change_pages import who
from plans.views.coverage.common import choices_of, coverage_seen, number_sent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED = "The words changed since"


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def coverage(request: CouncilRequest) -> HttpResponse:
    """`of` says which document; `show`, `theme`, `heading`, `q` narrow, `sort` orders, `as_at` looks back."""
    return _listing(request)


def _listing(request: CouncilRequest, problem: str = "", ticked: list[str] | None = None) -> HttpResponse:
    found, source = coverage_seen(request)
    table = found.seen.table
    context: dict[str, Any] = {"wide": True, "found": found, "seen": found.seen, "source": source}
    if source is not None and table is not None:
        wanted, lines, proposed = wanted_from(request.GET), found.lines[source.key], found.proposals(source)
        listed = shown(lines, wanted, table, proposed)
        context |= {
            "wanted": wanted,
            "groups": _groups(listed, wanted.sort),
            "listed": len(listed),
            "total": len(lines),
            "counts": {show: sum(is_shown(one, show, set(proposed)) for one in lines) for show in SHOWS},
            "gaps": [(gap, number) for gap in Gap if (number := sum(one.gap is gap for one in lines))],
            "proposed": proposed,
            "parts": {provision.key: provision for provision in source.provisions},
            "rows": rows_of(found),
            "loose": len(found.answering_nothing(source)),
            "shows": SHOWS,
            "sorts": SORTS,
            "headings": list(dict.fromkeys(one.heading for one in source.provisions if one.heading)),
            "query": request.GET.urlencode(),
            "problem": problem,
            "ticked": ticked or [],
        }
    return render(request, "plans/coverage/coverage.html", context, status=422 if problem else 200)


def rows_of(found: Coverage) -> dict[str, Any]:
    """The objectives and actions of the plan that is seen, by what forms call them."""
    table = found.seen.table
    rows: dict[str, Any] = {f"objective-{row.id}": row for row in table.objectives} if table else {}
    return rows | ({f"action-{row.id}": row for row in table.actions} if table else {})


def _groups(lines: list[Line], sort: str) -> list[tuple[str, list[Line]]]:
    """The lines under headings: how they stand, or the document's own."""
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        heading = line.provision.heading if sort == "notice" else ""
        if sort == "gaps":
            heading = CHANGED if line.changed and line.gap is None else state_of(line)
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(line)
    return groups


@require_POST
@requires(Verb.WRITE, Thing.LIVE_PLAN)
def decide_ticked(request: CouncilRequest) -> HttpResponse:
    """Confirm or refuse the proposals that were ticked; the address is that of the list they were ticked in."""
    _, source = coverage_seen(request)
    if source is None:
        raise Http404
    confirm, ticked = request.POST.get("do") == "confirm", request.POST.getlist("proposal")
    choices = choices_of(
        ticked,
        source,
        linked=Verdict.LINKED if confirm else Verdict.REFUSED,
        bare=Verdict.NOT_NEEDED if confirm else Verdict.NEEDED,
        reason=FOR_THE_DEPARTMENT if confirm else "The proposal that it needs no action was refused",
    )
    if not choices:
        return _listing(request, "Tick at least one proposal")
    try:
        outcome = decide(choices=choices, seen=number_sent(request.POST.get("seen", "")), **who(request))
    except Refused as refused:
        return _listing(request, "; ".join(refused.errors.values()), ticked)
    _say(request, outcome, "confirmed" if confirm else "refused")
    here = reverse("plans:coverage", kwargs={"council": request.council.slug})
    return redirect(f"{here}?{request.GET.urlencode()}")


def _say(request: CouncilRequest, outcome: Outcome, what: str) -> None:
    number = len(outcome.done)
    if number:
        messages.success(request, f"{number} proposal{'s' if number != 1 else ''} {what}")
    for choice, why in outcome.refused:
        messages.warning(request, f"{choice.key}: {why}")


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def as_csv_file(request: CouncilRequest) -> HttpResponse:
    """The list as asked for, as CSV."""
    lines, name, _ = _asked(request)
    return _file(as_csv(lines), "text/csv; charset=utf-8", f"{name}.csv")


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def as_xlsx_file(request: CouncilRequest) -> HttpResponse:
    """The list as asked for, as a workbook."""
    lines, name, title = _asked(request)
    return _file(as_workbook(lines, title=title), XLSX, f"{name}.xlsx")


def _asked(request: CouncilRequest) -> tuple[list[Line], str, str]:
    found, source = coverage_seen(request)
    table = found.seen.table
    if source is None or table is None:
        raise Http404
    lines = shown(found.lines[source.key], wanted_from(request.GET), table, found.proposals(source))
    name = f"coverage-{slugify(request.council.short_name)}-{table.on.isoformat()}"
    return lines, name, f"Coverage of {request.council.short_name}: {source.title}"


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_safe
@requires(Verb.READ, Thing.FROZEN_PLAN)
def answering_nothing(request: CouncilRequest) -> HttpResponse:
    """The actions of the plan that no provision of the source asks for."""
    found, source = coverage_seen(request)
    context: dict[str, Any] = {"wide": True, "found": found, "seen": found.seen, "source": source}
    table = found.seen.table
    if source is not None and table is not None:
        theme = request.GET.get("theme", "")
        themes = {objective.id: objective.theme_id for objective in table.objectives}
        rows = found.answering_nothing(source)
        context |= {
            "theme": theme,
            "actions": [one for one in rows if theme in ("", str(themes[one.objective_id]))],
            "total": len(table.actions),
            "objectives": {objective.id: objective for objective in table.objectives},
        }
    return render(request, "plans/coverage/loose.html", context)
