"""How a pack falls into chapters, each of which begins a page and may be drawn apart; and the sheets kept for papers.

Plain Python. Whole packs and drafts go by the same chapters, so that both have the same pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from boards.pack_sections import Section
from plans.table import ObjectiveRow, ThemeRow
from reporting.packs.facts import PackFacts, PackPaper

ACTIONS_IN_A_PART = 15
"""Actions from which the plan goes on on a new page with its next objective."""
ENOUGH_FOR_A_THEME = 8
"""Actions of a part from which it ends where a theme does, so that the next theme begins a page."""


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
    """Objectives in their order, put together until a part has enough actions; one empty part where there are none.

    Fewer are enough at the end of a theme.
    """
    parts: list[tuple[ThemeRow, ...]] = []
    begun: list[ThemeRow] = []
    actions = 0
    for theme in themes:
        held: list[ObjectiveRow] = []
        for objective in theme.objectives:
            held.append(objective)
            actions += len(objective.actions)
            if actions >= ACTIONS_IN_A_PART:
                parts.append((*begun, replace(theme, objectives=tuple(held))))
                begun, held, actions = [], [], 0
        if held or not theme.objectives:
            begun.append(replace(theme, objectives=tuple(held)))
        if actions >= ENOUGH_FOR_A_THEME:
            parts.append(tuple(begun))
            begun, actions = [], 0
    return [*parts, tuple(begun)] if begun or not parts else parts


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
