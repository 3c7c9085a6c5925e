"""A file that comes with a form. It is kept at once, so that a form that is refused and sent again still has it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from councils.models import User
from councils.rights import Thing
from files.models import StoredFile
from files.services import FileRefused, store_file

FIELD, KEPT = "file", "kept_file"


@dataclass(frozen=True)
class SentFile:
    """What came in the form's field `file`, or was kept (`kept_file`) from the time before; why it was refused."""

    file: StoredFile | None = None
    problem: str = ""

    @property
    def errors(self) -> dict[str, str]:
        """The problem at its field, as forms say it."""
        return {FIELD: self.problem} if self.problem else {}


def sent_file(request: Any, *, thing: Thing, now: dt.datetime) -> SentFile:
    """The file of a form that was posted on a council's page; `thing` is what one must be allowed to read to get it.

    A kept one is taken only by who sent it, in the council and for the kind of thing that it was sent for.
    """
    upload = request.FILES.get(FIELD)
    if upload is None:
        return SentFile(_kept(request.POST.get(KEPT, ""), request.council.pk, request.user, thing))
    try:
        return SentFile(
            store_file(
                council=request.council,
                thing=thing,
                name=upload.name or "",
                content=upload,
                by=request.user,
                now=now,
            )
        )
    except FileRefused as refused:
        return SentFile(problem=str(refused))


def _kept(number: str, council: int, user: User, thing: Thing) -> StoredFile | None:
    try:
        wanted = uuid.UUID(number)
    except ValueError:
        return None
    return StoredFile.objects.filter(pk=wanted, council=council, thing=thing, added_by=user).first()
