"""Plans, objectives, actions, updates and positions, as the API shows and takes them."""

import datetime as dt
from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import ETAG, CouncilEndpoint, Rules, Stale
from councils.rights import Thing, Verb
from plans.api.shapes import (
    ActionSerializer,
    FilterSerializer,
    JudgementSerializer,
    NewUpdateSerializer,
    ObjectiveFilterSerializer,
    ObjectiveSerializer,
    PlanSerializer,
    PositionSerializer,
    UpdateSerializer,
    actions_in,
    objectives_in,
)
from plans.queries import people_of, positions_of
from plans.seen import Seen, may_update, plan_seen_by, reports_seen
from plans.services import Conflict, Refused, Report, Source, judge_objective, record_update
from plans.table import ActionRow, PlanTable

READ = (Verb.READ, Thing.FROZEN_PLAN)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description=(
        "The ETag that you read. The write is refused (412) only where somebody has changed the same field"
        " since; without it the answer is 428."
    ),
)


class PlanEndpoint(CouncilEndpoint):
    """An endpoint about the council's plan as whoever asks may see it."""

    rules: ClassVar[Rules] = {"GET": READ}

    def seen(self, *, as_at: dt.date | None = None) -> tuple[Seen, PlanTable]:
        """The plan that is seen, or as it stood on an earlier day; a 404 where there is none to see."""
        seen = plan_seen_by(self, today=timezone.localdate(), as_at=as_at)
        if seen.plan is None:
            raise exceptions.NotFound("This council has no plan here yet.")
        if seen.table is None:
            raise exceptions.NotFound("No position of this council's plan has been frozen yet.")
        return seen, seen.table


class PlanDetail(PlanEndpoint):
    @extend_schema(operation_id="plan", parameters=[ETAG], responses=PlanSerializer)
    def get(self, request: Request, council: str) -> Response:
        """The plan: its scale, its themes and its counts."""
        seen, _ = self.seen()
        return self.one(PlanSerializer(seen).data, version=0)


class PositionList(PlanEndpoint):
    @extend_schema(operation_id="positions", responses=PositionSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The plan's frozen positions, latest first."""
        plan = plan_seen_by(self, today=timezone.localdate()).plan
        return self.many(positions_of(plan), PositionSerializer)


class ObjectiveList(PlanEndpoint):
    @extend_schema(
        operation_id="objectives",
        parameters=[ObjectiveFilterSerializer],
        responses=ObjectiveSerializer(many=True),
    )
    def get(self, request: Request, council: str) -> Response:
        """The plan's objectives, in its order."""
        asked = ObjectiveFilterSerializer.asked(request)
        _, table = self.seen()
        theme = asked.validated_data.get("theme")
        return self.many(
            [o for o in objectives_in(table) if theme in (None, o.theme.id)], ObjectiveSerializer
        )


class ObjectiveDetail(PlanEndpoint):
    rules: ClassVar[Rules] = {"GET": READ, "PATCH": (Verb.WRITE, Thing.LIVE_PLAN)}

    @extend_schema(operation_id="objective", parameters=[ETAG], responses=ObjectiveSerializer)
    def get(self, request: Request, council: str, objective: int) -> Response:
        """One objective."""
        return self._shown(objective)

    @extend_schema(
        operation_id="judge_objective",
        request=JudgementSerializer,
        parameters=[IF_MATCH],
        responses=ObjectiveSerializer,
    )
    def patch(self, request: Request, council: str, objective: int) -> Response:
        """Judge an objective: its rating, with the reason."""
        seen, _ = self.seen()
        row = seen.objective(objective)
        if row is None:
            raise Http404
        version = self.version_sent(row.version)
        sent = JudgementSerializer.sent(request)
        try:
            judge_objective(
                council=self.council,
                objective_id=row.id,
                rating=sent.validated_data["rating"] or "",
                reason=sent.validated_data["reason"],
                version=version,
                by=self.user,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except Refused as refused:
            raise exceptions.ValidationError(refused.errors) from None
        except Conflict as conflict:
            raise _stale(conflict, sent.validated_data) from None
        return self._shown(objective)

    def _shown(self, number: int) -> Response:
        _, table = self.seen()
        found = next((item for item in objectives_in(table) if item.row.id == number), None)
        if found is None:
            raise Http404
        return self.one(ObjectiveSerializer(found).data, version=found.row.version)


class ActionList(PlanEndpoint):
    @extend_schema(
        operation_id="actions", parameters=[FilterSerializer], responses=ActionSerializer(many=True)
    )
    def get(self, request: Request, council: str) -> Response:
        """The plan's actions, narrowed and sorted as the plan page does it."""
        asked = FilterSerializer.asked(request)
        filters = asked.filters()
        _, table = self.seen(as_at=asked.validated_data.get("as_at"))
        mine = people_of(self.user, self.council) if filters.mine else frozenset[int]()
        rows = table.filtered(filters, person_ids=mine).sorted_actions(filters.sort)
        return self.many(actions_in(table, rows), ActionSerializer)


class ActionEndpoint(PlanEndpoint):
    """An endpoint about one action."""

    def one_action(self, number: int) -> tuple[Seen, PlanTable, ActionRow]:
        """The action in the plan that is seen; a 404 if it is not in it."""
        seen, table = self.seen()
        row = seen.action(number)
        if row is None:
            raise Http404
        return seen, table, row


class UpdateList(ActionEndpoint):
    rules: ClassVar[Rules] = {"GET": READ, "POST": (Verb.WRITE, Thing.OWN_ACTIONS)}

    @extend_schema(operation_id="updates", responses=UpdateSerializer(many=True))
    def get(self, request: Request, council: str, action: int) -> Response:
        """What was reported of an action, latest first."""
        seen, _, row = self.one_action(action)
        return self.many(reports_seen(seen, row), UpdateSerializer)

    @extend_schema(
        operation_id="report",
        request=NewUpdateSerializer,
        parameters=[IF_MATCH],
        responses={201: UpdateSerializer},
        description="Report progress of an action. If-Match takes the action's ETag.",
    )
    def post(self, request: Request, council: str, action: int) -> Response:
        seen, _, row = self.one_action(action)
        if not (seen.live and may_update(self, row)):
            raise exceptions.PermissionDenied("You may report only on actions that you lead.")
        version = self.version_sent(row.version)
        sent = NewUpdateSerializer.sent(request)
        report = _report(row, sent.validated_data)
        try:
            update = record_update(
                council=self.council,
                action_id=row.id,
                report=report,
                version=version,
                by=self.user,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except Refused as refused:
            raise exceptions.ValidationError(refused.errors) from None
        except Conflict as conflict:
            yours = {
                "rating": report.rating or None,
                "narrative": report.narrative,
                "impact": report.impact or None,
            }
            raise _stale(conflict, yours) from None
        return Response(UpdateSerializer(update).data, status=201)


def _report(row: ActionRow, sent: dict[str, Any]) -> Report:
    """What was sent as a report; a rating or text that was left out stays as it stands."""
    stands = row.rating.code if row.rating else None
    return Report(
        on=sent["on"],
        rating=sent.get("rating", stands) or "",
        narrative=sent.get("narrative", row.progress),
        reason=sent.get("reason", ""),
        next_step=sent.get("next_step", ""),
        impact=(sent["impact"] or "") if "impact" in sent else None,
        source=Source.API,
    )


def _stale(conflict: Conflict, yours: dict[str, Any]) -> Stale:
    """Both values of each field, under the names that the API takes them by."""
    theirs = {"narrative" if name == "progress" else name: value for name, value in conflict.theirs.items()}
    return Stale.of(theirs=theirs, yours=yours, version=conflict.version, by_name=conflict.by_name)
