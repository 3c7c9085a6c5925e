"""What documents left open on the plan, through the API: listed, and settled one by one."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import Rules, Strict
from councils.rights import Thing, Verb
from plans.api.base import Working
from plans.api.shapes import Shape
from plans.importing.kinds import sentence_of
from plans.queries import open_findings
from plans.services import settle_finding


class OpenFindingSerializer(Shape):
    """Something in a document that could not be taken as it stands."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    about = serializers.SerializerMethodField()
    ref = serializers.CharField()
    action = serializers.IntegerField(source="action_id", allow_null=True)
    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField()
    message = serializers.CharField()
    suggestion = serializers.CharField()

    def get_about(self, finding: Any) -> str:
        return sentence_of(finding.code)


class OpenFindingFilterSerializer(Strict):
    also: ClassVar[frozenset[str]] = frozenset({"page", "page_size"})

    code = serializers.CharField(required=False)
    ref = serializers.CharField(required=False)


class SettledSerializer(Strict):
    how = serializers.CharField(max_length=300, default="Left as it is", help_text="What was done about it.")


class OpenFindings(Working):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.PLAN_SOURCE)}

    @extend_schema(
        operation_id="open_findings",
        parameters=[OpenFindingFilterSerializer],
        responses=OpenFindingSerializer(many=True),
    )
    def get(self, request: Request, council: str) -> Response:
        """What documents left open on the plan, by row."""
        asked = OpenFindingFilterSerializer.asked(request).validated_data
        return self.many(open_findings(self.plan()).filter(**asked), OpenFindingSerializer)


class Settling(Working):
    rules: ClassVar[Rules] = {"POST": (Verb.WRITE, Thing.PLAN_SOURCE)}

    @extend_schema(operation_id="settle_finding", request=SettledSerializer, responses={204: None})
    def post(self, request: Request, council: str, finding: int) -> Response:
        """Close an open finding, saying what was done about it; once closed it stays so."""
        sent = SettledSerializer.sent(request).validated_data
        self.kept(settle_finding, finding_id=finding, how=sent["how"])
        return Response(status=204)
