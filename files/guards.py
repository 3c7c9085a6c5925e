"""The check for things that are found by their own number, with no council in the URL: files and jobs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from councils.models import Council
from councils.rights import Thing, Verb


def check_may_read(request: Any, thing: str, council: Council | None) -> None:
    """Let pass whoever may read this kind of thing in its council, and tell the page which council it is.

    Like councils.guards.requires: Http404 if the council is none of the user's, so that numbers betray
    nothing, PermissionDenied if only the right is lacking. Without a council the national roles are asked.
    """
    if council is not None and not request.access.knows(council):
        raise Http404
    if not request.access.may(Verb.READ, Thing(thing), council):
        raise PermissionDenied
    if council is not None:
        request.council = council
