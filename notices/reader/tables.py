"""Tables of Word and PDF files as lines: each row an item, each cell after its column's head."""

import re
from collections.abc import Iterator, Sequence

_LONGEST_HEAD = 40
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|\([a-z]{1,4}\)|[a-z][.)])$")
_PLAIN_NUMBER = re.compile(r"^[A-Z]?\d{1,3}[a-z]?$")
_NAMES = (
    r"(?:ref(?:erence)?|no\.?|number|item|actions?|measures?|requirements?|what|owner|lead|who|responsib\w+|by\s+whom|by\s+when|"
    r"when|deadline|due(?:\s+date)?|date|timescales?|target|evidence|milestones?|frequency|outcomes?|status)"
)
_HEADS = re.compile(rf"^\W*{_NAMES}(?:\W+{_NAMES}){{2,}}\W*$", re.IGNORECASE)

Cells = Sequence[str]


def rows_as_lines(rows: Sequence[Cells], heads: Cells | None = None) -> Iterator[str]:
    """The rows as items, each cell after its column's head; of a form without heads as lines.

    `heads` are those of the table that this one goes on with, where it has none of its own.
    """
    own = heads_of(rows)
    heads = own or (heads if heads and rows and len(heads) == len(rows[0]) else None)
    for row in rows[1:] if own else rows:
        if heads is None:
            yield " ".join(filter(None, dict.fromkeys(row)))
        elif any(row):
            yield _item(row, heads)


def heads_of(rows: Sequence[Cells]) -> Cells | None:
    """The heads of a table's columns: its first row, where that names columns."""
    return rows[0] if len(rows) > 1 and _is_head(rows[0]) else None


def names_columns(line: str) -> bool:
    """Whether a line of text is the head of a table whose columns no line parts: "Ref Action Owner By when"."""
    return bool(_HEADS.match(line))


def _item(row: Cells, heads: Cells) -> str:
    label = row[0] if _NUMBER.match(row[0]) else f"{row[0]}." if _PLAIN_NUMBER.match(row[0]) else ""
    numbered = bool(label) and len(row) > 1
    text = row[1] if numbered else row[0]
    rest = zip(heads[1 + numbered :], row[1 + numbered :], strict=False)
    more = "; ".join(f"{head}: {cell}" if head else cell for head, cell in rest if cell and cell != text)
    said = f"{label if numbered else '-'} {text}{'; ' if more else ''}{more}"
    return said if said.endswith((".", ";", ":")) else f"{said}."


def _is_head(row: Cells) -> bool:
    """Whether a row names columns: several short words without figures, none of them asking to be filled in."""
    named = [cell for cell in row if cell]
    return len(set(named)) > 1 and all(
        len(cell) <= _LONGEST_HEAD and not re.search(r"\d|:$|[.;]$", cell) for cell in named
    )
