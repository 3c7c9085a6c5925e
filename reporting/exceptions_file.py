"""The Director's exception report as a Word file: made by a job for whoever asked, from the plan as it stands then."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from boards.services.records import Act
from councils.rights import Thing
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_once
from plans.exporting.letters import write_letter
from plans.queries import open_plan
from reporting.exceptions import exception_letter, exceptions_of

MAKE = "reporting.exception_report"


@transaction.atomic
def ask_for_exceptions(*, act: Act) -> Job:
    """Have the report made; the job under way where that was just asked. Returns at once."""
    return queue_once(
        kind=MAKE,
        council=act.council,
        thing=Thing.EXCEPTION_REPORT,
        title="Exception report as a Word document",
        back_url=reverse("reporting:overview", kwargs={"council": act.council.slug}),
        arguments={},
        by=act.by,
        now=act.now,
    )


def make_exceptions_file(run: JobRun) -> dict[str, Any] | None:
    """The job. Raises JobRefused where there is no plan to report on."""
    council = run.job.council
    plan = open_plan(council) if council else None
    if council is None or plan is None:
        raise JobRefused("There is no plan yet, so there is nothing to report.")
    now = run.clock()
    facts = exceptions_of(council, plan, today=timezone.localdate(now), now=now)
    content = write_letter(exception_letter(facts, now=now))
    with transaction.atomic():
        run.result_file = store_file(
            council=council,
            thing=Thing.EXCEPTION_REPORT,
            name=f"{slugify(council.name)[:60]}-exceptions-{facts.on.isoformat()}.docx",
            content=content,
            by=run.job.asked_by,
            now=now,
        )
        run.complete({})
    return None
