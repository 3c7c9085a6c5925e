"""Notices, what they ask, what was agreed, dated facts and inspections, as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from councils.api.base import Strict
from deadlines.codec import ScheduleJsonError, from_json
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.base import Schedule
from notices.models import (
    Agreement,
    Event,
    Inspection,
    Instrument,
    NoticeVersion,
    Obligation,
    Requirement,
)


class VersionSerializer(serializers.ModelSerializer[NoticeVersion]):
    """The words of an instrument from a day on."""

    class Meta:
        model = NoticeVersion
        fields = ("number", "in_force_from", "decided_by", "grounds", "confirmed_at")


class InstrumentSerializer(serializers.ModelSerializer[Instrument]):
    """One link of the chain. One that was read in has versions."""

    replaces = serializers.IntegerField(source="replaces_id", allow_null=True)
    versions = VersionSerializer(many=True)
    rests_on = serializers.SerializerMethodField(help_text="The inspections it rests on, by number.")

    class Meta:
        model = Instrument
        fields = (
            *("id", "kind", "on", "decided_by", "addressee", "grounds", "replaces", "rests_on"),
            *("ended_on", "end", "end_words", "ended_by", "end_grounds", "label", "link", "versions"),
        )

    def get_rests_on(self, row: Instrument) -> list[int]:
        return [one.pk for one in row.rests_on.all()]


class RequirementSerializer(serializers.ModelSerializer[Requirement]):
    """One provision. `key` is the same in every version; `part_of` is the key of the one it is a part of."""

    part_of = serializers.CharField(source="parent.key", allow_null=True, default=None)

    class Meta:
        model = Requirement
        fields = ("key", "ref", "heading", "text", "part_of", "start", "end")


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    """What a duty-holder owes. `schedule` is as the engine stores it, `sentence` says it in words."""

    requirement = serializers.CharField(source="requirement.key")
    also = serializers.SerializerMethodField(help_text="Keys of other provisions that ask for the same.")
    force = serializers.ChoiceField(choices=[(force.value, force.value) for force in Force])
    schedule = serializers.JSONField()
    agreed = serializers.BooleanField(help_text="False where the notice leaves open when it is due.")

    class Meta:
        model = Obligation
        fields = (
            *("id", "key", "requirement", "also", "duty_holder", "recipient", "deliverable", "force"),
            *("schedule", "sentence", "agreed", "agreed_by", "quote", "note", "starts_on", "superseded_on"),
        )

    def get_also(self, row: Obligation) -> list[str]:
        return [one.key for one in row.also.all()]


class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    """An entry of the register that stands."""

    instrument = serializers.IntegerField(source="instrument_id", allow_null=True)
    period = serializers.JSONField(allow_null=True)
    schedule = serializers.JSONField(allow_null=True)

    class Meta:
        model = Agreement
        fields = (
            *(
                "id",
                "instrument",
                "kind",
                "event_kind",
                "board",
                "obligation_key",
                "period",
                "gap_from",
                "gap_to",
            ),
            *("schedule", "words", "agreed_on", "agreed_by", "label", "link", "recorded_at"),
        )


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

    kind = serializers.ChoiceField(choices=Agreement.Kind.choices)
    words = serializers.CharField(max_length=5000)
    agreed_on = serializers.DateField()
    agreed_by = serializers.CharField(max_length=300)
    event_kind = serializers.ChoiceField(
        choices=Event.Kind.choices, required=False, default="", allow_blank=True
    )
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


class EventSerializer(serializers.ModelSerializer[Event]):
    """A dated fact that stands: no later one has replaced it."""

    instrument = serializers.IntegerField(source="instrument_id", allow_null=True)
    inspection = serializers.IntegerField(source="inspection_id", allow_null=True)

    class Meta:
        model = Event
        fields = (
            *("id", "kind", "on", "state", "board", "report", "counts", "counts_because", "on_request"),
            *(
                "resets",
                "amount",
                "wanted_by",
                "note",
                "label",
                "link",
                "instrument",
                "inspection",
                "recorded_at",
            ),
        )


class EventFilter(Strict):
    """What of the list is asked for."""

    kind = serializers.ChoiceField(choices=Event.Kind.choices, required=False)
    state = serializers.ChoiceField(choices=Event.State.choices, required=False)
    since = serializers.DateField(required=False, help_text="The first day.")
    until = serializers.DateField(required=False, help_text="The last day.")
    also = frozenset({"page", "page_size"})


class NewEvent(Strict):
    """A dated fact: it happened, is planned or was cancelled."""

    kind = serializers.ChoiceField(choices=Event.Kind.choices)
    on = serializers.DateField()
    state = serializers.ChoiceField(choices=Event.State.choices)
    board = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class VersionFilter(Strict):
    """Which version of the instrument; the latest where none is asked for."""

    version = serializers.IntegerField(required=False, min_value=1)
    also = frozenset({"page", "page_size"})


class InspectionSerializer(serializers.ModelSerializer[Inspection]):
    """An inspection with its several dates, what it judged and recommended."""

    judgements = serializers.SerializerMethodField(help_text="Area and judgement.")
    recommendations = serializers.SerializerMethodField(help_text="Reference and text.")

    class Meta:
        model = Inspection
        fields = (
            *(
                "id",
                "body",
                "kind",
                "fieldwork_from",
                "fieldwork_to",
                "reported_on",
                "published_on",
                "overall",
            ),
            *("note", "label", "link", "judgements", "recommendations"),
        )

    def get_judgements(self, row: Inspection) -> list[dict[str, str]]:
        ordered = sorted(row.judgements.all(), key=lambda one: one.order)
        return [{"area": one.area, "judgement": one.judgement} for one in ordered]

    def get_recommendations(self, row: Inspection) -> list[dict[str, str]]:
        ordered = sorted(row.recommendations.all(), key=lambda one: one.order)
        return [{"ref": one.ref, "text": one.text} for one in ordered]
