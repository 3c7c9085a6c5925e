"""Notices, what they ask, what was agreed, dated facts and inspections, as the API shows and takes them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from councils.api.base import Strict
from deadlines.codec import ScheduleJsonError, from_json
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.base import Schedule
from notices.queries.choices import (
    AGREEMENT_KINDS,
    EVENT_KINDS,
    EVENT_STATES,
    INSPECTION_KINDS,
    INSTRUMENT_ENDS,
    INSTRUMENT_KINDS,
)

PERIOD = {
    "type": "object",
    "properties": {name: {"type": "integer"} for name in ("months", "days", "working_days")},
    "additionalProperties": False,
}


class NoticeVersionSerializer(serializers.Serializer[Any]):
    """The words of an instrument from a day on."""

    number = serializers.IntegerField()
    in_force_from = serializers.DateField()
    decided_by = serializers.CharField()
    grounds = serializers.CharField()
    confirmed_at = serializers.DateTimeField()


class InstrumentSerializer(serializers.Serializer[Any]):
    """One link of the chain. One that was read in has versions."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=INSTRUMENT_KINDS)
    on = serializers.DateField(help_text="The day it was issued.")
    decided_by = serializers.CharField()
    addressee = serializers.CharField()
    grounds = serializers.CharField()
    replaces = serializers.IntegerField(source="replaces_id", allow_null=True)
    rests_on = serializers.SerializerMethodField(help_text="The inspections it rests on, by number.")
    ended_on = serializers.DateField(allow_null=True)
    end = serializers.ChoiceField(choices=INSTRUMENT_ENDS, allow_blank=True)
    end_words = serializers.CharField(help_text="The document's own word for its end.")
    ended_by = serializers.CharField()
    end_grounds = serializers.CharField()
    document = serializers.CharField(source="label")
    link = serializers.CharField()
    versions = NoticeVersionSerializer(many=True)

    def get_rests_on(self, row: Any) -> list[int]:
        return [one.pk for one in row.rests_on.all()]


class RequirementSerializer(serializers.Serializer[Any]):
    """One provision. `key` is the same in every version; `part_of` is the key of the one it is a part of."""

    key = serializers.CharField()
    ref = serializers.CharField()
    heading = serializers.CharField()
    text = serializers.CharField()
    part_of = serializers.CharField(source="parent.key", allow_null=True, default=None)


class ObligationSerializer(serializers.Serializer[Any]):
    """What a duty-holder owes. `schedule` is as the engine stores it, `sentence` says it in words."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    requirement = serializers.CharField(source="requirement.key")
    also = serializers.SerializerMethodField(help_text="Keys of other provisions that ask for the same.")
    duty_holder = serializers.CharField()
    recipient = serializers.CharField()
    deliverable = serializers.CharField()
    force = serializers.ChoiceField(choices=[(force.value, force.value) for force in Force])
    schedule = serializers.JSONField()
    sentence = serializers.CharField()
    agreed = serializers.BooleanField(help_text="False where the notice leaves open when it is due.")
    agreed_by = serializers.CharField(help_text="Who has to agree what the words leave open.")
    quote = serializers.CharField(help_text="The words it was read from.")
    note = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    superseded_on = serializers.DateField(allow_null=True)

    def get_also(self, row: Any) -> list[str]:
        return [one.key for one in row.also.all()]


class AgreementSerializer(serializers.Serializer[Any]):
    """An entry of the register that stands."""

    id = serializers.IntegerField()
    instrument = serializers.IntegerField(source="instrument_id", allow_null=True)
    kind = serializers.ChoiceField(choices=AGREEMENT_KINDS)
    event_kind = serializers.ChoiceField(choices=EVENT_KINDS, allow_blank=True)
    board = serializers.CharField()
    obligation_key = serializers.CharField()
    period = serializers.JSONField(allow_null=True)
    gap_from = serializers.DateField(allow_null=True)
    gap_to = serializers.DateField(allow_null=True)
    schedule = serializers.JSONField(allow_null=True)
    words = serializers.CharField()
    agreed_on = serializers.DateField()
    from_on = serializers.DateField(allow_null=True)
    agreed_by = serializers.CharField()
    letter = serializers.CharField(source="label")
    link = serializers.CharField()
    recorded_at = serializers.DateTimeField()


@extend_schema_field(PERIOD)
class PeriodField(serializers.Field[Any, Any, Any, Any]):
    """A length of time: `{"months": 1}`, `{"days": 42}` or `{"working_days": 5}`."""

    def to_internal_value(self, data: Any) -> Period:
        known = {"months", "days", "working_days"}
        if not isinstance(data, dict) or not data or set(data) - known:
            raise serializers.ValidationError("Give months and days, or working_days.")
        if not all(type(number) is int for number in data.values()):
            raise serializers.ValidationError("Give whole numbers.")
        try:
            return Period(**data)
        except ValueError as wrong:
            raise serializers.ValidationError(f"{wrong}.") from None

    def to_representation(self, value: Any) -> Any:
        return value


class ScheduleField(serializers.JSONField):
    """A schedule as obligations show it."""

    def to_internal_value(self, data: Any) -> Schedule:  # type: ignore[override]
        try:
            return from_json(data)
        except ScheduleJsonError as wrong:
            raise serializers.ValidationError(f"{wrong}.") from None


class NewAgreement(Strict):
    """What was agreed, about a kind of event or about one obligation of the instrument."""

    kind = serializers.ChoiceField(choices=AGREEMENT_KINDS)
    words = serializers.CharField(max_length=5000)
    agreed_on = serializers.DateField()
    from_on = serializers.DateField(required=False, default=None, allow_null=True)
    agreed_by = serializers.CharField(max_length=300)
    event_kind = serializers.ChoiceField(choices=EVENT_KINDS, required=False, default="", allow_blank=True)
    board = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    obligation_key = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    period = PeriodField(required=False, default=None, allow_null=True)
    gap_from = serializers.DateField(required=False, default=None, allow_null=True)
    gap_to = serializers.DateField(required=False, default=None, allow_null=True)
    schedule = ScheduleField(required=False, default=None, allow_null=True)
    label = serializers.CharField(  # type: ignore[assignment]
        max_length=300, required=False, default="", allow_blank=True
    )
    link = serializers.URLField(max_length=2000, required=False, default="", allow_blank=True)


class EventSerializer(serializers.Serializer[Any]):
    """A dated fact that stands: no later one has replaced it."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=EVENT_KINDS)
    on = serializers.DateField()
    state = serializers.ChoiceField(choices=EVENT_STATES)
    board = serializers.CharField()
    report = serializers.CharField()
    counts = serializers.BooleanField(help_text="Whether it counts for the notice.")
    counts_because = serializers.CharField()
    on_request = serializers.BooleanField()
    resets = serializers.BooleanField()
    amount = serializers.FloatField()
    wanted_by = serializers.DateField(allow_null=True)
    note = serializers.CharField()
    shown_by = serializers.CharField(source="label")
    link = serializers.CharField()
    instrument = serializers.IntegerField(source="instrument_id", allow_null=True)
    inspection = serializers.IntegerField(source="inspection_id", allow_null=True)
    recorded_at = serializers.DateTimeField()


class EventFilter(Strict):
    """What of the list is asked for."""

    kind = serializers.ChoiceField(choices=EVENT_KINDS, required=False)
    state = serializers.ChoiceField(choices=EVENT_STATES, required=False)
    since = serializers.DateField(required=False, help_text="The first day.")
    until = serializers.DateField(required=False, help_text="The last day.")
    also = frozenset({"page", "page_size"})


class NewEvent(Strict):
    """A dated fact: it happened, is planned or was cancelled."""

    kind = serializers.ChoiceField(choices=EVENT_KINDS)
    on = serializers.DateField()
    state = serializers.ChoiceField(choices=EVENT_STATES)
    board = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class VersionFilter(Strict):
    """Which version of the instrument; the latest where none is asked for."""

    version = serializers.IntegerField(required=False, min_value=1)
    also = frozenset({"page", "page_size"})


class InspectionSerializer(serializers.Serializer[Any]):
    """An inspection with its several dates, what it judged and recommended."""

    id = serializers.IntegerField()
    body = serializers.CharField()
    kind = serializers.ChoiceField(choices=INSPECTION_KINDS)
    fieldwork_from = serializers.DateField(allow_null=True)
    fieldwork_to = serializers.DateField(allow_null=True)
    reported_on = serializers.DateField(allow_null=True)
    published_on = serializers.DateField(allow_null=True)
    overall = serializers.CharField()
    note = serializers.CharField()
    report = serializers.CharField(source="label")
    link = serializers.CharField()
    judgements = serializers.SerializerMethodField(help_text="Area and judgement.")
    recommendations = serializers.SerializerMethodField(help_text="Reference and text.")

    def get_judgements(self, row: Any) -> list[dict[str, str]]:
        ordered = sorted(row.judgements.all(), key=lambda one: one.order)
        return [{"area": one.area, "judgement": one.judgement} for one in ordered]

    def get_recommendations(self, row: Any) -> list[dict[str, str]]:
        ordered = sorted(row.recommendations.all(), key=lambda one: one.order)
        return [{"ref": one.ref, "text": one.text} for one in ordered]
