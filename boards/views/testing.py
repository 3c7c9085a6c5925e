"""Independent testing: days, samples, findings; the testers' own until shared."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.bodies import first_day
from boards.forms.meetings import FindingForm, ProvideForm, TestChangeForm, TestForm
from boards.queries import bodies as boards
from boards.queries import testing as reads
from boards.seen import sight_of
from boards.services import testing as services
from boards.services.records import Refused
from boards.views.common import act_of, form_page, found, here, posted, say, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.seen import plan_seen_by

SIZE = 6
MOST = 30


@require_safe
@requires(Verb.READ, Thing.TESTING)
def testing(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    sight = sight_of(request)
    context = {
        "wide": True,
        "board": one,
        "sight": sight,
        "days": reads.days_by_month(one),
        "provided": reads.provisions_of(one),
        "tests": reads.tests_seen(one, sight),
    }
    return render(request, "boards/testing.html", context)


@requires(Verb.WRITE, Thing.TESTING_DAYS)
def provide(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))

    def save(form: ProvideForm) -> str:
        services.provide_days(act=act_of(request), board_id=one.pk, **form.cleaned_data)
        return "Recorded."

    return form_page(
        request,
        first_day(ProvideForm(posted(request)), timezone.localdate()),
        title="Record days provided for testing",
        back=here(request, "testing", board=board),
        back_words="Independent testing",
        lead="What the council provided. Whether the days were used is counted apart.",
        save=save,
    )


@require_POST
@requires(Verb.WRITE, Thing.TESTING_DAYS)
def withdraw_days(request: CouncilRequest, board: int, provision: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    row = found(reads.provisions_of(one).filter(pk=provision).first())

    def do() -> str:
        services.withdraw_days(act=act_of(request), provision_id=row.pk)
        return "Taken back."

    return step(request, do, here(request, "testing", board=board))


@requires(Verb.WRITE, Thing.TESTING_NOTES)
def plan(request: CouncilRequest, board: int) -> HttpResponse:
    """The proposed sample, to tick and untick; how many is in the URL."""
    one = found(boards.board_of(request.council, board))
    asked = request.GET.get("size", "")
    size = min(max(int(asked), 1), MOST) if asked.isdecimal() and len(asked) <= 3 else SIZE  # noqa: PLR2004
    seen = plan_seen_by(request, today=timezone.localdate())
    proposed = reads.proposed_sample(one, seen, size=size)
    form = first_day(TestForm(posted(request)), timezone.localdate())
    ticked = set(request.POST.getlist("sample")) if request.method == "POST" else None
    objectives = reads.objectives_to_test(seen)
    picked = set(request.POST.getlist("objective")) if request.method == "POST" else None
    status = 200
    if request.method == "POST":
        status = 422
        chosen = [
            (row.candidate.number, row.because)
            for row in proposed
            if str(row.candidate.number) in (ticked or ())
        ]
        judged = [(number, why) for number, _, why in objectives if str(number) in (picked or ())]
        if form.is_valid():
            try:
                made = services.plan_test(
                    act=act_of(request),
                    board_id=board,
                    values=form.cleaned_data,
                    sample=chosen,
                    objectives=judged,
                )
            except Refused as refused:
                say(form, refused)
            else:
                return step(request, lambda: f"{made} is planned.", here(request, "test", test=made.pk))
    context = {
        "board": one,
        "form": form,
        "proposed": proposed,
        "seen": seen,
        "words": {row.id: row.activity for row in seen.table.actions} if seen.table else {},
        "ticked": ticked,
        "objectives": objectives,
        "picked": picked or set(),
        "size": size,
    }
    return render(request, "boards/test_plan.html", context, status=status)


@require_safe
@requires(Verb.READ, Thing.TESTING)
def test(request: CouncilRequest, test: int) -> HttpResponse:
    sight = sight_of(request)
    row = found(reads.test_seen(request.council, test, sight))
    context = {
        "wide": True,
        "test": row,
        "board": row.board,
        "sight": sight,
        "findings": reads.findings_of(row),
        "codes": {code.code: code for code in reads.ratings_of(request.council)},
    }
    return render(request, "boards/test.html", context)


@requires(Verb.WRITE, Thing.TESTING_NOTES)
def edit(request: CouncilRequest, test: int) -> HttpResponse:
    row = found(reads.test_seen(request.council, test, sight_of(request)))
    names = ("title", "tester", "on", "days", "method", "state", "notes", "version")
    form = TestChangeForm(posted(request), initial={name: getattr(row, name) for name in names})

    def save(form: TestChangeForm) -> str:
        services.change_test(act=act_of(request), test_id=test, values=form.values, made_from=form.made_from)
        return "Saved."

    return form_page(
        request,
        form,
        title=f"Write up test {row.number}",
        back=here(request, "test", test=test),
        back_words=f"Test {row.number}",
        keep=f"test-{test}-{row.version}",
        save=save,
    )


@requires(Verb.WRITE, Thing.TESTING_NOTES)
def finding(request: CouncilRequest, finding: int) -> HttpResponse:
    row = found(reads.finding_of(request.council, finding))
    about = row.action or row.objective
    codes = [(code.code, code.label) for code in reads.ratings_of(request.council)]
    initial = {name: getattr(row, name) for name in ("result", "text", "assured", "version")}
    form = FindingForm(posted(request), codes=codes, initial=initial)

    def save(form: FindingForm) -> str:
        services.record_finding(
            act=act_of(request), finding_id=finding, made_from=form.made_from, **form.values
        )
        return f"What was found about {about} is recorded."

    return form_page(
        request,
        form,
        title=f"{about}: what was found",
        back=here(request, "test", test=row.test_id),
        back_words=f"Test {row.test.number}",
        lead=_what_it_says(row),
        keep=f"finding-{finding}-{row.version}",
        save=save,
    )


def _what_it_says(finding: Any) -> str:
    """The words of the action or objective that was tested."""
    about = finding.action
    return str(about.activity) if about else str(finding.objective.title or finding.objective.text)


@requires(Verb.WRITE, Thing.TESTING_NOTES)
def share(request: CouncilRequest, test: int) -> HttpResponse:
    row = found(reads.test_seen(request.council, test, sight_of(request)))
    if row.shared_at is not None:
        messages.info(request, f"Test {row.number} is shared already: there is nothing more to do.")
        return redirect("boards:test", council=request.council.slug, test=test)

    def save(_form: Form) -> str:
        services.share_test(act=act_of(request), test_id=row.pk)
        return "Notes and findings are shared with the council and the board."

    return form_page(
        request,
        Form(posted(request)),
        title=f"Share test {row.number} for factual accuracy",
        back=here(request, "test", test=test),
        back_words=row.title,
        save=save,
        button="Share",
        lead=(
            "Its notes and findings are then seen by the council, the board and the Department. This cannot be "
            "taken back; you can still write on."
        ),
        warning=True,
    )
