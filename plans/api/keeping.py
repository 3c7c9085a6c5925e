"""What the programme office keeps of a plan as a whole, through the API: rules, versions, frozen positions."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import Rules
from councils.rights import Thing, Verb
from plans import services
from plans.adding_up import RULES
from plans.api.base import OFFICE, Working
from plans.api.endpoints import READ, PositionList
from plans.api.looking import VersionList
from plans.api.shapes import PositionSerializer
from plans.api.working_shapes import (
    EndorsementSerializer,
    NewPositionSerializer,
    NewVersionSerializer,
    RuleSerializer,
    SwitchSerializer,
    VersionSerializer,
)
from plans.queries import rules_standing, version_of
from plans.services import Refused, freeze_position


class RuleList(Working):
    rules: ClassVar[Rules] = {"GET": OFFICE}

    @extend_schema(operation_id="rules", responses=RuleSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The rules of what does not add up, the most serious first, and since when each holds."""
        return self.many(rules_standing(self.plan(), on=timezone.localdate()), RuleSerializer)


class RuleDetail(Working):
    rules: ClassVar[Rules] = {"PUT": OFFICE}

    @extend_schema(operation_id="switch_rule", request=SwitchSerializer, responses=RuleSerializer)
    def put(self, request: Request, council: str, rule: str) -> Response:
        """Let a rule hold from a day, or switch it off."""
        if rule not in RULES:
            raise Http404
        self.done(services.switch_rule, rule=rule, **SwitchSerializer.sent(request).validated_data)
        lines = rules_standing(self.plan(), on=timezone.localdate())
        return Response(RuleSerializer(next(line for line in lines if line.rule.code == rule)).data)


class KeptVersions(VersionList):
    """The plan's versions: read by all who see the plan, kept by the programme office."""

    rules: ClassVar[Rules] = {"GET": READ, "POST": OFFICE}

    @extend_schema(
        operation_id="keep_version", request=NewVersionSerializer, responses={201: VersionSerializer}
    )
    def post(self, request: Request, council: str) -> Response:
        """Keep the plan's wording as it stands now, as a draft."""
        made = self.done(services.draft_version, **NewVersionSerializer.sent(request).validated_data)
        return Response(VersionSerializer(made).data, status=201)


class Endorsing(Working):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(operation_id="endorse_version", request=EndorsementSerializer, responses=VersionSerializer)
    def post(self, request: Request, council: str, version: int) -> Response:
        """Record which board endorsed a version, by which decision. One that is endorsed stays as it is."""
        if version_of(self.council, version) is None:
            raise Http404
        sent: dict[str, Any] = EndorsementSerializer.sent(request).validated_data
        made = self.done(services.endorse_version, version_id=version, **sent)
        return Response(VersionSerializer(made).data)


class KeptPositions(PositionList, Working):
    """Frozen positions: read by all who see the plan, frozen by the programme office."""

    rules: ClassVar[Rules] = {"GET": READ, "POST": (Verb.WRITE, Thing.FROZEN_PLAN)}

    @extend_schema(
        operation_id="freeze_position", request=NewPositionSerializer, responses={201: PositionSerializer}
    )
    def post(self, request: Request, council: str) -> Response:
        """Freeze the plan as it stands on a day. From then on those above the council read it."""
        sent = NewPositionSerializer.sent(request).validated_data
        try:
            made = freeze_position(
                plan=self.plan(), by=self.user, now=timezone.now(), today=timezone.localdate(), **sent
            )
        except Refused as refused:
            raise exceptions.ValidationError(refused.errors) from None
        return Response(PositionSerializer(made).data, status=201)
