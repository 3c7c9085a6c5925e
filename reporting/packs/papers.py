"""Papers of a pack: what a PDF is, and how its pages are laid on the sheets that the pack keeps for them.

Plain Python over pikepdf. The pack's own document is rendered with one empty, numbered sheet for every page of
every paper; so page numbers, contents and bookmarks are right from the start, and laying the papers on the
sheets leaves the tags of the pack's own pages as they are.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

# what stands around a page laid on a sheet, in points: room for the header and the page's number
MARGIN, HEADER, FOOTER = 20.0, 40.0, 40.0


class PaperRefused(Exception):  # noqa: N818 - the domain's word
    """A PDF that cannot go into a pack; the message says why and what to do, in words for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a paper as it is seen: wider than high or not."""

    landscape: bool


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The pages of a PDF as they are seen, rotation counted in.

    Raises PaperRefused for a file that is no PDF, is broken, asks for a password or has no page.
    """
    with _opened(content) as pdf:
        try:
            return tuple(Sheet(landscape=_wide(page)) for page in pdf.pages)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, ArithmeticError) as problem:
            raise PaperRefused(_BROKEN) from problem


_BROKEN = "This PDF is damaged and cannot be put into a pack. Print it to PDF again and send the new file."
_LOCKED = "This PDF asks for a password. Send a copy without one."
_EMPTY = "This PDF has no pages."


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as problem:
        raise PaperRefused(_LOCKED) from problem
    except pikepdf.PdfError as problem:
        raise PaperRefused(_BROKEN) from problem
    if not len(pdf.pages):
        pdf.close()
        raise PaperRefused(_EMPTY)
    return pdf


def _wide(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    across, up = abs(right - left), abs(top - bottom)
    if across <= 0 or up <= 0:
        raise PaperRefused(_BROKEN)
    turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    return (up > across) if turned else (across > up)


@dataclass(frozen=True, slots=True)
class Placed:
    """A paper, and the number of the sheet that its first page goes on (the first page of a pack is 1)."""

    content: bytes
    first_page: int


def append_papers(base: bytes, papers: Sequence[Placed]) -> bytes:
    """The pack's document with every page of every paper laid on the sheet kept for it, scaled to fit.

    Whatever a paper's page does beside showing itself (forms, scripts, attachments, links) is left behind: what is
    seen goes in. The document no longer claims PDF/UA once a paper is in it, since papers are untagged here.
    Raises PaperRefused for a paper that cannot be read, and ValueError where the sheets do not suffice.
    """
    if not papers:
        return base
    with pikepdf.open(io.BytesIO(base)) as pack:
        for paper in papers:
            with _opened(paper.content) as source:
                last = paper.first_page - 1 + len(source.pages)
                if last > len(pack.pages):
                    raise ValueError(f"a paper ends on page {last} of a pack of {len(pack.pages)}")
                _flatten(source)
                for number, page in enumerate(source.pages, start=paper.first_page - 1):
                    _lay(pack.pages[number], page)
        _drop_ua_claim(pack)
        out = io.BytesIO()
        pack.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _flatten(source: pikepdf.Pdf) -> None:
    """Make what forms and notes show part of the pages, since only a page's own content is laid on a sheet."""
    if any("/Annots" in page for page in source.pages):
        source.generate_appearance_streams()
        source.flatten_annotations("print")


def _lay(sheet: pikepdf.Page, page: pikepdf.Page) -> None:
    left, bottom, right, top = (float(edge) for edge in sheet.mediabox)
    room = pikepdf.Rectangle(left + MARGIN, bottom + FOOTER, right - MARGIN, top - HEADER)
    sheet.add_underlay(page, room)


def _drop_ua_claim(pack: pikepdf.Pdf) -> None:
    with pack.open_metadata(set_pikepdf_as_editor=False) as metadata:
        for name in ("pdfuaid:part", "pdfuaid:rev"):
            if name in metadata:
                del metadata[name]


def count_pages(content: bytes) -> int:
    """How many pages a PDF has. Raises PaperRefused as `sheets_of` does."""
    with _opened(content) as pdf:
        return len(pdf.pages)
