"""Reading a notice in: sent or pasted, corrected beside its own words, confirmed with one button."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from files.services import FileRefused
from notices import schedule_fields
from notices.deadlines.forms import day_asked
from notices.drafting import Draft, board_pace, faults
from notices.forms import AboutForm, DutyForm, UploadForm
from notices.queries import notice as queries
from notices.services import Conflict, Refused, confirm
from notices.services import reading as way
from notices.services.comparing import would_change_of
from notices.views.fields import schedule_context, sent_schedule

STALE = (
    "Somebody else changed this reading since you opened it. Nothing was lost: "
    "look at it as it stands now and say again what you meant."
)


@require_safe
@requires(Verb.READ, Thing.NOTICE_SOURCE)
def readings(request: CouncilRequest) -> HttpResponse:
    return render(request, "notices/readings.html", {"readings": queries.notice_readings(request.council)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE_SOURCE)
def add(request: CouncilRequest) -> HttpResponse:
    """Send a file or paste words; with an instrument it is read as that one's next version."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    asked = request.POST.get("instrument") or request.GET.get("instrument", "")
    instrument = queries.instrument_of(request.council, int(asked)) if asked.isdecimal() else None
    if request.method == "POST" and form.is_valid():
        common: dict[str, Any] = {
            "council": request.council,
            "by": request.user,
            "now": timezone.now(),
            "instrument": instrument,
        }
        try:
            if form.cleaned_data["document"]:
                row = way.begin_reading(upload=form.cleaned_data["document"], **common)
            else:
                row = way.read_pasted(text=form.cleaned_data["pasted"], **common)
        except FileRefused as refused:
            form.add_error("document", str(refused))
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            job = way.job_of(row)
            if job is not None:
                return redirect("jobs:progress", job=job.pk)
            return redirect("notices:reading", council=request.council.slug, pk=row.pk)
    errors = {name: said[0] for name, said in form.errors.items()}
    context = {"errors": errors, "value": form.data, "instrument": instrument}
    return render(request, "notices/add.html", context, status=422 if errors else 200)


def _row(request: CouncilRequest, pk: int) -> Any:
    found = queries.notice_reading_of(request.council, pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE_SOURCE)
def reading(request: CouncilRequest, pk: int) -> HttpResponse:
    """The notice's words beside what was made of them, with the questions; sending keeps answers."""
    row = _row(request, pk)
    job = way.job_of(row)
    if job is not None:
        return redirect("jobs:progress", job=job.pk)
    if row.being_read:
        way.give_up(row)
    if not row.waiting:
        return render(request, "notices/reading_closed.html", {"reading": row})
    form = AboutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answered(request, row, form.about())
    errors = {name: said[0] for name, said in form.errors.items()} if form.is_bound else {}
    context = _found(row) | {"errors": errors, "typed": form.data if form.is_bound else None}
    return render(request, "notices/reading.html", context, status=422 if errors else 200)


def _answered(request: CouncilRequest, row: Any, about: dict[str, str]) -> HttpResponse:
    answers = {name[7:]: request.POST[name] for name in request.POST if name.startswith("answer-")}
    here = redirect("notices:reading", council=request.council.slug, pk=row.pk)
    try:
        kept = way.choose(row, version=_version(request), about=about, answers=answers)
        for name, dropped in (("drop", True), ("keep_duty", False)):
            if request.POST.get(name):
                key = request.POST[name]
                way.correct_obligation(kept, key, {"dropped": dropped}, version=kept.version)
                messages.success(request, f"{key} is {'left out' if dropped else 'kept'}")
                return here
    except Conflict:
        messages.error(request, STALE)
        return here
    except way.NotReady:
        messages.warning(request, "This notice was dealt with already")
        return here
    if "go_on" in request.POST:
        return redirect("notices:confirm", council=request.council.slug, pk=row.pk)
    messages.success(request, "Your answers are kept. Nothing has taken effect yet.")
    return here


def _version(request: CouncilRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0


def _found(row: Any) -> dict[str, Any]:
    draft = way.as_chosen(row)
    spans = [(one.start, one.end, one.key) for one in draft.kept if one.end]
    owed = draft.by_requirement()
    paragraphs = []
    heading = ""
    for one in draft.requirements:
        shown = one.heading if one.heading != heading else ""
        heading = one.heading
        pieces = queries.marked(one.text, one.start, spans)
        paragraphs.append({"one": one, "heading": shown, "pieces": pieces, "owed": owed.get(one.ref, [])})
    first = min((one.start for one in draft.requirements), default=0)
    last = max((one.end for one in draft.requirements), default=0)
    return {
        "reading": row,
        "draft": draft,
        "paragraphs": paragraphs,
        "numbers": {one.key: number for number, one in enumerate(draft.obligations, start=1)},
        "opening": draft.text[:first].strip(),
        "closing": draft.text[last:].strip(),
        "general": [question for question in draft.questions if question.obligation is None],
        "kinds": AboutForm.base_fields["kind"].choices,  # type: ignore[attr-defined]
        "inspection_kinds": AboutForm.base_fields["inspection_kind"].choices,  # type: ignore[attr-defined]
        "faults": faults(draft),
        "about": {name: _as_typed(value) for name, value in draft.about.items()},
        "issued": schedule_fields.day_of(draft.about.get("issued_on", "")),
    }


def _as_typed(value: str) -> str:
    """A value of the notice as the form shows it: a day as people write it."""
    day = day_asked(value)
    return f"{day.day}/{day.month}/{day.year}" if day else value


def _named(draft: Draft, but: str = "") -> dict[str, str]:
    return {
        one.key: f"the {one.deliverable[:1].lower()}{one.deliverable[1:]}"
        for one in draft.kept
        if one.key != but
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE_SOURCE)
def duty(request: CouncilRequest, pk: int, number: int) -> HttpResponse:
    """Correct one obligation; number 0 adds one that was not found."""
    row = _row(request, pk)
    if not row.waiting:
        return redirect("notices:reading", council=request.council.slug, pk=pk)
    draft = way.as_chosen(row)
    if number > len(draft.obligations):
        raise Http404
    one = draft.obligations[number - 1] if number else None
    places = [(place.ref, f"{place.ref}: {place.text}"[:100]) for place in draft.requirements]
    start: dict[str, Any] = {"requirement": request.GET.get("at", ""), "force": "must"}
    if one is not None:
        names = ("requirement", "duty_holder", "force", "deliverable", "recipient", "note")
        start = {name: getattr(one, name) for name in names}
    named = _named(draft, one.key if one else "") | _told(one)
    sent = request.POST if request.method == "POST" and "refresh" not in request.POST else None
    form = DutyForm(sent, places=places, initial=start | request.POST.dict())
    errors: dict[str, str] = {}
    if sent is not None:
        schedule = None
        try:
            pace = board_pace(each.schedule for each in draft.kept)
            schedule = sent_schedule(request.POST, named, pace, one.schedule if one else None)
        except schedule_fields.FieldsRefused as refused:
            errors = refused.errors
        if form.is_valid() and schedule is not None:
            values = {**form.cleaned_data, "schedule": schedule_fields.as_json(schedule), "dropped": False}
            return _corrected(request, row, one.key if one else None, values)
        errors = {form[name].auto_id: str(said[0]) for name, said in form.errors.items()} | errors
    shown: Any = (
        request.POST if request.method == "POST" else schedule_fields.fields_of(one.schedule) if one else {}
    )
    context = {
        "reading": row,
        "one": one,
        "form": form,
        "errors": errors,
        "made_from": request.POST.get("version", row.version),
        **schedule_context(shown, named, errors),
    }
    return render(request, "notices/duty.html", context, status=422 if errors else 200)


def _told(one: Any) -> dict[str, str]:
    """What the schedule itself calls the obligations it counts from."""
    return schedule_fields.called(one.schedule) if one else {}


def _corrected(request: CouncilRequest, row: Any, key: str | None, values: dict[str, Any]) -> HttpResponse:
    version = _version(request)
    try:
        if key is None:
            key = way.add_obligation(row, values, version=version)
        else:
            way.correct_obligation(row, key, values, version=version)
    except Conflict:
        messages.error(request, STALE)
    except (Refused, way.NotReady) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{key} is kept as you said")
    return redirect("notices:reading", council=request.council.slug, pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE_SOURCE)
def confirm_reading(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show what would take effect; the button makes it so."""
    row = _row(request, pk)
    if not row.waiting:
        return redirect("notices:reading", council=request.council.slug, pk=pk)
    errors = {}
    if request.method == "POST":
        try:
            made = confirm(
                row,
                version=_version(request),
                by=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except Refused as refused:
            errors = {refused.field: str(refused)}
        except Conflict:
            messages.error(request, STALE)
            return redirect("notices:reading", council=request.council.slug, pk=pk)
        else:
            messages.success(request, "The notice is stored, and its deadlines are worked out")
            if made.number > 1:
                return redirect(
                    "notices:compare", council=request.council.slug, instrument=made.instrument_id
                )
            return redirect("notices:notice", council=request.council.slug)
    context = _found(row) | {"errors": errors, "changes": would_change_of(row)}
    return render(request, "notices/confirm.html", context, status=422 if errors else 200)


@require_POST
@requires(Verb.WRITE, Thing.NOTICE_SOURCE)
def leave(request: CouncilRequest, pk: int) -> HttpResponse:
    try:
        way.leave(_row(request, pk), now=timezone.now())
    except way.NotReady:
        messages.warning(request, "This notice was dealt with already")
    else:
        messages.success(request, "Put aside. What was sent and found is kept.")
    return redirect("notices:readings", council=request.council.slug)
