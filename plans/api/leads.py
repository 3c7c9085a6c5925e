"""The leads of a plan through the API: how far each is, and the signed links of those without an account."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import Rules, Strict
from councils.rights import Thing, Verb
from plans.answering.asking import who_has_answered
from plans.answering.links import (
    LinkState,
    end_of,
    last_day,
    links_of,
    make_link,
    remind,
    revoke_link,
    state_of,
)
from plans.answering.rounds import asked_now
from plans.api.base import Working
from plans.api.shapes import Shape
from plans.services import Refused

SEES, SENDS = (Verb.READ, Thing.ROUND), (Verb.WRITE, Thing.ROUND)


class LeadSerializer(Shape):
    """A lead as the plan has them, and how far they are."""

    key = serializers.CharField(source="who.key", help_text="What links and sheets name the lead by.")
    name = serializers.CharField(source="who.name")
    asked = serializers.IntegerField(source="total", help_text="How many actions they are asked about.")
    answered = serializers.IntegerField(source="done")
    has_account = serializers.BooleanField()
    email = serializers.CharField(allow_blank=True)


class AnswerLinkSerializer(Shape):
    """A signed link; its address is told once, when it is made."""

    id = serializers.IntegerField()
    lead = serializers.CharField()
    label = serializers.CharField(help_text="What it asks for.")  # type: ignore[assignment]
    position_on = serializers.DateField(allow_null=True, help_text="The day that answers speak of.")
    email = serializers.CharField(allow_blank=True, help_text="Where it was sent; empty: nowhere.")
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(source="made_by.name", allow_null=True)
    expires_at = serializers.DateTimeField(help_text="Exclusive.")
    last_used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    state = serializers.SerializerMethodField()

    def get_state(self, link: Any) -> LinkState:
        return state_of(link, now=timezone.now())


class MadeAnswerLinkSerializer(Shape):
    """A link just made. `address` is told here and never again."""

    link = AnswerLinkSerializer()
    address = serializers.CharField()
    sent = serializers.BooleanField(help_text="Whether it goes to the lead by e-mail.")


class NewAnswerLinkSerializer(Strict):
    lead = serializers.CharField(max_length=300, help_text="The key of a lead who is asked something.")
    email = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=254,
        help_text="Left out: it is sent nowhere.",
    )
    expires_on = serializers.DateField(
        required=False, help_text="The last day it works; left out: the round's, or a fortnight away."
    )


class LeadList(Working):
    rules: ClassVar[Rules] = {"GET": SEES}

    @extend_schema(operation_id="leads", responses=LeadSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The leads who are asked something, those who owe most first."""
        plan, today = self.plan(), timezone.localdate()
        return self.many(
            who_has_answered(plan, asked=asked_now(plan, today=today), today=today), LeadSerializer
        )


class RemindSerializer(Strict):
    lead = serializers.CharField(
        required=False,
        default="",
        max_length=300,
        help_text="The key of one lead; left out: everybody with an account who owes an answer.",
    )


class RemindedSerializer(Shape):
    """Leads by their keys."""

    reminded = serializers.ListField(child=serializers.CharField())
    today_already = serializers.ListField(
        child=serializers.CharField(), help_text="Had a reminder today: one a day is sent."
    )


class Reminding(Working):
    rules: ClassVar[Rules] = {"POST": SENDS}

    @extend_schema(operation_id="remind_leads", request=RemindSerializer, responses=RemindedSerializer)
    def post(self, request: Request, council: str) -> Response:
        """Remind leads with an account of what they have not answered."""
        key = RemindSerializer.sent(request).validated_data["lead"]
        plan, now = self.plan(), timezone.now()
        sent, before = remind(plan, key, by=self.user, now=now)
        if key and not (sent or before):
            raise exceptions.ValidationError(
                {"lead": "No lead with an account who owes an answer has this key."}
            )
        told = {
            "reminded": [lead.who.key for lead in sent],
            "today_already": [lead.who.key for lead in before],
        }
        return Response(RemindedSerializer(told).data)


class LinkList(Working):
    rules: ClassVar[Rules] = {"GET": SEES, "POST": SENDS}

    @extend_schema(operation_id="links", responses=AnswerLinkSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The signed links that were made, the latest first."""
        return self.many(links_of(self.council), AnswerLinkSerializer)

    @extend_schema(
        operation_id="make_link", request=NewAnswerLinkSerializer, responses={201: MadeAnswerLinkSerializer}
    )
    def post(self, request: Request, council: str) -> Response:
        """Make the signed link of one lead; the lead's links before it end. The answer alone tells its address."""
        plan, now, today = self.plan(), timezone.now(), timezone.localdate()
        sent = NewAnswerLinkSerializer.sent(request).validated_data
        asked = asked_now(plan, today=today)
        leads = {lead.who.key: lead.who for lead in who_has_answered(plan, asked=asked, today=today)}
        if sent["lead"] not in leads:
            raise exceptions.ValidationError({"lead": "No lead who is asked something has this key."})
        try:
            made = make_link(
                plan,
                leads[sent["lead"]],
                label=asked.label,
                position_on=asked.position_on,
                expires_at=end_of(sent.get("expires_on") or last_day(asked, today)),
                by=self.user,
                now=now,
                email=sent["email"],
            )
        except Refused as refused:
            raise exceptions.ValidationError(refused.errors) from None
        return Response(
            MadeAnswerLinkSerializer(made).data, status=201, headers={"Cache-Control": "no-store"}
        )


class Revoking(Working):
    rules: ClassVar[Rules] = {"POST": SENDS}

    @extend_schema(operation_id="revoke_link", request=None, responses=AnswerLinkSerializer)
    def post(self, request: Request, council: str, link: int) -> Response:
        """Take a link back: from now on it opens nothing."""
        return Response(AnswerLinkSerializer(self.kept(revoke_link, link_id=link)).data)
