"""The way of a document: sent, read, its findings settled by a person, written into the plan or put aside."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from councils.models import Council, User
from councils.rights import Thing
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_job
from plans import reader
from plans.exporting.reading_back import copy_of_plan
from plans.importing.asking import PREFIX
from plans.importing.difference import Difference
from plans.importing.rows import collector_paused
from plans.importing.usual import still_asked, with_a_scale
from plans.importing.which import NotWritten, kind_for, open_plan_of
from plans.importing.writing import difference, rating_codes, write_reading
from plans.models import ColumnMemory, Plan, Reading
from plans.rag import Standing
from plans.reader.headings import roles_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

READ_DOCUMENT, WRITE_DOCUMENT = "plans.read_document", "plans.write_document"
LARGE = 1500  # actions: from here on writing takes longer than somebody waits for a page
MARK = "mark"
STATES = Reading.State.choices
"""How far a document can be on its way into the plan, each with its words."""


class NotReady(Exception):  # noqa: N818
    """The document is not waiting to be confirmed: still being read, refused, written already or put aside."""


@transaction.atomic
def begin_reading(
    *,
    council: Council,
    upload: "UploadedFile[Any]",
    as_at: dt.date,
    by: User,
    now: dt.datetime,
    kind: str = "",
) -> tuple[Reading, Job]:
    """Keep the document as it came and start reading it. Nothing of the plan changes.

    `kind` says which of the council's plans it is, or which is begun with it; left out, the usual one. Raises
    which.AnotherPlan, and files.services.FileRefused for a file that is not even kept: empty, too large, a program.
    """
    kind = kind_for(council, kind)
    name = upload.name or "document"
    file = store_file(council=council, thing=Thing.PLAN_SOURCE, name=name, content=upload, by=by, now=now)
    reading = Reading.objects.create(
        council=council, kind=kind, file=file, as_at=as_at, begun_by=by, begun_at=now
    )
    reading.job = _queue_reading(reading, by=by, now=now)
    reading.save(update_fields=["job"])
    return reading, reading.job


def _queue_reading(reading: Reading, *, by: User, now: dt.datetime) -> Job:
    council = reading.council
    return queue_job(
        kind=READ_DOCUMENT,
        council=council,
        thing=Thing.PLAN_SOURCE,
        title=f"Reading {reading.file.name}",
        back_url=reverse("plans:reading", kwargs={"council": council.slug, "pk": reading.pk}),
        arguments={"reading": reading.pk},
        by=by,
        now=now,
    )


@collector_paused()
def read_document(run: JobRun) -> None:
    """The job: read the stored document and keep what was found, every cell of it, for a person to confirm."""
    reading = Reading.objects.select_related("file").get(pk=run.arguments["reading"])
    if reading.state != Reading.State.READING:
        run.complete()
        return
    with reading.file.content.open("rb") as stored:
        data = stored.read()
    try:
        mapping = _mapping(reading)
        found = copy_of_plan(reading, data, mapping=mapping) or reader.read_plan(
            data, reading.file.name, mapping=mapping, as_at=reading.as_at, progress=run.progress
        )
    except reader.UnreadablePlan as refused:
        # read before, with other columns: what was found then still stands
        reading.state = Reading.State.READY if reading.result else Reading.State.REFUSED
        reading.problem = refused.message
    else:
        reading.state, reading.problem, reading.result = Reading.State.READY, "", reader.to_json(found)
        offered = {finding.id: {choice.key for choice in finding.choices} for finding in found.findings}
        answers = reading.choices.get("findings", {})
        kept = {number: key for number, key in answers.items() if key in offered.get(number, ())}
        reading.choices = reading.choices | {"findings": kept}
    with transaction.atomic():
        reading.save(update_fields=["state", "problem", "result", "choices"])
        run.complete()


def _mapping(reading: Reading) -> reader.Mapping:
    """What this council's columns were corrected to before, and what was corrected in this document."""
    remembered = dict(ColumnMemory.objects.filter(council=reading.council_id).values_list("heading", "role"))
    columns = remembered | reading.choices.get("columns", {})
    return reader.Mapping(
        columns={heading: reader.ColumnRole(role) for heading, role in columns.items()},
        tables=reading.choices.get("tables", {}),
    )


@transaction.atomic
def read_again(
    reading: Reading, *, columns: Mapping[str, str], tables: Mapping[str, bool], by: User, now: dt.datetime
) -> Job:
    """Read the document anew with columns and tables as a person corrected them; nothing of the plan changes.

    `columns` holds a reader.ColumnRole by the column's heading, and is remembered for the council's next document;
    `tables` says by a table's label whether it is part of the plan. What was corrected before, and answers that still
    fit, are kept. Raises NotReady, and ValueError for a role that there is not.
    """
    locked = _waiting(reading)
    _remember(locked.council, {heading: reader.ColumnRole(role) for heading, role in columns.items()})
    earlier = locked.choices
    locked.choices = earlier | {
        "columns": earlier.get("columns", {}) | dict(columns),
        "tables": earlier.get("tables", {}) | dict(tables),
    }
    locked.state = Reading.State.READING
    locked.job = _queue_reading(locked, by=by, now=now)
    locked.save(update_fields=["choices", "state", "job"])
    return locked.job


def _remember(council: Council, columns: Mapping[str, reader.ColumnRole]) -> None:
    """Keep what columns under some headings are, for the council's next document."""
    for heading, role in columns.items():
        ColumnMemory.objects.update_or_create(
            council=council, heading=heading[:500], defaults={"role": role.value}
        )


def as_chosen(reading: Reading) -> reader.Reading:
    """What was found, with the standings and findings settled the way the user chose so far."""
    found = reader.from_json(reading.result or {})
    found = with_a_scale(found, rating_codes(open_plan_of(reading.council, reading.kind)))
    found = reader.accept(found, still_asked(found, reading.choices.get("findings", {})))
    return with_standings(found, reading.choices.get("standings", {}))


def open_suggestions(found: reader.Reading) -> dict[str, str]:
    """What the reader would answer to findings that nobody has answered, by the finding's id."""
    return {f.id: f.suggestion for f in found.findings if f.suggestion is not None and f.chosen is None}


def with_standings(found: reader.Reading, standings: Mapping[str, str]) -> reader.Reading:
    """The reading with the standings of its legend as a person confirmed them ("mark": no rating at all)."""
    entries = tuple(
        replace(
            entry,
            is_mark=standings[entry.code] == MARK,
            standing=None if standings[entry.code] == MARK else Standing(standings[entry.code]),
        )
        if standings.get(entry.code)
        else entry
        for entry in found.scale
    )
    return replace(found, scale=entries)


def foreseen(reading: Reading) -> Difference:
    """What confirming would change in the plan of the document's kind as it is now."""
    plan = open_plan_of(reading.council, reading.kind)
    return difference(as_chosen(reading), plan, reading.choices.get("matching", {}))


def open_answers(reading: Reading) -> dict[str, str]:
    """What would be answered to every open finding and question that has a suggestion, by its id."""
    suggested = open_suggestions(as_chosen(reading))
    questions = foreseen(reading).open_questions
    return suggested | {q.id: q.suggestion for q in questions if q.suggestion is not None}


@transaction.atomic
def choose(
    reading: Reading, *, findings: Mapping[str, str], standings: Mapping[str, str], suggested: bool = False
) -> None:
    """Keep what the user settled; `suggested` takes what is suggested wherever nothing was answered.

    `findings` holds a choice by the id of a finding or of a question about which action is meant; an empty one takes
    the answer back, and what is not named keeps the answer that it has. Raises NotReady, and reader.UnknownChoice for
    an answer that was not offered.
    """
    locked = _waiting(reading)
    offered = {
        question.id: {choice.key for choice in question.choices} for question in foreseen(locked).questions
    }
    earlier = locked.choices.get("findings", {}) | locked.choices.get("matching", {})
    answers = {number: key for number, key in (earlier | dict(findings)).items() if key}
    if suggested:
        answers = open_answers(locked) | answers
    _keep(locked, answers, standings)
    for number, key in findings.items():
        if key and number.startswith(PREFIX) and key not in offered.get(number, ()):
            raise reader.UnknownChoice(f"question {number} has no choice {key!r}")
    as_chosen(locked)  # raises for an answer that was not offered, before it is kept
    if suggested:  # an answer can bring a question of its own
        _keep(locked, open_answers(locked) | answers, standings)
    locked.save(update_fields=["choices"])


def _keep(reading: Reading, answers: Mapping[str, str], standings: Mapping[str, str]) -> None:
    reading.choices = reading.choices | {
        "findings": {number: key for number, key in answers.items() if not number.startswith(PREFIX)},
        "matching": {number: key for number, key in answers.items() if number.startswith(PREFIX)},
        "standings": reading.choices.get("standings", {}) | dict(standings),
    }


@collector_paused()
@transaction.atomic
def confirm(reading: Reading, *, by: User, now: dt.datetime) -> tuple[Plan, Difference]:
    """Write the document into the plan, all of it or nothing.

    Raises NotReady if that was done or put aside, and which.NotWritten where the plan that there is forbids it.
    """
    locked = _waiting(reading)
    found = as_chosen(locked)
    plan, written = write_reading(
        found,
        council=locked.council,
        as_at=locked.as_at,
        by=by,
        now=now,
        kind=locked.kind,
        stored=locked,
        answers=locked.choices.get("matching", {}),
    )
    if (
        found.copy is not None
    ):  # its columns are known by what they hold; a document without that is to know them too
        _remember(
            locked.council,
            {
                column.heading: column.role
                for column in found.columns
                if column.role != reader.ColumnRole.OTHER and roles_of(column.heading)[:1] != (column.role,)
            },
        )
    locked.state, locked.plan, locked.written_at = Reading.State.WRITTEN, plan, now
    locked.save(update_fields=["state", "plan", "written_at"])
    return plan, written


def is_large(reading: Reading) -> bool:
    """Whether writing the document is work for a job."""
    return len((reading.result or {}).get("actions", ())) >= LARGE


def confirm_by_job(reading: Reading, *, by: User, now: dt.datetime) -> Job:
    """Have the document written by a job, with its progress on a page. Raises NotReady like `confirm`."""
    with transaction.atomic():
        locked = _waiting(reading)
        return queue_job(
            kind=WRITE_DOCUMENT,
            council=locked.council,
            thing=Thing.PLAN_SOURCE,
            title=f"Writing {locked.file.name} into the plan",
            back_url=reverse("plans:plan", kwargs={"council": locked.council.slug}),
            arguments={"reading": locked.pk, "by": by.pk},
            by=by,
            now=now,
        )


def write_document(run: JobRun) -> None:
    """The job: write a confirmed document, once. A second attempt finds it written and is done."""
    with transaction.atomic():
        reading = Reading.objects.get(pk=run.arguments["reading"])
        written: dict[str, int] | None = None
        if reading.state == Reading.State.READY:
            by = User.objects.get(pk=run.arguments["by"])
            try:
                _, found = confirm(reading, by=by, now=run.clock())
            except NotWritten as refused:
                raise JobRefused(str(refused)) from refused
            written = found.counts
        run.complete(written)


@transaction.atomic
def give_up_if_ended(reading: Reading) -> None:
    """A document whose job ended without reading it: what was found before stands, else it is refused."""
    if not (reading.being_read and reading.job is not None and reading.job.finished):
        return
    locked = Reading.objects.select_for_update(of=("self",)).select_related("job").get(pk=reading.pk)
    if locked.state == Reading.State.READING:
        locked.state = Reading.State.READY if locked.result else Reading.State.REFUSED
        locked.problem = (locked.job.problem if locked.job else "") or "The document could not be read"
        locked.save(update_fields=["state", "problem"])
    reading.refresh_from_db()


@transaction.atomic
def leave(reading: Reading) -> None:
    """Put the document aside; it and what was found stay kept. Raises NotReady if it was written already."""
    locked = _waiting(reading)
    locked.state = Reading.State.LEFT
    locked.save(update_fields=["state"])


def _waiting(reading: Reading) -> Reading:
    locked = (
        Reading.objects.select_for_update(of=("self",)).select_related("council", "file").get(pk=reading.pk)
    )
    if locked.state != Reading.State.READY:
        raise NotReady(locked.get_state_display())
    return locked
