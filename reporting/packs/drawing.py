"""Drawing a draft in a process of its own: chapters that are not kept yet, then the front with sheets for them all.

In the child `source` is what to draw as JSON, `target` a zip of what was drawn. A sheet of the front carries
what a page of its chapter shows to others: where headings are linked to, bookmarked and named in the header.
"""

import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from plans.exporting.press import Progress, run_child
from plans.exporting.printing import begin_drawing

_PLACE = re.compile(r"<!--chapter (\d+)-->")
_MARK = "chapter-"
TOP = 90
"""CSS pixels from the top of a page within which a heading is the first thing on it."""


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One page of a chapter, as others need to know it."""

    landscape: bool
    headings: tuple[tuple[int, str], ...]  # level and words
    anchors: tuple[str, ...]
    begins: bool  # a heading stands at its top


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chapter as PDF, with what its pages are."""

    content: bytes
    sheets: tuple[OwnSheet, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A front with empty sheets, the chapters that belong on them, and on which page (from 1) each begins."""

    front: bytes
    chapters: Mapping[int, Drawn]
    places: Mapping[int, int]


def draw(
    folder: Path, front: str, chapters: Mapping[int, str | Drawn], progress: Progress | None = None
) -> Draft:
    """The front as PDF, with a sheet for every page of every chapter; and the chapters, those given as HTML drawn.

    Raises PrintingFailed.
    """
    source, target = folder / "draft.json", folder / "draft.zip"
    asked = {
        number: {"html": chapter}
        if isinstance(chapter, str)
        else {"sheets": [asdict(page) for page in chapter.sheets]}
        for number, chapter in chapters.items()
    }
    source.write_text(json.dumps({"front": front, "chapters": asked}), encoding="utf-8")
    run_child("reporting.packs.drawing", source, target, progress=progress)
    with zipfile.ZipFile(target) as made:
        told = json.loads(made.read("told.json"))
        drawn = {
            number: Drawn(made.read(f"{number}.pdf"), _sheets(told["sheets"][str(number)]))
            if isinstance(chapter, str)
            else chapter
            for number, chapter in chapters.items()
        }
        places = {int(number): page for number, page in told["places"].items()}
        return Draft(made.read("front.pdf"), drawn, places)


def _sheets(rows: list[dict[str, Any]]) -> tuple[OwnSheet, ...]:
    return tuple(
        OwnSheet(
            row["landscape"],
            tuple((level, words) for level, words in row["headings"]),
            tuple(row["anchors"]),
            row["begins"],
        )
        for row in rows
    )


def sheets_as_html(sheets: Sequence[OwnSheet], chapter: str) -> str:
    """Empty pages that link, bookmark and name what the chapter's own pages would; the first bears its number."""
    return "".join(_as_html(sheet, "" if place else chapter) for place, sheet in enumerate(sheets))


def _as_html(sheet: OwnSheet, chapter: str) -> str:
    anchors = [*([f"{_MARK}{chapter}"] if chapter else []), *sheet.anchors]
    names = "".join(f'<i id="{escape(anchor)}"></i>' for anchor in anchors)
    marks = "".join(
        f'<b class="mark mark--{level}" data-words="{escape(words)}"></b>' for level, words in sheet.headings
    )
    wide = " own--wide" if sheet.landscape else ""
    above = "" if sheet.begins else "<div>&#160;</div>"
    return f'<section class="own{wide}">{above}{marks}{names}</section>'


def in_child(source: Path, target: Path) -> None:
    """A zip at `target` of what the JSON at `source` asks for."""
    pages = begin_drawing()
    asked = json.loads(source.read_text(encoding="utf-8"))
    sheets: dict[str, tuple[OwnSheet, ...]] = {}
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as made:
        for number, chapter in asked["chapters"].items():
            if "sheets" in chapter:
                sheets[number] = _sheets(chapter["sheets"])
                continue
            document = pages(chapter["html"]).render()
            made.writestr(f"{number}.pdf", document.write_pdf())
            sheets[number] = tuple(_sheet(page) for page in document.pages)

        html = _PLACE.sub(lambda place: sheets_as_html(sheets[place[1]], place[1]), asked["front"])
        front = pages(html).render()
        made.writestr("front.pdf", front.write_pdf())
        made.writestr(
            "told.json",
            json.dumps(
                {
                    "sheets": {n: [asdict(one) for one in row] for n, row in sheets.items()},
                    "places": _places(front.pages),
                }
            ),
        )
    part.replace(target)


def _places(pages: Sequence[Any]) -> dict[str, int]:
    return {
        anchor.removeprefix(_MARK): number
        for number, page in enumerate(pages, 1)
        for anchor in page.anchors
        if anchor.startswith(_MARK)
    }


def _sheet(page: Any) -> OwnSheet:
    headings = [(level, words, at[1]) for level, words, at, _ in page.bookmarks]
    return OwnSheet(
        landscape=page.width > page.height,
        headings=tuple((level, words) for level, words, _ in headings),
        anchors=tuple(page.anchors),
        begins=bool(headings) and headings[0][2] < TOP,
    )
