"""What was found in a document, and what it would change, line by line. Plain Python."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from files.spreadsheets import guarded
from plans import reader
from plans.importing.asking import Question
from plans.importing.difference import Difference, as_json

HEADINGS = ("Reference", "Where", "Column", "What was found", "As it stands", "Choices", "Answer")


def report(found: reader.Reading, questions: Sequence[Question] = ()) -> str:
    """The findings of a reading, and questions about which action is meant.

    As CSV with a byte order mark, safe to open in a spreadsheet.
    """
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(HEADINGS)
    writer.writerows([guarded(cell) for cell in row] for row in _rows(found, questions))
    return stream.getvalue()


def _rows(found: reader.Reading, questions: Sequence[Question]) -> Iterator[tuple[str, ...]]:
    findings: list[reader.Finding | Question] = [*questions, *found.findings]
    for finding in findings:
        at = finding.table is not None and finding.row is not None
        row = found.source_row(finding.table or 0, finding.row or 0) if at else None
        labels = {choice.key: choice.label for choice in finding.choices}
        yield (
            finding.ref or "",
            finding.place,
            finding.column or "",
            finding.message,
            " | ".join(cell for cell in row.cells if cell) if row else "",
            "; ".join(labels.values()),
            labels.get(finding.chosen or "", ""),
        )


class Effect(StrEnum):
    """What becomes of one line of a difference."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    OBJECTIVE = "objective"
    MISSING = "missing"
    KEPT = "kept"


@dataclass(frozen=True)
class ChangeLine:
    """One thing in which a document differs from the plan; `kept`: somebody changed it meanwhile, the plan's stands."""

    kind: Effect
    ref: str
    field: str
    old: Any
    new: Any


def changes_in(found: Difference) -> list[ChangeLine]:
    """Everything in which a document differs from the plan, as JSON values."""
    return [
        *(ChangeLine(Effect.NEW, ref, "action", None, "added") for ref in found.new),
        *(
            ChangeLine(Effect.CHANGED, change.ref, change.field, as_json(change.old), as_json(change.new))
            for change in found.changed
        ),
        *(ChangeLine(Effect.MOVED, move.ref, move.what, move.old, move.new) for move in found.moved),
        *(
            ChangeLine(
                Effect.OBJECTIVE,
                change.ref,
                f"objective's {change.field}",
                as_json(change.old),
                as_json(change.new),
            )
            for change in found.objectives
        ),
        *(ChangeLine(Effect.MISSING, ref, "action", "in the plan", None) for ref in found.missing),
        *(
            ChangeLine(Effect.KEPT, change.ref, change.field, as_json(change.old), as_json(change.new))
            for change in found.conflicts
        ),
    ]
