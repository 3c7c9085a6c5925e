"""What a document leaves open, kept on the plan: asked once, whatever number of documents shows it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from plans.importing.difference import as_json
from plans.importing.frame import Writing
from plans.importing.rows import insert_rows
from plans.models import Action, Finding

if TYPE_CHECKING:
    from plans import reader
    from plans.importing.asking import Question

MISSING, CONFLICT = "missing_from_document", "changed_meanwhile"
_NO_LONGER, _HERE_AGAIN = "A later document does not show it any more", "A later document has it again"
Sign = tuple[str, str, str, str]


def write_findings(writing: Writing, written: Mapping[str, Action]) -> None:
    """Keep what nobody has answered, and ask about what the document no longer has.

    What is open already stays open as it is; what somebody settled is not asked again while nothing about it changed;
    what the document no longer shows is settled by that.
    """
    found = [*_of_document(writing, written), *_of_plan(writing)]
    if not found:
        _settle(writing, ())
        return
    kept = {_sign(finding) for finding in found}
    stored = Finding.objects.filter(plan=writing.plan)
    known = {_sign(finding) for finding in stored.filter(settled_at__isnull=True)}
    known |= {_sign(finding) for finding in stored.filter(settled_by__isnull=False)}
    _settle(writing, kept)
    fresh = {_sign(finding): finding for finding in reversed(found) if _sign(finding) not in known}
    insert_rows(Finding, list(fresh.values())[::-1])


def _sign(finding: Finding) -> Sign:
    """By what a finding is known again in the next document, whatever row it stands in there."""
    said = finding.message if not finding.ref else f"{finding.message}".replace(f"row {finding.row}", "row")
    return finding.code, finding.ref, finding.column, said


def _settle(writing: Writing, kept: Iterable[Sign]) -> None:
    """Settle what earlier documents left open and this one does not show; a copy speaks of its own rows alone."""
    kept = set(kept)
    seen = {*writing.difference.matched.known.values()}
    for finding in Finding.objects.filter(plan=writing.plan, settled_at__isnull=True, reading__isnull=False):
        if _sign(finding) in kept or (writing.reading.copy is not None and finding.code != MISSING):
            continue
        if finding.code == MISSING and finding.ref not in seen:
            continue
        finding.settled_at = writing.now
        finding.settled_how = _HERE_AGAIN if finding.code == MISSING else _NO_LONGER
        finding.save(update_fields=["settled_at", "settled_how"])


def _of_document(writing: Writing, written: Mapping[str, Action]) -> Iterator[Finding]:
    reading = writing.reading
    by_row: dict[tuple[int | None, int | None], Action] = {
        (read.table, read.row): written[read.key] for read in reading.actions if read.key in written
    }
    asked: list[reader.Finding | Question] = [*reading.findings, *writing.difference.questions]
    for finding in asked:
        if finding.chosen is None:
            yield Finding(
                plan=writing.plan,
                reading=writing.stored,
                action=by_row.get((finding.table, finding.row)),
                ref=(finding.ref or "")[:60],
                row=finding.row,
                column=(finding.column or "")[:100],
                code=finding.code.value,
                message=finding.message,
                suggestion=finding.suggested.label if finding.suggested else "",
            )


def _of_plan(writing: Writing) -> Iterator[Finding]:
    """What the document no longer has, and what it has otherwise than somebody who changed it meanwhile."""
    found = writing.difference
    wanted = {*found.missing, *(change.ref for change in found.conflicts)}
    actions = {}
    if wanted:
        actions = {a.ref: a for a in Action.objects.filter(plan=writing.plan) if a.ref in wanted}
    for ref in found.missing:
        yield Finding(
            plan=writing.plan,
            reading=writing.stored,
            action=actions[ref],
            ref=ref,
            code=MISSING,
            message=f"{ref} is in the plan and not in the document. It was left as it is.",
        )
    for change in found.conflicts:
        yield Finding(
            plan=writing.plan,
            reading=writing.stored,
            action=actions[change.ref],
            ref=change.ref,
            column=change.label,
            code=CONFLICT,
            message=(
                f"{change.label.capitalize()} of {change.ref} was changed in the plan after the copy was made. The "
                f"plan keeps “{_words(change.old)}”; the copy has “{_words(change.new)}”."
            ),
        )


def _words(value: object) -> str:
    said = as_json(value)
    return ", ".join(said) if isinstance(said, list) else str(said or "nothing")
