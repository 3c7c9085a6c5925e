"""How far a job is, for whoever waits for it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from councils.guards import own_checks
from councils.rights import Thing, Verb
from files.guards import check_may_read
from files.models import StoredFile
from jobs.models import Job
from jobs.queries import progress_of

STOP_POLLING = 286  # htmx: show this and ask no more


@own_checks
@require_safe
@never_cache
def progress(request: Any, job: uuid.UUID) -> HttpResponse:
    """The page of one job; asked by htmx, what has changed since it last asked (`seen`).

    A finished job without a file to fetch sends a waiting browser on to where it leads.
    """
    found = get_object_or_404(
        Job.objects.select_related("council", "result_file", "result_file__council"), pk=job
    )
    check_may_read(request, found.thing, found.council)
    report = progress_of(found)
    context = {"job": found, "progress": report, "file": _readable_file(request, found)}
    if not request.htmx:
        return render(request, "jobs/progress.html", context)
    if found.state == Job.State.DONE and not context["file"]:
        return HttpResponse(status=STOP_POLLING, headers={"HX-Redirect": found.back_url})
    if not found.finished and request.GET.get("seen") == report.mark:
        return HttpResponse(status=204)
    status = STOP_POLLING if found.finished else 200
    return render(request, "jobs/_progress.html", context, status=status)


def _readable_file(request: Any, job: Job) -> StoredFile | None:
    """The job's result, if the user may also read that."""
    file = job.result_file
    return file if file and request.access.may(Verb.READ, Thing(file.thing), file.council) else None
