"""What stands behind an action's rating through the API: milestones, assurance, evidence."""

from typing import Any, ClassVar

from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import ETAG, AsItIs, Rules
from councils.rights import Thing, Verb
from files.serving import hand_over
from plans import services
from plans.api.base import OfAction
from plans.api.endpoints import IF_MATCH, READ, PlanEndpoint
from plans.api.working_shapes import (
    AssuranceSerializer,
    DaySerializer,
    EvidenceSerializer,
    MilestoneChangeSerializer,
    MilestoneSerializer,
    NewAssuranceSerializer,
    NewEvidenceSerializer,
    NewMilestoneSerializer,
    ReasonSerializer,
    TestedSerializer,
)
from plans.assured import findings_about
from plans.queries import (
    assurances_of,
    evidence_of,
    evidence_one,
    milestone_of,
    steps_at,
    steps_of,
    stored_action,
)


class MilestoneList(OfAction):
    rules: ClassVar[Rules] = {"GET": READ, "POST": (Verb.WRITE, Thing.OWN_ACTIONS)}

    @extend_schema(
        operation_id="milestones", parameters=[DaySerializer], responses=MilestoneSerializer(many=True)
    )
    def get(self, request: Request, council: str, action: int) -> Response:
        """The milestones of an action: as they stand, or as they stood at the end of a day."""
        asked = DaySerializer.asked(request).validated_data
        seen, table = self.seen(as_at=asked.get("as_at"))
        if seen.action(action) is None:
            raise Http404
        stored = stored_action(action)
        steps = steps_of(stored) if seen.live else steps_at(stored, self.bounds(seen, table))
        return self.many(steps, MilestoneSerializer)

    @extend_schema(
        operation_id="add_milestone", request=NewMilestoneSerializer, responses={201: MilestoneSerializer}
    )
    def post(self, request: Request, council: str, action: int) -> Response:
        """Add a milestone to an action."""
        row = self.own(action)
        sent = {"due_on": None, **NewMilestoneSerializer.sent(request).validated_data}
        step = self.done(services.add_milestone, action_id=row.id, **sent)
        return Response(MilestoneSerializer(step).data, status=201)


class MilestoneDetail(OfAction):
    rules: ClassVar[Rules] = {"GET": READ, "PATCH": (Verb.WRITE, Thing.OWN_ACTIONS)}

    @extend_schema(operation_id="milestone", parameters=[ETAG], responses=MilestoneSerializer)
    def get(self, request: Request, council: str, milestone: int) -> Response:
        """One milestone of an action that you see live."""
        self.live()
        step = self._one(milestone)
        self.one_action(step.action_id)
        return self.one(MilestoneSerializer(step).data, version=step.version)

    @extend_schema(
        operation_id="change_milestone",
        request=MilestoneChangeSerializer,
        parameters=[IF_MATCH],
        responses=MilestoneSerializer,
        description="Say that a milestone was reached, move its day, or drop it.",
    )
    def patch(self, request: Request, council: str, milestone: int) -> Response:
        step = self._one(milestone)
        self.own(step.action_id)
        version = self.version_sent(step.version)
        sent = dict(MilestoneChangeSerializer.sent(request).validated_data)
        service: Any = services.move_milestone
        if "reached_on" in sent:
            service = services.reach_milestone
        elif sent.pop("dropped", False):
            service = services.drop_milestone
        changed = self.done(service, milestone_id=step.pk, version=version, **sent)
        return self.one(MilestoneSerializer(changed).data, version=changed.version)

    def _one(self, number: int) -> Any:
        step = milestone_of(self.council, number)
        if step is None:
            raise Http404
        return step


class AssuranceList(OfAction):
    rules: ClassVar[Rules] = {"GET": READ, "POST": (Verb.WRITE, Thing.ASSURANCE)}

    @extend_schema(operation_id="assurances", responses=AssuranceSerializer(many=True))
    def get(self, request: Request, council: str, action: int) -> Response:
        """What testing accepted of an action, the latest first."""
        seen, table, _ = self.one_action(action)
        return self.many(assurances_of(stored_action(action), self.bounds(seen, table)), AssuranceSerializer)

    @extend_schema(
        operation_id="assure", request=NewAssuranceSerializer, responses={201: AssuranceSerializer}
    )
    def post(self, request: Request, council: str, action: int) -> Response:
        """Record what testing accepts; the reported rating stays as it is."""
        _, _, row = self.one_action(action)
        sent = dict(NewAssuranceSerializer.sent(request).validated_data)
        sent["rating"] = sent["rating"] or ""
        made = self.done(services.assure, action_id=row.id, **sent)
        return Response(AssuranceSerializer(made).data, status=201)


class TestedList(PlanEndpoint):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.TESTING)}

    @extend_schema(operation_id="objective_assurances", responses=TestedSerializer(many=True))
    def get(self, request: Request, council: str, objective: int) -> Response:
        """What independent testing found about an objective, the latest first, as far as it was shared."""
        seen, _ = self.seen()
        if seen.objective(objective) is None:
            raise Http404
        return self.many(findings_about(objective), TestedSerializer)


class EvidenceList(OfAction):
    rules: ClassVar[Rules] = {
        "GET": (Verb.READ, Thing.EVIDENCE),
        "POST": (Verb.WRITE, Thing.OWN_ACTIONS),
    }
    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(operation_id="evidence", responses=EvidenceSerializer(many=True))
    def get(self, request: Request, council: str, action: int) -> Response:
        """The evidence of an action that was not withdrawn."""
        seen, table, _ = self.one_action(action)
        return self.many(evidence_of(stored_action(action), self.bounds(seen, table)), EvidenceSerializer)

    @extend_schema(
        operation_id="add_evidence", request=NewEvidenceSerializer, responses={201: EvidenceSerializer}
    )
    def post(self, request: Request, council: str, action: int) -> Response:
        """Add evidence: a link as JSON, or a file as multipart/form-data."""
        row = self.own(action)
        sent: dict[str, Any] = {"title": "", **NewEvidenceSerializer.sent(request).validated_data}
        file = sent.pop("file", None)
        given = (file.name, file) if file else None
        made = self.done(services.add_evidence, action_id=row.id, file=given, **sent)
        return Response(EvidenceSerializer(made).data, status=201)


class EvidenceFile(AsItIs, OfAction):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.EVIDENCE)}

    @extend_schema(operation_id="evidence_file", responses={(200, "*/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, council: str, evidence: int) -> FileResponse:
        """The file of a piece of evidence that you see, as it was sent. A link has none."""
        found = evidence_one(self.council, evidence)
        if found is None:
            raise Http404
        seen, table, _ = self.one_action(found.action_id)
        here = evidence_of(stored_action(found.action_id), self.bounds(seen, table))
        file = next((one.file for one in here if one.pk == found.pk), None)
        if file is None:
            raise Http404
        return hand_over(request, file)


class Withdrawing(OfAction):
    rules: ClassVar[Rules] = {"POST": (Verb.WRITE, Thing.OWN_ACTIONS)}

    @extend_schema(operation_id="withdraw_evidence", request=ReasonSerializer, responses={204: None})
    def post(self, request: Request, council: str, evidence: int) -> Response:
        """Say that evidence supports its action no longer, from today; it stays in the history."""
        found = evidence_one(self.council, evidence)
        if found is None:
            raise Http404
        self.own(found.action_id)
        self.done(
            services.withdraw_evidence,
            evidence_id=found.pk,
            **ReasonSerializer.sent(request).validated_data,
        )
        return Response(status=204)
