"""In a click: the Director's exception report, and the newsletter after a board."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.queries.meetings import meeting_of
from boards.services.records import Act, Conflict, Refused
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from history.services import record_read
from plans.exporting.letters import write_letter
from plans.queries import open_plan
from reporting.exceptions_file import ask_for_exceptions
from reporting.newsletter import services
from reporting.newsletter.drafting import PARTS

SAVED = 303
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@requires(Verb.READ, Thing.EXCEPTION_REPORT)
def exceptions(request: CouncilRequest) -> HttpResponse:
    """Have the Director's exception report made as a Word document, and show how far it is."""
    if open_plan(request.council) is None:
        messages.warning(request, "There is no plan yet, so there is nothing to report.")
        return redirect("reporting:overview", council=request.council.slug)
    job = ask_for_exceptions(act=Act(request.council, request.user, timezone.now()))
    return redirect("jobs:progress", job=job.pk)


def _meeting(request: CouncilRequest, number: int) -> Any:
    one = meeting_of(request.council, number)
    if one is None:
        raise Http404
    return one


class NewsletterForm(forms.Form):
    """The parts of a newsletter; a list has one thing a line."""

    title = forms.CharField(max_length=200, required=False, label="Title")
    opening = forms.CharField(required=False, label="Opening", widget=forms.Textarea({"rows": 3}))
    decided = forms.CharField(
        required=False,
        label="What the board decided",
        help_text="One thing a line",
        widget=forms.Textarea({"rows": 6}),
    )
    completed = forms.CharField(
        required=False,
        label="What has been completed",
        help_text="One thing a line",
        widget=forms.Textarea({"rows": 8}),
    )
    coming = forms.CharField(
        required=False,
        label="What comes next",
        help_text="One thing a line",
        widget=forms.Textarea({"rows": 6}),
    )
    closing = forms.CharField(required=False, label="Closing", widget=forms.Textarea({"rows": 2}))
    ready = forms.BooleanField(required=False, label="It is ready to go out")
    version = forms.IntegerField(widget=forms.HiddenInput)


@require_safe
@requires(Verb.READ, Thing.NEWSLETTER)
def newsletter(request: CouncilRequest, meeting: int) -> HttpResponse:
    """The newsletter as it stands, to copy or to take as Word."""
    one = _meeting(request, meeting)
    letter = services.newsletter_of(one)
    parts = services.parts_of(letter) if letter else []
    shown = {"title": letter.title if letter else "", "parts": parts}
    context = {
        "meeting": one,
        "letter": letter,
        "parts": parts,
        "source": render_to_string("reporting/newsletter/body.html", shown, using="pages").strip(),
    }
    return render(request, "reporting/newsletter/newsletter.html", context)


@require_POST
@requires(Verb.WRITE, Thing.NEWSLETTER)
def draft_newsletter(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = _meeting(request, meeting)
    act = Act(request.council, request.user, timezone.now())
    try:
        _, made = services.draft_newsletter(act=act, meeting=one)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        left = "1 line is" if made.named == 1 else f"{made.named} lines are"
        more = f" {left} left out, because they name somebody." if made.named else ""
        messages.success(request, f"Drafted from what the board decided and what was completed.{more}")
    return redirect("reporting:newsletter", council=request.council.slug, meeting=one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.NEWSLETTER)
def edit_newsletter(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = _meeting(request, meeting)
    letter = services.newsletter_of(one)
    if letter is None:
        raise Http404
    initial: dict[str, Any] = {name: getattr(letter, name) for name in ("title", *PARTS, "version")}
    initial["ready"] = letter.ready
    form = NewsletterForm(request.POST if request.method == "POST" else None, initial=initial)

    status = 200
    if request.method == "POST":
        status = _written(request, one, form)
        if status == SAVED:
            return redirect("reporting:newsletter", council=request.council.slug, meeting=one.pk)
    context = {
        "form": form,
        "title": "Write the newsletter",
        "back": reverse("reporting:newsletter", kwargs={"council": request.council.slug, "meeting": one.pk}),
        "back_words": "Newsletter",
        "lead": "For staff and schools: nobody is named, and nothing restricted is told.",
        "keep": f"newsletter-{one.pk}-{letter.version}",
        "button": "Save",
    }
    return render(request, "boards/form.html", context, status=status)


def _written(request: CouncilRequest, one: Any, form: NewsletterForm) -> int:
    """Save what the form says; what is refused stands beside its field, and what was typed stays."""
    if not form.is_valid():
        return 422
    values = dict(form.cleaned_data)
    version, ready = values.pop("version"), values.pop("ready")
    act = Act(request.council, request.user, timezone.now())
    try:
        services.write_newsletter(act=act, meeting=one, values=values, ready=ready, made_from=version)
    except Refused as refused:
        for name, message in refused.errors.items():
            form.add_error(name, message)
        return 422
    except Conflict as clash:
        for name, theirs in clash.theirs.items():
            told = f"{clash.by_name} has changed this to “{theirs}”. Save again to keep yours."
            form.add_error(name if name in form.fields else None, told)
        form.data = {**request.POST.dict(), "version": str(clash.version)}
        return 409
    messages.success(request, "Saved. It is ready to go out." if ready else "Saved as a draft.")
    return SAVED


@require_safe
@requires(Verb.READ, Thing.NEWSLETTER)
def newsletter_word(request: CouncilRequest, meeting: int) -> HttpResponse:
    """A page of words as a Word document: short enough to be written while somebody waits."""
    one = _meeting(request, meeting)
    letter = services.newsletter_of(one)
    if letter is None:
        raise Http404
    now = timezone.now()
    content = write_letter(services.newsletter_letter(letter, council=request.council, now=now))
    name = f"{'' if letter.ready else 'draft-'}newsletter-{one.on.isoformat()}.docx"
    record_read(
        by=request.user,
        subject="reporting.newsletter",
        subject_id=letter.pk,
        label=name,
        now=now,
        council_id=request.council.pk,
    )
    return HttpResponse(
        content,
        content_type=DOCX,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
