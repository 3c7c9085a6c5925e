"""Taking files in."""

import datetime as dt
import hashlib
import logging
import unicodedata
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.module_loading import import_string

from councils.models import Council, User
from councils.rights import Thing
from files.kinds import is_program, sniff, suffix
from files.models import StoredFile

logger = logging.getLogger(__name__)

LONGEST_NAME = 255

# Reads the file from its beginning and returns what is wrong with it, "" if nothing. Named by FILE_SCANNER.
Scanner = Callable[[BinaryIO], str]


class FileRefused(Exception):  # noqa: N818 - what the domain says, no fault of ours
    """The file is not taken; the message says why in words for whoever sent it."""


def store_file(
    *,
    council: Council,
    thing: Thing,
    name: str,
    content: "bytes | File[Any]",
    by: User | None,
    now: dt.datetime,
) -> StoredFile:
    """Keep a file as it came, under a storage name of our own; `thing` is what one must be allowed to read to
    get it.

    Read it afterwards through the row it returns: an upload on disk may be moved, not copied. Raises
    FileRefused for a file that is empty, larger than MAX_UPLOAD_BYTES, a program, or refused by the scanner.
    """
    source = ContentFile(content) if isinstance(content, bytes) else content
    name = clean_name(name) or "file"
    size, sha256 = _measure(source)
    stream = cast("BinaryIO", source)
    content_type = sniff(stream, name)
    if is_program(content_type, name):
        raise FileRefused("This file is a program. Programs, scripts and shortcuts cannot be kept here.")
    stored = StoredFile(
        council=council,
        thing=thing,
        name=name,
        size=size,
        sha256=sha256,
        content_type=content_type,
        scan=_scan(stream),
        added_by=by,
        added_at=now,
    )
    source.seek(0)
    stored.content.save(str(stored.pk), source, save=False)
    try:
        stored.save(force_insert=True)
    except BaseException:
        stored.content.delete(save=False)
        raise
    return stored


def clean_name(name: str) -> str:
    """The name without any path and without characters that cannot be seen or would reorder it.

    At most LONGEST_NAME characters, the suffix kept; "" if nothing is left.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if char.isspace() else char for char in last)
    seen = "".join(char for char in seen if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    tidy = " ".join(seen.split()).strip(". ")
    if len(tidy) <= LONGEST_NAME:
        return tidy
    ending = suffix(tidy)[:20]
    return tidy[: LONGEST_NAME - len(ending)] + ending


def _measure(source: "File[Any]") -> tuple[int, str]:
    """Size and SHA-256 of what is really there, read only as far as the limit."""
    limit = settings.MAX_UPLOAD_BYTES
    size, digest = 0, hashlib.sha256()
    for chunk in source.chunks():
        size += len(chunk)
        if size > limit:
            raise FileRefused(
                f"This file is larger than {limit // 1024**2} MB, the most that can be kept here. Make it smaller."
            )
        digest.update(chunk)
    if not size:
        raise FileRefused("This file is empty. Choose another.")
    return size, digest.hexdigest()


def _scan(stream: BinaryIO) -> StoredFile.Scan:
    """Ask the scanner, if there is one. One that cannot be reached lets nothing pass."""
    if not settings.FILE_SCANNER:
        return StoredFile.Scan.NOT_SCANNED
    scanner: Scanner = import_string(settings.FILE_SCANNER)
    stream.seek(0)
    try:
        found = scanner(stream)
    except OSError as problem:
        logger.exception("The scanner did not answer")
        raise FileRefused("Files cannot be checked for viruses at the moment. Try again later.") from problem
    if found:
        logger.warning("The scanner refused a file: %s", found)
        raise FileRefused("The virus scanner found something in this file, so it was not kept.")
    return StoredFile.Scan.CLEAN
