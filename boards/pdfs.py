"""Whether a PDF can be a paper of a pack, and how an Office file becomes one. No Django, no database."""

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

logger = logging.getLogger(__name__)

MOST_PAGES = 500
LONG_SIDE_OF_A4 = 842 + 20  # points, with some air for printers' rounding
CONVERSION_SECONDS = 120
OFFICE = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/rtf",
)
# what a PDF can do by itself when it is opened; a paper has no need of it
_ACTIVE = ("/JavaScript", "/EmbeddedFiles")


class PdfRefused(Exception):  # noqa: N818 - the domain's word
    """The file cannot be a paper; the message says why in words for whoever sent it."""


@dataclass(frozen=True)
class Checked:
    """A PDF that can be a paper: its pages, and what whoever sent it should know."""

    pages: int
    notes: tuple[str, ...] = ()


def is_office(content_type: str) -> bool:
    """Whether LibreOffice can turn a file of this type into PDF; one with macros is not tried."""
    return content_type.startswith(OFFICE) and not content_type.endswith(".macroEnabled.12")


def check_pdf(content: BinaryIO) -> Checked:
    """Look a PDF over, page by page. Raises PdfRefused: broken, needs a password, no pages, too many, active."""
    content.seek(0)
    try:
        return _looked_over(PdfReader(content, strict=False))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as broken:
        raise PdfRefused("This PDF is broken: it cannot be opened. Save it again, and send that.") from broken
    except (RecursionError, MemoryError, OverflowError) as hostile:
        raise PdfRefused("This PDF is built in a way that cannot be read safely.") from hostile
    finally:
        content.seek(0)


def _looked_over(reader: PdfReader) -> Checked:
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfRefused("This PDF needs a password to open. Save a copy without one, and send that.")
    pages = len(reader.pages)
    if pages == 0:
        raise PdfRefused("This PDF has no pages.")
    if pages > MOST_PAGES:
        raise PdfRefused(
            f"This PDF has {pages} pages; a paper may have {MOST_PAGES}. Send a shorter one, or several."
        )
    root: Any = reader.trailer["/Root"].get_object()
    _refuse_active(root, reader.pages)
    return Checked(pages, tuple(_notes(reader, root)))


def _refuse_active(root: Any, pages: Iterable[Any]) -> None:
    """Refuse what acts by itself: `root` is the document's catalogue; pages and what can be clicked on them too."""
    names = root["/Names"].get_object() if "/Names" in root else {}
    active = _runs(root.get("/OpenAction")) or "/AA" in root or any(name in names for name in _ACTIVE)
    if active or any(_acts(page) for page in pages):
        raise PdfRefused(
            "This PDF carries scripts, programs or attached files. Print it to PDF, and send that copy."
        )


def _acts(page: Any) -> bool:
    if "/AA" in page:
        return True
    notes = page["/Annots"].get_object() if "/Annots" in page else []
    found = [note.get_object() for note in notes]
    return any(_runs(note.get("/A")) or "/AA" in note for note in found if isinstance(note, dict))


def _runs(action: Any) -> bool:
    action = action.get_object() if action is not None else None
    return isinstance(action, dict) and action.get("/S") in {"/JavaScript", "/Launch"}


def _notes(reader: PdfReader, root: Any) -> list[str]:
    notes = []
    rotated = large = 0
    for page in reader.pages:
        rotated += int(page.get("/Rotate", 0) or 0) % 360 != 0
        large += max(float(page.mediabox.width), float(page.mediabox.height)) > LONG_SIDE_OF_A4
    if large:
        notes.append(f"{_pages(large)} larger than A4: shown smaller in the pack")
    if rotated:
        notes.append(f"{_pages(rotated)} turned: kept as turned")
    if "/AcroForm" in root and root["/AcroForm"].get_object().get("/Fields"):
        notes.append("it has a form: what is filled in is shown, and cannot be changed in the pack")
    return notes


def _pages(count: int) -> str:
    return "1 page is" if count == 1 else f"{count} pages are"


def converter() -> str | None:
    """LibreOffice's program on this machine, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(content: bytes, suffix: str) -> bytes:
    """The PDF that LibreOffice makes of an Office file, in a folder and a profile of its own.

    Raises PdfRefused where it is not there, makes none, or takes longer than CONVERSION_SECONDS.
    """
    program = converter()
    if program is None:
        raise PdfRefused("LibreOffice is not there to turn it into PDF. Send it as PDF.")
    with tempfile.TemporaryDirectory(prefix="noticeboard-paper-") as folder:
        source = Path(folder) / f"paper{suffix}"
        source.write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        run = subprocess.Popen(  # noqa: S603 - our own words and a file of our own naming
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        try:
            _, said = run.communicate(timeout=CONVERSION_SECONDS)
        except subprocess.TimeoutExpired as slow:
            os.killpg(run.pid, signal.SIGKILL)  # LibreOffice starts a program of its own
            run.communicate()
            raise PdfRefused("Turning this file into PDF took too long. Send it as PDF.") from slow
        made = Path(folder) / "paper.pdf"
        if not made.exists():
            logger.warning("LibreOffice made no PDF: %s", said[-500:])
            raise PdfRefused("This file could not be turned into PDF. Send it as PDF.")
        return made.read_bytes()
