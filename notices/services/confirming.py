"""A reading becomes the notice: version 1 of an instrument, or the next version of one that was amended."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from councils.models import Council, User
from deadlines.codec import to_json
from history.services import ChangeLog
from notices.amending import (
    PlainDuty,
    differences,
    free_key,
    matched_duties,
    matched_provisions,
    with_keys,
)
from notices.drafting import Draft, DraftObligation, faults
from notices.models import (
    Event,
    Inspection,
    Instrument,
    NoticeReading,
    NoticeVersion,
    Obligation,
    Requirement,
)
from notices.schedule_fields import day_of
from notices.services.carrying import as_first_read, carried_whole, carry
from notices.services.events import About, record_event
from notices.services.inspections import InspectionFacts, record_inspection
from notices.services.instruments import INSTRUMENT
from notices.services.reading import as_chosen, waiting
from notices.services.refusals import Refused

OBLIGATION, VERSION = "notices.obligation", "notices.noticeversion"


@dataclass(frozen=True)
class _Place:
    """Where the writing happens: the version, who writes it, and when."""

    version: NoticeVersion
    by: User | None
    now: dt.datetime
    log: ChangeLog


@transaction.atomic
def confirm(
    reading: NoticeReading, *, version: int | None, by: User | None, now: dt.datetime, today: dt.date
) -> NoticeVersion:
    """Write what was read and corrected, all of it or nothing; from then on it takes effect.

    A reading of an amendment becomes the next version: duties that stay as they were continue, changed and dropped
    ones are superseded on the day of amendment, and deadlines already met stay met under the same key. Raises
    NotReady, Conflict, and Refused (by field or obligation) for a notice without a date, in the future, or with
    schedules that wait for each other.
    """
    locked = waiting(reading, version)
    draft = as_chosen(locked)
    day = _checked(draft, locked, today)
    instrument = locked.instrument or _instrument(draft, locked.council, day, by=by, now=now)
    before = instrument.versions.order_by("-number").first()
    made = NoticeVersion.objects.create(
        instrument=instrument,
        number=before.number + 1 if before else 1,
        in_force_from=day,
        text=draft.text,
        decided_by=draft.about["decided_by"],
        grounds=draft.about["grounds"],
        label=locked.name,
        file=locked.file,
        confirmed_at=now,
        confirmed_by=by,
    )
    log = ChangeLog(council_id=locked.council_id, by=by, on=day, now=now)
    place = _Place(made, by, now, log)
    requirements = _write_requirements(draft, before, made)
    _write_obligations(draft, before, requirements, place)
    log.made(VERSION, made.pk, {"in_force_from": day, "provisions": len(requirements)})
    _record(draft, locked.council, place, amended=before is not None, today=today)
    log.write()
    locked.state, locked.became, locked.closed_at = NoticeReading.State.CONFIRMED, made, now
    locked.save(update_fields=["state", "became", "closed_at"])
    return made


def _checked(draft: Draft, reading: NoticeReading, today: dt.date) -> dt.date:
    found = faults(draft)
    for field, message in found.items():
        raise Refused(field, message)
    day = day_of(draft.about["issued_on"])
    if day is None:
        raise Refused("issued_on", "Enter the day on which the notice was issued, such as 24/2/2026")
    if day > today:
        raise Refused("issued_on", "The day on which the notice was issued must be today or in the past")
    last = reading.instrument.versions.order_by("-number").first() if reading.instrument else None
    if last is not None and day <= last.in_force_from:
        raise Refused(
            "issued_on",
            f"The amendment must be later than the version before it, in force since {last.in_force_from:%d/%m/%Y}",
        )
    return day


def _instrument(
    draft: Draft, council: Council, day: dt.date, *, by: User | None, now: dt.datetime
) -> Instrument:
    about = draft.about
    instrument = Instrument.objects.create(
        council=council,
        kind=about["kind"],
        on=day,
        decided_by=about["decided_by"][:300],
        addressee=about["addressee"][:500],
        grounds=about["grounds"],
    )
    log = ChangeLog(council_id=council.pk, by=by, on=day, now=now)
    log.made(
        INSTRUMENT,
        instrument.pk,
        {"kind": about["kind"], "on": day, "decided_by": about["decided_by"], "grounds": about["grounds"]},
    )
    log.write()
    return instrument


def _record(draft: Draft, council: Council, place: _Place, *, amended: bool, today: dt.date) -> None:
    """The event of issue or amendment, and the inspection that the notice rests on where its dates are told."""
    instrument = place.version.instrument
    kind = Event.Kind.NOTICE_AMENDED if amended else Event.Kind.NOTICE_ISSUED
    about = About(instrument=instrument)
    record_event(
        council=council,
        kind=kind,
        on=place.version.in_force_from,
        state=Event.State.HAPPENED,
        by=place.by,
        now=place.now,
        today=today,
        about=about,
    )
    told = draft.about
    reported, published = day_of(told["reported_on"]), day_of(told["published_on"])
    if amended or not told["body"] or not (reported or published):
        return
    known = Inspection.objects.filter(council=council, body=told["body"])
    same = known.filter(published_on=published) if published else known.filter(reported_on=reported)
    inspection = same.first() or record_inspection(
        council=council,
        facts=InspectionFacts(
            body=told["body"],
            kind=told["inspection_kind"],
            reported_on=reported,
            published_on=published,
            overall=told["overall"],
        ),
        by=place.by,
        now=place.now,
        today=today,
    )
    instrument.rests_on.add(inspection)


def _write_requirements(
    draft: Draft, before: NoticeVersion | None, made: NoticeVersion
) -> dict[str, Requirement]:
    old = list(before.requirements.all()) if before else []
    by_ref = {one.ref: one for one in old}
    matched = matched_provisions(old, draft.requirements)
    taken = set(Requirement.objects.filter(version__instrument=made.instrument).values_list("key", flat=True))
    written: dict[str, Requirement] = {}
    for order, one in enumerate(draft.requirements):
        earlier = by_ref.get(matched.get(one.ref, ""))
        key = earlier.key if earlier else free_key(one.ref, taken)
        taken.add(key)
        written[one.ref] = Requirement.objects.create(
            version=made,
            key=key,
            order=order,
            ref=one.ref,
            heading=one.heading,
            text=one.text,
            parent=written.get(one.parent or ""),
            start=one.start,
            end=one.end,
            continues=earlier,
        )
    return written


def plain(one: Obligation) -> PlainDuty:
    """A stored obligation as plain values."""
    return PlainDuty(
        one.key, one.requirement.ref, one.duty_holder, one.recipient, one.deliverable, one.force, one.schedule
    )


def draft_duty(one: DraftObligation) -> PlainDuty:
    """An obligation that is still to be confirmed as plain values."""
    return PlainDuty(
        one.key,
        one.requirement,
        one.duty_holder,
        one.recipient,
        one.deliverable,
        one.force,
        to_json(one.schedule),
    )


def _write_obligations(
    draft: Draft, before: NoticeVersion | None, requirements: dict[str, Requirement], place: _Place
) -> None:
    old = list(before.obligations.select_related("requirement")) if before else []
    by_key = {one.key: one for one in old}
    refs = {one.key: one.ref for one in before.requirements.all()} if before else {}
    read = {one.key: as_read(one, refs) for one in old}
    places = {ref: one.continues.ref for ref, one in requirements.items() if one.continues}
    matched = matched_duties(list(read.values()), [draft_duty(one) for one in draft.kept], places)
    keys = _keys(draft, matched, place.version)
    still = set()
    by_place = {one.key: one for one in requirements.values()}
    for order, one in enumerate(draft.kept):
        earlier = by_key.get(matched.get(one.key, ""))
        made = _obligation(one, keys, requirements, order, place)
        if earlier is not None:
            still.add(earlier.pk)
            _succeed(earlier, made, read[earlier.key], place, by_place)
        elif before is not None:
            made.starts_on = place.version.in_force_from
        made.save()
        made.also.set([requirements[ref] for ref in one.also if ref in requirements])
        place.log.made(OBLIGATION, made.pk, _logged(made))
    order = len(draft.kept)
    for gone in old:
        if gone.pk in still:
            continue
        whole = carried_whole(gone, by_place)
        if whole is None:
            _supersede(gone, place)
            continue
        whole.order, order = order, order + 1
        whole.save()
        place.log.made(OBLIGATION, whole.pk, _logged(whole))


def as_read(one: Obligation, refs: dict[str, str]) -> PlainDuty:
    """A duty as the reader had it, before anybody put it right: a reader makes the same of the same words again."""
    values = as_first_read(one)
    names = ("duty_holder", "recipient", "deliverable", "force", "schedule")
    said = {name: values[name] for name in names}
    return PlainDuty(one.key, refs.get(values["requirement"], one.requirement.ref), **said)


def _keys(draft: Draft, matched: dict[str, str], version: NoticeVersion) -> dict[str, str]:
    """The key that each duty gets: its old one where it had one, else one that no version has used."""
    used = set(
        Obligation.objects.filter(notice_version__instrument=version.instrument).values_list("key", flat=True)
    )
    keys = dict(matched)
    for one in draft.kept:
        if one.key not in keys:
            keys[one.key] = free_key(one.key, {*used, *keys.values()})
    return keys


def _obligation(
    one: DraftObligation,
    keys: dict[str, str],
    requirements: dict[str, Requirement],
    order: int,
    place: _Place,
) -> Obligation:
    return Obligation(
        notice_version=place.version,
        requirement=requirements[one.requirement],
        key=keys[one.key],
        order=order,
        duty_holder=one.duty_holder,
        recipient=one.recipient,
        deliverable=one.deliverable,
        force=one.force,
        schedule=with_keys(to_json(one.schedule), keys),
        sentence=one.sentence[:1000],
        met_by=one.met_by,
        quote=one.quote,
        quote_start=one.start,
        quote_end=one.end,
        agreed_by=one.agreed_by or getattr(one.schedule, "agreed_by", ""),
        note=one.note,
    )


def _succeed(
    earlier: Obligation, made: Obligation, read: PlainDuty, place: _Place, by_place: dict[str, Requirement]
) -> None:
    """An unchanged duty goes on as if nothing had been; a changed one begins anew on the day of amendment.

    Words that read as they once had been `read` are as they were: what was put right about them holds on.
    """
    old = plain(earlier)
    new = replace(_plain_of(made), place=old.place)
    as_before = not differences(replace(read, place=old.place), new)
    if not as_before and differences(old, new):
        made.changes = earlier
        made.starts_on = place.version.in_force_from
        _supersede(earlier, place)
        return
    made.continues = earlier
    made.starts_on = earlier.starts_on
    if as_before:
        carry(earlier, made, by_place)


def _plain_of(made: Obligation) -> PlainDuty:
    return PlainDuty(
        made.key, "", made.duty_holder, made.recipient, made.deliverable, made.force, made.schedule
    )


def _supersede(gone: Obligation, place: _Place) -> None:
    gone.superseded_on = place.version.in_force_from
    gone.version += 1
    gone.save(update_fields=["superseded_on", "version"])
    place.log.changed(OBLIGATION, gone.pk, "superseded_on", None, gone.superseded_on, version=gone.version)


def _logged(made: Obligation) -> dict[str, Any]:
    return {
        "key": made.key,
        "requirement": made.requirement.ref,
        "duty_holder": made.duty_holder,
        "recipient": made.recipient,
        "deliverable": made.deliverable,
        "force": made.force,
        "schedule": made.sentence,
    }
