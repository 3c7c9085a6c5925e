"""Notices and facts for tests about deadlines, written straight into the tables."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from deadlines.codec import to_json
from deadlines.events import Happening
from deadlines.obligations import Force
from deadlines.schedules.family import Schedule
from notices.models import (
    Agreement,
    DeadlineMark,
    Event,
    Instrument,
    NoticeVersion,
    Obligation,
    Requirement,
)
from notices.reader import left_open, read_notice

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
LONDON = timezone.get_default_timezone()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day(text), dt.time(hour), tzinfo=LONDON)


def instrument(council, issued: str, **more) -> Instrument:
    return Instrument.objects.create(council=council, kind="notice", on=day(issued), **more)


def version(of: Instrument, number: int = 1, on: str = "", confirmed: str = "") -> NoticeVersion:
    start = day(on) if on else of.on
    at = moment(confirmed) if confirmed else moment(start.isoformat())
    return NoticeVersion.objects.create(
        instrument=of, number=number, in_force_from=start, text="", confirmed_at=at
    )


def owe(
    of: NoticeVersion,
    key: str,
    schedule: Schedule,
    force: Force = Force.MUST,
    *,
    holder: str = "Council",
    deliverable: str = "",
    met_by: Happening | None = None,
    also=(),
    ref: str = "",
    **more,
) -> Obligation:
    ref = ref or key
    requirement, _ = Requirement.objects.get_or_create(
        version=of,
        ref=ref,
        defaults={
            "key": ref,
            "order": of.requirements.count(),
            "text": f"Words of {ref}.",
            "start": 0,
            "end": 1,
        },
    )
    row = Obligation.objects.create(
        notice_version=of,
        requirement=requirement,
        key=key,
        order=of.obligations.count(),
        duty_holder=holder,
        deliverable=deliverable or f"What {key} asks for",
        force=force.value,
        schedule=to_json(schedule),
        sentence=schedule.sentence(),
        met_by={"kind": met_by.kind, "which": met_by.which} if met_by else None,
        quote="words",
        quote_start=0,
        quote_end=1,
        **more,
    )
    for other in also:
        named, _ = Requirement.objects.get_or_create(
            version=of,
            ref=other,
            defaults={"key": other, "order": of.requirements.count(), "text": "-", "start": 0, "end": 1},
        )
        row.also.add(named)
    return row


def happened(council, kind: str, on: str, recorded: str = "", state: str = "happened", **more) -> Event:
    return Event.objects.create(
        council=council, kind=kind, on=day(on), state=state, recorded_at=moment(recorded or on), **more
    )


def planned(council, kind: str, on: str, recorded: str, **more) -> Event:
    return happened(council, kind, on, recorded, "planned", **more)


def mark(of: Obligation, due: str, kind: str, on: str, recorded: str = "", **more) -> DeadlineMark:
    of_instrument = of.notice_version.instrument
    return DeadlineMark.objects.create(
        council=of_instrument.council,
        instrument=of_instrument,
        obligation_key=of.key,
        due=day(due),
        kind=kind,
        on=day(on),
        recorded_at=moment(recorded or on),
        **more,
    )


def agree(council, kind: str, on: str, recorded: str = "", **more) -> Agreement:
    return Agreement.objects.create(
        council=council,
        kind=kind,
        agreed_on=day(on),
        recorded_at=moment(recorded or on),
        words="As agreed",
        agreed_by="The Department",
        **more,
    )


def real_notice(council, name: str, issued: str) -> Instrument:
    """One of the real notices as the reader reads it, every question left open; skips where it is not there."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    reading = read_notice(path.read_bytes(), path.name)
    of = instrument(council, issued)
    first = version(of)
    for proposal in reading.obligations:
        owe(
            first,
            proposal.key,
            left_open(proposal, reading.questions),
            proposal.force,
            holder=proposal.duty_holder,
            deliverable=proposal.deliverable,
            met_by=proposal.met_by,
            also=proposal.also,
            ref=proposal.requirement,
            recipient=proposal.recipient or "",
        )
    return of
