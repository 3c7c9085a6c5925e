"""Recording inspections: the row, and the dated events that deadlines may count from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db import transaction

from councils.models import Council, User
from files.models import StoredFile
from history.services import ChangeLog
from notices.models import Event, Inspection, Judgement, Recommendation
from notices.services.events import About, record_event
from notices.services.refusals import Conflict, Refused
from notices.services.said import said

INSPECTION = "notices.inspection"
_EVENTS = {
    "published_on": Event.Kind.INSPECTION_PUBLISHED,
    "reported_on": Event.Kind.INSPECTION_REPORTED,
    "fieldwork_to": Event.Kind.INSPECTION_ENDED,
}


@dataclass(frozen=True, kw_only=True)
class InspectionFacts:
    """What is known of an inspection; fieldwork days are inclusive."""

    body: str
    kind: str
    fieldwork_from: dt.date | None = None
    fieldwork_to: dt.date | None = None
    reported_on: dt.date | None = None
    published_on: dt.date | None = None
    overall: str = ""
    note: str = ""
    label: str = ""
    link: str = ""
    file: StoredFile | None = None

    def values(self) -> dict[str, Any]:
        """The values by the model's names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def record_inspection(
    *,
    council: Council,
    facts: InspectionFacts,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    judgements: Sequence[tuple[str, str]] = (),
    recommendations: Sequence[tuple[str, str]] = (),
) -> Inspection:
    """Record an inspection with its judgements by area and its recommendations (reference, text).

    Raises Refused for one without any date, with dates in the future or out of order.
    """
    _check(facts, today)
    inspection = Inspection.objects.create(council=council, **facts.values())
    _write_lists(inspection, judgements, recommendations)
    log = ChangeLog(council_id=council.pk, by=by, on=_day(facts), now=now)
    log.made(
        INSPECTION,
        inspection.pk,
        {**facts.values(), "file": said(facts.file), "judgements": list(map(list, judgements))},
    )
    log.write()
    _record_days(inspection, by=by, now=now, today=today)
    return inspection


@transaction.atomic
def change_inspection(
    *,
    inspection: Inspection,
    facts: InspectionFacts,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    judgements: Sequence[tuple[str, str]] = (),
    recommendations: Sequence[tuple[str, str]] = (),
) -> Inspection:
    """Correct what is known of an inspection; a date that changes replaces the event of the old one.

    Facts without a file leave the report that is there. Raises Refused like `record_inspection`, Conflict where
    somebody else changed it since `version`.
    """
    _check(facts, today)
    locked = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if locked.version != version:
        raise Conflict(locked.version)
    locked.version += 1
    log = ChangeLog(council_id=locked.council_id, by=by, on=_day(facts), now=now)
    facts = replace(facts, file=facts.file or locked.file)
    for name, value in facts.values().items():
        old = said(getattr(locked, name))
        log.changed(INSPECTION, locked.pk, name, old, said(value), version=locked.version)
        setattr(locked, name, value)
    judged = [[one.area, one.judgement] for one in locked.judgements.order_by("order")]
    log.changed(
        INSPECTION,
        locked.pk,
        "judgements",
        judged,
        [list(one) for one in judgements],
        version=locked.version,
    )
    old = [[one.ref, one.text] for one in locked.recommendations.order_by("order")]
    log.changed(
        INSPECTION,
        locked.pk,
        "recommendations",
        old,
        [list(one) for one in recommendations],
        version=locked.version,
    )
    locked.save()
    locked.judgements.all().delete()
    locked.recommendations.all().delete()
    _write_lists(locked, judgements, recommendations)
    log.write()
    _record_days(locked, by=by, now=now, today=today)
    return locked


def _check(facts: InspectionFacts, today: dt.date) -> None:
    if not facts.body.strip():
        raise Refused("body", "Enter who inspected, such as Ofsted")
    if not (facts.fieldwork_to or facts.reported_on or facts.published_on):
        raise Refused("published_on", "Enter at least one date: when the inspection ended, or its report's")
    for name in ("fieldwork_from", "fieldwork_to", "reported_on", "published_on"):
        day = getattr(facts, name)
        if day and day > today:
            raise Refused(name, "That day has not come yet")
    if facts.fieldwork_from and (not facts.fieldwork_to or facts.fieldwork_to < facts.fieldwork_from):
        raise Refused("fieldwork_to", "The last day of fieldwork cannot be before the first")


def _day(facts: InspectionFacts) -> dt.date:
    days = [day for day in (facts.published_on, facts.reported_on, facts.fieldwork_to) if day]
    return days[0]


def _write_lists(
    inspection: Inspection,
    judgements: Sequence[tuple[str, str]],
    recommendations: Sequence[tuple[str, str]],
) -> None:
    Judgement.objects.bulk_create(
        Judgement(inspection=inspection, order=order, area=area[:300], judgement=word[:100])
        for order, (area, word) in enumerate(judgements)
    )
    Recommendation.objects.bulk_create(
        Recommendation(inspection=inspection, order=order, ref=ref[:30], text=text)
        for order, (ref, text) in enumerate(recommendations)
    )


def _record_days(inspection: Inspection, *, by: User | None, now: dt.datetime, today: dt.date) -> None:
    """One event for each known date; where the date was another, its event is replaced."""
    for name, kind in _EVENTS.items():
        day = getattr(inspection, name)
        standing = Event.objects.filter(
            inspection=inspection, kind=kind, replaced_by__isnull=True, state=Event.State.HAPPENED
        ).first()
        if standing is not None and standing.on == day:
            continue
        if day is None and standing is None:
            continue
        record_event(
            council=inspection.council,
            kind=kind,
            on=day or (standing.on if standing else today),
            state=Event.State.HAPPENED if day else Event.State.CANCELLED,
            by=by,
            now=now,
            today=today,
            about=About(inspection=inspection),
            replaces=standing,
        )
