"""The chain of instruments: recorded, corrected, ended."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction

from councils.models import Council, User
from files.models import StoredFile
from history.services import ChangeLog
from notices.models import Event, Instrument
from notices.services.events import About, record_event
from notices.services.refusals import Conflict, Refused
from notices.services.said import said

INSTRUMENT = "notices.instrument"
END_EVENTS = {
    Instrument.End.LIFTED: Event.Kind.NOTICE_LIFTED,
    Instrument.End.CANCELLED: Event.Kind.NOTICE_CANCELLED,
    Instrument.End.RESCINDED: Event.Kind.NOTICE_RESCINDED,
    Instrument.End.REPLACED: Event.Kind.NOTICE_REPLACED,
}


@dataclass(frozen=True, kw_only=True)
class InstrumentFacts:
    """What is known of one link of the chain."""

    kind: str
    on: dt.date
    decided_by: str = ""
    grounds: str = ""
    label: str = ""
    link: str = ""
    file: StoredFile | None = None

    def values(self) -> dict[str, Any]:
        """The values by the model's names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How an instrument ended, with the document's own word for it."""

    on: dt.date
    end: str
    words: str = ""
    by: str = ""
    grounds: str = ""
    link: str = ""
    file: StoredFile | None = None


@transaction.atomic
def record_instrument(
    *,
    council: Council,
    facts: InstrumentFacts,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    replaces: Instrument | None = None,
) -> Instrument:
    """Record a link of the chain that was not read in as a document. What it replaces ends as replaced, that day.

    Raises Refused for a day in the future, or before that of the instrument it replaces.
    """
    _check(facts, today, replaces)
    instrument = Instrument.objects.create(council=council, replaces=replaces, **facts.values())
    log = ChangeLog(council_id=council.pk, by=by, on=facts.on, now=now)
    more = {"file": said(facts.file), "replaces": replaces.pk if replaces else None}
    log.made(INSTRUMENT, instrument.pk, facts.values() | more)
    log.write()
    if replaces is not None and replaces.ended_on is None:
        end_instrument(
            instrument=replaces,
            ending=Ending(on=facts.on, end=Instrument.End.REPLACED, by=facts.decided_by),
            version=replaces.version,
            by=by,
            now=now,
            today=today,
        )
    return instrument


@transaction.atomic
def change_instrument(
    *,
    instrument: Instrument,
    facts: InstrumentFacts,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Instrument:
    """Correct what is known of an instrument; a corrected day of issue moves the deadlines that count from it.

    Facts without a file leave the document that is there. Raises Refused like `record_instrument`, Conflict where
    somebody else changed it since `version`.
    """
    locked = _locked(instrument, version)
    _check(facts, today, locked.replaces)
    if locked.ended_on and facts.on > locked.ended_on:
        raise Refused("on", "It cannot begin after the day it ended")
    second = locked.versions.filter(number__gt=1).order_by("number").first()
    if second is not None and facts.on >= second.in_force_from:
        raise Refused("on", "It cannot begin on or after the day it was amended")
    if locked.on != facts.on:
        locked.versions.filter(number=1).update(in_force_from=facts.on)
        _move_issue(locked, facts.on, by=by, now=now, today=today)
    values = facts.values()
    values["file"] = values["file"] or locked.file
    _change(locked, values, facts.on, by, now)
    return locked


@transaction.atomic
def end_instrument(
    *, instrument: Instrument, ending: Ending, version: int, by: User | None, now: dt.datetime, today: dt.date
) -> Instrument:
    """Say that an instrument has ended: its open deadlines close that day, what was before stays readable.

    Raises Refused for an end in the future, before its beginning, or of one that has ended already, and Conflict.
    """
    locked = _locked(instrument, version)
    if locked.ended_on is not None:
        raise Refused("ended_on", "This instrument has ended already")
    if ending.end not in Instrument.End.values:
        raise Refused("end", "Choose how it ended")
    if ending.on > today:
        raise Refused("ended_on", "That day has not come yet: record the end once it has")
    if ending.on < locked.on:
        raise Refused("ended_on", f"It cannot end before it was issued on {locked.on:%d/%m/%Y}")
    values = {
        "ended_on": ending.on,
        "end": ending.end,
        "end_words": ending.words,
        "ended_by": ending.by,
        "end_grounds": ending.grounds,
        "end_link": ending.link,
        "end_file": ending.file,
    }
    _change(locked, values, ending.on, by, now)
    record_event(
        council=locked.council,
        kind=END_EVENTS[Instrument.End(ending.end)],
        on=ending.on,
        state=Event.State.HAPPENED,
        by=by,
        now=now,
        today=today,
        note=ending.words,
        about=About(instrument=locked),
    )
    return locked


@transaction.atomic
def take_end_back(
    *, instrument: Instrument, reason: str, version: int, by: User | None, now: dt.datetime, today: dt.date
) -> Instrument:
    """Undo an end that was recorded by mistake; its deadlines open again. Raises Refused without a reason."""
    locked = _locked(instrument, version)
    if locked.ended_on is None:
        raise Refused("ended_on", "This instrument has not ended")
    if not reason.strip():
        raise Refused("reason", "Say why the end is taken back")
    event = Event.objects.filter(
        instrument=locked, kind=END_EVENTS[Instrument.End(locked.end)], replaced_by__isnull=True
    ).first()
    if event is not None:
        record_event(
            council=locked.council,
            kind=event.kind,
            on=event.on,
            state=Event.State.CANCELLED,
            by=by,
            now=now,
            today=today,
            note=reason,
            about=About(instrument=locked),
            replaces=event,
        )
    blank: dict[str, Any] = {"ended_on": None, "end": "", "end_words": "", "ended_by": "", "end_grounds": ""}
    _change(locked, {**blank, "end_link": "", "end_file": None}, today, by, now, reason=reason)
    return locked


def _check(facts: InstrumentFacts, today: dt.date, replaces: Instrument | None) -> None:
    if facts.kind not in Instrument.Kind.values:
        raise Refused("kind", "Choose what it is")
    if facts.on > today:
        raise Refused("on", "That day has not come yet")
    if replaces is not None and facts.on < replaces.on:
        raise Refused("on", f"It cannot be earlier than what it replaces, of {replaces.on:%d/%m/%Y}")


def _locked(instrument: Instrument, version: int) -> Instrument:
    locked = (
        Instrument.objects.select_for_update(of=("self",)).select_related("council").get(pk=instrument.pk)
    )
    if locked.version != version:
        raise Conflict(locked.version)
    return locked


def _change(
    locked: Instrument,
    values: dict[str, Any],
    on: dt.date,
    by: User | None,
    now: dt.datetime,
    *,
    reason: str = "",
) -> None:
    locked.version += 1
    log = ChangeLog(council_id=locked.council_id, by=by, on=on, now=now, reason=reason)
    for name, value in values.items():
        old = getattr(locked, name)
        log.changed(INSTRUMENT, locked.pk, name, said(old), said(value), version=locked.version)
        setattr(locked, name, value)
    locked.save()
    log.write()


def _move_issue(
    locked: Instrument, on: dt.date, *, by: User | None, now: dt.datetime, today: dt.date
) -> None:
    event = Event.objects.filter(
        instrument=locked,
        kind=Event.Kind.NOTICE_ISSUED,
        state=Event.State.HAPPENED,
        replaced_by__isnull=True,
    ).first()
    if event is not None:
        record_event(
            council=locked.council,
            kind=event.kind,
            on=on,
            state=Event.State.HAPPENED,
            by=by,
            now=now,
            today=today,
            about=About(instrument=locked),
            replaces=event,
        )
