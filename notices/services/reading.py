"""The way of a notice: sent or pasted, read, corrected by people, confirmed or put aside."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from councils.models import Council, User
from councils.rights import Thing
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRun
from jobs.services import queue_job
from notices.drafting import Draft, draft_of, new_key
from notices.models import Instrument, NoticeReading
from notices.reader import UnreadableNotice, read_notice
from notices.services.merging import proposed
from notices.services.refusals import Conflict, Refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

READ_NOTICE = "notices.read_notice"


class NotReady(Exception):  # noqa: N818
    """The reading does not wait for a person: being read, refused, confirmed already or put aside."""


@transaction.atomic
def begin_reading(
    *,
    council: Council,
    upload: "UploadedFile[Any]",
    by: User | None,
    now: dt.datetime,
    instrument: Instrument | None = None,
) -> NoticeReading:
    """Keep the file as it came and have a job read it; as the next version of `instrument` where one is given.

    Raises files.services.FileRefused for a file that is not even kept: empty, too large, a program.
    """
    name = upload.name or "notice"
    file = store_file(council=council, thing=Thing.NOTICE_SOURCE, name=name, content=upload, by=by, now=now)
    reading = NoticeReading.objects.create(
        council=council, file=file, instrument=instrument, begun_by=by, begun_at=now
    )
    reading.job = queue_job(
        kind=READ_NOTICE,
        council=council,
        thing=Thing.NOTICE_SOURCE,
        title=f"Reading {file.name}",
        back_url=reverse("notices:reading", kwargs={"council": council.slug, "pk": reading.pk}),
        arguments={"reading": reading.pk},
        by=by,
        now=now,
    )
    reading.save(update_fields=["job"])
    return reading


@transaction.atomic
def read_pasted(
    *,
    council: Council,
    text: str,
    by: User | None,
    now: dt.datetime,
    instrument: Instrument | None = None,
) -> NoticeReading:
    """Read pasted words at once. Raises Refused where they are no notice; nothing is kept then."""
    try:
        found = read_notice(text.encode(), "pasted text")
    except UnreadableNotice as refused:
        raise Refused("pasted", str(refused)) from refused
    return NoticeReading.objects.create(
        council=council,
        pasted=text,
        instrument=instrument,
        state=NoticeReading.State.READY,
        proposal=proposed(found, instrument),
        begun_by=by,
        begun_at=now,
    )


def read_stored(run: JobRun) -> None:
    """The job: read the stored file and keep the proposal for a person to confirm. A second run finds it done."""
    reading = NoticeReading.objects.select_related("file", "instrument").get(pk=run.arguments["reading"])
    if reading.state == NoticeReading.State.READING and reading.file is not None:
        with reading.file.content.open("rb") as stored:
            data = stored.read()
        try:
            found = read_notice(data, reading.file.name)
        except UnreadableNotice as refused:
            reading.state, reading.problem = NoticeReading.State.REFUSED, str(refused)
        else:
            reading.state = NoticeReading.State.READY
            reading.proposal = proposed(found, reading.instrument)
    with transaction.atomic():
        reading.save(update_fields=["state", "problem", "proposal"])
        run.complete()


@transaction.atomic
def give_up(reading: NoticeReading) -> None:
    """A reading whose job ended without an answer is refused, so that nobody waits for it."""
    locked = NoticeReading.objects.select_for_update(of=("self",)).select_related("job").get(pk=reading.pk)
    if locked.state == NoticeReading.State.READING:
        locked.state = NoticeReading.State.REFUSED
        locked.problem = (locked.job.problem if locked.job else "") or "The file could not be read"
        locked.save(update_fields=["state", "problem"])
    reading.refresh_from_db()


def as_chosen(reading: NoticeReading) -> Draft:
    """The notice as people have made it so far."""
    return draft_of(reading.proposal or {}, reading.choices, amends=reading.instrument_id is not None)


@transaction.atomic
def choose(
    reading: NoticeReading, *, version: int, about: Mapping[str, str], answers: Mapping[str, str]
) -> NoticeReading:
    """Keep what was said of the notice itself and answered to its questions.

    An answer of "" takes an earlier one back. Whoever says otherwise whether the rest of an amended notice stays looks
    at another proposal: answers and corrections begin anew with it. Raises NotReady, and Conflict where somebody else
    changed the reading since `version`.
    """
    locked = waiting(reading, version)
    if about.get("rest", "") not in ("", as_chosen(locked).about["rest"]):
        locked.choices = {"about": {**locked.choices.get("about", {}), **about}}
        return _saved(locked)
    kept = {**locked.choices.get("answers", {}), **answers}
    locked.choices = locked.choices | {
        "about": {**locked.choices.get("about", {}), **about},
        "answers": {number: answer for number, answer in kept.items() if answer},
    }
    return _saved(locked)


@transaction.atomic
def correct_obligation(
    reading: NoticeReading, key: str, values: Mapping[str, Any], *, version: int
) -> NoticeReading:
    """Put a person's fields in the place of those proposed; {"dropped": True} leaves the obligation out.

    Raises NotReady and Conflict like `choose`, Refused for an obligation that is not there.
    """
    locked = waiting(reading, version)
    if as_chosen(locked).obligation(key) is None:
        raise Refused("key", "This obligation is no longer part of the reading")
    corrected = dict(locked.choices.get("obligations", {}))
    corrected[key] = {**corrected.get(key, {}), **values}
    locked.choices = locked.choices | {"obligations": corrected}
    return _saved(locked)


@transaction.atomic
def as_proposed(reading: NoticeReading, key: str, *, version: int) -> NoticeReading:
    """Take a person's corrections of one obligation back."""
    locked = waiting(reading, version)
    corrected = {
        name: values for name, values in locked.choices.get("obligations", {}).items() if name != key
    }
    locked.choices = locked.choices | {"obligations": corrected}
    return _saved(locked)


@transaction.atomic
def add_obligation(reading: NoticeReading, values: Mapping[str, Any], *, version: int) -> str:
    """Add an obligation that the reader did not find, and return its key. Raises NotReady and Conflict."""
    locked = waiting(reading, version)
    draft = as_chosen(locked)
    place = next((one for one in draft.requirements if one.ref == values["requirement"]), None)
    if place is None:
        raise Refused("requirement", "Choose the provision that it comes from")
    key = new_key(draft, place.ref)
    quoted = {"key": key, "quote": place.text, "start": place.start, "end": place.end}
    locked.choices = locked.choices | {
        "added": [*locked.choices.get("added", []), {**values, **quoted}],
    }
    _saved(locked)
    return key


@transaction.atomic
def correct_requirement(
    reading: NoticeReading, ref: str, values: Mapping[str, str], *, version: int
) -> NoticeReading:
    """Put a person's heading, words or place in the tree in the place of those read."""
    locked = waiting(reading, version)
    corrected = dict(locked.choices.get("requirements", {}))
    corrected[ref] = {**corrected.get(ref, {}), **values}
    locked.choices = locked.choices | {"requirements": corrected}
    return _saved(locked)


@transaction.atomic
def leave(reading: NoticeReading, *, now: dt.datetime) -> None:
    """Put the reading aside; file and proposal stay kept. Raises NotReady."""
    locked = waiting(reading)
    locked.state, locked.closed_at = NoticeReading.State.LEFT, now
    locked.save(update_fields=["state", "closed_at"])


def waiting(reading: NoticeReading, version: int | None = None) -> NoticeReading:
    """The reading, locked. Raises NotReady, and Conflict for another version than the one that was looked at."""
    locked = (
        NoticeReading.objects.select_for_update(of=("self",))
        .select_related("council", "file", "instrument")
        .get(pk=reading.pk)
    )
    if locked.state != NoticeReading.State.READY:
        raise NotReady(locked.get_state_display())
    if version is not None and version != locked.version:
        raise Conflict(locked.version)
    return locked


def _saved(reading: NoticeReading) -> NoticeReading:
    reading.version += 1
    reading.save(update_fields=["choices", "version"])
    return reading


def job_of(reading: NoticeReading) -> Job | None:
    """The job that still reads the file, if there is one."""
    return reading.job if reading.being_read and reading.job and not reading.job.finished else None
