"""Reading a plan in: upload, what was found, one button."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from files.services import FileRefused
from plans import reader
from plans.forms import UploadForm
from plans.importing import documents as way
from plans.importing.grouping import answers_for_all, grouped
from plans.importing.report import report as csv_report
from plans.importing.usual import rates_nothing
from plans.importing.which import AnotherPlan, NotWritten, kinds_of, usual_kind
from plans.queries import reading_of, readings_of
from plans.rag import Standing
from plans.rows import word_of

if TYPE_CHECKING:
    from plans.importing.difference import Difference
    from plans.importing.grouping import Found
    from plans.models import Reading

SEVERITIES = {
    "question": "Questions",
    "suggestion": "Suggestions",
    "note": "For your information: what was repaired, joined or left out",
}
ACTIONS_SHOWN, CHANGES_SHOWN = 300, 500


@require_safe
@requires(Verb.READ, Thing.PLAN_SOURCE)
def documents(request: CouncilRequest) -> HttpResponse:
    return render(request, "plans/documents.html", {"readings": readings_of(request.council)[:100]})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.PLAN_SOURCE)
def add(request: CouncilRequest) -> HttpResponse:
    today = timezone.localdate()
    kinds = kinds_of(request.council)
    form = UploadForm(request.POST or None, request.FILES or None, today=today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            _, job = way.begin_reading(
                council=request.council,
                upload=data["document"],
                as_at=data["as_at"],
                by=request.user,
                now=timezone.now(),
                kind=data["kind"],
            )
        except AnotherPlan as another:
            form.add_error("kind", str(another))
        except FileRefused as refused:
            form.add_error("document", str(refused))
        else:
            return redirect("jobs:progress", job=job.pk)
    context = {
        "value": form.data if form.is_bound else {"as_at": f"{today:%d/%m/%Y}"},
        "kinds": kinds,
        "kind": form.data.get("kind") or usual_kind(kinds),
        "errors": {name: errors[0] for name, errors in form.errors.items()} if form.is_bound else {},
    }
    return render(request, "plans/add.html", context, status=422 if context["errors"] else 200)


def _reading(request: CouncilRequest, pk: int) -> "Reading":
    found = reading_of(request.council, pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.PLAN_SOURCE)
def reading(request: CouncilRequest, pk: int) -> HttpResponse:
    """What was found, with its questions; sending it keeps the answers and shows what they change."""
    row = _reading(request, pk)
    way.give_up_if_ended(row)
    if row.being_read and row.job is not None:
        return redirect("jobs:progress", job=row.job.pk)
    if not row.waiting:
        return render(request, "plans/reading_closed.html", {"reading": row})
    if request.method == "POST":
        try:
            return _answered(request, row)
        except (way.NotReady, reader.UnknownChoice, ValueError):
            messages.warning(
                request, "This page was out of date, so your answers were not kept. Answer them here."
            )
            return redirect("plans:reading", council=request.council.slug, pk=pk)
    return render(request, "plans/reading.html", _found(row))


def _answered(request: CouncilRequest, row: "Reading") -> HttpResponse:
    if "again" in request.POST:
        return _read_again(request, row)
    for_all = answers_for_all(grouped(_asked(row)), _sent(request, "all-"))
    own = {number: key for number, key in _sent(request, "finding-").items() if key or number not in for_all}
    way.choose(
        row,
        findings=for_all | own,
        standings=_sent(request, "standing-"),
        suggested="suggested" in request.POST,
    )
    if "confirm" in request.POST:
        return redirect("plans:confirm", council=request.council.slug, pk=row.pk)
    messages.success(request, "Your answers are kept. Nothing has been written to the plan yet.")
    return redirect("plans:reading", council=request.council.slug, pk=row.pk)


def _read_again(request: CouncilRequest, row: "Reading") -> HttpResponse:
    """Read once more with the columns and tables as they were corrected on the page."""
    found = way.as_chosen(row)
    sent = _sent(request, "column-")
    roles = set(reader.ColumnRole)
    columns = {
        column.heading: sent[str(number)]
        for number, column in enumerate(found.columns)
        if column.heading and sent.get(str(number)) in roles and sent[str(number)] != column.role
    }
    taken = set(request.POST.getlist("tables"))
    tables = {
        table.label: str(number) in taken
        for number, table in enumerate(found.tables)
        if (str(number) in taken) != (table.use == "plan")
    }
    job = way.read_again(row, columns=columns, tables=tables, by=request.user, now=timezone.now())
    return redirect("jobs:progress", job=job.pk)


@require_safe
@requires(Verb.READ, Thing.PLAN_SOURCE)
def report(request: CouncilRequest, pk: int) -> HttpResponse:
    """The findings, for whoever keeps the document."""
    row = _reading(request, pk)
    if not row.result:
        raise Http404
    name = f"findings-{row.pk}.csv"
    return HttpResponse(
        csv_report(way.as_chosen(row), way.foreseen(row).questions),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _sent(request: CouncilRequest, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in request.POST.items()
        if name.startswith(prefix) and isinstance(value, str)
    }


def _asked(row: "Reading") -> "list[Found]":
    return [*way.foreseen(row).questions, *way.as_chosen(row).findings]


def _found(row: "Reading") -> dict[str, Any]:
    found, difference = way.as_chosen(row), way.foreseen(row)
    groups = grouped([*difference.questions, *found.findings])
    by_severity = {
        title: [group for group in groups if group.severity == severity]
        for severity, title in SEVERITIES.items()
    }
    return {
        "wide": True,
        "reading": row,
        "found": found,
        "words": {entry.code: word_of(entry.code, entry.name) for entry in found.scale},
        "rates_nothing": rates_nothing(reader.from_json(row.result or {})),
        "columns": _columns(found),
        "summary": reader.rating_counts(found),
        "groups": {title: rows for title, rows in by_severity.items() if rows},
        "open": sum(group.open for group in groups),
        "actions": found.actions[:ACTIONS_SHOWN],
        "earlier": any(action.previous_rating for action in found.actions),
        "standings": list(Standing),
        "roles": list(reader.ColumnRole),
        "suggested": len(way.open_suggestions(found))
        + sum(question.suggestion is not None for question in difference.open_questions),
        "difference": difference,
        "shown": CHANGES_SHOWN,
        "labels": {e.code: f"{e.code} {word_of(e.code, e.name)}".strip() for e in found.scale},
    }


@dataclass
class ColumnLine:
    """A column that is asked about: `number` among all columns; the tables that have it so, where others have not."""

    number: int
    column: reader.Column
    tables: list[str] = field(default_factory=list)


def _columns(found: reader.Reading) -> list[ColumnLine]:
    """The columns of the plan's tables, those that several tables have alike once: they are corrected by heading."""
    lines: dict[tuple[str, str], ColumnLine] = {}
    for number, column in enumerate(found.columns):
        alike = (column.heading or f"{column.table} {column.letter}", column.role)
        line = lines.setdefault(alike, ColumnLine(number, column))
        line.tables.append(found.tables[column.table].label)
    everywhere = len({column.table for column in found.columns})
    for line in lines.values():
        if len(line.tables) == everywhere:
            line.tables = []
    return list(lines.values())


def _said(written: "Difference") -> str:
    """What was written, each action counted once."""
    counts = written.counts
    said = (
        (counts["new"], f"new action{'' if counts['new'] == 1 else 's'}"),
        (counts["changed"], "changed"),
        (counts["moved"], "moved"),
        (counts["same"], "the same"),
        (counts["left"], "left until it is said which action they are"),
    )
    return ", ".join(f"{number} {words}" for number, words in said if number) or "Nothing was changed"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.PLAN_SOURCE)
def confirm(request: CouncilRequest, pk: int) -> HttpResponse:
    """What will change, and the one button. Pressing it twice writes once."""
    row = _reading(request, pk)
    if request.method == "POST":
        try:
            if way.is_large(row):
                job = way.confirm_by_job(row, by=request.user, now=timezone.now())
                return redirect("jobs:progress", job=job.pk)
            _, written = way.confirm(row, by=request.user, now=timezone.now())
        except NotWritten as refused:
            messages.error(request, str(refused))
            return redirect("plans:reading", council=request.council.slug, pk=pk)
        except way.NotReady:
            messages.warning(request, "This document was dealt with already.")
        else:
            messages.success(request, _said(written))
        return redirect("plans:plan", council=request.council.slug)
    if not row.waiting:
        return redirect("plans:reading", council=request.council.slug, pk=pk)
    return render(request, "plans/confirm.html", _found(row))


@require_POST
@requires(Verb.WRITE, Thing.PLAN_SOURCE)
def leave(request: CouncilRequest, pk: int) -> HttpResponse:
    try:
        way.leave(_reading(request, pk))
    except way.NotReady:
        messages.warning(request, "This document was dealt with already.")
    else:
        messages.success(request, "Put aside. The document is kept.")
    return redirect("plans:documents", council=request.council.slug)
