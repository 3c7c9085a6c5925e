"""What a file is, from its bytes. Plain Python: neither its name nor what the browser says is believed.

A name decides only among things that bytes cannot tell apart: kinds of plain text, and scripts that are plain
text.
"""

import codecs
import zipfile
from typing import BinaryIO

import puremagic

UNKNOWN = "application/octet-stream"
# Text is judged by its beginning; office documents, pictures and PDFs show what they are in theirs.
BEGINNING = 64 * 1024
# puremagic also knows signatures of one or two bytes, which any file may begin with by chance.
SURE = 3
# More than this is never unpacked to find out what an archive is.
INDEX_LIMIT = 64 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
# parts of a zip archive that say what it is, more telling ones first
_ZIP_PARTS = {
    "AndroidManifest.xml": "application/vnd.android.package-archive",
    "META-INF/MANIFEST.MF": "application/java-archive",
    "xl/vbaProject.bin": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "word/vbaProject.bin": "application/vnd.ms-word.document.macroEnabled.12",
    "ppt/vbaProject.bin": "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
# an archive that names its own kind in its first part, as OpenDocument and EPUB do
_ZIP_NAMED = ("application/vnd.oasis.opendocument.", "application/epub+zip")
# streams of the older compound format, named in UTF-16; an encrypted modern document is one too
_COMPOUND_PARTS = {
    "EncryptedPackage": "application/x-encrypted-office",
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "__substg1.0_": "application/vnd.ms-outlook",
}
_INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")  # the class id of Windows Installer packages
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r")
_TEXT_BEGINNINGS = {
    b"%pdf-": "application/pdf",
    b"{\\rtf": "application/rtf",
    b"<!doctype html": "text/html",
    b"<html": "text/html",
    b"<svg": "image/svg+xml",
    b"<?xml": "application/xml",
}
_TEXT_NAMES = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".eml": "message/rfc822"}

_PROGRAM_BEGINNINGS = {
    b"MZ": "application/vnd.microsoft.portable-executable",
    b"\x7fELF": "application/x-elf",
    b"\xfe\xed\xfa\xce": "application/x-mach-binary",
    b"\xfe\xed\xfa\xcf": "application/x-mach-binary",
    b"\xce\xfa\xed\xfe": "application/x-mach-binary",
    b"\xcf\xfa\xed\xfe": "application/x-mach-binary",
    b"\xca\xfe\xba\xbe": "application/java-vm",
    b"\x00asm": "application/wasm",
    b"dex\n": "application/vnd.android.dex",
    b"L\x00\x00\x00\x01\x14\x02\x00": "application/x-ms-shortcut",
}
_SCRIPT = "text/x-script"
_SCRIPT_BEGINNINGS = (b"#!/", b"#! /")
_INSTALLER_TYPE = "application/x-msi"
PROGRAMS = frozenset(
    {
        *_PROGRAM_BEGINNINGS.values(),
        _SCRIPT,
        _INSTALLER_TYPE,
        "application/java-archive",
        "application/vnd.android.package-archive",
    }
)
# what a double click runs, whatever its bytes look like
# fmt: off
PROGRAM_NAMES = frozenset({
    ".app", ".appx", ".appxbundle", ".apk", ".bat", ".chm", ".cmd", ".com", ".command", ".cpl", ".dll",
    ".dmg", ".exe", ".gadget", ".hta", ".inf", ".ins", ".jar", ".jnlp", ".js", ".jse", ".lnk", ".msc",
    ".msi", ".msix", ".msp", ".mst", ".pif", ".ps1", ".ps1xml", ".psc1", ".psm1", ".reg", ".scf", ".scr",
    ".sct", ".sh", ".sys", ".url", ".vb", ".vbe", ".vbs", ".ws", ".wsc", ".wsf", ".wsh", ".xll",
})
# fmt: on


def is_program(content_type: str, name: str) -> bool:
    """Whether opening the file would run something. A document with macros is none (`has_macros`)."""
    return content_type in PROGRAMS or suffix(name) in PROGRAM_NAMES


def has_macros(content_type: str) -> bool:
    """Whether it is an office document that carries macros."""
    return content_type.endswith(".macroEnabled.12")


def suffix(name: str) -> str:
    """The last suffix of a name in lower case, with its dot; "" if it has none."""
    stem, dot, last = name.rpartition(".")
    return f".{last.strip().lower()}" if dot and stem else ""


def sniff(content: BinaryIO, name: str) -> str:
    """The content type of a file, from its bytes. Leaves the file where it found it, at its beginning."""
    content.seek(0)
    head = content.read(BEGINNING)
    try:
        if head.startswith(b"PK\x03\x04"):
            return _archive(content)
        if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            return _compound(head + content.read())
        if _is_text(head):
            return _text(head, name)
        return _binary(head)
    finally:
        content.seek(0)


def _archive(content: BinaryIO) -> str:
    """A zip archive, told by the names of its parts; nothing but a short index is unpacked."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
            for part, content_type in _ZIP_PARTS.items():
                if part in names:
                    return content_type
            return _named_by_itself(archive, names) or "application/zip"
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return UNKNOWN


def _named_by_itself(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" not in names or archive.getinfo("mimetype").flag_bits & 1:  # bit 0: encrypted
        return ""
    with archive.open("mimetype") as part:
        says = part.read(200).decode("ascii", "replace").strip()
    return says if says.startswith(_ZIP_NAMED) else ""


def _compound(content: bytes) -> str:
    if _INSTALLER in content:
        return _INSTALLER_TYPE
    for part, content_type in _COMPOUND_PARTS.items():
        if part.encode("utf-16-le") in content:
            return content_type
    return "application/x-ole-storage"


def _is_text(head: bytes) -> bool:
    """Text has no control characters but tab, line feed, form feed, return, and decodes."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif _CONTROLS & set(head):
        return False
    else:
        encoding = "utf-8"
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        # Windows' western encoding leaves five bytes without a meaning; anything else could be text in it
        return encoding == "utf-8" and not set(head) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return True


def _text(head: bytes, name: str) -> str:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:100].lower()
    if start.startswith(_SCRIPT_BEGINNINGS):
        return _SCRIPT
    for beginning, content_type in _TEXT_BEGINNINGS.items():
        if start.startswith(beginning):
            return content_type
    return _TEXT_NAMES.get(suffix(name), "text/plain")


def _binary(head: bytes) -> str:
    for beginning, content_type in _PROGRAM_BEGINNINGS.items():
        if head.startswith(beginning):
            return content_type
    if b"%PDF-" in head[:1024]:  # a PDF may begin after some bytes of something else
        return "application/pdf"
    try:
        guesses = puremagic.magic_string(head)
    except puremagic.PureError:
        return UNKNOWN
    return next(
        (guess.mime_type for guess in guesses if guess.mime_type and len(guess.byte_match) >= SURE), UNKNOWN
    )
