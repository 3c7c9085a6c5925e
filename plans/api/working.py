"""Working the plan through the API: the services, rights and version check of the pages."""

from typing import Any, ClassVar

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import ETAG, Rules
from plans import services
from plans.api.base import OFFICE, OfAction, Working
from plans.api.endpoints import IF_MATCH, READ, ActionList
from plans.api.shapes import ActionSerializer, actions_in
from plans.api.working_shapes import (
    ActionChangeSerializer,
    MergeSerializer,
    NewActionSerializer,
    ReasonSerializer,
    SplitSerializer,
)
from plans.recurring import Plain
from plans.services import NewAction


class Retiring(OfAction):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(
        operation_id="retire", request=ReasonSerializer, parameters=[IF_MATCH], responses={204: None}
    )
    def post(self, request: Request, council: str, action: int) -> Response:
        """Take an action out of the plan from today."""
        _, _, row = self.one_action(action)
        version = self.version_sent(row.version)
        self.done(
            services.retire,
            action_id=action,
            version=version,
            **ReasonSerializer.sent(request).validated_data,
        )
        return Response(status=204)


class BringingBack(OfAction):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(operation_id="bring_back", request=ReasonSerializer, responses={200: ActionSerializer})
    def post(self, request: Request, council: str, action: int) -> Response:
        """Take a retired action into the plan again."""
        self.live()
        self.done(services.bring_back, action_id=action, **ReasonSerializer.sent(request).validated_data)
        return self.shown(action)


class Splitting(OfAction):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(
        operation_id="split",
        request=SplitSerializer,
        parameters=[IF_MATCH],
        responses={201: ActionSerializer(many=True)},
    )
    def post(self, request: Request, council: str, action: int) -> Response:
        """Split an action into parts of its own."""
        _, _, row = self.one_action(action)
        version = self.version_sent(row.version)
        sent = dict(SplitSerializer.sent(request).validated_data)
        parts = [
            NewAction(
                part["ref"],
                part["activity"],
                ends_on=part.get("ends_on"),
                leads=tuple(part.get("leads", ())),
            )
            for part in sent.pop("parts")
        ]
        made = self.done(services.split, action_id=action, version=version, parts=parts, **sent)
        _, table = self.seen()
        numbers = {part.pk for part in made}
        rows = [row for row in table.actions if row.id in numbers]
        return Response(ActionSerializer(actions_in(table, rows), many=True).data, status=201)


class Merging(OfAction):
    rules: ClassVar[Rules] = {"POST": OFFICE}

    @extend_schema(
        operation_id="merge",
        request=MergeSerializer,
        parameters=[IF_MATCH],
        responses={200: ActionSerializer},
    )
    def post(self, request: Request, council: str, action: int) -> Response:
        """Merge other actions into this one."""
        _, table, row = self.one_action(action)
        version = self.version_sent(row.version)
        sent = MergeSerializer.sent(request).validated_data
        unknown = set(sent["others"]) - {row.id for row in table.actions}
        if unknown:
            raise exceptions.ValidationError({"others": f"Not in the plan: {sorted(unknown)}"})
        self.done(services.merge, action_id=action, version=version, **sent)
        return self.shown(action)


def change_action(endpoint: OfAction, number: int, version: int, sent: dict[str, Any]) -> None:
    """Make every change that a PATCH of an action asks for, all of them or none."""
    reason = sent.pop("reason")
    given = {"action_id": number, "version": version, "reason": reason}
    approved_by = sent.pop("approved_by", "")
    with transaction.atomic():
        if "ends_on" in sent:
            end = sent.pop("ends_on")
            endpoint.done(services.move_end, end=end, approved_by=approved_by, source="api", **given)
        if "recurs" in sent:
            recurs = sent.pop("recurs")
            schedule = Plain(**recurs).schedule() if recurs else None
            endpoint.done(services.set_recurrence, schedule=schedule, **given)
        if "leads" in sent:
            endpoint.done(services.change_leads, leads=sent.pop("leads"), **given)
        if "objective" in sent:
            endpoint.done(services.rehome, objective_id=sent.pop("objective"), **given)
        if sent:
            endpoint.done(services.reword, values=sent, **given)


class WorkedAction(OfAction):
    """One action: read by all who see the plan, changed by the programme office."""

    rules: ClassVar[Rules] = {"GET": READ, "PATCH": OFFICE}

    @extend_schema(operation_id="action", parameters=[ETAG], responses=ActionSerializer)
    def get(self, request: Request, council: str, action: int) -> Response:
        """One action."""
        return self.shown(action)

    @extend_schema(
        operation_id="change_action",
        request=ActionChangeSerializer,
        parameters=[IF_MATCH],
        responses=ActionSerializer,
        description="Change an action's words, dates, leads or place, with a reason; all of it or nothing.",
    )
    def patch(self, request: Request, council: str, action: int) -> Response:
        _, _, row = self.one_action(action)
        version = self.version_sent(row.version)
        change_action(self, action, version, dict(ActionChangeSerializer.sent(request).validated_data))
        return self.shown(action)


def add_action(endpoint: Working, request: Request) -> int:
    """Add the action that was sent; its number."""
    sent = dict(NewActionSerializer.sent(request).validated_data)
    objective, reason = sent.pop("objective"), sent.pop("reason")
    sent["leads"] = tuple(sent.get("leads", ()))
    made = endpoint.done(services.add_action, objective_id=objective, new=NewAction(**sent), reason=reason)
    return int(made.pk)


class WorkedActions(OfAction, ActionList):
    """The plan's actions: read by all who see the plan, added to by the programme office."""

    rules: ClassVar[Rules] = {"GET": READ, "POST": OFFICE}

    @extend_schema(operation_id="add_action", request=NewActionSerializer, responses={201: ActionSerializer})
    def post(self, request: Request, council: str) -> Response:
        """Add an action to the plan."""
        self.live()
        return self.shown(add_action(self, request), status=201)
