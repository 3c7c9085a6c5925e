"""Reports, as the API shows and takes them.

A draft is there for those alone who write reports of its kind; once submitted, for whoever may read those. Signing and
submitting are not offered: a signature is a person's, who has just said who they are, and a token is a program's.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from boards.api.base import ActingEndpoint
from councils.api.base import ETAG, AsItIs, Rules
from councils.rights import Thing, Verb
from files.serving import hand_over
from plans.api.endpoints import IF_MATCH
from reporting.api.shapes import (
    BeginSerializer,
    DetailSerializer,
    ReportQuery,
    ReportSerializer,
    RequirementJudgementSerializer,
    SectionSerializer,
    SectionVersionSerializer,
    VerdictSerializer,
    WordsSerializer,
    draft_shown,
    judgements_of,
    section_of,
    submitted_shown,
)
from reporting.reports import submitting, writing
from reporting.reports.composing import compose
from reporting.reports.drafting import begin
from reporting.reports.kinds import KINDS
from reporting.reports.reads import may_write, report_seen, reports_seen, versions_of
from reporting.reports.showing import Desk, desk_of

READ = (Verb.READ, Thing.REPORTS)
WRITE = (Verb.WRITE, Thing.REPORTS)


class ReportEndpoint(ActingEndpoint):
    """An endpoint about a report of the council."""

    rules: ClassVar[Rules] = {"GET": READ}

    def seen(self, number: int) -> Any:
        """A report that whoever asks may see; a 404 where there is none."""
        return self.there(report_seen(self.access, self.council, number))

    def own(self, number: int, verb: Verb = Verb.WRITE) -> Any:
        """A report whose drafts are theirs; a 403 for one that they may only read once it was submitted."""
        report = self.seen(number)
        if not self.access.may(verb, KINDS[report.kind].drafts, self.council):
            raise exceptions.PermissionDenied("Only its author works on this report.")
        return report

    def desk(self, report: Any) -> Desk:
        """A draft with its facts."""
        now = timezone.now()
        return desk_of(report, self.access, today=timezone.localdate(now), now=now)

    def shown(self, number: int) -> Response:
        """One report, as its reader may see it."""
        report = self.seen(number)
        if report.open:
            data = draft_shown(self.desk(report))
        else:
            data = submitted_shown(
                report, compose(report.submitted.body, edition="", dated=report.submitted.on)
            )
        return self.one(data, version=report.version)


class ReportList(ReportEndpoint):
    rules: ClassVar[Rules] = {"GET": READ, "POST": WRITE}

    @extend_schema(operation_id="reports", parameters=[ReportQuery], responses=ReportSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """Your own reports at every stage, others' once submitted; the latest first."""
        asked = ReportQuery.asked(request).validated_data
        return self.many(reports_seen(self.access, self.council).filter(**asked), ReportSerializer)

    @extend_schema(operation_id="begin_report", request=BeginSerializer, responses={201: ReportSerializer})
    def post(self, request: Request, council: str) -> Response:
        """Begin a draft that no deadline asks for; what a notice asks for is begun by itself."""
        kind = KINDS[BeginSerializer.sent(request).validated_data["kind"]]
        if not may_write(self.access, kind, self.council):
            raise exceptions.PermissionDenied("You do not write reports of this kind.")
        made = self.done(lambda: begin(act=self.act(), kind=kind))
        return self.one(ReportSerializer(made).data, version=made.version, status=HTTPStatus.CREATED)


class ReportDetail(ReportEndpoint):
    @extend_schema(operation_id="report_detail", parameters=[ETAG], responses=DetailSerializer)
    def get(self, request: Request, council: str, report: int) -> Response:
        """One report with its sections and the facts under them."""
        return self.shown(report)


class SectionDetail(ReportEndpoint):
    rules: ClassVar[Rules] = {"GET": READ, "PATCH": WRITE}

    @extend_schema(operation_id="report_section", parameters=[ETAG], responses=SectionSerializer)
    def get(self, request: Request, council: str, report: int, section: str) -> Response:
        """A section of a draft of yours."""
        return self._shown(self.own(report, Verb.READ), section)

    @extend_schema(
        operation_id="write_section",
        parameters=[IF_MATCH],
        request=WordsSerializer,
        responses=SectionSerializer,
    )
    def patch(self, request: Request, council: str, report: int, section: str) -> Response:
        """Write a section: every text that is saved is a version of its own."""
        own = self.own(report)
        stored = self.there(own.sections.filter(code=section).first())
        made_from = self.version_sent(stored.version)
        sent = WordsSerializer.sent(request).validated_data
        self.done(
            lambda: writing.write_section(
                act=self.act(),
                report_id=own.pk,
                code=section,
                text=sent.get("text", stored.text),
                made_from=made_from if "text" in sent else stored.version,
                prints_facts=sent.get("prints_facts"),
            ),
            sent,
        )
        return self._shown(own, section)

    def _shown(self, report: Any, code: str) -> Response:
        desk = self.desk(report)
        section = self.there(next((one for one in desk.sections if one.code == code), None))
        return self.one(section_of(desk, section), version=section.version)


class SectionVersions(ReportEndpoint):
    @extend_schema(operation_id="section_versions", responses=SectionVersionSerializer(many=True))
    def get(self, request: Request, council: str, report: int, section: str) -> Response:
        """Every version of a section's words, the latest first: for those who write the report."""
        own = self.own(report, Verb.READ)
        self.there(own.sections.filter(code=section).first())
        return self.many(versions_of(own, section), SectionVersionSerializer)


class JudgementList(ReportEndpoint):
    @extend_schema(operation_id="judgements", responses=RequirementJudgementSerializer(many=True))
    def get(self, request: Request, council: str, report: int) -> Response:
        """Every requirement of the notice, and how a draft of yours judges it."""
        desk = self.desk(self.own(report, Verb.READ))
        return self.many(judgements_of(desk.facts, desk.judgements), RequirementJudgementSerializer)


class JudgementDetail(ReportEndpoint):
    rules: ClassVar[Rules] = {"GET": READ, "PATCH": WRITE}

    @extend_schema(operation_id="judgement", parameters=[ETAG], responses=RequirementJudgementSerializer)
    def get(self, request: Request, council: str, report: int, requirement: str) -> Response:
        """One requirement, and how a draft of yours judges it."""
        return self._shown(self.own(report, Verb.READ), requirement)

    @extend_schema(
        operation_id="judge_requirement",
        parameters=[IF_MATCH],
        request=VerdictSerializer,
        responses=RequirementJudgementSerializer,
    )
    def patch(self, request: Request, council: str, report: int, requirement: str) -> Response:
        """Judge whether a requirement is met."""
        own = self.own(report)
        stands = self._of(own, requirement)
        made_from = self.version_sent(stands["version"])
        sent = VerdictSerializer.sent(request).validated_data
        said = (sent["verdict"], sent.get("words", stands["words"]), made_from)
        self.done(
            lambda: writing.judge(act=self.act(), report_id=own.pk, said={requirement: said}),
            {requirement: sent["verdict"]},
        )
        return self._shown(own, requirement)

    def _of(self, report: Any, requirement: str) -> dict[str, Any]:
        desk = self.desk(report)
        rows = judgements_of(desk.facts, desk.judgements)
        return self.there(next((row for row in rows if row["requirement"] == requirement), None))

    def _shown(self, report: Any, requirement: str) -> Response:
        row = self._of(report, requirement)
        return self.one(row, version=row["version"])


class Step(ReportEndpoint):
    """Something that is done to a whole draft. Done twice it is done once, so no version is asked for."""

    rules: ClassVar[Rules] = {"POST": WRITE}
    service: ClassVar[Callable[..., Any]]

    def take(self, number: int) -> Response:
        """Do it, and show what has become of the report."""
        own = self.own(number)
        self.done(lambda: type(self).service(act=self.act(), report_id=own.pk))
        return self.shown(own.pk)


class Freezing(Step):
    service = writing.freeze

    @extend_schema(operation_id="freeze_report", request=None, responses=DetailSerializer)
    def post(self, request: Request, council: str, report: int) -> Response:
        """Keep the facts as they stand: what is recorded from now on does not change the report."""
        return self.take(report)


class Unfreezing(Step):
    service = writing.unfreeze

    @extend_schema(operation_id="unfreeze_report", request=None, responses=DetailSerializer)
    def post(self, request: Request, council: str, report: int) -> Response:
        """Let the facts refresh again."""
        return self.take(report)


class Checking(Step):
    service = submitting.validate

    @extend_schema(operation_id="check_report", request=None, responses=DetailSerializer)
    def post(self, request: Request, council: str, report: int) -> Response:
        """Check that the report is complete; a 400 says by section what is missing."""
        return self.take(report)


class ReportFile(AsItIs, ReportEndpoint):
    """The files of a submitted report."""

    @extend_schema(
        operation_id="report_file",
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            (
                200,
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, council: str, report: int, form: str) -> FileResponse:
        """A submitted report as `pdf` or `docx`."""
        kept = self.there(getattr(self.seen(report), "submitted", None))
        return hand_over(request, self.there({"pdf": kept.pdf, "docx": kept.docx}.get(form)))
