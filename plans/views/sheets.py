"""A lead's rows as an Excel sheet, and the sheet sent back: what it changes, what it cannot, one button."""

from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plans.answering.handing import XLSX, Speaker, Taken, problems_of, sheet_of, take_answers
from plans.answering.sheets import SIZE_LIMIT, Answer, Returned, read_sheet
from plans.forms import SheetForm
from plans.reader import UnreadablePlan
from plans.views.answering import Channel

SALT = "plans.sheet"
A_DAY = 24 * 3600


def download(request: Any, way: Channel) -> HttpResponse:
    """The lead's rows, in order of need."""
    name, data = sheet_of(way.plan, way.table, way.answers(), way.asked, title=way.title, today=way.today)
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
        "problems": sorted(returned.problems + problems_of(taken), key=lambda problem: problem.row),
        "untouched": returned.untouched,
        "sealed": _sealed(way, good),
        "codes": {code.code: code for code in way.table.ratings},
    }
    return render(request, "plans/answering/sheet_preview.html", context)


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
        "problems": problems_of(taken),
        "answers": way.answers(fresh=True),
    }
    return render(request, "plans/answering/sheet_done.html", context)


def _take(way: Channel, answers: list[Answer], *, only_look: bool = False) -> list[Taken]:
    speaker = Speaker(way.council, way.leads, way.speaks_of, way.by, way.said_by, way.today)
    return take_answers(answers, way.table, speaker, now=timezone.now(), only_look=only_look)
