"""Putting an obligation right after it was confirmed: typed, what would change shown, then saved with its reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from deadlines.codec import from_json
from deadlines.schedules.base import Schedule
from notices import schedule_fields
from notices.forms.correcting import CorrectionForm, ReasonForm, as_choice, met_by_choices
from notices.queries import corrections as reads
from notices.queries import notice as queries
from notices.services import Refused
from notices.services import correcting as services
from notices.services.carrying import values_of
from notices.views.fields import schedule_context, sent_schedule

Write = Callable[[], object]


def _who(request: CouncilRequest) -> dict[str, Any]:
    now, today = timezone.now(), timezone.localdate()
    return {"council": request.council, "by": request.user, "now": now, "today": today}


@require_safe
@requires(Verb.READ, Thing.NOTICE)
def corrections(request: CouncilRequest) -> HttpResponse:
    """Everything that was put right, with who, when and why, and how to put it back."""
    context = {
        "corrections": reads.corrections_of(request.council),
        "may_write": request.access.may(Verb.WRITE, Thing.NOTICE, request.council),
    }
    return render(request, "notices/corrections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def correct(request: CouncilRequest, obligation: int) -> HttpResponse:
    """Put one obligation right."""
    row = reads.correctable(request.council, obligation)
    if row is None or row.withdrawn:
        raise Http404
    return _form(request, row.notice_version, row)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def add_missed(request: CouncilRequest, instrument: int) -> HttpResponse:
    """Add an obligation that the reader, and whoever confirmed, had missed."""
    version = reads.latest_version(request.council, instrument)
    if version is None:
        raise Http404
    return _form(request, version, None)


def _form(request: CouncilRequest, version: Any, row: Any) -> HttpResponse:
    held = from_json(row.schedule) if row else None
    named = {one.key: _called(one.deliverable) for one in queries.duties_of(version) if one != row}
    named |= schedule_fields.called(held) if held else {}
    places = [(one.key, f"{one.ref}: {one.text}"[:100]) for one in version.requirements.order_by("order")]
    posted = request.POST if request.method == "POST" else None
    sent = posted if posted is not None and "refresh" not in posted and "edit" not in posted else None
    initial = _initial(request, row) | (posted.dict() if posted else {})
    form = CorrectionForm(sent, places=places, held=row.met_by if row else None, initial=initial)
    context: dict[str, Any] = {"row": row, "version_read": version, "form": form, "refusal": {}}
    if sent is not None:
        answer = _answered(request, version, row, context, named)
        if answer is not None:
            return answer
    errors = {form[name].auto_id: str(said[0]) for name, said in form.errors.items() if name in form.fields}
    errors |= context["refusal"]
    shown: Any = posted or (schedule_fields.fields_of(held) if held else {})
    made_from = context.get("made_from", _version(request, row))
    context |= {"errors": errors, "made_from": made_from, **schedule_context(shown, named, errors)}
    return render(request, "notices/correct.html", context, status=422 if errors else 200)


def _called(deliverable: str) -> str:
    return f"the {deliverable[:1].lower()}{deliverable[1:]}"


def _initial(request: CouncilRequest, row: Any) -> dict[str, Any]:
    if row is None:
        return {"requirement": request.GET.get("at", ""), "force": "must"}
    return values_of(row) | {"met_by": as_choice(row.met_by)}


def _version(request: CouncilRequest, row: Any) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else row.version if row else 0


def _answered(
    request: CouncilRequest,
    version: Any,
    row: Any,
    context: dict[str, Any],
    named: dict[str, str],
) -> HttpResponse | None:
    """What would change, or that it is saved; None where the form is to be shown again, with why in `context`."""
    form: CorrectionForm = context["form"]
    schedule: Schedule | None = None
    try:
        before = from_json(row.schedule) if row else None
        schedule = sent_schedule(request.POST, named, queries.pace_of(version), before)
    except schedule_fields.FieldsRefused as refused:
        context["refusal"] = refused.errors
    if not form.is_valid() or schedule is None:
        return None
    write = _writer(request, version, row, form, schedule)
    try:
        if "confirm" in request.POST:
            return _done(request, write())
        changes, problems = reads.what_would_change(
            write, council=request.council, today=timezone.localdate()
        )
    except Refused as refused:
        context["refusal"] = {refused.field: str(refused)}
        return None
    except services.CorrectedMeanwhile as conflict:
        context |= {"conflict": conflict, "theirs": _in_words(conflict.theirs), "made_from": conflict.version}
        context["refusal"] = {"form": "Somebody else put this right while you were writing"}
        return None
    shown = {
        "changes": changes,
        "problems": problems,
        "typed": [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"],
        "reason": form.cleaned_data["reason"],
        "fields": _differences(row, form.reading(schedule)),
        "had": row is not None,
        "caption": row.key if row else "An obligation that was missed",
        "button": "Save the correction" if row else "Add the obligation",
        "leave": reverse("notices:notice", kwargs={"council": request.council.slug}),
    }
    return render(request, "notices/correct_shown.html", shown)


def _writer(
    request: CouncilRequest,
    version: Any,
    row: Any,
    form: CorrectionForm,
    schedule: Schedule,
) -> Write:
    said = {"reading": form.reading(schedule), "reason": form.cleaned_data["reason"], **_who(request)}
    if row is None:
        return lambda: services.add_missed(version=version, **said)
    made_from = _version(request, row)
    return lambda: services.correct_obligation(number=row.pk, version=made_from, **said)


def _done(request: CouncilRequest, made: object) -> HttpResponse:
    if made is None:
        messages.info(request, "It reads so already. Nothing was changed.")
    else:
        messages.success(request, "Put right. Deadlines are worked out as if it had always been read so.")
    return redirect("notices:notice", council=request.council.slug)


def _differences(row: Any, reading: services.Reading) -> list[tuple[str, str, str]]:
    """Field, what it says, what it will say, in words."""
    new = _in_words(reading.values())
    old = _in_words(values_of(row)) if row else {}
    return [(name, old.get(name, ""), value) for name, value in new.items() if old.get(name, "") != value]


def _in_words(values: Any) -> dict[str, str]:
    labels = {name: str(field.label) for name, field in CorrectionForm.base_fields.items()}
    found = {}
    for name, value in values.items():
        if name == "schedule":
            found["When it is due"] = from_json(value).sentence()
        elif name == "met_by":
            found[labels[name]] = dict(met_by_choices(value))[as_choice(value)]
        else:
            found[labels.get(name, name)] = str(value or "")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def withdraw(request: CouncilRequest, obligation: int) -> HttpResponse:
    """Say that one obligation is none."""
    row = reads.correctable(request.council, obligation)
    if row is None or row.withdrawn:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def write(reason: str) -> object:
        return services.withdraw_obligation(number=row.pk, reason=reason, **_who(request))

    words = {
        "title": "The notice asks for no such thing",
        "say": f"{row.requirement.ref}: {row.duty_holder}, {row.deliverable}",
        "button": "Withdraw this obligation",
        "done": "Withdrawn. What was recorded of it is kept, and it can be put back.",
    }
    return _with_reason(request, form, write, words)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NOTICE)
def undo(request: CouncilRequest, correction: int) -> HttpResponse:
    """Put back what stood before a correction."""
    found = reads.correction_of(request.council, correction)
    if found is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def write(reason: str) -> object:
        return services.undo_correction(correction=found, reason=reason, **_who(request))

    words = {
        "title": "Put back what stood before",
        "say": f"{found.obligation.key}, {found.get_kind_display()}: {found.reason}",
        "button": "Put it back",
        "done": "Put back. Deadlines are worked out anew.",
    }
    return _with_reason(request, form, write, words)


def _with_reason(
    request: CouncilRequest, form: ReasonForm, write: Callable[[str], object], words: dict[str, str]
) -> HttpResponse:
    """What would change is shown with the question why; sending that does it."""
    errors: dict[str, str] = {}
    changes: list[Any] = []
    problems: list[str] = []
    try:
        if form.is_valid():
            write(form.cleaned_data["reason"])
            messages.success(request, words["done"])
            return redirect("notices:corrections", council=request.council.slug)
        changes, problems = reads.what_would_change(
            lambda: write("to see what would change"), council=request.council, today=timezone.localdate()
        )
    except Refused as refused:
        errors = {form["reason"].auto_id: str(refused)}
    errors |= {form[name].auto_id: str(said[0]) for name, said in form.errors.items()}
    context = {"form": form, "errors": errors, "changes": changes, "problems": problems, **words}
    return render(request, "notices/correct_reason.html", context, status=422 if form.is_bound else 200)
