"""Who changed what in a council, and who opened its files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.change_log.forms import LogFilter
from councils.change_log.lines import lines
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from history import queries
from history.labels import noun_of

PAGE = 50


@require_safe
@requires(Verb.READ, Thing.CHANGE_LOG)
def log(request: CouncilRequest) -> HttpResponse:
    """What was changed, latest first; reading in a document is one line until somebody asks for all of it."""
    everything = queries.log_of(request.council.pk)
    kinds = [(subject, noun_of(subject).capitalize()) for subject in queries.subjects_in(everything)]
    form = LogFilter(request.GET, people=queries.people_in(everything), kinds=kinds)
    chosen = form.chosen()
    found = queries.log_of(
        request.council.pk,
        by_id=chosen.get("person"),
        subject=chosen.get("kind", ""),
        since=chosen.get("since"),
        until=chosen.get("until"),
        batch=chosen.get("batch"),
    )
    shown = found if "batch" in chosen else queries.one_of_each_batch(found)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    sizes = queries.sizes_of_batches(found, [row.batch for row in page if row.batch])
    listed = lines(page, {} if "batch" in chosen else sizes)
    return render(request, "history/log.html", {"lines": listed, **_frame(request, form, page)})


@require_safe
@requires(Verb.READ, Thing.CHANGE_LOG)
def reads(request: CouncilRequest) -> HttpResponse:
    """Who opened which file, latest first."""
    form = LogFilter(request.GET, people=queries.people_in(queries.reads_of(request.council.pk)), kinds=[])
    chosen = form.chosen()
    found = queries.reads_of(
        request.council.pk,
        by_id=chosen.get("person"),
        since=chosen.get("since"),
        until=chosen.get("until"),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "history/reads.html", _frame(request, form, page))


def _frame(request: CouncilRequest, form: LogFilter, page: Any) -> dict[str, Any]:
    def link(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "form": form,
        "errors": {name: errors[0] for name, errors in form.errors.items()},
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
        "wide": True,
    }
