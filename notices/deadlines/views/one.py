"""One deadline: why then, what met it; meeting, waiving and opening it again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.deadlines import services
from notices.deadlines.forms import MetForm, ReopenForm, WaiveForm, day_asked
from notices.deadlines.lines import Deadlines, Line, Proof
from notices.deadlines.queries import deadlines_of, find, latest_row, said_of
from notices.deadlines.services import Upload
from notices.services import Refused

FURTHEST = dt.timedelta(days=10 * 366)


def _found(request: CouncilRequest, number: int, due: str) -> tuple[Deadlines, list[Line]]:
    """The deadlines of the obligation due on the day; a 404 where there is none."""
    today, day = timezone.localdate(), day_asked(due)
    row = latest_row(number, request.council)
    if row is None or day is None or day > today + FURTHEST:
        raise Http404
    seen_on = min(day_asked(request.GET.get("as_at", "")) or today, today)
    found = deadlines_of(request.council, today=seen_on, until=max(day, seen_on))
    lines = find(found, row.pk, day)
    if not lines:
        raise Http404
    return found, lines


@require_safe
@requires(Verb.READ, Thing.DEADLINES)
def deadline(request: CouncilRequest, obligation: int, due: str) -> HttpResponse:
    """When, why then, from whom, what met it, and what was recorded of it before."""
    found, lines = _found(request, obligation, due)
    line = next((line for line in lines if line.open), lines[0])
    beside = found.of_obligation(line.duty.key, line.duty.instrument)
    place = beside.index(line)
    context = {
        "found": found,
        "line": line,
        "lines": lines,
        "before": beside[place - 1] if place else None,
        "said": said_of(request.council, line),
        "may_write": request.access.may(Verb.WRITE, Thing.DEADLINES, request.council)
        and found.today == timezone.localdate(),
        "looking_back": found.today != timezone.localdate(),
    }
    return render(request, "notices/deadlines/deadline.html", context)


def _act(
    request: CouncilRequest,
    line: Line,
    form: Form,
    write: Callable[[dict[str, Any]], object],
    page: tuple[str, str],
) -> HttpResponse:
    """A form about one deadline: asked, refused with what was typed, or done."""
    template, done = page
    if form.is_bound and form.is_valid():
        try:
            write(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, done)
            return redirect(
                "notices:deadline",
                council=request.council.slug,
                obligation=line.duty.number,
                due=line.due.isoformat(),
            )
    errors = {("form" if name == "__all__" else name): found[0] for name, found in form.errors.items()}
    value = form.data if form.is_bound else {"on": timezone.localdate().strftime("%d/%m/%Y")}
    context = {"line": line, "errors": errors, "value": value}
    return render(request, template, context, status=422 if errors else 200)


def _sent(data: dict[str, Any]) -> tuple[Proof, Upload | None]:
    file = data.get("file")
    upload = Upload(name=file.name, content=file.read()) if file else None
    return Proof(data["label"], data["link"]), upload


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.DEADLINES)
def met(request: CouncilRequest, obligation: int, due: str) -> HttpResponse:
    """Record that it was met, when and by what."""
    _, lines = _found(request, obligation, due)
    line = lines[0]

    def write(data: dict[str, Any]) -> object:
        proof, upload = _sent(data)
        return services.meet(
            number=obligation, due=line.due, on=data["on"], proof=proof, upload=upload, **_who(request)
        )

    form = MetForm(request.POST, request.FILES) if request.method == "POST" else MetForm()
    return _act(request, line, form, write, ("notices/deadlines/met.html", "Recorded: the deadline is met"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.DEADLINES)
def waive(request: CouncilRequest, obligation: int, due: str) -> HttpResponse:
    """Record that it need not be met, why, and who approved that."""
    _, lines = _found(request, obligation, due)
    line = lines[0]

    def write(data: dict[str, Any]) -> object:
        proof, upload = _sent(data)
        more = {"reason": data["reason"], "approver": data["approver"], "on": data["on"]}
        return services.waive(
            number=obligation, due=line.due, proof=proof, upload=upload, **more, **_who(request)
        )

    form = WaiveForm(request.POST, request.FILES) if request.method == "POST" else WaiveForm()
    return _act(
        request, line, form, write, ("notices/deadlines/waive.html", "Recorded: the deadline is waived")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.DEADLINES)
def reopen(request: CouncilRequest, obligation: int, due: str) -> HttpResponse:
    """Open it again, with the reason."""
    _, lines = _found(request, obligation, due)
    line = lines[0]

    def write(data: dict[str, Any]) -> object:
        return services.reopen(number=obligation, due=line.due, reason=data["reason"], **_who(request))

    form = ReopenForm(request.POST) if request.method == "POST" else ReopenForm()
    return _act(request, line, form, write, ("notices/deadlines/reopen.html", "The deadline is open again"))


def _who(request: CouncilRequest) -> dict[str, Any]:
    return {
        "council": request.council,
        "by": request.user,
        "now": timezone.now(),
        "today": timezone.localdate(),
    }
