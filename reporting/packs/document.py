"""One copy of a pack: its own document as tagged PDF, then the papers on the sheets kept for them."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from reporting.packs.facts import PackFacts
from reporting.packs.papers import Placed, append_papers, count_pages

STYLE = Path("static") / "print" / "pack.css"


def as_html(pack: PackFacts) -> str:
    """The pack's own document, with an empty sheet for every page of every paper."""
    css = (settings.BASE_DIR / STYLE).read_text(encoding="utf-8")
    return render_to_string("reporting/pack/pack.html", {"pack": pack, "css": css}, using="pages")


def with_papers(base: bytes, pack: PackFacts) -> bytes:
    """The printed document `base` of a pack with its papers laid on their sheets.

    Raises PaperRefused for a paper that cannot be read.
    """
    papers = pack.papers
    first = count_pages(base) - sum(len(paper.sheets) for paper in papers) + 1
    placed = []
    for paper in papers:
        placed.append(Placed(paper.content, first))
        first += len(paper.sheets)
    return append_papers(base, placed)
