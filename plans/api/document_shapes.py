"""What the API sends and takes of documents that a plan is read from."""

import datetime as dt
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers

from councils.api.base import Strict
from jobs.api import JobSerializer
from plans import reader
from plans.api.shapes import Shape
from plans.importing.documents import MARK, STATES
from plans.importing.report import Effect
from plans.importing.which import KINDS
from plans.rag import Standing

MEANINGS = [*((standing.value, standing.label) for standing in Standing), (MARK, "A mark, no rating")]
ROLES = [(role.value, role.label) for role in reader.ColumnRole]
MOST = 5000
"""Answers at once."""


# --- what is sent
class DocumentSerializer(Shape):
    """A document that was sent, and how far it is on its way into the plan."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="file.name")
    kind = serializers.ChoiceField(choices=KINDS)
    as_at = serializers.DateField(help_text="The day the document speaks of.")
    state = serializers.ChoiceField(choices=STATES)
    problem = serializers.CharField(help_text="Why it, or the last correction of it, could not be read.")
    sent_by = serializers.CharField(source="begun_by.name", allow_null=True, default=None)
    sent_at = serializers.DateTimeField(source="begun_at")
    written_at = serializers.DateTimeField(allow_null=True)


class SentDocumentSerializer(DocumentSerializer):
    """A document, and the job that reads it or writes it."""

    job = JobSerializer()


class TableSerializer(Shape):
    """A table or sheet of the document, and what it was taken for."""

    label = serializers.CharField()  # type: ignore[assignment]
    use = serializers.ChoiceField(choices=[use.value for use in reader.TableUse])
    why = serializers.CharField()
    rows = serializers.IntegerField(source="row_count")
    columns = serializers.IntegerField(source="column_count")


class ColumnSerializer(Shape):
    """A column of a table of the plan, and what it was taken for."""

    table = serializers.IntegerField(help_text="Among `tables`, from 0.")
    letter = serializers.CharField()
    heading = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    samples = serializers.ListField(child=serializers.CharField())


class LegendSerializer(Shape):
    """An entry of the document's legend, and what it is taken to mean."""

    code = serializers.CharField()
    name = serializers.CharField()
    meaning = serializers.CharField()
    means = serializers.SerializerMethodField(help_text="Its standing; null where it is not said.")
    used = serializers.IntegerField(help_text="How many actions carry it.")

    @extend_schema_field(serializers.ChoiceField(choices=MEANINGS, allow_null=True))
    def get_means(self, entry: Any) -> str | None:
        return MARK if entry.is_mark else entry.standing and str(entry.standing.value)


class WouldSerializer(Shape):
    """How many actions are new, changed and so on, each counted once."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    moved = serializers.IntegerField()
    same = serializers.IntegerField()
    missing = serializers.IntegerField(
        help_text="In the plan and not in the document: they stay, and are asked about."
    )
    left = serializers.IntegerField(help_text="Not written until it is said which action they are.")


class ReadSerializer(Shape):
    """What was found, with the answers so far."""

    tables = TableSerializer(many=True, source="found.tables")
    columns = ColumnSerializer(many=True, source="found.columns")
    legend = LegendSerializer(many=True, source="found.scale")
    themes = serializers.IntegerField()
    objectives = serializers.IntegerField()
    actions = serializers.IntegerField()
    ratings = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many actions carry each code; `unrated`: none."
    )
    open = serializers.IntegerField(help_text="Findings that wait for an answer.")
    suggested = serializers.IntegerField(help_text="How many of these have a suggestion.")
    would = WouldSerializer(source="difference.counts", help_text="What confirming would do.")


class DocumentDetailSerializer(DocumentSerializer):
    """A document with what was found in it; `found` is null while it is read, and where it could not be."""

    job = JobSerializer(allow_null=True)
    found = serializers.SerializerMethodField()

    @extend_schema_field(ReadSerializer(allow_null=True))
    def get_found(self, row: Any) -> Any:
        found = self.context["found"]
        return found and ReadSerializer(found).data


class FindingChoiceSerializer(Shape):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class DocumentFindingSerializer(Shape):
    """Something that was repaired, is suggested or is asked, at its place in the document."""

    id = serializers.CharField()
    code = serializers.CharField(source="code.value")
    about = serializers.CharField(source="code.sentence")
    severity = serializers.ChoiceField(choices=[severity.value for severity in reader.Severity])
    ref = serializers.CharField(allow_null=True)
    place = serializers.CharField(help_text="Table and row, in words.")
    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField(allow_null=True)
    message = serializers.CharField()
    choices = FindingChoiceSerializer(many=True)
    suggestion = serializers.CharField(allow_null=True, help_text="The key of a choice.")
    chosen = serializers.CharField(allow_null=True, help_text="The key of the choice that was taken.")


class ReadActionSerializer(Shape):
    """An action as it was read; `enters_as` is its reference in the plan, null while it is asked which it is."""

    ref = serializers.CharField(allow_null=True)
    enters_as = serializers.CharField(allow_null=True)
    theme = serializers.CharField(allow_null=True)
    objective = serializers.CharField(allow_null=True)
    activity = serializers.CharField()
    outcome = serializers.CharField()
    timeline = serializers.CharField()
    starts_on = serializers.DateField(source="start", allow_null=True)
    ends_on = serializers.DateField(source="end", allow_null=True)
    leads = serializers.ListField(child=serializers.CharField())
    rating = serializers.CharField(allow_null=True)


class ChangeLineSerializer(Shape):
    """One thing in which the document differs from the plan; `kept`: changed in the plan meanwhile, which stays."""

    kind = serializers.ChoiceField(choices=[effect.value for effect in Effect])
    ref = serializers.CharField()
    field = serializers.CharField()
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)


class WrittenSerializer(Shape):
    """What was written."""

    document = DocumentSerializer()
    written = WouldSerializer()


# --- what is taken
class NewDocumentSerializer(Strict):
    file = serializers.FileField(help_text="Excel, Word, PDF or CSV.")
    as_at = serializers.DateField(required=False, help_text="The day the document speaks of; else today.")
    kind = serializers.ChoiceField(
        choices=KINDS,
        required=False,
        default="",
        help_text="Which plan it is, or which is begun with it; else the open one.",
    )

    def validate_as_at(self, day: dt.date) -> dt.date:
        if day > timezone.localdate():
            raise exceptions.ValidationError("The day the document speaks of must be today or in the past.")
        return day


class CorrectionSerializer(Strict):
    """Columns by heading, tables by label; what is left out stays as it was taken."""

    columns = serializers.DictField(child=serializers.ChoiceField(choices=ROLES), default=dict)
    tables = serializers.DictField(
        child=serializers.BooleanField(), default=dict, help_text="Whether a table is part of the plan."
    )


class AnswersSerializer(Strict):
    """Answers by the id of a finding, null to take one back; what is left out keeps the answer that it has."""

    answers = serializers.DictField(child=serializers.CharField(allow_null=True), default=dict)
    legend = serializers.DictField(
        child=serializers.ChoiceField(choices=MEANINGS), default=dict, help_text="What codes mean."
    )
    suggested = serializers.BooleanField(
        default=False, help_text="Take what is suggested wherever nothing was answered."
    )

    def validate_answers(self, answers: dict[str, str | None]) -> dict[str, str | None]:
        if len(answers) > MOST:
            raise exceptions.ValidationError(f"At most {MOST} answers at once.")
        return answers


class DocumentFindingFilterSerializer(Strict):
    also: ClassVar[frozenset[str]] = frozenset({"page", "page_size"})

    open = serializers.BooleanField(required=False, help_text="Those that wait for an answer, or the others.")
    severity = serializers.ChoiceField(choices=[s.value for s in reader.Severity], required=False)
