"""The HTML of one copy of a pack: the whole document; or its front, with the chapters that are drawn apart."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from reporting.packs.chapters import Chapter, chapters_of, kept_sheets
from reporting.packs.facts import PackFacts

STYLE = Path("static") / "print" / "pack.css"


def as_html(pack: PackFacts, *, apart: bool = False) -> str:
    """The pack's own document, with the sheets kept for its papers.

    `apart`: every chapter that names no pages is left out, and `<!--chapter N-->` stands in its place.
    """
    known = {
        "pack": pack,
        "chapters": chapters_of(pack),
        "sheets": kept_sheets(pack.papers),
        "apart": apart,
        "css": _style(),
    }
    return render_to_string("reporting/pack/pack.html", known, using="pages")


def chapter_as_html(pack: PackFacts, chapter: Chapter) -> str:
    """One chapter as a document of its own, on the same pages as in the whole, without their headers and numbers."""
    known = {"pack": pack, "chapter": chapter, "css": _style()}
    return render_to_string("reporting/pack/alone.html", known, using="pages")


def _style() -> str:
    return (settings.BASE_DIR / STYLE).read_text(encoding="utf-8")
