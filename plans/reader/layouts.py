"""The columns of every table of the plan, and what stands above a table that says its theme."""

import re

from plans.reader.columns import Layout, Profile, lay_out, profile
from plans.reader.draft import Draft
from plans.reader.findings import FindingCode, Severity
from plans.reader.grids import Document, Row
from plans.reader.headings import words_of
from plans.reader.reading import ColumnRole as Role
from plans.reader.reading import Mapping, TableUse
from plans.reader.references import is_reference, leading
from plans.reader.tables import Segment, same_headings

_NAME_LENGTH = 40
_PLAIN_SHEET = re.compile(
    (
        r"(?:sheet|table|page|tab)\s*\d*|(?:open|closed|completed?|current|outstanding"
        r"|archived?) actions?|(?:action |improvement )?plan\s*\d*"
    ),
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\b(?:theme|priority|objective|recommendation|work ?stream|strand|section|area)\b", re.IGNORECASE
)


def lay_out_all(
    document: Document, segments: list[Segment], mapping: Mapping, draft: Draft
) -> dict[int, Layout]:
    """Return {table number: layout} of the plan's tables. Tables with the same headings are laid out
    together.

    Where no table has a plan's headings, the one whose cells look most like a plan's is taken, and said.
    """
    plans = [number for number, segment in enumerate(segments) if segment.use is TableUse.PLAN]
    if not plans:
        plans = _without_headings(document, segments, draft)
    layouts: dict[int, Layout] = {}
    for number in plans:
        segment = segments[number]
        alike = next(
            (done for done in layouts if same_headings(segments[done].headings, segment.headings)), None
        )
        if alike is not None and len(segments[alike].headings) == len(segment.headings):
            layouts[number] = layouts[alike]
            continue
        together = [
            other
            for other in plans
            if other == number or same_headings(segments[other].headings, segment.headings)
        ]
        pooled = _pooled(
            [
                profile(document.grids[segments[other].grid], segments[other], segment.headings)
                for other in together
            ]
        )
        layouts[number] = lay_out(pooled, mapping.columns)
        _say_unclear(layouts[number], number, draft)
    return layouts


def _pooled(profiles: list[list[Profile]]) -> list[Profile]:
    pooled = profiles[0]
    for more in profiles[1:]:
        for mine, other in zip(pooled, more, strict=False):
            mine.texts += other.texts
            mine.rows += other.rows
            mine.merged += other.merged
            mine.coloured += other.coloured
        pooled += more[len(pooled) :]
    return pooled


def _say_unclear(layout: Layout, number: int, draft: Draft) -> None:
    for found in layout.profiles:
        if layout.roles[found.index] is Role.OTHER and found.texts and found.heading:
            draft.find(
                FindingCode.COLUMN_UNCLEAR,
                Severity.NOTE,
                f"The column “{found.heading[:80]}” is kept with each action but not used. If it is "
                "something else, say so "
                "on the columns page.",
                table=number,
                column=found.heading,
            )


def _without_headings(document: Document, segments: list[Segment], draft: Draft) -> list[int]:
    best, best_score, best_roles = None, 0, {}
    for number, segment in enumerate(segments):
        if segment.headings or not segment.body:
            continue
        profiles = profile(document.grids[segment.grid], segment, [])
        roles = _guessed(profiles)
        score = len({role for role in roles.values() if role is not Role.OTHER})
        if Role.ACTIVITY in roles.values() and score > max(best_score, 2):
            best, best_score, best_roles = number, score, roles
    if best is None:
        return []
    segment = segments[best]
    segment.use, segment.why = TableUse.PLAN, "it has no headings, but its cells look like a plan's"
    width = max(best_roles) + 1
    segment.headings = [
        best_roles[index].label if best_roles.get(index, Role.OTHER) is not Role.OTHER else ""
        for index in range(width)
    ]
    named = ", ".join(heading for heading in segment.headings if heading)
    draft.find(
        FindingCode.NO_HEADINGS,
        Severity.QUESTION,
        (
            "The table has no headings. By what stands in them its columns were taken "
            f"as: {named}. Check them on the columns page."
        ),
        table=best,
    )
    return [best]


def _guessed(profiles: list[Profile]) -> dict[int, Role]:
    """Guess columns by content alone: references, codes, dates and names are told apart; the longest text
    is the action.
    """
    roles: dict[int, Role] = {}
    texts = [found for found in profiles if found.texts]
    for found in texts:
        if found.references > 0.7 and Role.REFERENCE not in roles.values():  # noqa: PLR2004
            roles[found.index] = Role.REFERENCE
        elif found.dates > 0.5 and found.length < 40 and Role.TIMELINE not in roles.values():  # noqa: PLR2004
            roles[found.index] = Role.TIMELINE
        elif _rating_like(found) and Role.RATING not in roles.values():
            roles[found.index] = Role.RATING
        elif _names(found) and Role.LEAD not in roles.values():
            roles[found.index] = Role.LEAD
    left = [found for found in texts if found.index not in roles and found.length > 15 and found.filled > 0.5]  # noqa: PLR2004
    for found, role in zip(left[:3], (Role.ACTIVITY, Role.OUTCOME, Role.PROGRESS), strict=False):
        roles[found.index] = role
    return {found.index: roles.get(found.index, Role.OTHER) for found in profiles}


def _rating_like(found: Profile) -> bool:
    words = {
        "r",
        "a",
        "g",
        "b",
        "red",
        "amber",
        "green",
        "blue",
        "complete",
        "on track",
        "delayed",
        "in progress",
        "not started",
    }
    return sum(1 for text in found.texts if text.casefold() in words) > 0.6 * len(found.texts)


def _names(found: Profile) -> bool:
    alike = sum(1 for text in found.texts if re.fullmatch(r"(?:[A-Z][\w'’-]*[ ,/&]*){1,6}", text))
    return found.length < _NAME_LENGTH and alike > 0.6 * len(found.texts)


def heads_of_table(
    document: Document, segments: list[Segment], layouts: dict[int, Layout], number: int
) -> list[tuple[str, Row | None]]:
    """Return what stands above a table of the plan, upper first: a sheet's name or heading, lines of its own.

    Only where the plan has several tables, or the words say theme or objective: what stands above a plan's
    only table is the document's title. A line inside the grid comes with its row.
    """
    segment = segments[number]
    grid = document.grids[segment.grid]
    if segment.continues:
        return []
    grids = list(dict.fromkeys(segments[other].grid for other in layouts))
    heads: list[tuple[str, Row | None]] = []
    if grid.is_sheet:
        names = {document.grids[each].label for each in grids}
        plain = _PLAIN_SHEET.fullmatch(grid.label.strip()) or is_reference(grid.label)
        heads = [(grid.label, None)] if len(names) > 1 and not plain else []
    elif grid.heading and grid.heading != document.title:
        several = {words_of(document.grids[each].heading) for each in grids} - {""}
        telling = len(several) > 1 or _HEADED.search(grid.heading) or leading(grid.heading)
        heads = [(grid.heading, None)] if telling else []
    stacked = sum(1 for other in layouts if segments[other].grid == segment.grid) > 1
    if stacked or (not grid.is_sheet and len(layouts) > 1) or _heads_repeat(document, segment):
        heads += _lines_above(document, segment)
    return heads


def _heads_repeat(document: Document, segment: Segment) -> bool:
    """Whether further down a line of one cell stands above the same headings again, as one does above
    the first.
    """
    rows = document.grids[segment.grid].rows
    return any(index - 1 in segment.body and len(rows[index - 1].filled) == 1 for index in segment.repeated)


def _lines_above(document: Document, segment: Segment) -> list[tuple[str, Row | None]]:
    """The lines of one cell that stand directly above a table's headings, at most two."""
    rows = document.grids[segment.grid].rows
    found: list[tuple[str, Row | None]] = []
    below = rows[segment.heading_rows[0]].number if segment.heading_rows else 0
    for index in reversed(segment.before):
        row = rows[index]
        if len(row.filled) != 1 or row.number < below - 1 or len(found) == 2:  # noqa: PLR2004
            break
        found.insert(0, (row.text(row.filled[0]), row))
        below = row.number
    return found
