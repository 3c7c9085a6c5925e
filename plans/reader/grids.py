"""A document as the reader sees it whatever its format: grids of cells in order, and the text around them."""

from dataclasses import dataclass, field
from datetime import date

from plans.reader.findings import FindingCode
from plans.reader.reading import Format


@dataclass(slots=True)
class Row:
    """One row: its texts exactly as they stand, and what else a cell can say.

    `number` is the document's own count (a sheet's row, a file's record, a table's row); `fills` six
    hexadecimal digits by column; `dates` the cells that hold a real date; `covered` the cells that a merge
    hides, with the (index of the row in its grid, column) of the cell that shows; `comments` what is noted
    beside a cell rather than in it.
    """

    number: int
    place: str
    texts: list[str]
    fills: dict[int, str] = field(default_factory=dict)
    dates: dict[int, date] = field(default_factory=dict)
    covered: dict[int, tuple[int, int]] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    hidden: bool = False
    page: int | None = None

    def text(self, column: int) -> str:
        """Return a cell's text without the blanks around it; empty beyond the row's end."""
        return self.texts[column].strip() if column < len(self.texts) else ""

    @property
    def opening(self) -> str:
        """Where the row stands, as a sentence begins with it."""
        return self.place[:1].upper() + self.place[1:]

    @property
    def filled(self) -> list[int]:
        """The columns that hold text."""
        return [column for column, text in enumerate(self.texts) if text and not text.isspace()]


@dataclass(slots=True)
class Grid:
    """One table or sheet. `heading` is the text that stands just above it, outside of it; `intro` what stands between
    the two.
    """

    label: str
    rows: list[Row]
    heading: str = ""
    intro: str = ""
    is_sheet: bool = False
    hidden: bool = False
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.texts) for row in self.rows), default=0)


@dataclass(frozen=True)
class Note:
    """Something that taking the document apart already found: a finding in the making."""

    code: FindingCode
    message: str
    grid: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(slots=True)
class Document:
    """A document taken apart: its grids in order, the lines outside them, what was noticed on the way."""

    format: Format
    grids: list[Grid]
    outside: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    title: str = ""
    running: list[str] = field(default_factory=list)
    """Lines that stand on most pages: headers and footers."""
    listed: int = 0
    """How many numbered or bulleted paragraphs stand outside tables: a plan may be kept as a list."""
