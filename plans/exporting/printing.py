"""HTML to a tagged PDF in a process of its own, whose memory goes back to the machine when it is done.

`render` starts the process, which is this module run by itself, and tells how far it is; it fetches nothing.
"""

import gc
import logging
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint import HTML

LONGEST = 20 * 60
"""Seconds after which a rendering is given up."""
_PAGE = re.compile(r"Page (\d+)")
Progress = Callable[[str], None]


class PrintingFailed(Exception):  # noqa: N818 - what happened
    """The process that draws pages ended without a PDF; its last words are the message."""


def render(html: str, progress: Progress | None = None) -> bytes:
    """The PDF/UA-1 of a page. `progress` is called with what is being done, several times a minute and more.

    Raises PrintingFailed, also where it takes longer than LONGEST.
    """
    with tempfile.TemporaryDirectory(prefix="noticeboard-print-") as folder:
        source, target = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        source.write_text(html, encoding="utf-8")
        run_child("plans.exporting.printing", source, target, progress=progress)
        return target.read_bytes()


def run_child(module: str, source: Path, target: Path, *, progress: Progress | None = None) -> None:
    """Run a module that draws what `source` says into `target`, in a process of its own.

    Raises PrintingFailed where it ends without it, also where it takes longer than LONGEST.
    """
    process = subprocess.Popen(  # noqa: S603 - ourselves, with paths of our own making
        [sys.executable, "-m", module, str(source), str(target)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    timer = threading.Timer(LONGEST, process.kill)
    timer.start()
    last = ""
    try:
        assert process.stderr is not None  # noqa: S101 - asked for
        for line in process.stderr:
            last = line.strip() or last
            if progress and (page := _PAGE.search(line)):
                progress(f"Laying out page {page[1]}")
            elif progress and line.startswith("Step"):
                progress("Drawing the pages" if "PDF" in line else "Preparing the pages")
        code = process.wait()
    finally:
        timer.cancel()
        if process.poll() is None:
            process.kill()
            process.wait()
    if code or not target.exists():
        raise PrintingFailed(last or f"the process ended with {code}")


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


def _main(source: str, target: str) -> None:
    pages = begin_drawing()
    pages(Path(source).read_text(encoding="utf-8")).write_pdf(target, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    _main(*sys.argv[1:])
