"""A publication with the recommendations as a Word document: landscape, headings repeated on every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from docx.document import Document as DocumentType
from docx.shared import Pt
from docx.table import _Cell

from councils.models import Council
from plans.exporting.cells import cell_text
from plans.exporting.docx_parts import (
    LANDSCAPE,
    colour,
    landscape,
    new_row,
    new_table,
    room_for_words,
    saved,
    set_up,
    shade,
    widths_in,
)
from plans.table import ActionRow, Code, Movement, ObjectiveRow, PlanTable
from reporting.home.needs import plural
from reporting.models import Publication, Recommendation
from reporting.scrutiny.reading import Shown, recommendations_of

_HEADING, _OBJECTIVE = "D9E1EA", "F3F2F1"
_ACTIONS = {"Ref": 7, "Action": 28, "Lead": 14, "End": 11, "Progress": 29, "Rating": 11}
_UNRATED = "Not rated"

_SIZE = 8.5


@dataclass(frozen=True)
class Rated:
    """A rating, and how it moved since the position published before."""

    code: Code | None
    moved: str = ""


Said = str | Code | Rated
"""What a cell says: words, or a rating with its word and its colour."""


def as_word(publication: Shown, council: Council) -> bytes:
    """The document as bytes: what the PDF says."""
    row, document = publication.row, landscape()
    set_up(document, title=str(row), made_at=row.published_at, foot=f"{council.name}: {row}.", size=9.5)
    document.add_heading(cell_text(str(row)), 0)
    document.add_paragraph(cell_text(f"{council.name}, for its scrutiny committee. {_published(row)}"))
    if row.note:
        document.add_paragraph(cell_text(row.note))
    if publication.table is not None:
        _plan(document, publication.table, _moved(publication), publication.moved)
    if publication.decisions:
        document.add_heading("Decisions", 1)
        rows = [(one.ref, one.text) for one in publication.decisions]
        _table(document, {"Ref": 10, "Decision": 90}, rows)
    asked = list(recommendations_of(council))
    if asked:
        document.add_heading("The committee’s recommendations", 1)
        headings = {"No": 6, "Recommendation": 40, "Answer of the board": 38, "State": 16}
        _table(document, headings, [_asked(one) for one in asked])
    return saved(document)


def _plan(document: DocumentType, table: PlanTable, moved: str, movement: Movement | None) -> None:
    counts = table.counts
    document.add_heading("Where the plan stands", 1)
    total = plural(counts.total, "action")
    document.add_paragraph(f"{total}, {counts.overdue_words}.{moved}")
    carried = dict(counts.ratings)
    rated: list[tuple[Said, ...]] = [(c, c.means, str(carried.get(c, 0))) for c in table.ratings]
    if counts.unrated:
        rated.append((_UNRATED, "No rating was given", str(counts.unrated)))
    _table(document, {"Rating": 18, "Meaning": 66, "Actions": 16}, rated)
    document.add_heading("The plan", 1)
    marks = _marks(movement)
    for theme in table.themes:
        if theme.title:
            document.add_heading(cell_text(theme.title), 2)
        rows: list[tuple[Said, ...]] = []
        for objective in theme.objectives:
            rows += [_judged(objective), *(_cells(action, marks) for action in objective.actions)]
        _table(document, _ACTIONS, rows)


def _table(document: DocumentType, headings: dict[str, int], rows: Sequence[tuple[Said, ...]]) -> None:
    """A table of these headings, each with its share of the width; too short a row is a group's: words, rating."""
    whole = [tuple(map(_words, row)) for row in (tuple(headings), *rows) if len(row) == len(headings)]
    widths = room_for_words(widths_in(LANDSCAPE, list(headings.values())), whole, size=_SIZE)
    table = new_table(document, widths)
    for number, row in enumerate((tuple(headings), *rows)):
        line = new_row(table) if number else table.rows[0]
        grouped = len(row) < len(headings)
        cells = [line.cells[0].merge(line.cells[-2]), line.cells[-1]] if grouped else line.cells
        for cell, said in zip(cells, row, strict=True):
            _write(cell, said, bold=grouped or not number)
            if not number:
                shade(cell, _HEADING)
            elif grouped and isinstance(said, str):
                shade(cell, _OBJECTIVE)
    document.add_paragraph()


def _write(cell: _Cell, said: Said, *, bold: bool) -> None:
    rated = Rated(said) if isinstance(said, Code) else said
    code = rated.code if isinstance(rated, Rated) else None
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(cell_text(_words(said)))
    run.font.size, run.font.bold = Pt(_SIZE), bold or code is not None
    if code is not None:
        colour(cell, run, code.colour)


def _words(said: Said) -> str:
    if isinstance(said, str):
        return said
    rated = said if isinstance(said, Rated) else Rated(said)
    return "\n".join(words for words in (rated.code.label if rated.code else _UNRATED, rated.moved) if words)


def _published(row: Publication) -> str:
    on = timezone.localdate(row.published_at)
    return f"Published on {on.day} {on:%B %Y}."


def _moved(publication: Shown) -> str:
    before, moved = publication.before, publication.moved
    if before is None or before.position is None or moved is None:
        return ""
    on = before.position.on
    return (
        f" Since the position of {on.day} {on:%B %Y}, the last one published before: {len(moved.better)} better, "
        f"{len(moved.worse)} worse, {moved.same} the same."
    )


def _judged(objective: ObjectiveRow) -> tuple[Said, ...]:
    title = objective.title.removeprefix(objective.ref).strip()
    words = f"{title}. {objective.text}" if title and objective.text else title or objective.text
    return (f"{objective.ref} {words}".strip(), objective.rating or _UNRATED)


def _marks(moved: Movement | None) -> dict[int, str]:
    """How each action moved, by its number, in the words of the page and the PDF; nothing for those that did not."""
    if moved is None:
        return {}
    kinds = ((moved.better, "▲ better"), (moved.worse, "▼ worse"), (moved.new, "● new"))
    return {row.id: words for rows, words in kinds for row in rows}


def _cells(action: ActionRow, marks: Mapping[int, str]) -> tuple[Said, ...]:
    ends = f"{action.ends_on.day} {action.ends_on:%b %Y}" if action.ends_on else action.timeline or "No date"
    said = action.progress or "Nothing reported"
    return (
        action.ref,
        action.activity,
        action.lead_names,
        ends,
        said,
        Rated(action.rating, marks.get(action.id, "")),
    )


def _asked(one: Recommendation) -> tuple[Said, ...]:
    answer = f"{one.get_answer_display()}. {one.answer_text}" if one.answer else "Not answered yet"
    return (str(one.number), one.text, answer, one.state_words)
