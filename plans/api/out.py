"""The plan as a file, through the API."""

from http import HTTPStatus
from typing import ClassVar

from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from councils.api.base import AsItIs
from jobs.api import STARTED, WAITING, JobSerializer, told
from plans.api.endpoints import PlanEndpoint
from plans.api.shapes import FilterSerializer
from plans.exporting.gathering import NothingToExport, book_of, find_table
from plans.exporting.handing import hand_over
from plans.exporting.jobs import queue_export
from plans.exporting.making import Format, is_long, make
from plans.exporting.wanted import words_of


class FileOfPlanSerializer(FilterSerializer):
    """In which form, and which actions: the filters of the list of actions."""

    also: ClassVar[frozenset[str]] = frozenset()

    form = serializers.ChoiceField(choices=[(form.value, form.label) for form in Format])


class PlanFile(AsItIs, PlanEndpoint):
    @extend_schema(
        operation_id="plan_file",
        parameters=[FileOfPlanSerializer, *STARTED, *WAITING],
        responses={(200, "*/*"): OpenApiTypes.BINARY, (202, "application/json"): JobSerializer},
    )
    def get(self, request: Request, council: str) -> HttpResponseBase:
        """The plan as Excel, CSV, PDF or Word, whole or narrowed, as it stands or as at a day.

        Up to 400 actions as Excel or CSV come at once. A PDF, a Word document and whatever is longer is made by a job:
        the answer is 202 with the job, and where the file is once it is done. Asking again while it is under way starts
        no second one.
        """
        asked = FileOfPlanSerializer.asked(request)
        form, filters = Format(asked.validated_data["form"]), asked.filters()
        as_at = asked.validated_data.get("as_at")
        try:
            found = find_table(self, as_at=as_at, today=timezone.localdate())
        except NothingToExport as nothing:
            raise exceptions.NotFound(str(nothing)) from None
        now = timezone.now()
        book = book_of(found, self, filters=filters, narrowed=words_of(filters, found.table), now=now)
        if not book.lines:
            raise exceptions.NotFound("No action fits these filters.")
        if is_long(book, form):
            job = queue_export(self, found=found, kind=form, as_at=as_at, filters=filters, now=now)
            return told(job, status=HTTPStatus.ACCEPTED)
        return hand_over(make(book, form), plan=found.plan, council=self.council, by=self.user, now=now)
