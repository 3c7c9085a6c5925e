"""Drafts put together from chapters that were drawn before, as far as they have not changed. Untagged.

A published pack is drawn anew as one tagged document; a draft shows the same pages in less than half the time.
"""

import hashlib
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.core.cache import caches

from plans.exporting.press import Progress
from reporting.packs.chapters import chapters_of
from reporting.packs.document import as_html, chapter_as_html
from reporting.packs.drawing import Drawn, draw
from reporting.packs.facts import PackFacts
from reporting.packs.papers import Placed, with_papers

KEPT = 2 * 24 * 3600
"""Seconds for which a drawn chapter is kept: the days in which drafts follow one another."""


def printed_draft(pack: PackFacts, progress: Progress | None = None) -> bytes:
    """One copy of a draft as PDF. Raises PaperRefused, PrintingFailed."""
    kept = caches["prints"]
    pages = {
        number: chapter_as_html(pack, chapter)
        for number, chapter in enumerate(chapters_of(pack))
        if not chapter.names_pages
    }
    keys = {number: _key(html) for number, html in pages.items()}
    known: dict[str, Drawn] = kept.get_many(keys.values())
    asked = {number: known.get(keys[number], html) for number, html in pages.items()}
    with tempfile.TemporaryDirectory(prefix="noticeboard-draft-") as folder:
        draft = draw(Path(folder), as_html(pack, apart=True), asked, progress)
    made = {keys[number]: chapter for number, chapter in draft.chapters.items() if keys[number] not in known}
    if made:
        kept.set_many(made, KEPT)
    chapters = [Placed(one.content, draft.places[number]) for number, one in draft.chapters.items()]
    return with_papers(draft.front, pack.papers, chapters=chapters)


def _key(html: str) -> str:
    """The chapter's words and style, and what draws them, as one hash."""
    return hashlib.sha256(f"{_drawn_by()}\n{html}".encode()).hexdigest()


@cache
def _drawn_by() -> str:
    return version("weasyprint")
