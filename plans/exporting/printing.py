"""HTML to a tagged PDF, drawn in a process of its own (see press), which fetches nothing."""

import gc
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plans.exporting.press import Progress, run_child

if TYPE_CHECKING:
    from collections.abc import Callable

    from weasyprint import HTML


def render(html: str, progress: Progress | None = None) -> bytes:
    """The PDF/UA-1 of a page, `progress` and failures as told by `run_child`: raises PrintingFailed."""
    with tempfile.TemporaryDirectory(prefix="noticeboard-print-") as folder:
        source, target = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        source.write_text(html, encoding="utf-8")
        run_child("plans.exporting.printing", source, target, progress=progress)
        return target.read_bytes()


def begin_drawing() -> "Callable[[str], HTML]":
    """In the child: what turns HTML into pages, fetching nothing. Steps are said on standard error, one line each."""
    # nearly everything lives until the last page: walking all of it again and again costs more than it frees
    gc.set_threshold(200_000, 50, 1000)
    import pydyf  # noqa: PLC0415 - in the child alone: they take a second and much memory
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetchingError  # noqa: PLC0415

    pydyf.PDF.page_references = listed_once(pydyf.PDF.page_references)
    steps = logging.getLogger("weasyprint.progress")
    steps.handlers = [logging.StreamHandler(sys.stderr)]
    steps.setLevel(logging.INFO)

    def nothing(url: str, *args: object, **kwargs: object) -> dict[str, object]:
        raise URLFetchingError(f"nothing is fetched for a print: {url}")

    return lambda html: HTML(string=html, base_url=None, url_fetcher=nothing)


def listed_once(pages: Any) -> property:
    """Pydyf lists all pages anew for every tag of a document, tags times pages in all: listed when one was added."""

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        listed: tuple[bytes, ...] = pdf.__dict__.get("listed", ())
        if len(listed) != pdf.pages["Count"]:
            listed = pdf.listed = pages.fget(pdf)
        return listed

    return property(page_references)


def in_child(source: Path, target: Path) -> None:
    """The PDF/UA-1 of the HTML in `source`."""
    begin_drawing()(source.read_text(encoding="utf-8")).write_pdf(target, pdf_variant="pdf/ua-1")
