"""Choosing the sections of reports: usually, and for those that one notice or direction asks for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.services.records import Refused
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.queries.notice import instrument_of, instruments_of
from reporting.reports.kinds import KINDS, Kind
from reporting.reports.templates import choose_sections, chosen_parts, templates_of, use_usual
from reporting.views.reports_common import act_of


@requires(Verb.WRITE, Thing.REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: CouncilRequest, kind: str) -> HttpResponse:
    """Which sections the reports of a kind have, in which order, under which headings; `for` is the instrument."""
    of = KINDS.get(kind)
    if of is None or not request.access.may(Verb.WRITE, of.drafts, request.council):
        raise Http404
    instrument = _instrument(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _save(request, of, instrument)
        if not errors:
            messages.success(request, "The sections are set. Reports that are begun keep theirs.")
            return redirect("reporting:reports", council=request.council.slug)
    number = instrument.pk if instrument else None
    chosen = chosen_parts(request.council, of, number)
    places = {part.code: (place, heading) for place, (part, heading) in enumerate(chosen, start=1)}
    own = set(templates_of(request.council, of).values_list("instrument_id", flat=True))
    context = {
        "kind": of,
        "instrument": instrument,
        "instruments": [
            one for one in instruments_of(request.council) if one.ended_on is None or one.pk in own | {number}
        ],
        "own": own,
        "rows": [(part, *places.get(part.code, ("", part.heading))) for part in of.parts],
        "posted": request.POST,
        "errors": errors,
    }
    return render(request, "reporting/reports/template.html", context, status=422 if errors else 200)


def _instrument(request: CouncilRequest) -> Any:
    said = request.GET.get("for", "")
    if not said:
        return None
    found = instrument_of(request.council, int(said)) if said.isdecimal() and len(said) <= 9 else None  # noqa: PLR2004
    if found is None:
        raise Http404
    return found


def _save(request: CouncilRequest, kind: Kind, instrument: Any) -> dict[str, str]:
    """Save what was sent; returns what is wrong with it."""
    if instrument is not None and "usual" in request.POST:
        use_usual(act=act_of(request), kind_code=kind.code, instrument=instrument)
        return {}
    sections, errors = _sent(request.POST, kind)
    if not errors:
        try:
            choose_sections(
                act=act_of(request), kind_code=kind.code, sections=sections, instrument=instrument
            )
        except Refused as refused:
            errors = {f"place-{kind.parts[0].code}": words for words in refused.errors.values()}
    return errors


def _sent(posted: QueryDict, kind: Kind) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The sections in the order of their places, and what is wrong with those."""
    errors: dict[str, str] = {}
    placed = []
    for count, part in enumerate(kind.parts, 1):
        said = posted.get(f"place-{part.code}", "").strip()
        if not said:
            continue
        if not (said.isdecimal() and len(said) <= 2):  # noqa: PLR2004
            errors[f"place-{part.code}"] = f"The place of “{part.heading}” must be a number from 1 to 99"
            continue
        placed.append(
            ((int(said), count), {"code": part.code, "heading": posted.get(f"heading-{part.code}", "")})
        )
    return [row for _, row in sorted(placed, key=lambda found: found[0])], errors
