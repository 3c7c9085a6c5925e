"""What commands about notices are given: councils and days, each refused with its reason."""

import datetime as dt

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
