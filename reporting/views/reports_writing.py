"""Writing a report: its words, judgements, facts; checking, signing, submitting; what comes afterwards."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.services.records import Conflict, Refused
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from reporting.reports import afterwards, submitting, writing
from reporting.reports.comparing import compare
from reporting.reports.deadline import deadline_of
from reporting.reports.kinds import KINDS
from reporting.reports.previewing import FORMATS, ask_for_preview
from reporting.reports.reads import versions_of
from reporting.reports.showing import desk_of
from reporting.views.reports import desk_page
from reporting.views.reports_common import act_of, own_report, report_page, step


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def save_section(request: CouncilRequest, report: int, section: str) -> HttpResponse:
    """Save one section; a button beside a fact puts that into the text first, for those without scripts."""
    one = own_report(request, report)
    stored = _section(one, section)
    text = request.POST.get("text", "")
    if request.POST.get("insert"):
        text = f"{text.rstrip()} {request.POST['insert']}".strip()
    version = request.POST.get("version", "")
    try:
        saved = writing.write_section(
            act=act_of(request),
            report_id=one.pk,
            code=section,
            text=text,
            made_from=int(version) if version.isdecimal() else 0,
            prints_facts="prints_facts" in request.POST,
        )
    except Conflict as conflict:
        return _again(request, one, section, 409, conflict=conflict, typed=text)
    except Refused as refused:
        return _again(request, one, section, 422, errors=refused.errors, typed=text)
    key = f"report-{one.pk}-{section}-{stored.version}"
    messages.success(request, f"“{saved.heading}” is saved.", extra_tags=f"forget:{key}")
    after = request.POST.get("then", "")
    known = one.sections.filter(code=after).exists()
    return redirect(report_page(one, after if known else section))


def _section(one: Any, code: str) -> Any:
    found = one.sections.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _again(request: CouncilRequest, one: Any, section: str, status: int, **more: Any) -> HttpResponse:
    now = timezone.now()
    desk = desk_of(one, request.access, today=timezone.localdate(now), now=now)
    return desk_page(request, desk, section, status=status, **more)


@require_safe
@requires(Verb.WRITE, Thing.REPORTS)
def versions(request: CouncilRequest, report: int, section: str) -> HttpResponse:
    """Every version of a section's words, and what changed between two of them."""
    one = own_report(request, report)
    stored = _section(one, section)
    found = versions_of(one, section)
    by_number = {row.number: row for row in found}
    latest = found[0].number
    old = _number(request.GET.get("old"), by_number, max(latest - 1, 1))
    new = _number(request.GET.get("new"), by_number, latest)
    context = {
        "report": one,
        "one_section": stored,
        "versions": found,
        "old": by_number[old],
        "new": by_number[new],
        "pieces": compare(by_number[old].text, by_number[new].text),
    }
    return render(request, "reporting/reports/versions.html", context)


def _number(said: str | None, known: Any, otherwise: int) -> int:
    number = int(said) if said and said.isdecimal() else 0
    return number if number in known else otherwise


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def bring_back(request: CouncilRequest, report: int, section: str, number: int) -> HttpResponse:
    one = own_report(request, report)
    _section(one, section)

    def do() -> str:
        writing.bring_back(act=act_of(request), report_id=one.pk, code=section, number=number)
        return f"Version {number} is back. What stood there before is kept as a version too."

    return step(request, do, report_page(one, section))


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def judge(request: CouncilRequest, report: int) -> HttpResponse:
    """Save the judgements of requirements, all those that the page had."""
    one = own_report(request, report)
    section = request.POST.get("section", "")
    said = {}
    for place in range(len(request.POST)):
        key = request.POST.get(f"key-{place}")
        if key is None:
            break
        version = request.POST.get(f"version-{place}", "")
        said[key[:100]] = (
            request.POST.get(f"verdict-{place}", ""),
            request.POST.get(f"words-{place}", "").strip()[:5000],
            int(version) if version.isdecimal() else 0,
        )
    try:
        changed = writing.judge(act=act_of(request), report_id=one.pk, said=said)
    except Conflict:
        errors = {
            "judgements": "Somebody else judged some of these meanwhile: theirs are marked, yours are kept below"
        }
        return _again(request, one, section, 409, errors=errors, judged=said)
    except Refused as refused:
        return _again(request, one, section, 422, errors=refused.errors, judged=said)
    key = f"judgements-{one.pk}-{sum(version for _, _, version in said.values())}"
    words = f"{changed} judgement{'' if changed == 1 else 's'} saved."
    messages.success(request, words, extra_tags=f"forget:{key}")
    return redirect(report_page(one, section))


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def address(request: CouncilRequest, report: int) -> HttpResponse:
    one = own_report(request, report)

    def do() -> str:
        writing.address(
            act=act_of(request), report_id=one.pk, addressee=request.POST.get("addressee", "")[:1000]
        )
        return "The address is saved."

    return step(request, do, report_page(one))


_STEPS = {
    "freeze": (
        writing.freeze,
        "The facts are frozen: what is recorded from now on does not change this report.",
    ),
    "unfreeze": (writing.unfreeze, "The facts refresh again."),
    "check": (submitting.validate, "The report is complete and can be signed."),
    "give-back": (submitting.give_back, "The signature is taken away, and the report can be changed again."),
}


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def move(request: CouncilRequest, report: int, to: str) -> HttpResponse:
    """Freeze the facts or let them refresh, check the draft, give it back to be changed."""
    if to not in _STEPS:
        raise Http404
    one = own_report(request, report, signs=to == "give-back")
    service, said = _STEPS[to]

    def do() -> str:
        service(act=act_of(request), report_id=one.pk)
        return said

    return step(request, do, report_page(one))


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def preview(request: CouncilRequest, report: int, kind: str) -> HttpResponse:
    """Make the draft into a file to look at."""
    one = own_report(request, report)
    if kind not in FORMATS or not one.open:
        raise Http404
    job = ask_for_preview(act=act_of(request), report=one, kind_of_file=kind)
    return redirect("jobs:progress", job=job.pk)


@requires(Verb.WRITE, Thing.REPORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: CouncilRequest, report: int) -> HttpResponseBase:
    """Sign a checked report, after having said who one is a short while ago; what happens then stands there."""
    one = own_report(request, report, signs=True)
    answer: HttpResponseBase = _sign(request, one)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _sign(request: CouncilRequest, one: Any) -> HttpResponse:
    if request.method == "POST":

        def do() -> str:
            submitting.sign(act=act_of(request), report_id=one.pk)
            return "You have signed the report. Submit it when you are ready."

        return step(request, do, report_page(one))
    now = timezone.now()
    context = {
        "report": one,
        "kind": KINDS[one.kind],
        "desk": desk_of(one, request.access, today=timezone.localdate(now), now=now),
        "line": deadline_of(one, request.council, today=timezone.localdate(now)),
    }
    return render(request, "reporting/reports/sign.html", context)


@require_POST
@requires(Verb.WRITE, Thing.REPORTS)
def submit(request: CouncilRequest, report: int) -> HttpResponse:
    """Submit a signed report: a worker makes its files, and the page shows how far it is."""
    one = own_report(request, report, signs=True)
    try:
        job = submitting.submit(act=act_of(request), report_id=one.pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(report_page(one))
    return redirect("jobs:progress", job=job.pk)


@requires(Verb.WRITE, Thing.REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: CouncilRequest, report: int) -> HttpResponse:
    """Give a draft up, once that is confirmed."""
    one = own_report(request, report)
    if not one.editable:
        raise Http404
    if request.method == "POST":

        def do() -> str:
            writing.drop(act=act_of(request), report_id=one.pk)
            return "The draft is dropped."

        return step(request, do, "reporting:reports")
    return render(request, "reporting/reports/drop.html", {"report": one, "kind": KINDS[one.kind]})


@requires(Verb.WRITE, Thing.REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: CouncilRequest, report: int, what: str) -> HttpResponse:
    """Withdraw a submitted report, or begin one that corrects it; says first what that does."""
    services = {"withdraw": afterwards.withdraw, "correct": afterwards.correct}
    if what not in services:
        raise Http404
    one = own_report(request, report, signs=True)
    if one.state != "submitted":
        raise Http404
    today = timezone.localdate()
    errors: dict[str, str] = {}
    because = request.POST.get("because", "")
    if request.method == "POST":
        try:
            made = services[what](act=act_of(request), report_id=one.pk, because=because[:2000])
        except Refused as refused:
            errors = refused.errors
        else:
            messages.success(
                request,
                "The report is withdrawn."
                if what == "withdraw"
                else "A correction is begun, with the words of the report it will replace.",
            )
            return redirect(report_page(made))
    context = {
        "report": one,
        "kind": KINDS[one.kind],
        "what": what,
        "because": because,
        "errors": errors,
        "line": deadline_of(one, request.council, today=today),
        "passed": one.due is not None and one.due < today,
    }
    return render(request, "reporting/reports/after.html", context, status=422 if errors else 200)
