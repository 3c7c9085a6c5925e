"""What an exported plan shows of each action: one list of columns that every format and the reading back share.

A new column is one entry of COLUMNS. Plain Python.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plans.expected import Expected
from plans.reader import ColumnRole
from plans.reader.headings import roles_of
from plans.rows import ActionRow, ObjectiveRow, ThemeRow
from plans.table import PlanTable

Value = str | dt.date | None


class Kind(StrEnum):
    """How a column's cells are written and read back."""

    TEXT = "text"
    REFERENCE = "reference"
    LEADS = "leads"
    DATE = "date"
    RATING = "rating"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Line:
    """One action with what it stands under, and the end that it first had."""

    theme: ThemeRow
    objective: ObjectiveRow
    action: ActionRow
    expected: Expected | None = None
    first_end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its values come from and what may become of an edited one.

    `field` names the field that an edited cell changes, as `plans.importing.difference` calls it; "": for reading only.
    `role` is what the reader calls such a column: the council's own heading is taken from a column of that role.
    `optional` columns are left out where none of the actions says anything in them.
    `width` is in characters of a wide sheet; other formats take it as a share.
    """

    key: str
    heading: str
    kind: Kind
    width: int
    value: Callable[[Line], Value]
    role: ColumnRole | None = None
    field: str = ""
    optional: bool = False
    group: bool = False
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of one export, under the heading that it has there."""

    column: Column
    heading: str


def _code(line: Line, name: str) -> Value:
    code = getattr(line.action, name, None)
    return code.code if code else None


def _expected(line: Line) -> Value:
    """The plan's code for what is implied; where its scale has none, what that means in words."""
    found = line.expected
    if found is None or found.standing is None:
        return None
    return found.code.code if found.code else found.words


def _rating_of(name: str) -> Callable[[Line], Value]:
    return lambda line: _code(line, name)


def _text_of(name: str) -> Callable[[Line], Value]:
    return lambda line: getattr(line.action, name, "") or None


def title_of(objective: ObjectiveRow) -> str:
    """An objective's title, led by its reference unless the title or every action below says that already."""
    ref, title = _squeezed(objective.ref), objective.title
    said = ref in _squeezed(title) or (
        bool(title and objective.actions)
        and all(_squeezed(action.ref).startswith(ref) for action in objective.actions)
    )
    return title if said else f"{objective.ref} {title}".strip()


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _objective_text(line: Line) -> Value:
    return line.objective.text


LEAD_SEPARATOR = "; "

GROUPS = (
    Column(
        "theme",
        "Theme",
        Kind.TEXT,
        24,
        lambda line: line.theme.title,
        ColumnRole.THEME,
        optional=True,
        group=True,
    ),
    Column(
        "objective_ref",
        "Objective reference",
        Kind.TEXT,
        20,
        lambda line: title_of(line.objective),
        ColumnRole.OBJECTIVE_REFERENCE,
        optional=True,
        group=True,
    ),
    Column(
        "objective",
        "Objective",
        Kind.TEXT,
        40,
        _objective_text,
        ColumnRole.OBJECTIVE,
        optional=True,
        group=True,
    ),
)
"""What groups say, as columns: in lists without groups."""

COLUMNS = (
    Column(
        "ref",
        "Reference",
        Kind.REFERENCE,
        12,
        lambda line: line.action.ref,
        ColumnRole.REFERENCE,
    ),
    Column(
        "activity",
        "Action",
        Kind.TEXT,
        44,
        lambda line: line.action.activity,
        ColumnRole.ACTIVITY,
        "activity",
    ),
    Column(
        "outcome", "Outcome", Kind.TEXT, 32, _text_of("outcome"), ColumnRole.OUTCOME, "outcome", optional=True
    ),
    Column(
        "milestones",
        "Milestones",
        Kind.TEXT,
        28,
        _text_of("milestones"),
        ColumnRole.MILESTONES,
        "milestones",
        optional=True,
    ),
    Column(
        "timeline",
        "Timeline",
        Kind.TEXT,
        16,
        _text_of("timeline"),
        ColumnRole.TIMELINE,
        "timeline",
        optional=True,
    ),
    Column(
        "starts_on",
        "Start date",
        Kind.DATE,
        12,
        lambda line: line.action.starts_on,
        ColumnRole.START,
        "starts_on",
    ),
    Column(
        "ends_on",
        "End date",
        Kind.DATE,
        12,
        lambda line: line.action.ends_on,
        ColumnRole.END,
        "ends_on",
    ),
    Column(
        "leads",
        "Lead",
        Kind.LEADS,
        18,
        lambda line: LEAD_SEPARATOR.join(lead.name for lead in line.action.leads),
        ColumnRole.LEAD,
        "leads",
    ),
    Column("progress", "Progress", Kind.TEXT, 52, _text_of("progress"), ColumnRole.PROGRESS, "progress"),
    Column(
        "reported_on",
        "Updated on",
        Kind.DATE,
        12,
        lambda line: line.action.reported_on,
        optional=True,
        on_paper=False,
    ),
    Column(
        "evidence",
        "Evidence",
        Kind.TEXT,
        28,
        _text_of("evidence_words"),
        ColumnRole.EVIDENCE,
        "evidence_words",
        optional=True,
    ),
    Column(
        "marks",
        "Mark",
        Kind.MARKS,
        10,
        lambda line: LEAD_SEPARATOR.join(line.action.marks),
        ColumnRole.MARK,
        "marks",
        optional=True,
    ),
    Column("rating", "Rating", Kind.RATING, 11, _rating_of("rating"), ColumnRole.RATING, "rating"),
    Column(
        "impact",
        "Impact rating",
        Kind.RATING,
        11,
        _rating_of("impact"),
        ColumnRole.IMPACT_RATING,
        "impact",
        optional=True,
    ),
    Column("expected", "Expected", Kind.RATING, 12, _expected, optional=True),
    Column("assured", "Assured", Kind.RATING, 11, _rating_of("assured"), optional=True),
    Column(
        "objective_rating",
        "Objective rating",
        Kind.RATING,
        12,
        lambda line: line.objective.rating.code if line.objective.rating else None,
        ColumnRole.OBJECTIVE_RATING,
        optional=True,
        group=True,
    ),
)
"""Every column of an action, in the order they have where the council's document says nothing else."""

FIRST_END = Column(
    "first_end", "First end date", Kind.DATE, 12, lambda line: line.first_end, ColumnRole.END, on_paper=False
)
"""For a council that keeps the end as first agreed and the revised one in two columns; the second is then the end."""

ALL = {column.key: column for column in (*GROUPS, *COLUMNS, FIRST_END)}
REVISED = replace(ALL["ends_on"], role=ColumnRole.REVISED_END)


def columns_named(keys: Sequence[str]) -> list[Column]:
    """The columns of these keys: the end is a revised one beside the first."""
    return [REVISED if key == REVISED.key and FIRST_END.key in keys else ALL[key] for key in keys]


def lines_of(table: PlanTable, first_ends: Mapping[int, dt.date]) -> list[Line]:
    """Every action with its objective and theme, in the plan's order; `first_ends` are those of actions that moved."""
    return [
        Line(theme, objective, action, table.expected[action.id], first_ends.get(action.id, action.ends_on))
        for theme in table.themes
        for objective in theme.objectives
        for action in objective.actions
    ]


def columns_for(
    lines: Sequence[Line], headings: Mapping[ColumnRole, str], *, groups_as_columns: bool
) -> tuple[Shown, ...]:
    """The columns of an export: in the order and under the headings of the council's own document where it has them.

    `headings` are its headings by role, in its order. Columns that it does not have follow the one that they follow
    in COLUMNS. `groups_as_columns`: theme and objective are columns of each line instead of rows of their own.
    """
    keys = [column.key for column in (*(GROUPS if groups_as_columns else ()), *COLUMNS)]
    if ColumnRole.END in headings and ColumnRole.REVISED_END in headings:
        keys.insert(keys.index(REVISED.key), FIRST_END.key)
    wanted = [
        column
        for column in columns_named(keys)
        if not column.optional or any(column.value(line) for line in lines)
    ]
    own = {role: place for place, role in enumerate(headings)}
    placed: list[tuple[tuple[int, int], Column]] = []
    after = -1
    for number, column in enumerate(wanted):
        if column.role in own:
            after = own[column.role]
        placed.append(((after, number), column))
    taken: set[str] = set()
    shown = []
    for _, column in sorted(placed, key=lambda pair: pair[0]):
        heading = headings.get(column.role, "") if column.role else ""
        if not heading or _misleads(heading, column, wanted) or heading.casefold() in taken:
            heading = column.heading
        while heading.casefold() in taken:
            heading += " (2)"
        taken.add(heading.casefold())
        shown.append(Shown(column, heading))
    return tuple(shown)


def _misleads(heading: str, column: Column, others: Sequence[Column]) -> bool:
    """Whether a date or rating stands under words that mean another one of the columns.

    "RAG Rating" for an objective's is clear in the council's own layout and nowhere else.
    """
    means = roles_of(heading)[:1]
    return column.kind in {Kind.DATE, Kind.RATING} and any(
        other.role in means and other.kind is column.kind for other in others if other is not column
    )
