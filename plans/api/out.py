"""The plan as a file, through the API."""

from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from councils.api.base import AsItIs
from plans.api.endpoints import PlanEndpoint
from plans.api.shapes import FilterSerializer
from plans.exporting.gathering import NothingToExport, book_of, find_table
from plans.exporting.handing import hand_over
from plans.exporting.making import AT_ONCE, Format, make
from plans.exporting.press import PrintingFailed
from plans.exporting.wanted import words_of


class FileOfPlanSerializer(FilterSerializer):
    """In which form, and which actions: the filters of the list of actions."""

    also: ClassVar[frozenset[str]] = frozenset()

    form = serializers.ChoiceField(choices=[(form.value, form.label) for form in Format])


class PlanFile(AsItIs, PlanEndpoint):
    @extend_schema(
        operation_id="plan_file",
        parameters=[FileOfPlanSerializer],
        responses={(200, "*/*"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, council: str) -> HttpResponse:
        """The plan as Excel, CSV, PDF or Word, whole or narrowed, as it stands or as at a day.

        A PDF takes some seconds. More than 600 actions are narrowed, or exported on the page or by `export_plan`.
        """
        asked = FileOfPlanSerializer.asked(request)
        form, filters = Format(asked.validated_data["form"]), asked.filters()
        try:
            found = find_table(self, as_at=asked.validated_data.get("as_at"), today=timezone.localdate())
        except NothingToExport as nothing:
            raise exceptions.NotFound(str(nothing)) from None
        now = timezone.now()
        book = book_of(found, self, filters=filters, narrowed=words_of(filters, found.table), now=now)
        if not book.lines:
            raise exceptions.NotFound("No action fits these filters.")
        if len(book.lines) > AT_ONCE:
            raise exceptions.ValidationError(
                f"These are more than {AT_ONCE} actions: narrow them by filters."
            )
        try:
            made = make(book, form)
        except PrintingFailed as failed:
            raise exceptions.APIException("The PDF could not be drawn. Try again later.") from failed
        return hand_over(made, plan=found.plan, council=self.council, by=self.user, now=now)
