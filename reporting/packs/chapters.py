"""How a pack falls into chapters, each of which begins a page and may be drawn apart; and the sheets kept for papers.

Plain Python. Whole packs and drafts go by the same chapters, so that both have the same pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter

from boards.pack_sections import Section
from plans.table import ActionRow, ObjectiveRow, ThemeRow
from reporting.packs.facts import PackFacts, PackPaper
from reporting.packs.filling import OPENING, THEME, Row, empty_share, filled, flows, rows_of

PAGES_OF_A_PART = 2
"""Pages that a part of the plan has at most, unless one objective alone has more; then the plan begins a page."""
END_OF_THEME = 0.1
"""The share of its pages that may stay empty for a part to end where a theme does."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections that share pages. The plan makes several: `themes` are those of this one, the first has the heading.

    A theme may be in two of them, with some of its objectives in each: `theme_goes_on` where the first began before.
    """

    sections: tuple[Section, ...]
    themes: tuple[ThemeRow, ...] = ()
    goes_on: bool = False
    theme_goes_on: bool = False

    @property
    def actions(self) -> int:
        """How many actions of the plan stand in it."""
        return sum(len(objective.actions) for theme in self.themes for objective in theme.objectives)

    @staticmethod
    def flows(action: ActionRow) -> bool:
        """Whether the row of an action may go on on the next page."""
        return flows(action)

    @property
    def names_pages(self) -> bool:
        """Whether it prints page numbers of papers, and so can only be drawn together with them."""
        return Section.AGENDA in self.sections


def chapters_of(pack: PackFacts) -> list[Chapter]:
    """The pack's sections as chapters: one that flows stays with those before it, but nothing flows after the plan."""
    chapters: list[Chapter] = []
    begun: list[Section] = []
    for section in pack.sections:
        if begun and (not section.flows or Section.PLAN in begun):
            chapters += _closed(begun, pack)
            begun = []
        begun.append(section)
    return [*chapters, *_closed(begun, pack)]


def _closed(sections: list[Section], pack: PackFacts) -> Iterator[Chapter]:
    if not sections:
        return
    themes = pack.figures.table.themes if pack.figures and Section.PLAN in sections else ()
    parts = _parts(themes)
    yield Chapter(tuple(sections), parts[0])
    for before, part in pairwise(parts):
        began = before[-1].id == part[0].id
        yield Chapter(tuple(sections), part, goes_on=True, theme_goes_on=began)


def _parts(themes: Iterable[ThemeRow]) -> list[tuple[ThemeRow, ...]]:
    """Objectives in their order, put together so that little of the pages stays empty; one empty part without any."""
    left = [(theme, one) for theme in themes for one in theme.objectives or (None,)]
    if not left:
        return [()]
    parts: list[tuple[ThemeRow, ...]] = []
    while left:
        end = _end(left, first=not parts)
        parts.append(
            tuple(
                replace(theme, objectives=tuple(one for _, one in held if one is not None))
                for theme, held in (
                    (theme, list(pairs)) for theme, pairs in groupby(left[:end], itemgetter(0))
                )
            )
        )
        left = left[end:]
    return parts


def _end(left: Sequence[tuple[ThemeRow, ObjectiveRow | None]], *, first: bool) -> int:
    """How many of the objectives that are left go into the next part: of those that two pages hold, the number that
    leaves least of them empty, ends of themes preferred; one at least.
    """
    rows = [Row(OPENING)] if first else []
    best, least = 1, 2.0
    before: ThemeRow | None = None
    for place, (theme, objective) in enumerate(left):
        if theme is not before:
            rows.append(Row(THEME, holds=True))
        before = theme
        rows += rows_of(objective) if objective else ()
        if place and filled(rows) > PAGES_OF_A_PART:
            break
        last = place + 1 == len(left)
        share = empty_share(rows) - (END_OF_THEME if last or left[place + 1][0] is not theme else 0)
        if share <= least:
            best, least = place + 1, share
    return best


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A sheet that the pack's own document has for a paper: its first page, and the very last of all papers.

    The pages between are put in when the papers are; so a paper's pages count (`counts`) on the sheet after it.
    """

    paper: PackPaper
    counts: int
    first: bool
    landscape: bool

    @property
    def name(self) -> str:
        """What its kind of page is called in the style sheet."""
        return f"paper-{self.paper.key}" if self.first else "paper-end"


def kept_sheets(papers: Sequence[PackPaper]) -> list[KeptSheet]:
    """The sheets that the document of a pack needs so that every page number in it is right."""
    sheets, counts = [], 1
    for paper in papers:
        sheets.append(KeptSheet(paper, counts, first=True, landscape=paper.sheets[0].landscape))
        counts = len(paper.sheets)
    if papers and counts > 1:
        last = papers[-1]
        sheets.append(KeptSheet(last, counts - 1, first=False, landscape=last.sheets[-1].landscape))
    return sheets
