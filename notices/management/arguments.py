"""What commands are given: councils, days and files to write, each refused with its reason."""

import datetime as dt
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.dateparse import parse_date

from councils.models import Council
from councils.queries import CouncilNotFoundError, find_council


def council_called(name: str) -> Council:
    """The council by its full or usual short name, or code. Raises CommandError."""
    try:
        return find_council(name)
    except CouncilNotFoundError as unknown:
        raise CommandError(str(unknown)) from unknown


def day_of(text: str) -> dt.date:
    """A day written YYYY-MM-DD. Raises CommandError."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{text!r} is not a day written YYYY-MM-DD")
    return found


def past_day_of(text: str, *, today: dt.date) -> dt.date:
    """A day written YYYY-MM-DD that is today or in the past. Raises CommandError."""
    found = day_of(text)
    if found > today:
        raise CommandError(f"{text} has not come yet")
    return found


def writable(path: Path) -> Path:
    """A file that is to be written, looked at before the work of making it. Raises CommandError."""
    if path.is_dir():
        raise CommandError(f"{path} is a folder: name the file to write")
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent} to write to")
    return path


def write(path: Path, content: bytes) -> None:
    """Write a file. Raises CommandError where that cannot be done."""
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise CommandError(f"{path} cannot be written: {problem.strerror}") from problem
