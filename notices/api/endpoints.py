"""The notice in the API: the chain, provisions, obligations, the register, dated facts, inspections."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import CouncilEndpoint, Rules
from councils.rights import Thing, Verb
from notices.api.shapes import (
    AgreementSerializer,
    EventFilter,
    EventSerializer,
    InspectionSerializer,
    InstrumentSerializer,
    NewAgreement,
    NewEvent,
    ObligationSerializer,
    RequirementSerializer,
    VersionFilter,
)
from notices.queries import standing_events
from notices.queries.notice import instrument_of, instruments_of, versions_of
from notices.queries.register import entries
from notices.queries.standing import inspections_of
from notices.services import Agreed, Refused, record_agreement, record_event

READ = (Verb.READ, Thing.NOTICE)


class NoticeEndpoint(CouncilEndpoint):
    """An endpoint about what a council is under."""

    rules: ClassVar[Rules] = {"GET": READ}

    @property
    def who(self) -> dict[str, Any]:
        """Who records something, and when."""
        return {
            "council": self.council,
            "by": self.user,
            "now": timezone.now(),
            "today": timezone.localdate(),
        }

    def instrument(self, number: int) -> Any:
        """An instrument of the council; a 404 where there is none."""
        found = instrument_of(self.council, number)
        if found is None:
            raise Http404
        return found

    def version(self, request: Request, number: int) -> Any:
        """The version that is asked for, of an instrument that was read in; a 404 where there is none."""
        asked = VersionFilter.asked(request).validated_data.get("version")
        for version in versions_of(self.instrument(number)):
            if asked in (None, version.number):
                return version
        raise Http404


class InstrumentList(NoticeEndpoint):
    @extend_schema(operation_id="instruments", responses=InstrumentSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The chain of instruments, the latest first, with the versions of those that were read in."""
        return self.many(instruments_of(self.council), InstrumentSerializer)


class RequirementList(NoticeEndpoint):
    @extend_schema(
        operation_id="requirements", parameters=[VersionFilter], responses=RequirementSerializer(many=True)
    )
    def get(self, request: Request, council: str, instrument: int) -> Response:
        """The provisions of an instrument in their order; `version` asks for an earlier one."""
        version = self.version(request, instrument)
        return self.many(
            version.requirements.select_related("parent").order_by("order"), RequirementSerializer
        )


class ObligationList(NoticeEndpoint):
    @extend_schema(
        operation_id="obligations", parameters=[VersionFilter], responses=ObligationSerializer(many=True)
    )
    def get(self, request: Request, council: str, instrument: int) -> Response:
        """What follows from an instrument for whom, in its order; when each is due is told by `/deadlines`."""
        owed = (
            self.version(request, instrument)
            .obligations.filter(withdrawn=False)
            .select_related("requirement")
        )
        return self.many(owed.prefetch_related("also").order_by("order"), ObligationSerializer)


class AgreementList(NoticeEndpoint):
    @extend_schema(operation_id="agreements", responses=AgreementSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The register of what was agreed and stands, the latest first."""
        standing = [entry.row for entry in entries(self.council) if entry.stands]
        return self.many(standing, AgreementSerializer)


class Agreeing(NoticeEndpoint):
    rules: ClassVar[Rules] = {"POST": (Verb.WRITE, Thing.NOTICE)}

    @extend_schema(
        operation_id="record_agreement", request=NewAgreement, responses={201: AgreementSerializer}
    )
    def post(self, request: Request, council: str, instrument: int) -> Response:
        """Enter what was agreed about an instrument. The same said twice is entered once."""
        found = self.instrument(instrument)
        sent = NewAgreement.sent(request).validated_data
        try:
            made = record_agreement(instrument=found, agreed=Agreed(**sent), **self.who)
        except Refused as refused:
            raise exceptions.ValidationError({refused.field: [str(refused)]}) from None
        return Response(AgreementSerializer(made).data, status=201)


class EventList(NoticeEndpoint):
    rules: ClassVar[Rules] = {
        "GET": (Verb.READ, Thing.KEY_DATES),
        "POST": (Verb.WRITE, Thing.KEY_DATES),
    }

    @extend_schema(operation_id="events", parameters=[EventFilter], responses=EventSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The dated facts that stand, the oldest first."""
        asked = EventFilter.asked(request).validated_data
        names = {"kind": "kind", "state": "state", "since": "on__gte", "until": "on__lte"}
        wanted = {names[name]: value for name, value in asked.items()}
        return self.many(standing_events(self.council).filter(**wanted), EventSerializer)

    @extend_schema(operation_id="record_event", request=NewEvent, responses={201: EventSerializer})
    def post(self, request: Request, council: str) -> Response:
        """Record that something happened, is planned or was cancelled. The same said twice is recorded once."""
        sent = NewEvent.sent(request).validated_data
        try:
            made = record_event(**sent, **self.who)
        except Refused as refused:
            raise exceptions.ValidationError({refused.field: [str(refused)]}) from None
        return Response(EventSerializer(made).data, status=201)


class InspectionList(NoticeEndpoint):
    @extend_schema(operation_id="inspections", responses=InspectionSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The council's inspections, the latest recorded first."""
        return self.many(inspections_of(self.council), InspectionSerializer)
