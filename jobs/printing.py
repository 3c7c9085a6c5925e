"""HTML to tagged PDF by WeasyPrint, in a child process, so that its memory is given back when it is done.

`python -m jobs.printing` reads the HTML and writes the PDF; nothing else is loaded, no Django, no network.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

PATIENCE = 600  # seconds


class PrintFailed(Exception):  # noqa: N818 - the domain's word
    """The document could not be printed; the message is for the log."""


def print_pdf(html: str, *, patience: int = PATIENCE) -> bytes:
    """A whole HTML document, its style inside it, as tagged PDF (PDF/UA-1). Raises PrintFailed.

    `patience` is how many seconds it may take.
    """
    with tempfile.TemporaryDirectory(prefix="noticeboard-print-") as folder:
        source, target = Path(folder) / "document.html", Path(folder) / "document.pdf"
        source.write_text(html, encoding="utf-8")
        try:
            done = subprocess.run(  # noqa: S603 - our own module, files of our own
                [sys.executable, "-m", "jobs.printing", str(source), str(target)],
                capture_output=True,
                timeout=patience,
                check=False,
                cwd=Path(__file__).resolve().parent.parent,
            )
        except subprocess.TimeoutExpired as late:
            raise PrintFailed(f"not printed within {patience} seconds") from late
        if done.returncode or not target.exists():
            raise PrintFailed(done.stderr.decode(errors="replace")[-2000:])
        return target.read_bytes()


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    """Nothing is fetched: a document brings all that it shows."""
    raise ValueError(f"documents are printed without fetching anything: {url[:100]}")


def main(source: str, target: str) -> None:
    """Print one file. Run by `print_pdf`."""
    from weasyprint import HTML  # noqa: PLC0415 - a second and 60 MB that only the child pays for

    html = Path(source).read_text(encoding="utf-8")
    HTML(string=html, url_fetcher=_refuse).write_pdf(target, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main(*sys.argv[1:3])
