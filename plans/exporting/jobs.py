"""A plan's file made by a job, kept as a file that only those may fetch who may read that plan."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from councils.access import Access, access_of
from councils.models import Council, User
from councils.roles import Role
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_once
from plans.exporting.gathering import Found, NothingToExport, book_of, find_table
from plans.exporting.making import Format, make
from plans.exporting.press import PrintingFailed
from plans.exporting.wanted import words_of
from plans.seen import Asker
from plans.table import Filters

EXPORT = "plans.export"


@dataclass(frozen=True)
class _Asker:
    access: Access
    council: Council
    user: User


def queue_export(
    asker: Asker,
    *,
    found: Found,
    kind: Format,
    as_at: dt.date | None,
    filters: Filters,
    now: dt.datetime,
) -> Job:
    """Have a plan's file made, narrowed to what the filters ask for; the job under way where that was just asked.

    It is made by what whoever asks may see then, in the roles in which they ask: a token's is one of several.
    """
    council, by = asker.council, asker.user
    arguments = {
        "format": kind.value,
        "as_at": as_at.isoformat() if as_at else None,
        "filters": asdict(filters),
        "by": by.pk,
        "roles": sorted(asker.access.roles(council)),
    }
    return queue_once(
        kind=EXPORT,
        council=council,
        thing=found.thing,
        title=f"{kind.label} of {found.plan.title}"[:200],
        back_url=reverse("plans:plan", kwargs={"council": council.slug}),
        arguments=arguments,
        by=by,
        now=now,
    )


def export(run: JobRun) -> dict[str, Any]:
    """The job: make the file for whoever asked, by what they may see at this moment, and keep it."""
    council = run.job.council
    if council is None:
        raise JobRefused("There is no council to make a file of.")
    now = run.clock()
    today = timezone.localdate(now)
    user = User.objects.get(pk=run.arguments["by"])
    roles = map(Role, run.arguments.get("roles", Role))  # one that waited over an upgrade does not say
    asker = _Asker(access_of(user, today=today).acting_in(roles, council), council, user)
    as_at = run.arguments["as_at"]
    try:
        found = find_table(asker, as_at=dt.date.fromisoformat(as_at) if as_at else None, today=today)
    except NothingToExport as nothing:
        raise JobRefused(str(nothing)) from nothing
    if found.thing != run.job.thing:
        raise JobRefused("What you may see of this plan has changed. Ask for the file again.")
    filters = Filters(**run.arguments["filters"])
    book = book_of(found, asker, filters=filters, narrowed=words_of(filters, found.table), now=now)
    try:
        made = make(book, Format(run.arguments["format"]), lambda step: run.progress(0, 0, step))
    except PrintingFailed as failed:
        raise RuntimeError(f"the PDF of {council} could not be drawn: {failed}") from failed
    with transaction.atomic():
        run.result_file = store_file(
            council=council, thing=found.thing, name=made.name, content=made.content, by=user, now=now
        )
        run.complete({"actions": len(book.lines)})
    return {"actions": len(book.lines)}
