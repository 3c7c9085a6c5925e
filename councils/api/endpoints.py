"""Councils, as the API shows them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import ETAG, CouncilEndpoint, Endpoint, Rules
from councils.queries import councils_known_to
from councils.rights import Thing, Verb


class CouncilSerializer(serializers.Serializer[Any]):
    """A council. `code` is its ONS (GSS) code, `la_number` DfE's three digits."""

    slug = serializers.CharField()
    code = serializers.CharField()
    la_number = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    region = serializers.CharField()
    invented = serializers.BooleanField(help_text="Demonstration data, no real council.")


class CouncilList(Endpoint):
    @extend_schema(operation_id="councils", responses=CouncilSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The councils that you may know of, by name."""
        return self.many(councils_known_to(self.access), CouncilSerializer)


class CouncilDetail(CouncilEndpoint):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.COUNCIL)}

    @extend_schema(operation_id="council", parameters=[ETAG], responses=CouncilSerializer)
    def get(self, request: Request, council: str) -> Response:
        """One council."""
        return self.one(CouncilSerializer(self.council).data, version=self.council.version)
