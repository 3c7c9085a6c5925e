"""The one way to a stored file."""

import uuid
from typing import Any

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from councils.guards import own_checks
from files.guards import check_may_read
from files.queries import find_file
from files.serving import hand_over


@own_checks
@require_safe
def download(request: Any, file: uuid.UUID) -> FileResponse:
    """Hand the file over to whoever may read what it is."""
    stored = find_file(file)
    if stored is None:
        raise Http404
    check_may_read(request, stored.thing, stored.council)
    return hand_over(request, stored)
