"""The notice: provision by provision, who owes what and when; its versions, and what an amendment changed."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.beside import answers
from notices.deadlines.queries import deadlines_of
from notices.queries import notice as queries
from notices.queries.corrections import corrections_of
from notices.queries.register import entries

FILTERS = {"": "Everything", "gaps": "Gaps", "due": "Due or overdue", "met": "Met"}


@require_safe
@requires(Verb.READ, Thing.NOTICE)
def notice(request: CouncilRequest) -> HttpResponse:
    """The instrument asked for, else the latest one in force that was read in."""
    chain = queries.instruments_of(request.council)
    chosen = _chosen(request, chain)
    context: dict[str, Any] = {
        "chain": chain,
        "instrument": chosen,
        "steps": queries.timeline(request.council),
        "agreements": [entry for entry in entries(request.council) if entry.stands],
        "may_write": request.access.may(Verb.WRITE, Thing.NOTICE, request.council),
        "may_read_in": request.access.may(Verb.WRITE, Thing.NOTICE_SOURCE, request.council),
        "filters": FILTERS,
    }
    if chosen is not None:
        context |= _words(request, chosen)
        newest = bool(context["versions"]) and context["held"] == context["versions"][0]
        context["may_correct"] = context["may_write"] and chosen.ended_on is None and newest
        context["corrected"] = len(corrections_of(request.council))
    return render(request, "notices/notice.html", context)


def _chosen(request: CouncilRequest, chain: list[Any]) -> Any:
    asked = request.GET.get("instrument", "")
    if asked:
        found = next((one for one in chain if str(one.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    written = [one for one in chain if one.versions.all()]
    standing = [one for one in written if one.ended_on is None]
    return next(iter(standing or written or chain), None)


def _words(request: CouncilRequest, instrument: Any) -> dict[str, Any]:
    versions = queries.versions_of(instrument)
    if not versions:
        return {"versions": [], "paragraphs": []}
    asked = request.GET.get("version", "")
    version = next((one for one in versions if str(one.number) == asked), None)
    if version is None and asked:
        raise Http404
    version = version or versions[0]
    show = request.GET.get("show", "")
    every = queries.paragraphs(version, deadlines_of(request.council, today=timezone.localdate()))
    owed = [one for paragraph in every for one in paragraph.owed]
    return {
        "versions": versions,
        "held": version,
        "beside": answers(request, instrument.pk),
        "paragraphs": queries.shown(every, show),
        "provisions": len(every),
        "show": show if show in FILTERS else "",
        "counts": {
            key: len([one for paragraph in queries.shown(every, key) for one in paragraph.owed])
            for key in ("gaps", "due", "met")
        },
        "owed": len(owed),
    }


@require_safe
@requires(Verb.READ, Thing.NOTICE)
def chain(request: CouncilRequest) -> HttpResponse:
    """Inspections and instruments with all that is known of them, latest first."""
    instruments = queries.instruments_of(request.council)
    context = {
        "steps": queries.timeline(request.council),
        "standing": [one for one in instruments if one.ended_on is None],
        "may_write": request.access.may(Verb.WRITE, Thing.NOTICE, request.council),
        "may_read_in": request.access.may(Verb.WRITE, Thing.NOTICE_SOURCE, request.council),
    }
    return render(request, "notices/chain.html", context)


@require_safe
@requires(Verb.READ, Thing.NOTICE)
def compare(request: CouncilRequest, instrument: int) -> HttpResponse:
    """What changed between a version (`to`, else the latest) and another (`from`, else the one before it)."""
    found = queries.instrument_of(request.council, instrument)
    versions = {str(one.number): one for one in queries.versions_of(found)} if found else {}
    if len(versions) < 2:  # noqa: PLR2004 - nothing to compare
        raise Http404
    numbers = list(versions)
    new = versions.get(request.GET.get("to", numbers[0]))
    old = versions.get(request.GET.get("from", str(new.number - 1 if new else 0)))
    if new is None or old is None or old.number >= new.number:
        raise Http404
    context = {"instrument": found, "old": old, "new": new, "changes": queries.comparison(old, new)}
    return render(request, "notices/compare.html", context)
