"""Reading a plan in through the API: send a document, see what was found, answer, confirm or put aside."""

from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import FileResponse, Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from councils.api.base import AsItIs, CouncilEndpoint, Rules
from councils.rights import Thing, Verb
from files.services import FileRefused
from files.serving import hand_over
from jobs.api import STARTED, WAITING, told
from plans import reader
from plans.api.document_shapes import (
    AnswersSerializer,
    ChangeLineSerializer,
    CorrectionSerializer,
    DocumentDetailSerializer,
    DocumentFindingFilterSerializer,
    DocumentFindingSerializer,
    DocumentSerializer,
    NewDocumentSerializer,
    ReadActionSerializer,
    SentDocumentSerializer,
    WrittenSerializer,
)
from plans.importing import documents as way
from plans.importing.report import changes_in
from plans.importing.which import AnotherPlan, NotWritten
from plans.queries import reading_of, readings_of

if TYPE_CHECKING:
    from plans.importing.difference import Difference
    from plans.importing.grouping import Found
    from plans.models import Reading

READS, WRITES = (Verb.READ, Thing.PLAN_SOURCE), (Verb.WRITE, Thing.PLAN_SOURCE)


class NotNow(exceptions.APIException):
    """What was asked of a document does not go with what it is at present."""

    status_code = HTTPStatus.CONFLICT
    default_code = "not_now"


class WhatWasFound:
    """What was read in a document, with the answers so far, beside the plan as it is now."""

    def __init__(self, row: "Reading") -> None:
        self.found: reader.Reading = way.as_chosen(row)
        self.difference: Difference = way.foreseen(row)
        self.ratings = reader.rating_counts(self.found)
        self.themes, self.objectives = len(self.found.themes), len(self.found.objectives)
        self.actions = len(self.found.actions)

    @cached_property
    def findings(self) -> "list[Found]":
        return [*self.difference.questions, *self.found.findings]

    @property
    def waiting(self) -> "list[Found]":
        return [finding for finding in self.findings if finding.choices and finding.chosen is None]

    @property
    def open(self) -> int:
        return len(self.waiting)

    @property
    def suggested(self) -> int:
        return sum(finding.suggestion is not None for finding in self.waiting)

    def check(self, answers: Mapping[str, str | None], legend: Mapping[str, str]) -> None:
        """Raises ValidationError naming each answer to what is not asked, or that is not offered."""
        wrong: dict[str, dict[str, str]] = {"answers": {}, "legend": {}}
        asked = {finding.id: finding for finding in self.findings}
        for number, key in answers.items():
            finding = asked.get(number)
            offered = [choice.key for choice in finding.choices] if finding else []
            if finding is None:
                wrong["answers"][number] = "There is no such finding."
            elif key and key not in offered:
                at = f"{finding.place}: " if finding.place else ""
                wrong["answers"][number] = f"{at}{finding.message} Choose one of: {', '.join(offered)}."
        codes = {entry.code for entry in self.found.scale}
        for code in set(legend) - codes:
            wrong["legend"][code] = f"The legend has no such code. It has: {', '.join(sorted(codes))}."
        _refuse(wrong)

    def check_places(self, columns: Mapping[str, str], tables: Mapping[str, bool]) -> None:
        """Raises ValidationError naming each heading and each table that the document does not have."""
        headings = {column.heading for column in self.found.columns if column.heading}
        labels = {table.label for table in self.found.tables}
        _refuse(
            {
                "columns": dict.fromkeys(set(columns) - headings, "No column has this heading."),
                "tables": dict.fromkeys(set(tables) - labels, "There is no table of this label."),
            }
        )


def _refuse(wrong: dict[str, dict[str, str]]) -> None:
    named = {field: errors for field, errors in wrong.items() if errors}
    if named:
        raise exceptions.ValidationError(named)


class _OfDocument(CouncilEndpoint):
    """An endpoint about one document."""

    rules: ClassVar[Rules] = {"GET": READS}

    def row(self, number: int) -> "Reading":
        found = reading_of(self.council, number)
        if found is None:
            raise Http404
        way.give_up_if_ended(found)
        return found

    def read(self, number: int) -> "tuple[Reading, WhatWasFound]":
        """A document that waits to be confirmed. Raises NotNow."""
        row = self.row(number)
        if not row.waiting:
            raise _not_now(row)
        return row, WhatWasFound(row)

    def started(self, row: "Reading", job: Any) -> Response:
        """202: the document, with the job that has it in hand."""
        row.job = job
        return _started(row)

    def shown(self, number: int) -> Response:
        row = self.row(number)
        found = WhatWasFound(row) if row.waiting else None
        return Response(DocumentDetailSerializer(row, context={"found": found}).data)


def _not_now(row: "Reading") -> NotNow:
    return NotNow(f"This document is not waiting to be confirmed: it is {row.get_state_display()}.")


def _started(row: "Reading") -> Response:
    answer = told(row.job, status=HTTPStatus.ACCEPTED)
    answer.data = SentDocumentSerializer(row).data
    return answer


class DocumentList(CouncilEndpoint):
    rules: ClassVar[Rules] = {"GET": READS, "POST": WRITES}
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="documents", responses=DocumentSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """Documents that were sent for the plan, the latest first."""
        return self.many(readings_of(self.council), DocumentSerializer)

    @extend_schema(
        operation_id="send_document",
        request=NewDocumentSerializer,
        parameters=[*STARTED, *WAITING],
        responses={202: SentDocumentSerializer},
    )
    def post(self, request: Request, council: str) -> Response:
        """Send a plan as a document. It is kept and read by a job; nothing of the plan changes before it is confirmed.

        Why a document cannot be read is said in its `problem` once the job is done.
        """
        sent = NewDocumentSerializer.sent(request).validated_data
        try:
            row, _ = way.begin_reading(
                council=self.council,
                upload=sent["file"],
                as_at=sent.get("as_at") or timezone.localdate(),
                by=self.user,
                now=timezone.now(),
                kind=sent["kind"],
            )
        except AnotherPlan as another:
            raise exceptions.ValidationError({"kind": str(another)}) from None
        except FileRefused as refused:
            raise exceptions.ValidationError({"file": str(refused)}) from None
        return _started(row)


class DocumentDetail(_OfDocument):
    @extend_schema(operation_id="document", responses=DocumentDetailSerializer)
    def get(self, request: Request, council: str, document: int) -> Response:
        """One document: what was found in it, what it was taken for, and what confirming it would do."""
        return self.shown(document)


class DocumentFile(AsItIs, _OfDocument):
    @extend_schema(operation_id="document_file", responses={(200, "*/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, council: str, document: int) -> FileResponse:
        """The document as it was sent."""
        return hand_over(request, self.row(document).file)


class DocumentActions(_OfDocument):
    @extend_schema(operation_id="document_actions", responses=ReadActionSerializer(many=True))
    def get(self, request: Request, council: str, document: int) -> Response:
        """The actions as they were read, with the answers so far."""
        _, what = self.read(document)
        return self.many([_action(what, action) for action in what.found.actions], ReadActionSerializer)


def _action(what: WhatWasFound, action: reader.Action) -> dict[str, Any]:
    theme, objective = what.found.theme_of(action), what.found.objective_of(action)
    return {
        **{name: getattr(action, name) for name in ("ref", "activity", "outcome", "timeline", "rating")},
        "start": action.start,
        "end": action.end,
        "enters_as": what.difference.matched.refs.get(action.key),
        "theme": theme and theme.title,
        "objective": objective and (objective.ref or objective.title or objective.text),
        "leads": [lead.name for lead in action.leads],
    }


class DocumentChanges(_OfDocument):
    @extend_schema(operation_id="document_changes", responses=ChangeLineSerializer(many=True))
    def get(self, request: Request, council: str, document: int) -> Response:
        """What confirming would change in the plan as it is now, field by field."""
        _, what = self.read(document)
        return self.many(changes_in(what.difference), ChangeLineSerializer)


class DocumentFindings(_OfDocument):
    rules: ClassVar[Rules] = {"GET": READS, "POST": WRITES}

    @extend_schema(
        operation_id="document_findings",
        parameters=[DocumentFindingFilterSerializer],
        responses=DocumentFindingSerializer(many=True),
    )
    def get(self, request: Request, council: str, document: int) -> Response:
        """What was found: which action is meant, then what stands in the document, each with its choices."""
        asked = DocumentFindingFilterSerializer.asked(request).validated_data
        _, what = self.read(document)
        waiting = {finding.id for finding in what.waiting}
        shown = [
            finding
            for finding in what.findings
            if asked.get("open") in (None, finding.id in waiting)
            and asked.get("severity") in (None, finding.severity.value)
        ]
        return self.many(shown, DocumentFindingSerializer)

    @extend_schema(
        operation_id="answer_findings", request=AnswersSerializer, responses=DocumentDetailSerializer
    )
    def post(self, request: Request, council: str, document: int) -> Response:
        """Answer findings, and say what the codes of the legend mean; all of it or nothing.

        Nothing of the plan changes; what stays open stays with the plan once it is confirmed.
        """
        row, what = self.read(document)
        sent = AnswersSerializer.sent(request).validated_data
        what.check(sent["answers"], sent["legend"])
        try:
            way.choose(
                row,
                findings={number: key or "" for number, key in sent["answers"].items()},
                standings=sent["legend"],
                suggested=sent["suggested"],
            )
        except way.NotReady:
            raise _not_now(self.row(document)) from None
        except reader.UnknownChoice:
            raise NotNow("The findings have changed since. Read them again.") from None
        return self.shown(document)


class Correcting(_OfDocument):
    rules: ClassVar[Rules] = {"POST": WRITES}

    @extend_schema(
        operation_id="correct_document",
        request=CorrectionSerializer,
        parameters=[*STARTED, *WAITING],
        responses={202: SentDocumentSerializer},
    )
    def post(self, request: Request, council: str, document: int) -> Response:
        """Say what columns are, and which tables are part of the plan: it is read again by a job.

        Columns are remembered for the council's next document; answers that still fit are kept.
        """
        row, what = self.read(document)
        sent = CorrectionSerializer.sent(request).validated_data
        what.check_places(sent["columns"], sent["tables"])
        try:
            job = way.read_again(row, **sent, by=self.user, now=timezone.now())
        except way.NotReady:
            raise _not_now(self.row(document)) from None
        return self.started(self.row(document), job)


class Confirming(_OfDocument):
    rules: ClassVar[Rules] = {"POST": WRITES}

    @extend_schema(
        operation_id="confirm_document",
        request=None,
        parameters=[*STARTED, *WAITING],
        responses={200: WrittenSerializer, 202: SentDocumentSerializer},
    )
    def post(self, request: Request, council: str, document: int) -> Response:
        """Write the document into the plan, all of it or nothing. A long one is written by a job."""
        row = self.row(document)
        try:
            if way.is_large(row):
                return self.started(row, way.confirm_by_job(row, by=self.user, now=timezone.now()))
            _, written = way.confirm(row, by=self.user, now=timezone.now())
        except way.NotReady:
            raise _not_now(row) from None
        except NotWritten as refused:
            raise NotNow(str(refused)) from None
        done = {"document": self.row(document), "written": written.counts}
        return Response(WrittenSerializer(done).data)


class PuttingAside(_OfDocument):
    rules: ClassVar[Rules] = {"POST": WRITES}

    @extend_schema(operation_id="put_document_aside", request=None, responses=DocumentDetailSerializer)
    def post(self, request: Request, council: str, document: int) -> Response:
        """Put a document aside; it and what was found in it stay kept."""
        row = self.row(document)
        try:
            way.leave(row)
        except way.NotReady:
            raise _not_now(row) from None
        return self.shown(document)
