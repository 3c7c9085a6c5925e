"""Where each column of a copy stands now, whatever was moved, added or renamed. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.exporting.memory import Memory, heading_key
from plans.exporting.noting import Notes
from plans.exporting.xlsx import TOKENS
from plans.reader.findings import FindingCode, Severity
from plans.reader.grids import Row
from plans.reader.reading import Column, ColumnRole, column_letter
from plans.reader.reading import Mapping as Corrected

_SAMPLED = 200


@dataclass(frozen=True)
class Placed:
    """The index of each column by its key, that of the hidden column, and all columns as a page shows them."""

    places: dict[str, int]
    tokens: int | None
    columns: list[Column]


def place_columns(memory: Memory, rows: Sequence[Row], top: int, mapping: Corrected, notes: Notes) -> Placed:
    """Find each column under its heading, or under the one that a person said it has now; ask about those gone."""
    texts = rows[top].texts
    heads = {heading_key(text): index for index, text in reversed(list(enumerate(texts)))}
    tokens = heads.get(heading_key(TOKENS))
    said = {heading_key(heading): role for heading, role in mapping.columns.items()}
    known = {heading_key(heading) for heading in (*memory.headings.values(), TOKENS)}
    strange = {key: index for key, index in heads.items() if key and key not in known}
    places: dict[str, int] = {}
    for column in memory.columns:
        renamed = [at for name, at in strange.items() if column.role and said.get(name) == column.role]
        place = heads.get(heading_key(memory.headings[column.key]), renamed[0] if renamed else None)
        if place is not None:
            places[column.key] = place
    unused = [texts[at] for at in strange.values() if at not in places.values()]
    _ask(memory, places, unused, notes)
    return Placed(places, tokens, _shown(memory, places, rows, top))


def _ask(memory: Memory, places: Mapping[str, int], unused: Sequence[str], notes: Notes) -> None:
    names = ", ".join(f"“{' '.join(text.split())}”" for text in unused)
    for column in memory.columns:
        if not column.field or column.key in places:
            continue
        heading = memory.headings[column.key]
        message = f"The copy has no column “{heading}” any more, so nothing of it will change."
        if names:
            message += (
                f" Columns that it did not have: {names}. If one of these is it, say so under Columns and read the "
                "document again."
            )
        notes.find(
            FindingCode.COLUMN_UNCLEAR, Severity.QUESTION if names else Severity.NOTE, message, column=heading
        )


def _shown(memory: Memory, places: Mapping[str, int], rows: Sequence[Row], top: int) -> list[Column]:
    keys = {place: key for key, place in places.items()}
    roles = {column.key: column.role for column in memory.columns}
    found = []
    for index, text in enumerate(rows[top].texts):
        heading = " ".join(text.split())
        if not heading or heading == TOKENS:
            continue
        role = roles.get(keys.get(index, "")) or ColumnRole.OTHER
        samples = (" ".join(row.text(index).split())[:80] for row in rows[top + 1 : top + _SAMPLED])
        few = tuple(dict.fromkeys(sample for sample in samples if sample))[:3]
        found.append(Column(heading, column_letter(index), index, 0, role, few, ()))
    return found
