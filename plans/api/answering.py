"""What a lead is asked, and many actions changed at once, as the API shows and takes them."""

import uuid
from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import Rules, Strict
from councils.rights import Thing, Verb
from plans.answering.asking import answers_for
from plans.answering.bulk import change_many
from plans.answering.outcomes import MoveEnds, SetLeads, SetRating, Wanted, batch_of, undo_of
from plans.answering.rounds import asked_now
from plans.answering.undoing import undo_batch
from plans.api.base import OFFICE
from plans.api.endpoints import PlanEndpoint
from plans.api.working_shapes import Names
from plans.queries import people_of
from plans.rows import ActionRow
from plans.services import Refused
from plans.table import PlanTable

MOST = 500
BATCH = "a number of your own: the same one sent twice is written once"


class AskedSerializer(serializers.Serializer[Any]):
    """One action that a lead is asked about."""

    action = serializers.IntegerField(source="row.id")
    ref = serializers.CharField(source="row.ref")
    activity = serializers.CharField(source="row.activity")
    ends_on = serializers.DateField(source="row.ends_on", allow_null=True)
    rating = serializers.CharField(source="row.rating.code", allow_null=True, default=None)
    narrative = serializers.CharField(source="row.progress")
    version = serializers.IntegerField(source="row.version")
    why = serializers.CharField(help_text="why it comes where it comes; empty where nothing presses")
    answered = serializers.BooleanField()


class ChosenSerializer(Strict):
    action = serializers.IntegerField()
    version = serializers.IntegerField(min_value=1)


class BulkRatingSerializer(Strict):
    """The same rating for many actions; each keeps its own text."""

    actions = ChosenSerializer(many=True, allow_empty=False, max_length=MOST)  # type: ignore[call-arg]
    rating = serializers.CharField(allow_null=True, max_length=20)
    on = serializers.DateField()
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=10_000)
    next_step = serializers.CharField(required=False, default="", allow_blank=True, max_length=10_000)
    batch = serializers.UUIDField(required=False, help_text=BATCH)


class BulkLeadsSerializer(Strict):
    """The same leads for many actions, in place of those there are."""

    actions = ChosenSerializer(many=True, allow_empty=False, max_length=MOST)  # type: ignore[call-arg]
    leads = Names(allow_empty=False)
    reason = serializers.CharField(max_length=10_000)
    batch = serializers.UUIDField(required=False, help_text=BATCH)


class BulkEndSerializer(Strict):
    """The same end for many actions; each keeps its earlier one."""

    actions = ChosenSerializer(many=True, allow_empty=False, max_length=MOST)  # type: ignore[call-arg]
    ends_on = serializers.DateField(help_text="The new end, inclusive.")
    reason = serializers.CharField(max_length=10_000)
    approved_by = serializers.CharField(max_length=300, help_text="Who approved the move.")
    batch = serializers.UUIDField(required=False, help_text=BATCH)


class ResultSerializer(serializers.Serializer[Any]):
    action = serializers.IntegerField(source="id")
    ref = serializers.CharField()
    old = serializers.CharField()
    new = serializers.CharField()
    why_not = serializers.CharField()


class OutcomeSerializer(serializers.Serializer[Any]):
    """What became of each row."""

    batch = serializers.UUIDField()
    done = ResultSerializer(many=True)
    refused = ResultSerializer(many=True)


class MyActionList(PlanEndpoint):
    rules: ClassVar[Rules] = {"GET": (Verb.WRITE, Thing.OWN_ACTIONS)}

    @extend_schema(operation_id="my_actions", responses=AskedSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The actions that you lead and are asked about, in order of need."""
        seen, table = self.seen()
        if seen.plan is None or not seen.live:
            raise exceptions.PermissionDenied
        today = timezone.localdate()
        people = people_of(self.user, self.council)
        asked = asked_now(seen.plan, today=today)
        found = answers_for(seen.plan, table, asked, leads=lambda row: row.led_by(people), today=today)
        return self.many(list(found.todos), AskedSerializer)


class _Bulk(PlanEndpoint):
    """Many actions at once, with a result for each: a row that cannot be changed says why, the others are written."""

    def live_plan(self) -> tuple[Any, PlanTable]:
        """The live plan. Raises PermissionDenied where it is not seen live."""
        seen, table = self.seen()
        if seen.plan is None or not seen.live:
            raise exceptions.PermissionDenied
        return seen.plan, table

    def changed(self, sent: dict[str, Any], wanted: Wanted) -> Response:
        plan, table = self.live_plan()
        whole = self.access.may(Verb.WRITE, Thing.LIVE_PLAN, self.council)
        people = people_of(self.user, self.council)

        def may(row: ActionRow) -> bool:
            return whole or row.led_by(people)

        try:
            outcome = change_many(
                council=self.council,
                plan=plan,
                rows={row.id: row for row in table.actions},
                chosen={one["action"]: one["version"] for one in sent["actions"]},
                wanted=wanted,
                may=may,
                by=self.user,
                now=timezone.now(),
                today=timezone.localdate(),
                batch=sent.get("batch") or uuid.uuid4(),
            )
        except Refused as refused:
            raise exceptions.ValidationError(refused.errors) from None
        return Response(OutcomeSerializer(outcome).data)


class BulkRating(_Bulk):
    rules: ClassVar[Rules] = {"POST": (Verb.WRITE, Thing.OWN_ACTIONS)}

    @extend_schema(operation_id="rate_many", request=BulkRatingSerializer, responses=OutcomeSerializer)
    def post(self, request: Request, council: str) -> Response:
        """Give many actions the same rating; a row that cannot have it says why, and the others are written."""
        sent = BulkRatingSerializer.sent(request).validated_data
        wanted = SetRating(sent["rating"] or "", sent["on"], sent["reason"], sent["next_step"])
        return self.changed(sent, wanted)


class BulkLeads(_Bulk):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(operation_id="lead_many", request=BulkLeadsSerializer, responses=OutcomeSerializer)
    def post(self, request: Request, council: str) -> Response:
        """Give many actions the same leads; a row that cannot have them says why, and the others are written."""
        sent = BulkLeadsSerializer.sent(request).validated_data
        return self.changed(sent, SetLeads(tuple(dict.fromkeys(sent["leads"])), sent["reason"]))


class BulkEnd(_Bulk):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(operation_id="move_many", request=BulkEndSerializer, responses=OutcomeSerializer)
    def post(self, request: Request, council: str) -> Response:
        """Move the end of many actions to one day; a row that cannot move says why, and the others are written."""
        sent = BulkEndSerializer.sent(request).validated_data
        return self.changed(sent, MoveEnds(sent["ends_on"], sent["reason"], sent["approved_by"]))


class BulkUndo(_Bulk):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(operation_id="undo_many", request=None, responses=OutcomeSerializer)
    def post(self, request: Request, council: str, batch: uuid.UUID) -> Response:
        """Put back what a change of many actions did; a row that was changed since says why it is not.

        What was put back counts neither as an answer nor as an update.
        """
        plan, table = self.live_plan()
        found = batch_of(self.council, batch)
        if found is None:
            raise Http404
        outcome = undo_batch(
            found,
            plan=plan,
            rows={row.id: row for row in table.actions},
            may=lambda row: True,
            by=self.user,
            now=timezone.now(),
            today=timezone.localdate(),
            batch=undo_of(batch),
        )
        return Response(OutcomeSerializer(outcome).data)
