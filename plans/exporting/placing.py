"""Where each column of a copy stands now, whatever was moved, added or renamed. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.exporting.cells import same_words
from plans.exporting.memory import Kept, Memory, heading_key
from plans.exporting.noting import Notes
from plans.exporting.xlsx import TOKENS
from plans.reader.findings import FindingCode, Severity
from plans.reader.grids import Row
from plans.reader.reading import Column, ColumnRole, column_letter
from plans.reader.reading import Mapping as Corrected

_SAMPLED = 200
_MOST = 0.5


@dataclass(frozen=True)
class Placed:
    """The index of each column by its key, that of the hidden column, and all columns as a page shows them."""

    places: dict[str, int]
    tokens: int | None
    columns: list[Column]


def place_columns(memory: Memory, rows: Sequence[Row], top: int, mapping: Corrected, notes: Notes) -> Placed:
    """Find each column under its heading, or under the one that it has now; ask about those gone.

    A column has another heading where a person said so, or where most of its cells still say what they said.
    """
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
    unsaid = {index for key, index in strange.items() if key not in said}
    for key, place in _renamed(
        memory, rows[top + 1 :], tokens, unsaid - set(places.values()), places
    ).items():
        places[key] = place
        _tell(memory.headings[key], " ".join(texts[place].split()), notes)
    unused = [texts[at] for at in strange.values() if at not in places.values()]
    _ask(memory, places, unused, notes)
    return Placed(places, tokens, _shown(memory, places, rows, top))


def _renamed(
    memory: Memory, rows: Sequence[Row], tokens: int | None, strange: set[int], places: Mapping[str, int]
) -> dict[str, int]:
    """Which columns that are gone stand under headings that are new, by what their cells say; the most alike first."""
    known = [
        (row, kept) for row in rows if tokens is not None and (kept := memory.actions.get(row.text(tokens)))
    ]
    gone = [column.key for column in memory.columns if column.key not in places]
    alike = sorted(((_alike(known, key, at), key, at) for key in gone for at in strange), reverse=True)
    found: dict[str, int] = {}
    for share, key, at in alike:
        if share > _MOST and key not in found and at not in found.values():
            found[key] = at
    return found


def _alike(rows: Sequence[tuple[Row, Kept]], key: str, at: int) -> float:
    """How large a part of the cells that said something in a column still say it at another place."""
    said = [(row, kept.cells[key]) for row, kept in rows if kept.cells.get(key)]
    return sum(_says(row, at, was) for row, was in said) / len(said) if said else 0


def _says(row: Row, at: int, was: str) -> bool:
    return (
        row.dates[at].isoformat() == was if at in row.dates else same_words(row.text(at)) == same_words(was)
    )


def _tell(was: str, heading: str, notes: Notes) -> None:
    notes.find(
        FindingCode.COLUMN_RENAMED,
        Severity.NOTE,
        f"The column “{was}” is called “{heading}” now. It is read as that column, and the plan goes out under the new "
        "heading from now on. If it is another column, say so under Columns and read the document again.",
        column=heading,
    )


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
