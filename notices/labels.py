"""How notices and what follows from them read in the change log."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from deadlines.codec import from_json
from deadlines.months import Period
from deadlines.sentences import day_in_words
from history.labels import Find, Kind, Label, register
from notices.models import Agreement, Event, Inspection, Instrument, NoticeVersion, Obligation
from notices.services import EVENT
from notices.services.agreements import AGREEMENT
from notices.services.confirming import OBLIGATION, VERSION
from notices.services.inspections import INSPECTION
from notices.services.instruments import INSTRUMENT


def _finder(model: Any, path: str, label: Callable[[Any], Label]) -> Find:
    """Labels of rows whose council is at the end of `path`, in one query."""

    def find(numbers: Collection[int]) -> dict[int, Label]:
        return {row.pk: label(row) for row in model.objects.filter(pk__in=numbers).select_related(path)}

    return find


def _on_notice(council: Any, **query: object) -> str:
    address = reverse("notices:notice", kwargs={"council": council.slug})
    return f"{address}?{urlencode(query)}" if query else address


def _event(row: Event) -> Label:
    return Label(row.get_kind_display(), reverse("notices:key_dates", kwargs={"council": row.council.slug}))


def _instrument(row: Instrument) -> Label:
    words = f"{row.get_kind_display()} of {day_in_words(row.on)}"
    return Label(words, _on_notice(row.council, instrument=row.pk))


def _version(row: NoticeVersion) -> Label:
    instrument = row.instrument
    words = f"version {row.number} of the {instrument.get_kind_display().lower()} of {day_in_words(instrument.on)}"
    return Label(words, _on_notice(instrument.council, instrument=instrument.pk, version=row.number))


def _obligation(row: Obligation) -> Label:
    instrument = row.notice_version.instrument
    address = _on_notice(instrument.council, instrument=instrument.pk, version=row.notice_version.number)
    return Label(f"{row.requirement.ref}, {row.deliverable}"[:120], f"{address}#duty-{row.pk}")


def _inspection(row: Inspection) -> Label:
    address = reverse("notices:edit_inspection", kwargs={"council": row.council.slug, "inspection": row.pk})
    day = row.published_on or row.reported_on or row.fieldwork_to
    return Label(f"{row} of {day_in_words(day)}" if day else str(row), address)


def _agreement(row: Agreement) -> Label:
    words = f"{row.get_kind_display().lower()}, agreed on {day_in_words(row.agreed_on)}"
    return Label("an entry taken back" if row.withdrawn else words, _on_notice(row.council))


def _chosen(choices: Any) -> Callable[[Any], str]:
    named: Mapping[Any, Any] = dict(choices)
    return lambda value: str(named.get(value, ""))


def schedule_in_words(value: Any) -> str:
    """A stored schedule as the engine says it; what is a sentence already stays as it is."""
    return from_json(value).sentence() if isinstance(value, dict) else ""


def _period_in_words(value: Any) -> str:
    return str(Period(**value)) if isinstance(value, dict) else ""


def _met_by(value: Any) -> str:
    """Which recorded events do it: their kind, and which of them."""
    if not isinstance(value, dict):
        return ""
    kind = _chosen(Event.Kind.choices)(value.get("kind"))
    return f"{kind}, {value['which']}" if value.get("which") else kind


def _pairs_in_words(value: Any) -> str:
    """Lists of two: an area and its judgement, a reference and what is recommended."""
    if not isinstance(value, list):
        return ""
    return "; ".join(": ".join(filter(None, map(str, pair))) for pair in value)


register(
    EVENT,
    Kind(
        "key date",
        _finder(Event, "council", _event),
        {
            "on": "day",
            "counts": "counts for the notice",
            "counts_because": "why",
            "resets": "starts the interval again",
        },
        {"instrument": INSTRUMENT, "inspection": INSPECTION},
        {"kind": _chosen(Event.Kind.choices), "state": _chosen(Event.State.choices)},
    ),
)
register(
    INSTRUMENT,
    Kind(
        "step of the chain",
        _finder(Instrument, "council", _instrument),
        {
            "on": "issued",
            "link": "address of the document",
            "label": "document",
            "ended_on": "ended",
            "end_words": "the document's word for it",
            "end_link": "address of the document that ended it",
            "end_grounds": "grounds of the end",
        },
        {"replaces": INSTRUMENT},
        {"kind": _chosen(Instrument.Kind.choices), "end": _chosen(Instrument.End.choices)},
    ),
)
register(
    VERSION,
    Kind(
        "version of a notice",
        _finder(NoticeVersion, "instrument__council", _version),
        {"in_force_from": "in force from"},
    ),
)
register(
    OBLIGATION,
    Kind(
        "obligation",
        _finder(Obligation, "notice_version__instrument__council", _obligation),
        {
            "key": "called",
            "requirement": "provision",
            "duty_holder": "duty-holder",
            "schedule": "when",
            "superseded_on": "superseded",
        },
        {},
        {"schedule": schedule_in_words, "met_by": _met_by},
    ),
)
register(
    INSPECTION,
    Kind(
        "inspection",
        _finder(Inspection, "council", _inspection),
        {
            "body": "who inspected",
            "fieldwork_from": "fieldwork from",
            "fieldwork_to": "fieldwork to",
            "reported_on": "date on the report",
            "published_on": "published",
            "overall": "overall judgement",
            "link": "address of the report",
            "label": "report",
        },
        {},
        {
            "kind": _chosen(Inspection.Kind.choices),
            "judgements": _pairs_in_words,
            "recommendations": _pairs_in_words,
        },
    ),
)
register(
    AGREEMENT,
    Kind(
        "agreement",
        _finder(Agreement, "council", _agreement),
        {
            "event_kind": "about",
            "obligation_key": "obligation",
            "gap_from": "first day of the gap",
            "gap_to": "last day of the gap",
            "schedule": "when from now on",
            "period": "how long",
            "agreed_on": "agreed",
            "from_on": "counts from",
            "link": "address of the letter",
            "label": "letter",
        },
        {"takes back": AGREEMENT},
        {
            "kind": _chosen(Agreement.Kind.choices),
            "event_kind": _chosen(Event.Kind.choices),
            "schedule": schedule_in_words,
            "period": _period_in_words,
        },
    ),
)
