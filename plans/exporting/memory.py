"""What a copy remembers of itself: its hidden sheet, read back. Plain Python."""

import io
import zipfile
from dataclasses import dataclass, field

from plans.exporting.cells import same_words
from plans.exporting.columns import ALL, Column, columns_named, title_of
from plans.exporting.xlsx import FORMAT, HIDDEN, TOKENS
from plans.rag import Palette, Standing
from plans.reader.grids import Document, Grid, Row
from plans.reader.reading import Objective, ScaleEntry, Theme
from plans.table import ObjectiveRow

_MARK = "noticeboard copy"
_BOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Kept:
    """One action as the copy was made with it: its cells' words by column."""

    token: str
    ref: str
    objective: str
    cells: dict[str, str]


@dataclass
class Memory:
    """Everything that the hidden sheet says."""

    stamp: str = ""
    made_at: str = ""
    headings: dict[str, str] = field(default_factory=dict)
    scale: list[ScaleEntry] = field(default_factory=list)
    themes: dict[str, Theme] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    actions: dict[str, Kept] = field(default_factory=dict)
    by_ref: dict[str, Kept] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        """The copy's columns, in the order it was made with."""
        return columns_named([*self.headings])


def may_be_copy(data: bytes) -> bool:
    """Whether the bytes are a workbook with a sheet of our name: cheap, so that other documents are opened once."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_BOOK).file_size > 1024 * 1024:
                return False
            return f'"{HIDDEN}"'.encode() in archive.read(_BOOK)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        return False


def remembered(document: Document) -> Memory | None:
    """What the document's hidden sheet says; None where it has none, or one of another make."""
    for grid in document.grids:
        if grid.rows and _cells(grid.rows[0])[:2] == [_MARK, FORMAT]:
            return _memory(grid)
    return None


def ref_key(ref: str) -> str:
    """What two spellings of one reference have in common."""
    return "".join(ref.split()).casefold()


def heading_key(heading: str) -> str:
    """What two spellings of one heading have in common."""
    return " ".join(heading.split()).casefold()


def plan_grid(document: Document, memory: Memory) -> tuple[int, int] | None:
    """The sheet that holds the plan, and the index of its row of headings; None where neither is left."""
    wanted = {heading_key(heading) for heading in (*memory.headings.values(), TOKENS)}
    best, found = 1, None
    for number, grid in enumerate(document.grids):
        for index, row in enumerate(grid.rows[:200]):
            if _cells(row)[:1] == [_MARK]:
                break
            score = len(wanted & {heading_key(text) for text in row.texts if text})
            if score > best:
                best, found = score, (number, index)
    return found


def _cells(row: Row) -> list[str]:
    return list(row.texts)


def _memory(grid: Grid) -> Memory:
    memory = Memory()
    for row in grid.rows:
        cells = list(row.texts) + [""] * 8
        kind, rest = cells[0], cells[1:]
        if kind == "stamp":
            memory.stamp = rest[0]
        elif kind == "made at":
            memory.made_at = rest[0]
        elif kind == "column" and rest[0] in ALL:
            memory.headings[rest[0]] = rest[1]
        elif kind == "code":
            memory.scale.append(_code(rest))
        elif kind == "theme":
            memory.themes[rest[0]] = Theme(f"t{rest[0]}", rest[1], "")
            memory.groups[same_words(rest[1])] = ""
        elif kind == "objective":
            memory.objectives[rest[0]] = _objective(rest)
        elif kind == "action":
            kept = Kept(rest[0], rest[1], rest[2], dict(zip(memory.headings, rest[3:], strict=False)))
            memory.actions[kept.token] = memory.by_ref[ref_key(kept.ref)] = kept
    _name_groups(memory)
    return memory


def _code(cells: list[str]) -> ScaleEntry:
    code, name, meaning, colour, standing, mark = cells[:6]
    return ScaleEntry(
        code,
        name,
        meaning,
        None,
        Palette(colour) if colour in set(Palette) else None,
        Standing(standing) if standing in set(Standing) else None,
        is_mark=bool(mark),
        used=0,
    )


def _objective(cells: list[str]) -> Objective:
    number, theme, ref, title, text, rating = cells[:6]
    return Objective(f"o{number}", ref or None, title, text, f"t{theme}", rating or None, 0, 0)


def _name_groups(memory: Memory) -> None:
    """Under what words each objective's row stands, with and without its reference in front."""
    for number, objective in memory.objectives.items():
        row = ObjectiveRow(0, 0, 0, objective.ref or "", objective.title, objective.text, None, 0)
        for title in {title_of(row), objective.title}:
            words = "\n".join(filter(None, (title, objective.text))) or "No objective"
            memory.groups.setdefault(same_words(words), number)
