"""Whether a PDF can be a paper of a pack. No Django, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES = 500
LONG_SIDE_OF_A4 = 842 + 20  # points, with some air for printers' rounding
# what a PDF can do by itself when it is opened; a paper has no need of it
_ACTIVE = ("/JavaScript", "/EmbeddedFiles")


class PdfRefused(Exception):  # noqa: N818 - the domain's word
    """The file cannot be a paper; the message says why in words for whoever sent it."""


@dataclass(frozen=True)
class Checked:
    """A PDF that can be a paper: its pages, and what whoever sent it should know."""

    pages: int
    notes: tuple[str, ...] = ()


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
