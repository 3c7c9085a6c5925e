"""The register of what was agreed about a notice. Rows are never altered: a later one replaces or withdraws."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from councils.models import Council, User
from deadlines.codec import to_json
from deadlines.events import Variation
from deadlines.months import Period, within_reach
from deadlines.schedules.base import Schedule
from deadlines.schedules.family import NotYetAgreed
from files.models import StoredFile
from history.services import ChangeLog
from notices.models import Agreement, Instrument, Obligation
from notices.services.refusals import FAR, Refused
from notices.services.said import said

AGREEMENT = "notices.agreement"
_Kind = Agreement.Kind


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What was agreed, about a kind of event (`event_kind`, `board`) or about one obligation (by its key)."""

    kind: str
    words: str
    agreed_on: dt.date
    agreed_by: str
    event_kind: str = ""
    board: str = ""
    obligation_key: str = ""
    period: Period | None = None
    gap_from: dt.date | None = None
    gap_to: dt.date | None = None
    from_on: dt.date | None = None
    schedule: Schedule | None = None
    label: str = ""
    link: str = ""
    file: StoredFile | None = None


@transaction.atomic
def record_agreement(
    *,
    council: Council,
    instrument: Instrument | None,
    agreed: Agreed,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    replaces: Agreement | None = None,
) -> Agreement:
    """Enter something in the register, with its letter. It counts from the day it was agreed (design), a
    frequency from a later day where it was agreed for one.

    Saying the same thing twice enters it once. Raises Refused for a day in the future or before the notice, and for
    what its kind lacks: a frequency its period, a gap its days, an interval its obligation and schedule.
    """
    _check(agreed, instrument, today)
    Council.objects.select_for_update().get(pk=council.pk)
    values = _values(agreed)
    same = Agreement.objects.filter(
        council=council, instrument=instrument, replaced_by__isnull=True, withdrawn=False, **_asked(values)
    ).first()
    if same is not None:
        return same
    _check_replaced(replaces, council)
    made = Agreement.objects.create(
        council=council,
        instrument=instrument,
        replaces=replaces,
        recorded_at=now,
        by=by,
        label=agreed.label or (agreed.file.name if agreed.file else ""),
        link=agreed.link,
        file=agreed.file,
        **values,
    )
    log = ChangeLog(council_id=council.pk, by=by, on=agreed.agreed_on, now=now)
    log.made(
        AGREEMENT, made.pk, {**values, "label": agreed.label, "link": agreed.link, "file": said(agreed.file)}
    )
    log.write()
    return made


@transaction.atomic
def withdraw_agreement(
    *, agreement: Agreement, reason: str, by: User | None, now: dt.datetime, today: dt.date
) -> Agreement:
    """Take back an entry that was a mistake: a new row replaces it and says why; nothing is deleted."""
    if not reason.strip():
        raise Refused("reason", "Say why it is taken back")
    if agreement.instrument is not None and agreement.instrument.ended_on is not None:
        raise Refused("reason", "The notice has ended: its register can be read and no longer changed")
    Council.objects.select_for_update().get(pk=agreement.council_id)
    _check_replaced(agreement, agreement.council)
    made = Agreement.objects.create(
        council=agreement.council,
        instrument=agreement.instrument,
        kind=_Kind.OTHER,
        event_kind=agreement.event_kind,
        board=agreement.board,
        obligation_key=agreement.obligation_key,
        words=reason,
        agreed_on=today,
        agreed_by=agreement.agreed_by,
        withdrawn=True,
        replaces=agreement,
        recorded_at=now,
        by=by,
    )
    log = ChangeLog(council_id=agreement.council_id, by=by, on=today, now=now, reason=reason)
    log.made(AGREEMENT, made.pk, {"takes back": agreement.pk, "words": agreement.words})
    log.write()
    return made


def _values(agreed: Agreed) -> dict[str, Any]:
    period = agreed.period
    return {
        "kind": agreed.kind,
        "words": agreed.words.strip(),
        "agreed_on": agreed.agreed_on,
        "agreed_by": agreed.agreed_by.strip(),
        "event_kind": agreed.event_kind,
        "board": agreed.board,
        "obligation_key": agreed.obligation_key,
        "period": _period(period) if period else None,
        "gap_from": agreed.gap_from,
        "gap_to": agreed.gap_to,
        "from_on": agreed.from_on,
        "schedule": to_json(agreed.schedule) if agreed.schedule else None,
    }


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    """The values as a filter: nothing is asked for as null."""
    return {
        name if value is not None else f"{name}__isnull": value if value is not None else True
        for name, value in values.items()
    }


def _period(period: Period) -> dict[str, int]:
    """A length of time as stored: the parts that are not nothing."""
    parts = {"months": period.months, "days": period.days, "working_days": period.working_days}
    return {name: number for name, number in parts.items() if number}


def _check(agreed: Agreed, instrument: Instrument | None, today: dt.date) -> None:
    if agreed.kind not in _Kind.values:
        raise Refused("kind", "Choose what was agreed")
    if not agreed.words.strip():
        raise Refused("words", "Say what was agreed")
    if not agreed.agreed_by.strip():
        raise Refused("agreed_by", "Say who agreed it")
    _check_days(agreed, instrument, today)
    _check_kind(agreed)
    if agreed.obligation_key and not _owed(instrument, agreed.obligation_key):
        raise Refused("target", "Choose what it is about: that obligation is not part of the notice")


def _check_days(agreed: Agreed, instrument: Instrument | None, today: dt.date) -> None:
    if agreed.agreed_on > today:
        raise Refused("agreed_on", "The day it was agreed must be today or in the past")
    if instrument is not None and instrument.ended_on and agreed.agreed_on > instrument.ended_on:
        raise Refused("agreed_on", f"The notice had ended by then, on {instrument.ended_on:%d/%m/%Y}")
    if instrument is not None and agreed.agreed_on < instrument.on:
        raise Refused("agreed_on", f"That is before the notice was issued on {instrument.on:%d/%m/%Y}")
    for field in ("agreed_on", "from_on", "gap_from", "gap_to"):
        if (day := getattr(agreed, field)) is not None and not within_reach(day, today):
            raise Refused(field, FAR)
    if agreed.from_on is not None and agreed.kind != _Kind.FREQUENCY:
        raise Refused("from_on", "Only a frequency is agreed for a later day")
    if agreed.from_on is not None and agreed.from_on < agreed.agreed_on:
        raise Refused("from_on", "It cannot count from before the day it was agreed")


def _check_kind(agreed: Agreed) -> None:
    """What each kind has to say."""
    about = bool(agreed.event_kind) or bool(agreed.obligation_key)
    if agreed.kind in (_Kind.FREQUENCY, _Kind.TOLERANCE) and not agreed.period:
        raise Refused("length", "Enter how long, such as 6 weeks")
    if agreed.kind in (_Kind.FREQUENCY, _Kind.GAP) and not about:
        raise Refused("target", "Choose what it is about")
    if agreed.kind in (_Kind.INTERVAL, _Kind.TOLERANCE) and not agreed.obligation_key:
        raise Refused("target", "Choose the obligation that it is about")
    if agreed.kind == _Kind.INTERVAL and (
        agreed.schedule is None or isinstance(agreed.schedule, NotYetAgreed)
    ):
        raise Refused("1-kind", "Choose when it is due from now on")
    if agreed.kind == _Kind.GAP:
        if agreed.gap_from is None:
            raise Refused("gap_from", "Enter the first day of the gap")
        if agreed.gap_to is None:
            raise Refused("gap_to", "Enter the last day of the gap")
        if agreed.gap_to < agreed.gap_from:
            raise Refused("gap_to", "The gap cannot end before it begins")
    if agreed.kind in (_Kind.FREQUENCY, _Kind.GAP):
        # the engine refuses what it cannot use; better said here than when somebody looks at a deadline
        Variation(
            agreed.agreed_on,
            agreed.obligation_key or agreed.event_kind,
            agreed.period if agreed.kind == _Kind.FREQUENCY else None,
            agreed.gap_from,
            agreed.gap_to,
        )


def _owed(instrument: Instrument | None, key: str) -> bool:
    return (
        instrument is not None
        and Obligation.objects.filter(notice_version__instrument=instrument, key=key).exists()
    )


def _check_replaced(replaces: Agreement | None, council: Council) -> None:
    if replaces is None:
        return
    if replaces.council_id != council.pk or Agreement.objects.filter(replaces=replaces).exists():
        raise Refused("replaces", "Somebody has replaced that agreement already: look at the register again")
