"""How far a job is, and the file that it made, through the API: for those who may read what it is about."""

import uuid
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import FileResponse, Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import AsItIs, CouncilEndpoint, Rules
from councils.rights import Thing, Verb
from files.guards import check_may_read
from files.serving import hand_over
from jobs.queries import STATES, find_job, progress_of

ASK_AGAIN = 2
"""Seconds after which a program that waits does well to ask again."""
WAITING = [
    OpenApiParameter(
        "Retry-After",
        int,
        OpenApiParameter.HEADER,
        response=True,
        description="While it is not finished: ask again after so many seconds.",
    )
]
STARTED = [
    OpenApiParameter(
        "Location", str, OpenApiParameter.HEADER, response=[202], description="The job: ask there."
    )
]


class JobSerializer(serializers.Serializer[Any]):
    """Long work: how far it is, and what came of it."""

    id = serializers.UUIDField()
    address = serializers.SerializerMethodField(help_text="Ask here how far it is.")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    percent = serializers.SerializerMethodField(
        help_text="How much is done; null while nobody knows how much there is."
    )
    step = serializers.SerializerMethodField(help_text="What is being done at present.")
    problem = serializers.CharField(allow_blank=True, help_text="Why it failed.")
    queued_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    file = serializers.SerializerMethodField(
        help_text="Where the file is that it made; null where there is none."
    )

    def get_address(self, job: Any) -> str:
        return address_of(job)

    def get_percent(self, job: Any) -> int | None:
        return 100 if job.finished and not job.problem else progress_of(job).percent

    def get_step(self, job: Any) -> str:
        return "" if job.finished else progress_of(job).step

    def get_file(self, job: Any) -> str | None:
        return f"{address_of(job)}/file" if job.result_file_id else None


def address_of(job: Any) -> str:
    """Where the API says how far a job of a council is."""
    return reverse("api-job", kwargs={"council": job.council.slug, "job": job.pk})


def told(job: Any, *, status: int = HTTPStatus.OK) -> Response:
    """How far a job is, and when to ask again; 202 says that it was started."""
    headers = {} if job.finished else {"Retry-After": str(ASK_AGAIN)}
    if status == HTTPStatus.ACCEPTED:
        headers["Location"] = address_of(job)
    return Response(JobSerializer(job).data, status=status, headers=headers)


class JobEndpoint(CouncilEndpoint):
    """An endpoint about one job of the council."""

    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.COUNCIL)}

    def job(self, number: uuid.UUID) -> Any:
        """The job, for whoever may read what it is about; a 404 for another council's, else a 403."""
        found = find_job(number)
        if found is None or found.council_id != self.council.pk:
            raise Http404
        check_may_read(self.request, found.thing, self.council)
        return found


class JobDetail(JobEndpoint):
    @extend_schema(operation_id="job", parameters=WAITING, responses=JobSerializer)
    def get(self, request: Request, council: str, job: uuid.UUID) -> Response:
        """How far a job is."""
        return told(self.job(job))


class JobFile(AsItIs, JobEndpoint):
    @extend_schema(operation_id="job_file", responses={(200, "*/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, council: str, job: uuid.UUID) -> FileResponse:
        """The file that a job made; a 404 while it is not finished, and where it made none."""
        file = self.job(job).result_file
        if file is None:
            raise Http404
        check_may_read(request, file.thing, file.council)
        return hand_over(request, file)
