"""One deadline: why then, what met it; meeting, waiving and opening it again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from files.sent import SentFile, sent_file
from notices.deadlines import services
from notices.deadlines.forms import MetForm, ReopenForm, WaiveForm, day_asked
from notices.deadlines.lines import Deadlines, Line, Proof
from notices.deadlines.queries import deadlines_of, find, latest_row, said_of
from notices.services import Refused

NOTHING_SENT = SentFile()
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


@dataclass(frozen=True)
class Page:
    """What a form is shown by, what is said once it is done, and the file that came with it."""

    template: str
    done: str
    sent: SentFile = NOTHING_SENT


def _act(
    request: CouncilRequest,
    line: Line,
    form: Form,
    write: Callable[[dict[str, Any]], object],
    page: Page,
) -> HttpResponse:
    """A form about one deadline: asked, refused with what was typed and sent along, or done."""
    sent = page.sent
    if form.is_bound and form.is_valid() and not sent.problem:
        try:
            write(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, page.done)
            return redirect(
                "notices:deadline",
                council=request.council.slug,
                obligation=line.duty.number,
                due=line.due.isoformat(),
            )
    errors = {("form" if name == "__all__" else name): found[0] for name, found in form.errors.items()}
    errors |= sent.errors
    value = form.data if form.is_bound else {"on": timezone.localdate().strftime("%d/%m/%Y")}
    context = {"line": line, "errors": errors, "value": value, "kept": sent.file}
    return render(request, page.template, context, status=422 if errors else 200)


def _sent(request: CouncilRequest) -> SentFile:
    if request.method != "POST":
        return NOTHING_SENT
    return sent_file(request, thing=Thing.DEADLINES, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.DEADLINES)
def met(request: CouncilRequest, obligation: int, due: str) -> HttpResponse:
    """Record that it was met, when and by what."""
    _, lines = _found(request, obligation, due)
    line, sent = lines[0], _sent(request)

    def write(data: dict[str, Any]) -> object:
        more = {"on": data["on"], "proof": Proof(data["label"], data["link"]), "file": sent.file}
        return services.meet(number=obligation, due=line.due, **more, **_who(request))

    form = MetForm(request.POST) if request.method == "POST" else MetForm()
    page = Page("notices/deadlines/met.html", "Recorded: the deadline is met", sent)
    return _act(request, line, form, write, page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.DEADLINES)
def waive(request: CouncilRequest, obligation: int, due: str) -> HttpResponse:
    """Record that it need not be met, why, and who approved that."""
    _, lines = _found(request, obligation, due)
    line, sent = lines[0], _sent(request)

    def write(data: dict[str, Any]) -> object:
        more = {name: data[name] for name in ("reason", "approver", "on")}
        more |= {"proof": Proof(data["label"], data["link"]), "file": sent.file}
        return services.waive(number=obligation, due=line.due, **more, **_who(request))

    form = WaiveForm(request.POST) if request.method == "POST" else WaiveForm()
    page = Page("notices/deadlines/waive.html", "Recorded: the deadline is waived", sent)
    return _act(request, line, form, write, page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.DEADLINES)
def reopen(request: CouncilRequest, obligation: int, due: str) -> HttpResponse:
    """Open it again, with the reason."""
    _, lines = _found(request, obligation, due)
    line = lines[0]

    def write(data: dict[str, Any]) -> object:
        return services.reopen(number=obligation, due=line.due, reason=data["reason"], **_who(request))

    form = ReopenForm(request.POST) if request.method == "POST" else ReopenForm()
    page = Page("notices/deadlines/reopen.html", "The deadline is open again")
    return _act(request, line, form, write, page)


def _who(request: CouncilRequest) -> dict[str, Any]:
    return {
        "council": request.council,
        "by": request.user,
        "now": timezone.now(),
        "today": timezone.localdate(),
    }
