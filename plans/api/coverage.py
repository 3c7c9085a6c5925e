"""Coverage in the API: what answers each provision; deciding it."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import CouncilEndpoint, Rules, Strict
from councils.rights import Thing, Verb
from plans.coverage.asked import Part, Target, source_key
from plans.coverage.listing import SHOWS, SORTS, Wanted, shown
from plans.coverage.proposing import Proposal
from plans.coverage.seen import coverage_seen_by
from plans.coverage.services import Choice, decide, decided
from plans.coverage.standing import Gap, Line, Link, Verdict
from plans.services import Refused


class TargetSerializer(serializers.Serializer[Target]):
    """An objective or action of the plan."""

    part = serializers.ChoiceField(choices=[(part.value, part.value) for part in Part])
    id = serializers.IntegerField(source="number")


class LinkSerializer(serializers.Serializer[Link]):
    """Something that answers a provision. `through` is the action that was linked, where this is what it became."""

    target = TargetSerializer()
    ref = serializers.CharField()
    through = serializers.CharField()
    left = serializers.SerializerMethodField(help_text="Whether it has left the plan.")
    changed = serializers.BooleanField(help_text="Whether the provision's words changed since.")
    decided_by = serializers.CharField(source="decision.by")
    decided_on = serializers.DateField(source="decision.on")

    def get_left(self, link: Link) -> bool:
        return link.left is not None


class ProposalSerializer(serializers.Serializer[Proposal]):
    """What might answer it; without a target, that it needs no action."""

    target = TargetSerializer(allow_null=True)
    why = serializers.CharField()


class CoverageSerializer(serializers.Serializer[Line]):
    """A provision against the plan."""

    of = serializers.SerializerMethodField()
    key = serializers.CharField(source="provision.key")
    ref = serializers.CharField(source="provision.ref")
    heading = serializers.CharField(source="provision.heading")
    words = serializers.CharField(source="provision.words")
    gap = serializers.ChoiceField(choices=[(gap.value, gap.label) for gap in Gap], allow_null=True)
    introduces = serializers.BooleanField(help_text="Whether it is answered by its parts.")
    needs_none_because = serializers.CharField(source="none.reason", default="")
    changed = serializers.BooleanField()
    links = LinkSerializer(many=True)
    evidence = serializers.IntegerField()
    last_decision = serializers.SerializerMethodField(help_text="Send it as `seen` to decide.")
    proposals = serializers.SerializerMethodField()

    def get_of(self, line: Line) -> str:
        """The document: "notice-3" or "inspection-2"."""
        return str(self.context["source"])

    def get_last_decision(self, line: Line) -> int:
        return line.history[-1].id if line.history else 0

    @extend_schema_field(ProposalSerializer(many=True))
    def get_proposals(self, line: Line) -> Any:
        """What is proposed and not decided; for those alone who see the live plan."""
        open_ones = self.context["proposed"].get(line.provision.key, ())
        return ProposalSerializer(open_ones, many=True).data


class CoverageFilter(Strict):
    """What of the list is asked for."""

    of = serializers.CharField(required=False, help_text='"notice-3" or "inspection-2"; the notice in force.')
    show = serializers.ChoiceField(
        required=False, choices=[*SHOWS.items(), *((gap.value, gap.label) for gap in Gap)]
    )
    theme = serializers.IntegerField(required=False)
    heading = serializers.CharField(required=False)
    q = serializers.CharField(required=False)
    sort = serializers.ChoiceField(required=False, choices=list(SORTS.items()))
    as_at = serializers.DateField(required=False)
    also = frozenset({"page", "page_size"})


class NewCoverageDecision(Strict):
    """A decision about a provision and, but for whether it needs action, about one objective or action."""

    of = serializers.CharField()
    key = serializers.CharField(max_length=100)
    decision = serializers.ChoiceField(choices=[(one.value, one.value) for one in Verdict])
    target = TargetSerializer(required=False, allow_null=True, default=None)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)
    seen = serializers.IntegerField(
        min_value=0,
        help_text="The provision's `last_decision` as you read it: what others decided since is told.",
    )


class CoverageDecisionSerializer(serializers.Serializer[Any]):
    """A decision as it was recorded."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    ref = serializers.CharField()
    decision = serializers.CharField(source="kind")
    action = serializers.IntegerField(source="action_id", allow_null=True)
    objective = serializers.IntegerField(source="objective_id", allow_null=True)
    reason = serializers.CharField()
    on = serializers.DateField()


class CoverageList(CouncilEndpoint):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.FROZEN_PLAN)}

    @extend_schema(
        operation_id="coverage", parameters=[CoverageFilter], responses=CoverageSerializer(many=True)
    )
    def get(self, request: Request, council: str) -> Response:
        """Every provision against what answers it, gaps first."""
        asked = CoverageFilter.asked(request).validated_data
        found = coverage_seen_by(self, today=timezone.localdate(), as_at=asked.get("as_at"))
        source, table = found.source(asked.get("of", "")), found.seen.table
        if source is None or table is None:
            raise Http404
        proposed = found.proposals(source)
        self.context = {"source": source.key, "proposed": proposed}
        wanted = Wanted(
            show=asked.get("show", ""),
            theme=asked.get("theme"),
            heading=asked.get("heading", ""),
            words=asked.get("q", ""),
            sort=asked.get("sort", "gaps"),
        )
        lines = shown(found.lines[source.key], wanted, table, proposed)
        return self.many(lines, CoverageSerializer)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **getattr(self, "context", {})}


class Deciding(CouncilEndpoint):
    rules: ClassVar[Rules] = {"POST": (Verb.WRITE, Thing.LIVE_PLAN)}

    @extend_schema(
        operation_id="decide_coverage",
        request=NewCoverageDecision,
        responses={201: CoverageDecisionSerializer, 204: None},
    )
    def post(self, request: Request, council: str) -> Response:
        """Link, refuse, take away, or say that it needs (no) action. What stands already is not recorded again."""
        sent = NewCoverageDecision.sent(request).validated_data
        source, named = source_key(sent["of"]), sent["target"]
        if source is None:
            raise exceptions.ValidationError({"of": ["This is no document: see `of` in the list."]})
        target = Target(Part(named["part"]), named["number"]) if named else None
        choice = Choice(Verdict(sent["decision"]), source, sent["key"], target, sent["reason"])
        now, today = timezone.now(), timezone.localdate()
        try:
            outcome = decided(
                decide(
                    council=self.council,
                    choices=[choice],
                    seen=sent["seen"],
                    by=self.user,
                    now=now,
                    today=today,
                )
            )
        except Refused as refused:
            raise exceptions.ValidationError({name: [why] for name, why in refused.errors.items()}) from None
        if not outcome.done:
            return Response(status=204)
        return Response(CoverageDecisionSerializer(outcome.done[0]).data, status=201)
