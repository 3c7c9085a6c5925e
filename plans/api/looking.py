"""What does not add up, what changed, versions, and the questions asked, through the API."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import ETAG, Rules
from councils.rights import Thing, Verb
from plans import services
from plans.api.base import OfAction, Working
from plans.api.endpoints import IF_MATCH
from plans.api.working_shapes import (
    ActSerializer,
    BetweenSerializer,
    ChallengeChangeSerializer,
    ChallengeSerializer,
    ChangesBetweenSerializer,
    ComparisonSerializer,
    ContradictionFilterSerializer,
    ContradictionSerializer,
    NewChallengeSerializer,
    VersionSerializer,
)
from plans.comparing import Comparison
from plans.queries import (
    Bounds,
    challenge_of,
    challenges_of,
    changes_of_plan,
    versions_of,
)
from plans.seen import Seen, may_update, table_as_at
from plans.table import PlanTable


class ContradictionList(Working):
    @extend_schema(
        operation_id="contradictions",
        parameters=[ContradictionFilterSerializer],
        responses=ContradictionSerializer(many=True),
    )
    def get(self, request: Request, council: str) -> Response:
        """What does not add up, the most serious rule first."""
        asked = ContradictionFilterSerializer.asked(request).validated_data
        _, table = self.seen(as_at=asked.get("as_at"))
        found = [c for c in table.contradictions if asked.get("rule") in (None, c.rule.code)]
        return self.many(found, ContradictionSerializer)


class Between(Working):
    """An endpoint about two days."""

    asks: type[BetweenSerializer] = BetweenSerializer

    def two(self, request: Request) -> tuple[Seen, PlanTable, PlanTable]:
        asked = self.asks.asked(request).validated_data
        seen, table = self.seen()
        assert seen.plan is not None  # noqa: S101 - a table was found
        last = min(asked.get("until") or table.on, table.on)
        first = min(asked["since"], last)
        before = table_as_at(seen.plan, on=first, recorded_until=seen.until)
        after = table if last == table.on else table_as_at(seen.plan, on=last, recorded_until=seen.until)
        return seen, before, after


class ComparisonDetail(Between):
    @extend_schema(operation_id="comparison", parameters=[BetweenSerializer], responses=ComparisonSerializer)
    def get(self, request: Request, council: str) -> Response:
        """What changed in the plan between two days."""
        _, before, after = self.two(request)
        return self.one(ComparisonSerializer(Comparison(before, after)).data, version=0)


class ChangeList(Between):
    asks = ChangesBetweenSerializer

    @extend_schema(
        operation_id="plan_changes", parameters=[BetweenSerializer], responses=ActSerializer(many=True)
    )
    def get(self, request: Request, council: str) -> Response:
        """The changes to the plan itself after a day, with their reasons, the latest first."""
        seen, before, after = self.two(request)
        assert seen.plan is not None  # noqa: S101
        acts = changes_of_plan(seen.plan, Bounds(after.on, seen.until), after=before.on)
        return self.many(acts, ActSerializer)


class VersionList(Working):
    @extend_schema(operation_id="plan_versions", responses=VersionSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The versions of the plan, the latest first; those who read frozen positions see endorsed ones."""
        seen, _ = self.seen()
        assert seen.plan is not None  # noqa: S101
        found = versions_of(seen.plan)
        if seen.until:
            found = found.filter(recorded_until__lte=seen.until, state="endorsed")
        return self.many(found, VersionSerializer)


class ChallengeList(Working):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.CHALLENGE)}

    @extend_schema(operation_id="challenges", responses=ChallengeSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """Questions about the plan, open ones first."""
        seen, _ = self.seen()
        assert seen.plan is not None  # noqa: S101
        return self.many(challenges_of(seen.plan), ChallengeSerializer)


class Asking(OfAction):
    rules: ClassVar[Rules] = {"POST": (Verb.WRITE, Thing.CHALLENGE)}

    @extend_schema(operation_id="ask", request=NewChallengeSerializer, responses={201: ChallengeSerializer})
    def post(self, request: Request, council: str, action: int) -> Response:
        """Ask the leads of an action."""
        _, _, row = self.one_action(action)
        made = self.done(
            services.ask, action_id=row.id, **NewChallengeSerializer.sent(request).validated_data
        )
        return Response(ChallengeSerializer(made).data, status=201)


class ChallengeDetail(Working):
    rules: ClassVar[Rules] = {
        "GET": (Verb.READ, Thing.CHALLENGE),
        "PATCH": (Verb.READ, Thing.CHALLENGE),
    }

    @extend_schema(operation_id="challenge", parameters=[ETAG], responses=ChallengeSerializer)
    def get(self, request: Request, council: str, challenge: int) -> Response:
        """One question."""
        found = self._one(challenge)
        return self.one(ChallengeSerializer(found).data, version=found.version)

    @extend_schema(
        operation_id="answer",
        request=ChallengeChangeSerializer,
        parameters=[IF_MATCH],
        responses=ChallengeSerializer,
        description="The lead answers; whoever asked accepts the answer or asks again.",
    )
    def patch(self, request: Request, council: str, challenge: int) -> Response:
        found = self._one(challenge)
        version = self.version_sent(found.version)
        sent = ChallengeChangeSerializer.sent(request).validated_data
        if "answer" in sent:
            self._may_answer(found.action_id)
            service = services.answer
        else:
            may_ask = self.access.may(Verb.WRITE, Thing.CHALLENGE, self.council)
            if not may_ask or found.asked_by_id != self.user.pk:
                raise exceptions.PermissionDenied("Only whoever asked settles a question.")
            service = services.accept_answer if "accept" in sent else services.ask_again  # type: ignore[assignment]
        words = {name: value for name, value in sent.items() if name != "accept"}
        changed = self.done(service, challenge_id=found.pk, version=version, **words)
        return self.one(ChallengeSerializer(changed).data, version=changed.version)

    def _one(self, number: int) -> Any:
        found = challenge_of(self.council, number)
        if found is None:
            raise Http404
        return found

    def _may_answer(self, number: int) -> None:
        seen, _ = self.live()
        row = seen.action(number)
        may = self.access.may(Verb.WRITE, Thing.OWN_ACTIONS, self.council)
        if row is None or not may or not may_update(self, row):
            raise exceptions.PermissionDenied("Only a lead of the action answers, or the programme office.")
