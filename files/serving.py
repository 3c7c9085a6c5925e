"""Handing a stored file over: always as an attachment, never to be shown or run by the browser, and noted."""

import logging
from typing import Any

from django.http import FileResponse, Http404
from django.utils import timezone

from councils.addresses import client_address
from files.models import StoredFile
from history.services import record_read

logger = logging.getLogger(__name__)


def hand_over(request: Any, stored: StoredFile) -> FileResponse:
    """The file for somebody whose right to it was checked; who took it is noted. Http404 if its content is gone."""
    try:
        content = stored.content.open("rb")
    except FileNotFoundError as lost:
        logger.exception("The content of file %s is gone", stored.pk)
        raise Http404 from lost
    if request.method == "GET":
        record_read(
            by=request.user,
            subject="files.storedfile",
            subject_id=stored.pk,
            label=stored.name,
            now=timezone.now(),
            council_id=stored.council_id,
            address=client_address(request),
        )
    return FileResponse(
        content,
        as_attachment=True,
        filename=stored.name,
        content_type=stored.content_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
