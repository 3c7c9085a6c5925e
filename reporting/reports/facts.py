"""The facts of a report as plain values, with their JSON form: what freezing stores. Plain Python."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table of facts; `colour` where it is a rating (a letter and a word stand in its text)."""

    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `ref` is what an author writes in square brackets to point at it, "" where nothing does."""

    cells: tuple[Cell, ...]
    ref: str = ""


SMALL_ROWS, SMALL_SIGNS = 9, 800


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with a sentence, a table, or both. `widths` are the columns' shares of a page, in percent."""

    heading: str
    words: str = ""
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def small(self) -> bool:
        """Whether its table takes a quarter of a page at most, so that it is better not parted."""
        signs = sum(len(cell.text) for row in self.rows for cell in row.cells)
        return len(self.rows) <= SMALL_ROWS and signs <= SMALL_SIGNS


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that can stand in a text: written {key}, live until the facts are frozen."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a claim can point at: written [ref]. `lines` follow it to test and evidence.

    `tested` says whether it was tested independently; None where that is no question (a board, a paragraph).
    """

    ref: str
    title: str
    lines: tuple[str, ...] = ()
    url: str = ""
    tested: bool | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A provision of the notice to be judged, with what is known of it."""

    key: str
    ref: str
    area: str
    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All facts of one report. `topics` holds blocks by a topic's name ("area:Heading" for an area of the notice)."""

    since: dt.date | None
    as_at: dt.date
    position_on: dt.date | None
    before_on: dt.date | None
    topics: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    areas: tuple[str, ...] = ()
    unshared: tuple[str, ...] = ()  # tests that are the author's own so far

    @cached_property
    def by_ref(self) -> dict[str, Reference]:
        """References by what stands in the brackets, upper and lower case one."""
        return {one.ref.casefold(): one for one in self.references}

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        """Figures by what stands in the braces."""
        return {one.key.casefold(): one for one in self.figures}

    def blocks(self, topics: tuple[str, ...], area: str = "") -> list[Block]:
        """The blocks of some topics, in their order."""
        names = [f"area:{area}" if topic == "area" else topic for topic in topics]
        return [block for name in names for block in self.topics.get(name, ())]


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts as JSON values."""
    raw = asdict(facts)
    for name in ("since", "as_at", "position_on", "before_on"):
        raw[name] = raw[name].isoformat() if raw[name] else None
    return raw


def from_json(raw: Mapping[str, Any]) -> Facts:
    """The facts as they were stored. Raises KeyError, TypeError for what `as_json` did not write."""
    return Facts(
        since=_day(raw["since"]),
        as_at=dt.date.fromisoformat(raw["as_at"]),
        position_on=_day(raw["position_on"]),
        before_on=_day(raw["before_on"]),
        topics={name: tuple(block_from(one) for one in blocks) for name, blocks in raw["topics"].items()},
        figures=tuple(Figure(**one) for one in raw["figures"]),
        references=tuple(Reference(**{**one, "lines": tuple(one["lines"])}) for one in raw["references"]),
        requirements=tuple(
            Requirement(**{**one, "lines": tuple(one["lines"])}) for one in raw["requirements"]
        ),
        areas=tuple(raw["areas"]),
        unshared=tuple(raw["unshared"]),
    )


def block_from(raw: Mapping[str, Any]) -> Block:
    """A block as it was stored."""
    return Block(
        raw["heading"],
        raw["words"],
        tuple(raw["columns"]),
        tuple(raw["widths"]),
        tuple(Row(tuple(Cell(**cell) for cell in row["cells"]), row["ref"]) for row in raw["rows"]),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
