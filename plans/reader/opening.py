"""What a file really is, whatever its name says, and whether it may be opened at all."""

from plans.reader.containers import Archive
from plans.reader.delimited import looks_like_text, read_delimited
from plans.reader.errors import Encrypted, MacroEnabled, OldFormat, ScannedPages, TooLarge, UnknownFormat
from plans.reader.findings import FindingCode
from plans.reader.grids import Document, Note
from plans.reader.reading import Format
from plans.reader.xlsx import read_xlsx

SIZE_LIMIT = 25 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_NAMES = {
    Format.XLSX: (".xlsx",),
    Format.DOCX: (".docx",),
    Format.CSV: (".csv", ".tsv", ".txt", ".tab"),
    Format.PDF: (".pdf",),
}
_SAVE_AS = "Save the plan as an Excel workbook (.xlsx), a Word document (.docx), CSV or PDF and upload that."


def open_document(data: bytes, filename: str, limit: int = SIZE_LIMIT) -> Document:
    """Return the document that the bytes are. Raises UnreadablePlan with what to do about it."""
    if len(data) > limit:
        raise TooLarge(
            f"The file is {len(data) / 1024 / 1024:.0f} MB; at most {limit / 1024 / 1024:.0f} MB are read. "
            "Take out pictures or other sheets and upload it again."
        )
    if not data.strip():
        raise UnknownFormat(f"The file is empty. {_SAVE_AS}")
    document = _dispatch(data, filename.casefold())
    if not filename.casefold().endswith(_NAMES[document.format]):
        document.notes.append(
            Note(
                FindingCode.NOT_WHAT_IT_SAYS,
                f"The file is called {filename} but is a {document.format.label}; it was read as that.",
            )
        )
    return document


def _dispatch(data: bytes, filename: str) -> Document:
    if data.startswith(b"PK"):
        return _office(data, filename)
    if data.startswith(_OLE):
        _refuse_old(data, filename)
    if b"%PDF-" in data[:1024]:
        from plans.reader.pdf import read_pdf  # noqa: PLC0415 - pdfplumber takes a second to import

        return read_pdf(data)
    if data.startswith(_PICTURES):
        raise ScannedPages(f"The file is a picture. A plan is read from text. {_SAVE_AS}")
    _refuse_markup(data)
    if looks_like_text(data):
        return read_delimited(data)
    raise UnknownFormat(f"The file is of a kind that is not read. {_SAVE_AS}")


def _office(data: bytes, filename: str) -> Document:
    archive = Archive(data)
    if filename.endswith((".xlsm", ".docm", ".xltm", ".dotm")):
        raise MacroEnabled(
            "The file is of the kind that holds macros. Save it as a plain workbook (.xlsx) or "
            "document (.docx) and upload that."
        )
    main = archive.main_part()
    if main.endswith(".bin"):
        raise OldFormat(f"The file is a binary workbook (.xlsb), which is not read. {_SAVE_AS}")
    if main.startswith("word/") or main.endswith("document.xml"):
        from plans.reader.word import read_docx  # noqa: PLC0415 - only where it is needed

        return read_docx(archive, main)
    if main.startswith("xl/") or main.endswith("workbook.xml"):
        return read_xlsx(archive, main)
    raise UnknownFormat(f"The file is neither an Excel workbook nor a Word document. {_SAVE_AS}")


def _refuse_old(data: bytes, filename: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise Encrypted(
            "The file is protected by a password or by rights management. Save a copy without "
            "protection and upload that."
        )
    kind = "Word document (.doc)" if "WordDocument".encode("utf-16-le") in data else "workbook (.xls)"
    raise OldFormat(f"The file is an old {kind}, which is not read. {_SAVE_AS}")


def _refuse_markup(data: bytes) -> None:
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<div", b"<meta")):
        raise UnknownFormat(f"The file is a web page, whatever its name says. Open it in Excel. {_SAVE_AS}")
    if head.startswith(b"{\\rtf"):
        raise UnknownFormat(f"The file is rich text (.rtf), which is not read. Open it in Word. {_SAVE_AS}")
    if head.startswith((b"<?xml", b"mime-version:")):
        raise UnknownFormat(
            f"The file is XML or a web archive, which is not read. Open it in Excel or Word. {_SAVE_AS}"
        )
