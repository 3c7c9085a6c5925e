"""Which words bind a council on a day: the instruments that were read in, each in the version of that day."""

import datetime as dt

from django.db.models import Prefetch, QuerySet

from councils.models import Council
from notices.models import Inspection, Instrument, NoticeVersion, Recommendation, Requirement


def versions_on(council: Council, on: dt.date) -> list[NoticeVersion]:
    """The version of each instrument that was in force last on a day (inclusive), with its requirements.

    Those still standing on that day come first, the latest first; an instrument issued after the day is left out.
    """
    found: dict[int, NoticeVersion] = {}
    versions = NoticeVersion.objects.filter(instrument__council=council, in_force_from__lte=on)
    requirements = Requirement.objects.select_related("parent").order_by("order")
    loaded = versions.select_related("instrument").prefetch_related(
        Prefetch("requirements", queryset=requirements),
        "requirements__obligations",
        "requirements__also_obligations",
    )
    for version in loaded.defer("text").order_by("number"):
        found[version.instrument_id] = version
    return sorted(
        found.values(), key=lambda one: (ended_by(one.instrument, on), -one.instrument.on.toordinal())
    )


def ended_by(instrument: Instrument, on: dt.date) -> bool:
    """Whether it had ended by a day (inclusive)."""
    return instrument.ended_on is not None and instrument.ended_on <= on


def inspections_of(council: Council) -> QuerySet[Inspection]:
    """The inspections of a council, the latest recorded first, with what they judged and recommended."""
    found = Inspection.objects.filter(council=council).order_by("-pk")
    return found.prefetch_related("judgements", "recommendations")


def recommending(council: Council, on: dt.date) -> list[Inspection]:
    """Inspections that recommended something, known by a day (inclusive), the latest first."""
    ordered = Prefetch("recommendations", queryset=Recommendation.objects.order_by("order"))
    rows = Inspection.objects.filter(council=council, recommendations__isnull=False).distinct()
    found = [one for one in rows.prefetch_related(ordered) if (day := day_of(one)) and day <= on]
    return sorted(found, key=lambda one: (day_of(one) or dt.date.min, one.pk), reverse=True)


def day_of(inspection: Inspection) -> dt.date | None:
    """The day from which an inspection's words are known: its publication, else the report, else its end."""
    return inspection.published_on or inspection.reported_on or inspection.fieldwork_to
