"""Reading what is stored."""

import hashlib
import uuid
from collections.abc import Iterator

from files.models import StoredFile


def find_file(number: uuid.UUID) -> StoredFile | None:
    """The file of this number with its council, whoever asks; None if there is none."""
    return StoredFile.objects.select_related("council").filter(pk=number).first()


def damaged_files() -> Iterator[tuple[StoredFile, str]]:
    """Every stored file whose bytes are gone or are not those that came, and what is wrong with it."""
    for stored in StoredFile.objects.order_by("added_at", "pk").iterator(chunk_size=500):
        problem = _damage(stored)
        if problem:
            yield stored, problem


def _damage(stored: StoredFile) -> str:
    size, digest = 0, hashlib.sha256()
    try:
        with stored.content.open("rb") as content:
            for chunk in content.chunks():
                size += len(chunk)
                digest.update(chunk)
    except FileNotFoundError:
        return "its content is missing"
    if size != stored.size:
        return f"it has {size} bytes, not {stored.size}"
    if digest.hexdigest() != stored.sha256:
        return "its content was changed"
    return ""
