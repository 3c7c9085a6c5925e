"""What the API sends and takes of reports."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from councils.api.base import Strict
from reporting.reports.composing import Composed
from reporting.reports.facts import Block, Facts
from reporting.reports.kinds import KINDS
from reporting.reports.showing import Desk
from reporting.reports.words import Passage

Shape = serializers.Serializer[Any]


class ReportSerializer(Shape):
    """A report that somebody writes or has submitted. What was submitted is never altered."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.SerializerMethodField()
    state = serializers.CharField(help_text="draft, validated (checked), signed, submitted or withdrawn")
    board = serializers.IntegerField(source="board_id", allow_null=True)
    addressee = serializers.CharField(allow_blank=True, help_text="a line each")
    due = serializers.DateField(allow_null=True, help_text="when a notice asks for it")
    begun_at = serializers.DateTimeField()
    frozen_at = serializers.DateTimeField(allow_null=True, help_text="until then its facts refresh")
    as_at = serializers.DateField(allow_null=True, help_text="once frozen: the last day its facts speak of")
    position_on = serializers.DateField(allow_null=True, help_text="once frozen: the day of its figures")
    signed_at = serializers.DateTimeField(allow_null=True)
    signature = serializers.CharField(allow_blank=True, help_text="name and post, a line each")
    submitted_on = serializers.DateField(source="submitted.on", allow_null=True)
    sha256 = serializers.CharField(
        source="submitted.sha256", allow_null=True, help_text="of what was submitted, as canonical JSON"
    )
    pages = serializers.IntegerField(source="submitted.pages", allow_null=True)
    met = serializers.CharField(
        source="submitted.met", allow_null=True, allow_blank=True, help_text="the deadline that it met"
    )
    corrects = serializers.IntegerField(
        source="replaces_id", allow_null=True, help_text="the report that this one replaces"
    )
    corrected_by = serializers.SerializerMethodField(help_text="the submitted report that replaces this one")
    withdrawn_because = serializers.CharField(allow_blank=True)

    def get_title(self, report: Any) -> str:
        return KINDS[report.kind].title

    def get_corrected_by(self, report: Any) -> int | None:
        correction = getattr(report, "corrected_by", None)
        return correction.pk if correction is not None and not correction.open else None


class ReportQuery(Strict):
    also = frozenset({"page", "page_size"})

    kind = serializers.ChoiceField(choices=sorted(KINDS), required=False)
    state = serializers.ChoiceField(
        choices=["draft", "validated", "signed", "submitted", "withdrawn"], required=False
    )


class BeginSerializer(Strict):
    kind = serializers.ChoiceField(choices=sorted(KINDS))


class PassageSerializer(Shape):
    """A paragraph ("p"), a heading ("h") or a list ("ul", "ol") as it reads, references and figures filled in."""

    shape = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())


class RowSerializer(Shape):
    ref = serializers.CharField(allow_blank=True, help_text="written in square brackets, a text points at it")
    cells = serializers.ListField(child=serializers.CharField())


class BlockSerializer(Shape):
    """Facts: a heading with a sentence, a table, or both."""

    heading = serializers.CharField()
    words = serializers.CharField(allow_blank=True)
    columns = serializers.ListField(child=serializers.CharField())
    rows = RowSerializer(many=True)


class SectionSerializer(Shape):
    """A section: its author's words, and the facts that are printed under them."""

    code = serializers.CharField()
    heading = serializers.CharField()
    text = serializers.CharField(allow_blank=True, help_text="as typed, with its marks")
    passages = PassageSerializer(many=True)
    facts = BlockSerializer(many=True, help_text="of a draft: those at hand, printed where `prints_facts` is")
    prints_facts = serializers.BooleanField()
    version = serializers.IntegerField(allow_null=True, help_text="null once the report was submitted")
    asks = serializers.CharField(allow_blank=True, help_text="what belongs here")
    complete = serializers.BooleanField()


class FindingSerializer(Shape):
    """Something to see to; a serious one keeps the report from being signed."""

    section = serializers.CharField(source="code", allow_blank=True)
    text = serializers.CharField()
    serious = serializers.BooleanField()


class RequirementJudgementSerializer(Shape):
    """A requirement of the notice, and whether it is met in the author's judgement ("" for not judged yet)."""

    requirement = serializers.CharField(help_text="its key, as in the list of requirements")
    ref = serializers.CharField()
    text = serializers.CharField()
    rests_on = serializers.ListField(child=serializers.CharField())
    verdict = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(help_text="0 while nobody has judged it")


class FigureSerializer(Shape):
    key = serializers.CharField(help_text="written in braces, a text shows the number")
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class ReferenceSerializer(Shape):
    """What a claim points at, and how it is followed to test and evidence."""

    ref = serializers.CharField(help_text="written in square brackets, a text points at it")
    title = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())
    tested = serializers.BooleanField(allow_null=True, help_text="null where that is no question")


class DetailSerializer(ReportSerializer):
    """One report. Of a submitted one: what was submitted, and nothing that was not printed."""

    sections = SectionSerializer(many=True)
    findings = FindingSerializer(many=True, help_text="of a draft: what is missing, what to know")
    figures = FigureSerializer(many=True, help_text="of a draft: the numbers that its texts can show")
    references = ReferenceSerializer(many=True, help_text="of a draft: all there are; else those pointed at")


class WordsSerializer(Strict):
    """The words of a section; what is left out stays as it is."""

    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    prints_facts = serializers.BooleanField(required=False)


class SectionVersionSerializer(Shape):
    """The words of a section as they were saved."""

    number = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)


class VerdictSerializer(Strict):
    verdict = serializers.CharField(
        allow_blank=True, max_length=12, help_text="met, partly, not_met, not_judged, or empty: not yet"
    )
    words = serializers.CharField(allow_blank=True, max_length=5000, required=False)


def section_of(desk: Desk, section: Any) -> dict[str, Any]:
    """A section of a draft."""
    done = next(how for one, how in desk.lines if one.pk == section.pk)
    return {
        "code": section.code,
        "heading": section.heading,
        "text": section.text,
        "passages": _passages(desk.passages(section)),
        "facts": _blocks(desk.blocks(section)),
        "prints_facts": section.prints_facts,
        "version": section.version,
        "asks": desk.part(section).ask,
        "complete": done.complete,
    }


def draft_shown(desk: Desk) -> dict[str, Any]:
    """A report that is being written, for its author."""
    return {
        **ReportSerializer(desk.report).data,
        "sections": [section_of(desk, section) for section in desk.sections],
        "findings": FindingSerializer(desk.findings, many=True).data,
        "figures": FigureSerializer(desk.facts.figures, many=True).data,
        "references": ReferenceSerializer(desk.facts.references, many=True).data,
    }


def submitted_shown(report: Any, composed: Composed) -> dict[str, Any]:
    """A submitted report, for whoever may read it: what its pages say."""
    said = {section["code"]: section for section in report.submitted.body["sections"]}
    return {
        **ReportSerializer(report).data,
        "sections": [
            {
                "code": section.code,
                "heading": section.heading,
                "text": said[section.code]["text"],
                "passages": _passages(section.passages),
                "facts": _blocks(section.blocks),
                "prints_facts": said[section.code]["prints_facts"],
                "version": None,
                "asks": "",
                "complete": True,
            }
            for section in composed.sections
        ],
        "findings": [],
        "figures": [],
        "references": ReferenceSerializer([note.reference for note in composed.notes], many=True).data,
    }


def judgements_of(facts: Facts, judged: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every requirement with its judgement, as the facts list them."""
    return [
        {
            "requirement": one.key,
            "ref": one.ref,
            "text": one.text,
            "rests_on": list(one.lines),
            "verdict": judged[one.key].verdict if one.key in judged else "",
            "words": judged[one.key].words if one.key in judged else "",
            "version": judged[one.key].version if one.key in judged else 0,
        }
        for one in facts.requirements
    ]


def _passages(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    return [
        {
            "shape": str(passage.shape),
            "lines": [
                "".join(f"({r.text})" if r.reference else r.text for r in line) for line in passage.lines
            ],
        }
        for passage in passages
    ]


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [
        {
            "heading": block.heading,
            "words": block.words,
            "columns": list(block.columns),
            "rows": [{"ref": row.ref, "cells": [cell.text for cell in row.cells]} for row in block.rows],
        }
        for block in blocks
    ]
