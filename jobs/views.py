"""How far a job is, for whoever waits for it."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from councils.guards import own_checks
from councils.rights import Thing, Verb
from files.guards import check_may_read
from jobs.queries import find_job, progress_of

STOP_POLLING = 286  # htmx: show this and ask no more


@own_checks
@require_safe
@never_cache
def progress(request: Any, job: uuid.UUID) -> HttpResponse:
    """The page of one job; asked by htmx, what has changed since it last asked (`seen`).

    A finished job without a file to fetch sends the browser on to where it leads: one that waited, and one that
    comes when the work is done already, as happens where the worker is quicker than the page.
    """
    found = find_job(job)
    if found is None:
        raise Http404
    check_may_read(request, found.thing, found.council)
    report = progress_of(found)
    file = found.result_file
    if file and not request.access.may(Verb.READ, Thing(file.thing), file.council):
        file = None
    if found.finished and not found.problem and not file:
        if request.htmx:
            return HttpResponse(status=STOP_POLLING, headers={"HX-Redirect": found.back_url})
        return redirect(found.back_url)
    context = {"job": found, "progress": report, "file": file}
    if not request.htmx:
        return render(request, "jobs/progress.html", context)
    if not found.finished and request.GET.get("seen") == report.mark:
        return HttpResponse(status=204)
    status = STOP_POLLING if found.finished else 200
    # asked for every second, so without what only whole pages need
    return HttpResponse(render_to_string("jobs/_progress.html", context), status=status)
