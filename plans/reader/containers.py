"""Office files as what they are, zip archives of XML: opened only after their size and kind were judged.

No part is unpacked before the archive's own figures were checked, no document type definition is accepted
(no office program writes one; they are how entities are smuggled in), and nothing outside the archive is
ever fetched.
"""

import posixpath
import re
import zipfile
from io import BytesIO

from lxml import etree

from plans.reader.errors import Damaged, Encrypted, MacroEnabled, UnknownFormat, ZipBomb

UNPACKED_LIMIT = 150 * 1024 * 1024
RATIO_LIMIT = 200
_RATIO_FROM = 1024 * 1024
_PARTS_LIMIT = 5_000

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCRYPTED_BIT = 0x1


class Archive:
    """A guarded office archive: parts by name, parsed without entities or network."""

    def __init__(self, data: bytes) -> None:
        """Open and judge. Raises Damaged, ZipBomb, Encrypted, MacroEnabled."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Damaged(
                "The file is broken: it could not be unpacked. Open it in the program it was made with, "
                "save a fresh copy and upload that."
            ) from error
        infos = self._zip.infolist()
        self.names = {info.filename for info in infos}
        _refuse_bomb(infos)
        if any(info.flag_bits & _ENCRYPTED_BIT for info in infos):
            raise Encrypted("The file is protected by a password. Save a copy without one and upload that.")
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise MacroEnabled(
                "The file holds macros, which are not accepted. Save it as a workbook (.xlsx) or "
                "document (.docx) "
                "without macros and upload that."
            )

    def part(self, name: str) -> bytes:
        """Return a part's bytes. Raises Damaged where it is missing or broken."""
        try:
            return self._zip.read(name)
        except (
            KeyError,
            zipfile.BadZipFile,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Damaged(f"The file is broken: its part {name} could not be read.") from error
        except Exception as error:
            # zlib.error and lzma.LZMAError share no base class with the rest
            raise Damaged(f"The file is broken: its part {name} could not be unpacked.") from error

    def xml(self, name: str) -> etree._Element:
        """Return a part's root element. Raises Damaged where it is no XML or declares a document type."""
        return parse_xml(self.part(name), name)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return {relation id: (kind, part name)} of a part; what points outside the archive is left out."""
        folder, base = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if listing not in self.names:
            return {}
        found = {}
        for relation in self.xml(listing):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = (kind, posixpath.normpath(path))
        return found

    def main_part(self) -> str:
        """Return the name of the part that the package calls its document. Raises UnknownFormat."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self.names:
                return target
        raise UnknownFormat(
            "The file is an archive, but neither an Excel workbook (.xlsx) nor a Word document (.docx). "
            "Save the plan as one of these, as CSV or as PDF and upload that."
        )


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root element of XML bytes. Raises Damaged."""
    head = data[:4]
    plain = data.replace(b"\0", b"") if b"\0" in head or head[:2] in {b"\xff\xfe", b"\xfe\xff"} else data
    if _DOCTYPE.search(plain):
        raise Damaged(
            "The file has parts that no office program writes (a document type declaration), so "
            "it was not opened."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(f"The file is broken: its part {name} could not be read.") from error


def local(tag: object) -> str:
    """Return an element's name without its namespace; empty for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _refuse_bomb(infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    dense = any(
        info.file_size > _RATIO_FROM and info.file_size > RATIO_LIMIT * max(info.compress_size, 1)
        for info in infos
    )
    if unpacked > UNPACKED_LIMIT or dense or len(infos) > _PARTS_LIMIT:
        raise ZipBomb(
            "The file would unpack to far more than a plan holds, so it was not opened. "
            "Copy the plan into a new document, save that and upload it."
        )
