"""A report as the page that is printed, and as PDF."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from plans.exporting.page import css_string
from plans.exporting.press import Progress
from plans.exporting.printing import render
from reporting.reports.composing import Composed

STYLES = ("pack.css", "report.css")  # tables and ratings look as in packs; pages as letters do


def as_html(report: Composed) -> str:
    """The page to print, with its style in it."""
    folder = settings.BASE_DIR / Path("static") / "print"
    css = "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
    context = {
        "report": report,
        "css": css,
        "running": css_string(f"{report.title}, {report.council}, {report.edition or report.dated}"),
    }
    return render_to_string("reporting/letter/letter.html", context, using="pages")


def as_pdf(report: Composed, progress: Progress | None = None) -> bytes:
    """The report as tagged PDF. Raises PrintingFailed."""
    return render(as_html(report), progress)
