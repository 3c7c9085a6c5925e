"""Papers of a pack: what a PDF is, and how its pages are laid on the sheets that the pack keeps for them.

Plain Python over pikepdf. The pack's own document has one empty sheet for every paper and one for the last page of
all, numbered as if the pages between were there; so page numbers, contents and bookmarks are right from the start.
Those pages are put in here, each with its number. The tags of the pack's own pages stay as they are.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pikepdf

# what stands around a page laid on a sheet, in points: room for the header and the page's number
MARGIN, HEADER, FOOTER = 20.0, 40.0, 40.0
A4 = (595.28, 841.89)
# how the foot of a page that is put in is written: left and right edge, line, and the font every reader has
SIDE, FOOT, SIZE, _FONT = 22.7, 14.0, 7.5, "NoticeboardFoot"
_WIDTHS = {" ": 0.278, "f": 0.278, "P": 0.667}  # of Helvetica, where not 0.556 as of figures


# what a PDF that is built in another way than PDFs are makes its reader stumble over
_STUMBLES = (
    pikepdf.PdfError,
    RuntimeError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
)


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
        except _STUMBLES as problem:
            raise PaperRefused(_BROKEN) from problem


def named(title: str, item: str, problem: str) -> str:
    """What is wrong with one paper of several."""
    return f"“{title}”, item {item}: {problem}"


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
    """Pages, and the number of the sheet that the first goes on (the first page of a pack is 1)."""

    content: bytes
    first_page: int


class Appended(Protocol):
    """A paper as it is appended: what it is called, of which item, with which pages."""

    @property
    def title(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def sheets(self) -> tuple[Sheet, ...]: ...


def with_papers(base: bytes, papers: Sequence[Appended], *, chapters: Sequence[Placed] = ()) -> bytes:
    """The pack's document with every page of every paper on a sheet, scaled to fit.

    Before them the pages of a draft's `chapters` go on the sheets that its front keeps for them.
    Whatever a paper's page does beside showing itself (forms, scripts, attachments, links) is left behind: what is
    seen goes in. The document no longer claims PDF/UA once a paper is in it, since papers are untagged here.
    Raises PaperRefused for a paper that cannot be read, and ValueError where the document has not the sheets for them.
    """
    if not papers and not chapters:
        return base
    with pikepdf.open(io.BytesIO(base)) as pack:
        _lay_chapters(pack, chapters)
        if not papers:
            return _saved(pack)
        number = _make_room(pack, papers)
        total = len(pack.pages)
        for paper in papers:
            with _opened(paper.content) as source:
                if len(source.pages) != len(paper.sheets):
                    raise ValueError(f"a paper of {len(source.pages)} pages was to have {len(paper.sheets)}")
                try:
                    _flatten(source)
                    for place, page in enumerate(source.pages):
                        _lay(pack.pages[number], page)
                        if place and number + 1 < total:
                            stamp = f"Page {number + 1} of {total}"
                            _stamp(pack.pages[number], stamp, f"Item {paper.item}")
                        number += 1
                except _STUMBLES as problem:
                    raise PaperRefused(named(paper.title, paper.item, _BROKEN)) from problem
        _drop_ua_claim(pack)
        return _saved(pack)


def _lay_chapters(draft: pikepdf.Pdf, chapters: Sequence[Placed]) -> None:
    for chapter in chapters:
        with pikepdf.open(io.BytesIO(chapter.content)) as source:
            for number, page in enumerate(source.pages, start=chapter.first_page - 1):
                sheet = draft.pages[number]
                sheet.add_underlay(page, pikepdf.Rectangle(*(float(edge) for edge in sheet.mediabox)))


def _make_room(pack: pikepdf.Pdf, papers: Sequence[Appended]) -> int:
    """Put in the pages that the document left out; says at which index the first page of the first paper is."""
    ends = len(papers[-1].sheets) > 1
    first = index = len(pack.pages) - len(papers) - ends
    if first < 0:
        raise ValueError(f"a document of {len(pack.pages)} pages has no sheets for {len(papers)} papers")
    for paper in papers:
        index += 1
        between = paper.sheets[1:-1] if paper is papers[-1] else paper.sheets[1:]
        for sheet in between:
            size = (A4[1], A4[0]) if sheet.landscape else A4
            blank = pikepdf.Dictionary(
                Type=pikepdf.Name.Page, MediaBox=[0, 0, *size], Resources=pikepdf.Dictionary()
            )
            pack.pages.insert(index, pikepdf.Page(pack.make_indirect(blank)))
            index += 1
    return first


def _saved(pack: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pack.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _stamp(sheet: pikepdf.Page, number: str, item: str) -> None:
    """Write a page's number and its item at the foot, where the document's own pages have theirs."""
    right = float(sheet.mediabox[2]) - SIDE - SIZE * sum(_WIDTHS.get(sign, 0.556) for sign in number)
    lines = [
        f"BT /{_FONT} {SIZE} Tf {across:.2f} {FOOT} Td <{words.encode('cp1252', 'replace').hex()}> Tj ET"
        for across, words in ((SIDE, item), (right, number))
    ]
    sheet.contents_add(f"q {' '.join(lines)} Q".encode())
    sheet.add_resource(_helvetica(), pikepdf.Name.Font, pikepdf.Name(f"/{_FONT}"))


def _flatten(source: pikepdf.Pdf) -> None:
    """Make what forms and notes show part of the pages, since only a page's own content is laid on a sheet."""
    if any("/Annots" in page for page in source.pages):
        _give_plain_font(source)
        source.generate_appearance_streams()
        source.flatten_annotations("print")


def _give_plain_font(source: pikepdf.Pdf) -> None:
    """Let fields whose words nothing draws yet be drawn in Helvetica: other fonts are not sure to have the letters."""
    form = source.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    resources = form.get("/DR", pikepdf.Dictionary())
    fonts = resources.get("/Font", pikepdf.Dictionary())
    fonts[f"/{_FONT}"] = source.make_indirect(_helvetica())
    resources.Font, form.DR = fonts, resources
    for page in source.pages:
        for note in page.get("/Annots", []):
            if note.get("/Subtype") == "/Widget" and "/AP" not in note and "/DA" in note:
                note.DA = pikepdf.String(f"/{_FONT} 10 Tf 0 g")


def _helvetica() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


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
