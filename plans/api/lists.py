"""Lists that one keeps of a plan, and shares with the council, through the API."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import Rules, Strict
from councils.rights import Thing, Verb
from plans.answering.saved import change_filter, remove_filter, save_filter, saved_filters
from plans.api.base import Working
from plans.api.shapes import Shape
from plans.seen import may_share

SEES, KEEPS = (Verb.READ, Thing.SAVED_LISTS), (Verb.WRITE, Thing.SAVED_LISTS)
QUERY = "Filters of the list of actions, as in an address: standing=off_track&due=overdue."


class SavedListSerializer(Shape):
    """A list that somebody keeps: a name and filters."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    query = serializers.CharField(help_text=QUERY)
    shared = serializers.BooleanField()
    owner = serializers.CharField(source="owner.name")
    own = serializers.SerializerMethodField(help_text="Whether it is yours to change.")

    def get_own(self, kept: Any) -> bool:
        return bool(kept.owner_id == self.context["request"].user.pk)


class NewSavedListSerializer(Strict):
    name = serializers.CharField(max_length=100)
    query = serializers.CharField(max_length=2000, help_text=QUERY)
    shared = serializers.BooleanField(default=False)


class SavedListChangeSerializer(Strict):
    """What is left out stays as it stands."""

    name = serializers.CharField(required=False, max_length=100)
    shared = serializers.BooleanField(required=False)


class _Lists(Working):
    def shown(self, kept: Any, status: int = 200) -> Response:
        return Response(SavedListSerializer(kept, context=self.get_serializer_context()).data, status=status)

    def check_sharing(self, *, shared: bool) -> None:
        """Raises ValidationError where whoever asks does not see the live plan and would share."""
        if shared and not may_share(self):
            raise exceptions.ValidationError({"shared": "Only who sees the live plan shares lists."})


class SavedLists(_Lists):
    rules: ClassVar[Rules] = {"GET": SEES, "POST": KEEPS}

    @extend_schema(operation_id="saved_lists", responses=SavedListSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """Your own lists and, where you see the live plan, those that others share."""
        return self.many(saved_filters(self.council, self.user, shared=may_share(self)), SavedListSerializer)

    @extend_schema(
        operation_id="save_list", request=NewSavedListSerializer, responses={201: SavedListSerializer}
    )
    def post(self, request: Request, council: str) -> Response:
        """Keep filters under a name; your own list of that name is replaced."""
        sent = NewSavedListSerializer.sent(request).validated_data
        self.check_sharing(shared=sent["shared"])
        return self.shown(self.kept(save_filter, **sent), 201)


class SavedListDetail(_Lists):
    rules: ClassVar[Rules] = {"PATCH": KEEPS, "DELETE": KEEPS}

    @extend_schema(
        operation_id="change_list", request=SavedListChangeSerializer, responses=SavedListSerializer
    )
    def patch(self, request: Request, council: str, saved: int) -> Response:
        """Rename a list of your own, share it or stop sharing it."""
        stands = saved_filters(self.council, self.user, shared=False).filter(pk=saved).first()
        if stands is None:
            raise Http404
        sent = SavedListChangeSerializer.sent(request).validated_data
        self.check_sharing(shared=sent.get("shared", False))
        # as on the page, a list does not stay shared by who sees the live plan no more
        shared = sent.get("shared", stands.shared and may_share(self))
        changed = self.kept(change_filter, filter_id=saved, name=sent.get("name", stands.name), shared=shared)
        return self.shown(changed)

    @extend_schema(operation_id="remove_list", request=None, responses={204: None})
    def delete(self, request: Request, council: str, saved: int) -> Response:
        """Remove a list of your own."""
        self.kept(remove_filter, filter_id=saved)
        return Response(status=204)
