"""Deadlines in the API: what is due, when and why; recording that one was met or waived."""

import datetime as dt
from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import CouncilEndpoint, Rules, Strict
from councils.rights import Thing, Verb
from deadlines.obligations import Force
from deadlines.states import State
from notices.deadlines.lines import SORTS, Filters, Line, Proof
from notices.deadlines.queries import A_YEAR, deadlines_of, find, latest_row
from notices.deadlines.services import meet, reopen, waive
from notices.services import Refused

FURTHEST = 10 * A_YEAR


class FactSerializer(serializers.Serializer[Any]):
    """A fact that a deadline rests on, with its day and its name in a sentence."""

    on = serializers.DateField()
    name = serializers.CharField()


class DeadlineSerializer(serializers.Serializer[Line]):
    """One deadline of one obligation. `obligation` and `due` together name it."""

    obligation = serializers.IntegerField(source="duty.number")
    key = serializers.CharField(source="duty.key", help_text="The same in every version of the notice.")
    requirement = serializers.CharField(source="duty.requirement")
    also = serializers.ListField(child=serializers.CharField(), source="duty.also")
    deliverable = serializers.CharField(source="duty.deliverable")
    duty_holder = serializers.CharField(source="duty.duty_holder")
    recipient = serializers.CharField(source="duty.recipient")
    force = serializers.ChoiceField(choices=[(f.value, f.value) for f in Force], source="duty.force")
    due = serializers.DateField(help_text="The last day in time.")
    window_from = serializers.DateField(source="one.window_from", allow_null=True)
    state = serializers.ChoiceField(choices=[(s.value, s.label) for s in State])
    firm = serializers.BooleanField(help_text="False for a forecast, which may still move.")
    because = serializers.CharField(source="one.because")
    rests_on = FactSerializer(many=True, source="facts")
    breach = serializers.BooleanField()
    met_on = serializers.DateField(source="deadline.met_on", allow_null=True)
    met_by = serializers.SerializerMethodField()

    def get_met_by(self, line: Line) -> str:
        """What met it, in words."""
        return line.proof.label or line.proof.link if line.proof else ""


class DeadlineFilter(Strict):
    """What of the list is asked for."""

    as_at = serializers.DateField(required=False, help_text="The day they are looked at; today.")
    until = serializers.DateField(required=False, help_text="The last due day; a year on.")
    state = serializers.ChoiceField(
        required=False,
        choices=[("open", "Still owed"), ("breach", "A missed must"), *((s.value, s.label) for s in State)],
    )
    duty_holder = serializers.CharField(required=False)
    force = serializers.ChoiceField(required=False, choices=[(f.value, f.value) for f in Force])
    sort = serializers.ChoiceField(required=False, choices=list(SORTS.items()))
    also = frozenset({"page", "page_size"})


class Met(Strict):
    """That a deadline was met, and by what: a label or an address, or both."""

    on = serializers.DateField()
    label = serializers.CharField(  # type: ignore[assignment]
        required=False, default="", max_length=300, allow_blank=True
    )
    link = serializers.URLField(required=False, default="", max_length=2000, allow_blank=True)


class Waived(Strict):
    """That a deadline need not be met, why, and who approved that."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=4000)
    approver = serializers.CharField(max_length=300)


class Reopened(Strict):
    """That a deadline is owed again, and why."""

    reason = serializers.CharField(max_length=4000)


class DeadlineList(CouncilEndpoint):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.DEADLINES)}

    @extend_schema(
        operation_id="deadlines", parameters=[DeadlineFilter], responses=DeadlineSerializer(many=True)
    )
    def get(self, request: Request, council: str) -> Response:
        """The council's deadlines with their state on a day, and why each falls when it does."""
        asked = DeadlineFilter.asked(request).validated_data
        today = timezone.localdate()
        as_at = min(asked.get("as_at", today), today)
        until = min(asked.get("until", as_at + A_YEAR), today + FURTHEST)
        filters = Filters(
            state=asked.get("state", ""),
            holder=asked.get("duty_holder", ""),
            force=asked.get("force", ""),
            sort=asked.get("sort", "due"),
        )
        found = deadlines_of(self.council, today=as_at, until=until)
        return self.many(found.listed(filters), DeadlineSerializer)


class Recording(CouncilEndpoint):
    """Recording something of one deadline."""

    rules: ClassVar[Rules] = {"POST": (Verb.WRITE, Thing.DEADLINES)}

    def who(self) -> dict[str, Any]:
        """Who records it, and when."""
        today = timezone.localdate()
        return {"council": self.council, "by": self.user, "now": timezone.now(), "today": today}

    def shown(self, number: int, due: dt.date) -> Response:
        """The deadline as it stands now."""
        today = timezone.localdate()
        row = latest_row(number, self.council)
        lines = (
            find(deadlines_of(self.council, today=today, until=max(due, today)), row.pk, due) if row else []
        )
        if not lines:
            raise Http404
        return Response(DeadlineSerializer(lines[0]).data, status=201)

    def day(self, due: str, number: int) -> dt.date:
        """The day in the address; a 404 where it is none or the obligation has no deadline then."""
        try:
            day = dt.date.fromisoformat(due)
        except ValueError:
            raise Http404 from None
        if day > timezone.localdate() + FURTHEST:
            raise Http404
        self.shown(number, day)
        return day


class Meeting(Recording):
    @extend_schema(operation_id="meet_deadline", request=Met, responses={201: DeadlineSerializer})
    def post(self, request: Request, council: str, obligation: int, due: str) -> Response:
        """Record that a deadline was met. The same said twice is recorded once."""
        day, sent = self.day(due, obligation), Met.sent(request).validated_data
        proof = Proof(sent["label"], sent["link"])
        try:
            meet(number=obligation, due=day, on=sent["on"], proof=proof, **self.who())
        except Refused as refused:
            raise exceptions.ValidationError({refused.field: [str(refused)]}) from None
        return self.shown(obligation, day)


class Waiving(Recording):
    @extend_schema(operation_id="waive_deadline", request=Waived, responses={201: DeadlineSerializer})
    def post(self, request: Request, council: str, obligation: int, due: str) -> Response:
        """Record that a deadline need not be met."""
        day, sent = self.day(due, obligation), Waived.sent(request).validated_data
        try:
            waive(number=obligation, due=day, proof=Proof(), **sent, **self.who())
        except Refused as refused:
            raise exceptions.ValidationError({refused.field: [str(refused)]}) from None
        return self.shown(obligation, day)


class Reopening(Recording):
    @extend_schema(operation_id="reopen_deadline", request=Reopened, responses={201: DeadlineSerializer})
    def post(self, request: Request, council: str, obligation: int, due: str) -> Response:
        """Open a deadline again that somebody recorded as met or waived."""
        day, sent = self.day(due, obligation), Reopened.sent(request).validated_data
        try:
            reopen(number=obligation, due=day, reason=sent["reason"], **self.who())
        except Refused as refused:
            raise exceptions.ValidationError({refused.field: [str(refused)]}) from None
        return self.shown(obligation, day)
