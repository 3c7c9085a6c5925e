"""A lead's rows as an Excel sheet, and the sheet sent back: what it changes, what it cannot, one button."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from plans.answering.sheets import SIZE_LIMIT, Answer, Problem, Returned, make_sheet, read_sheet
from plans.forms import SheetForm
from plans.reader import UnreadablePlan
from plans.services import Conflict, Refused, Report, Source, record_update
from plans.views.answering import Channel

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "plans.sheet"
A_DAY = 24 * 3600


@dataclass(frozen=True)
class Taken:
    """One answer of a sheet, and why it cannot be taken, where it cannot."""

    answer: Answer
    why_not: str = ""


def download(request: Any, way: Channel) -> HttpResponse:
    """The lead's rows, in order of need."""
    todos = way.answers().todos
    data = make_sheet(
        todos,
        plan=way.plan.pk,
        title=f"{way.plan.title}: {way.title[0].lower()}{way.title[1:]}",
        asked=f"For {way.asked.label}.",
        ratings=way.table.ratings,
    )
    name = f"{way.council.slug}-{slugify(way.title)}-{way.today.isoformat()}.xlsx"
    return HttpResponse(
        data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def upload(request: Any, way: Channel) -> HttpResponse:
    """Choose the file; see what it changes; write it."""
    if request.method != "POST":
        return _page(request, way, {})
    if "confirmed" in request.POST:
        return _confirm(request, way)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, way, {name: str(found[0]) for name, found in form.errors.items()})
    document = form.cleaned_data["document"]
    try:
        returned = read_sheet(document.read(SIZE_LIMIT + 1), ratings=way.table.ratings)
    except UnreadablePlan as unreadable:
        return _page(request, way, {"document": unreadable.message})
    if returned.plan != way.plan.pk:
        return _page(request, way, {"document": "This sheet is of another plan. Download it from this page."})
    return _preview(request, way, returned)


def _page(request: Any, way: Channel, errors: dict[str, str]) -> HttpResponse:
    context = {"way": way, "errors": errors, "asked": way.asked}
    return render(request, "plans/answering/sheet.html", context, status=422 if errors else 200)


def _preview(request: Any, way: Channel, returned: Returned) -> HttpResponse:
    taken = _take(way, returned.answers, only_look=True)
    good = [one.answer for one in taken if not one.why_not]
    context = {
        "way": way,
        "good": good,
        "problems": sorted(returned.problems + _problems(taken), key=lambda problem: problem.row),
        "untouched": returned.untouched,
        "sealed": _sealed(way, good),
        "codes": {code.code: code for code in way.table.ratings},
    }
    return render(request, "plans/answering/sheet_preview.html", context)


def _problems(taken: list[Taken]) -> list[Problem]:
    return [Problem(one.answer.row, one.answer.ref, one.why_not) for one in taken if one.why_not]


def _sealed(way: Channel, answers: list[Answer]) -> str:
    """What was shown, so that exactly that is written; of use on this way and for this plan alone, for a day."""
    rows = [[a.number, a.version, a.ref, a.row, a.values, a.same] for a in answers]
    return signing.dumps({"home": way.url(), "plan": way.plan.pk, "rows": rows}, salt=SALT, compress=True)


def _confirm(request: Any, way: Channel) -> HttpResponse:
    try:
        sent = signing.loads(request.POST["confirmed"], salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        sent = {}
    if (sent.get("home"), sent.get("plan")) != (way.url(), way.plan.pk):
        return _page(request, way, {"document": "The preview is too old. Choose the file once more."})
    answers = [
        Answer(number, version, ref, row, values, {}, same)
        for number, version, ref, row, values, same in sent["rows"]
    ]
    taken = _take(way, answers)
    context = {
        "way": way,
        "done": [one.answer for one in taken if not one.why_not],
        "problems": _problems(taken),
        "answers": way.answers(fresh=True),
    }
    return render(request, "plans/answering/sheet_done.html", context)


def _take(way: Channel, answers: list[Answer], *, only_look: bool = False) -> list[Taken]:
    """Record each answer by the rules that hold on pages; with `only_look` nothing of it stays."""
    own = {row.id for row in way.table.actions if way.leads(row)}
    taken = []
    with transaction.atomic():
        for answer in answers:
            why_not = "" if answer.number in own else "It is not, or no longer, an action of this lead"
            taken.append(Taken(answer, why_not or _record(way, answer)))
        if only_look:
            transaction.set_rollback(True)
    return taken


def _record(way: Channel, answer: Answer) -> str:
    """Record one answer; returns why it could not be, or "" where it was."""
    values = answer.values
    report = Report(
        on=way.speaks_of,
        rating=values["rating"],
        narrative=values["narrative"],
        reason=values["reason"],
        next_step=values["next_step"],
        impact=values["impact"],
        source=Source.SHEET,
        said_by=way.said_by,
    )
    try:
        record_update(
            council=way.council,
            action_id=answer.number,
            report=report,
            version=answer.version,
            by=way.by,
            now=timezone.now(),
            today=way.today,
        )
    except Refused as refused:
        return ". ".join(refused.errors.values())
    except Conflict as conflict:
        theirs = ", ".join(f"“{value or 'none'}”" for value in conflict.theirs.values())
        return f"{conflict.by_name} changed it since the sheet was made: it says {theirs} now"
    return ""
