"""Leads' Excel sheets through the API: downloaded, and sent back filled in."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import AsItIs, Rules, Strict
from councils.rights import Thing, Verb
from plans.answering.asking import answers_for, lead_of, table_for_leads
from plans.answering.handing import XLSX, Speaker, problems_of, sheet_of, take_answers
from plans.answering.rounds import asked_now
from plans.answering.sheets import SIZE_LIMIT, read_sheet
from plans.api.base import OFFICE, Working
from plans.api.shapes import Shape
from plans.queries import people_of
from plans.reader import UnreadablePlan
from plans.rows import ActionRow

OWN = (Verb.WRITE, Thing.OWN_ACTIONS)


class EditedSerializer(Shape):
    """A cell that was edited since the sheet was made."""

    field = serializers.CharField()
    old = serializers.CharField(allow_blank=True)
    new = serializers.CharField(allow_blank=True)

    def to_representation(self, edited: tuple[str, tuple[str, str]]) -> dict[str, Any]:
        field, (old, new) = edited
        return {"field": field, "old": old, "new": new}


class TakenSerializer(Shape):
    """A row that is taken."""

    row = serializers.IntegerField(help_text="In the sheet, from 1.")
    ref = serializers.CharField()
    action = serializers.IntegerField(source="number")
    edited = serializers.SerializerMethodField()
    same = serializers.BooleanField(help_text="“No change” was said.")

    @extend_schema_field(EditedSerializer(many=True))
    def get_edited(self, answer: Any) -> Any:
        return EditedSerializer(answer.edited.items(), many=True).data


class RefusedSerializer(Shape):
    """A row that is not taken, or a cell of it, and why."""

    row = serializers.IntegerField(help_text="In the sheet, from 1.")
    ref = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class SheetOutcomeSerializer(Shape):
    """What a sheet says, row by row; `written` says whether it was recorded or only looked at."""

    written = serializers.BooleanField()
    taken = TakenSerializer(many=True)
    refused = RefusedSerializer(many=True)
    untouched = serializers.IntegerField(help_text="How many rows nobody edited.")


class SheetSerializer(Strict):
    file = serializers.FileField(help_text="The sheet that was downloaded here, filled in.")
    confirm = serializers.BooleanField(
        default=False, help_text="True: what can be taken is recorded. Left out: nothing is written."
    )


class WhoseSerializer(Strict):
    lead = serializers.CharField(max_length=300, help_text="The lead's key.")


class _Sheet(AsItIs, Working):
    parser_classes = (MultiPartParser,)

    def handed(self, title: str, leads: Callable[[ActionRow], bool]) -> HttpResponse:
        """The sheet of some actions."""
        plan, today = self.plan(), timezone.localdate()
        table, asked = table_for_leads(plan, today=today), asked_now(plan, today=today)
        answers = answers_for(plan, table, asked, leads=leads, today=today)
        name, data = sheet_of(plan, table, answers, asked, title=title, today=today)
        return HttpResponse(
            data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    def sent_back(self, leads: Callable[[ActionRow], bool], said_by: str) -> Response:
        """What the sheet says of these actions, recorded where that is asked for."""
        plan, today = self.plan(), timezone.localdate()
        table, asked = table_for_leads(plan, today=today), asked_now(plan, today=today)
        sent = SheetSerializer.sent(self.request).validated_data
        try:
            returned = read_sheet(sent["file"].read(SIZE_LIMIT + 1), ratings=table.ratings)
        except UnreadablePlan as unreadable:
            raise exceptions.ValidationError({"file": unreadable.message}) from None
        if returned.plan != plan.pk:
            raise exceptions.ValidationError({"file": "This sheet is of another plan. Download it again."})
        speaker = Speaker(self.council, leads, asked.speaks_of(today), self.user, said_by, today)
        taken = take_answers(
            returned.answers, table, speaker, now=timezone.now(), only_look=not sent["confirm"]
        )
        outcome = {
            "written": sent["confirm"],
            "taken": [one.answer for one in taken if not one.why_not],
            "refused": sorted(returned.problems + problems_of(taken), key=lambda problem: problem.row),
            "untouched": returned.untouched,
        }
        return Response(SheetOutcomeSerializer(outcome).data)


class MySheet(_Sheet):
    rules: ClassVar[Rules] = {"GET": OWN, "POST": OWN}

    @extend_schema(operation_id="my_sheet", responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, council: str) -> HttpResponse:
        """The actions that you lead and are asked about, as an Excel sheet to fill in."""
        return self.handed("My actions", self._mine())

    @extend_schema(operation_id="send_my_sheet", request=SheetSerializer, responses=SheetOutcomeSerializer)
    def post(self, request: Request, council: str) -> Response:
        """Send your sheet back: what it changes and what it cannot, row by row; recorded with `confirm`."""
        return self.sent_back(self._mine(), "")

    def _mine(self) -> Callable[[ActionRow], bool]:
        people = people_of(self.user, self.council)
        return lambda row: row.led_by(people)


class LeadSheet(_Sheet):
    rules: ClassVar[Rules] = {"GET": OFFICE, "POST": OFFICE}

    @extend_schema(
        operation_id="lead_sheet", parameters=[WhoseSerializer], responses={(200, XLSX): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, council: str) -> HttpResponse:
        """What one lead is asked about, as an Excel sheet to fill in."""
        who = self._who()
        return self.handed(f"Actions of {who.name}", who.leads)

    @extend_schema(
        operation_id="send_lead_sheet",
        parameters=[WhoseSerializer],
        request=SheetSerializer,
        responses=SheetOutcomeSerializer,
    )
    def post(self, request: Request, council: str) -> Response:
        """Send a lead's sheet back on their behalf; the lead is named as who said it. Recorded with `confirm`."""
        who = self._who()
        return self.sent_back(who.leads, who.name)

    def _who(self) -> Any:
        key = WhoseSerializer.asked(self.request).validated_data["lead"]
        who = lead_of(table_for_leads(self.plan(), today=timezone.localdate()), key)
        if who is None:
            raise Http404
        return who
