"""Putting right what was confirmed wrongly: an obligation that was misread, missed, or is none.

No amendment: the notice says what it always said. So deadlines are worked out as if it had always been read so, what
was met or waived stays, and what stood before is kept beside it with the reason.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from councils.models import Council, User
from deadlines.codec import from_json, to_json
from deadlines.obligations import CircularScheduleError, dependency_order
from deadlines.obligations import Obligation as EngineObligation
from deadlines.schedules.base import Schedule
from history.services import ChangeLog
from notices.amending import asked, free_key
from notices.models import Correction, NoticeVersion, Obligation, Requirement
from notices.services.carrying import FIELDS, values_of
from notices.services.confirming import OBLIGATION
from notices.services.refusals import Refused


class CorrectedMeanwhile(Exception):  # noqa: N818 - the domain's word
    """Somebody else put the same fields right since the form was made: `theirs` are the values that stand now."""

    def __init__(self, version: int, theirs: Mapping[str, Any], by_name: str) -> None:
        super().__init__("Somebody else corrected this obligation meanwhile")
        self.version = version
        self.theirs = dict(theirs)
        self.by_name = by_name


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How an obligation reads: fields as stored, the requirement by its key (the same in every version)."""

    requirement: str
    duty_holder: str
    recipient: str
    deliverable: str
    force: str
    schedule: Schedule
    met_by: dict[str, str] | None = None

    def values(self) -> dict[str, Any]:
        """The values as corrections keep them."""
        return {name: getattr(self, name) for name in FIELDS} | {"schedule": to_json(self.schedule)}


@transaction.atomic
def correct_obligation(
    *,
    council: Council,
    number: int,
    reading: Reading,
    reason: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Correction | None:
    """Put an obligation (by its row's number) right; returns None where it reads so already.

    A field that the form left as it was does not undo what somebody else put right since. Raises Refused without a
    reason, for what is not there, and for schedules that wait for each other; CorrectedMeanwhile.
    """
    row = _locked(council, number)
    _check(reading, reason)
    current = values_of(row)
    since = list(row.corrections.filter(version__gt=version).order_by("version").select_related("by"))
    base = current | {name: value for one in reversed(since) for name, value in one.before.items()}
    mine = {name: value for name, value in reading.values().items() if asked(value) != asked(base[name])}
    others = {name for one in since for name in one.after}
    clashes = {name: current[name] for name in mine if name in others and mine[name] != current[name]}
    if clashes:
        who = next(one.by for one in reversed(since) if clashes.keys() & one.after.keys())
        raise CorrectedMeanwhile(row.version, clashes, who.get_full_name() if who else "Somebody else")
    after = {name: value for name, value in mine.items() if value != current[name]}
    if not after:
        return None
    before = {name: current[name] for name in after}
    return _write(row, Correction.Kind.CORRECTED, (before, after), reason, by=by, now=now, today=today)


@transaction.atomic
def add_missed(
    *,
    council: Council,
    version: NoticeVersion,
    reading: Reading,
    reason: str,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Correction:
    """Add an obligation that the notice always asked for and nobody had read. Raises Refused as correcting does."""
    Council.objects.select_for_update().get(pk=council.pk)
    _check_in_force(version)
    _check(reading, reason)
    place = _place(version, reading.requirement)
    taken = Obligation.objects.filter(notice_version__instrument=version.instrument)
    last = version.obligations.aggregate(last=Max("order"))["last"]
    row = Obligation.objects.create(
        notice_version=version,
        requirement=place,
        key=free_key(place.ref, taken.values_list("key", flat=True)),
        order=0 if last is None else last + 1,
        duty_holder=reading.duty_holder,
        recipient=reading.recipient,
        deliverable=reading.deliverable,
        force=reading.force,
        schedule=to_json(reading.schedule),
        sentence=reading.schedule.sentence()[:1000],
        met_by=reading.met_by,
        quote=place.text,
        quote_start=place.start,
        quote_end=place.end,
        starts_on=version.in_force_from if version.number > 1 else None,
        withdrawn=True,
        version=0,
    )
    halves: tuple[dict[str, Any], dict[str, Any]] = ({"withdrawn": True}, {"withdrawn": False})
    return _write(row, Correction.Kind.ADDED, halves, reason, by=by, now=now, today=today)


@transaction.atomic
def withdraw_obligation(
    *, council: Council, number: int, reason: str, by: User | None, now: dt.datetime, today: dt.date
) -> Correction:
    """Say that the notice asks for no such thing. It goes from pages and deadlines; what was recorded of it is kept.

    Raises Refused without a reason, and where another obligation counts from it.
    """
    row = _locked(council, number)
    if not reason.strip():
        raise Refused("reason", "Say why it is no obligation")
    if row.withdrawn:
        raise Refused("reason", "It is withdrawn already")
    halves: tuple[dict[str, Any], dict[str, Any]] = ({"withdrawn": False}, {"withdrawn": True})
    return _write(row, Correction.Kind.WITHDRAWN, halves, reason, by=by, now=now, today=today)


@transaction.atomic
def undo_correction(
    *,
    council: Council,
    correction: Correction,
    reason: str,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Correction:
    """Put back what stood before a correction. Raises Refused without a reason, or where it was changed again since."""
    row = _locked(council, _newest(correction.obligation).pk)
    if not reason.strip():
        raise Refused("reason", "Say why it is put back")
    if Correction.objects.filter(undoes=correction).exists():
        raise Refused("reason", "It is put back already")
    current = values_of(row) | {"withdrawn": row.withdrawn}
    if any(current[name] != value for name, value in correction.after.items()):
        raise Refused("reason", "It was corrected again since: put that back first, or correct it")
    halves = (correction.after, correction.before)
    return _write(row, Correction.Kind.UNDONE, halves, reason, by=by, now=now, today=today, undoes=correction)


def _newest(row: Obligation) -> Obligation:
    """The row that speaks now: in a later version of the notice, where one has the duty unchanged."""
    later = Obligation.objects.filter(continues=row).first()
    return row if later is None else _newest(later)


def _locked(council: Council, number: int) -> Obligation:
    Council.objects.select_for_update().get(pk=council.pk)
    rows = Obligation.objects.filter(notice_version__instrument__council=council, continued_by__isnull=True)
    row = rows.select_related("requirement", "notice_version__instrument").filter(pk=number).first()
    if row is None:
        raise Refused("form", "There is no such obligation here, or a later version of the notice has it now")
    _check_in_force(row.notice_version)
    return row


def _check_in_force(version: NoticeVersion) -> None:
    if version.instrument.ended_on is not None:
        raise Refused("form", "This notice has ended: what it asked for can be read and no longer changed")


def _check(reading: Reading, reason: str) -> None:
    for name, said in (("duty_holder", "Say who owes it"), ("deliverable", "Say what is owed")):
        if not getattr(reading, name).strip():
            raise Refused(name, said)
    if not reason.strip():
        raise Refused("reason", "Say what was read wrongly")


def _place(version: NoticeVersion, key: str) -> Requirement:
    found = version.requirements.filter(key=key).first()
    if found is None:
        raise Refused("requirement", "Choose the provision it comes from")
    return found


def _write(
    row: Obligation,
    kind: Correction.Kind,
    halves: tuple[dict[str, Any], dict[str, Any]],
    reason: str,
    *,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    undoes: Correction | None = None,
) -> Correction:
    """The new values in the row and in those it continues, what stood before beside them, and the log."""
    before, after = halves
    old_sentence = row.sentence
    for each in _with_earlier(row):
        _set(each, after)
    made = Correction.objects.create(
        obligation=row,
        kind=kind,
        before=before,
        after=after,
        reason=reason.strip(),
        undoes=undoes,
        version=row.version,
        recorded_at=now,
        by=by,
    )
    _check_links(row.notice_version)
    log = ChangeLog(
        council_id=row.notice_version.instrument.council_id, by=by, on=today, now=now, reason=reason.strip()
    )
    for name in after:
        # the log is read by people: a schedule stands there in words
        old, new = (old_sentence, row.sentence) if name == "schedule" else (before[name], after[name])
        log.changed(OBLIGATION, row.pk, name, old, new, version=row.version)
    log.write()
    return made


def _with_earlier(row: Obligation | None) -> Iterable[Obligation]:
    """The row and those that it continues: the same words in earlier versions, read the same."""
    while row is not None:
        yield row
        row = row.continues


def _set(row: Obligation, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name != "requirement":
            setattr(row, name, value)
        elif place := row.notice_version.requirements.filter(key=value).first():
            row.requirement = place
    if "schedule" in values:
        row.sentence = from_json(values["schedule"]).sentence()[:1000]
    row.version += 1
    row.save()


def _check_links(version: NoticeVersion) -> None:
    """Refuses schedules that count from what is not there, and those that wait for each other."""
    rows = version.obligations.filter(withdrawn=False)
    engine = {row.key: EngineObligation(row.key, from_json(row.schedule)) for row in rows}
    for key, one in engine.items():
        missing = [link.obligation for link in one.schedule.links() if link.obligation not in engine]
        if missing:
            raise Refused("1-kind", f"{key} counts from {missing[0]}: give it another schedule first")
    try:
        dependency_order(engine.values())
    except CircularScheduleError as error:
        raise Refused("1-kind", f"{str(error)[:1].upper()}{str(error)[1:]}") from None
