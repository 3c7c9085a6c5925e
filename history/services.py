"""Writing to the log. Rows are written in the caller's transaction: if they cannot be, nothing is."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from history.models import Access, Change


class Actor(Protocol):
    """Whoever acts: a user of the product."""

    pk: Any

    def get_full_name(self) -> str: ...


@dataclass
class ChangeLog:
    """The changes of one act, by one person, gathered and then written together.

    `by` is None when the product itself acts; `on` is the day the facts speak of, `now` the moment they are
    recorded.
    """

    council_id: int | None
    by: Actor | None
    on: dt.date
    now: dt.datetime
    reason: str = ""
    batch: uuid.UUID | None = None
    rows: list[Change] = field(default_factory=list)

    def made(self, subject: str, subject_id: int, values: Mapping[str, Any], *, version: int = 1) -> None:
        """The thing came to be, with these first values."""
        self._add(subject, subject_id, "", None, dict(values), version=version)

    def changed(self, subject: str, subject_id: int, name: str, old: Any, new: Any, *, version: int) -> None:
        """One field went from old to new. A field that did not change is not written."""
        if old != new:
            self._add(subject, subject_id, name, old, new, version=version)

    def _add(self, subject: str, subject_id: int, name: str, old: Any, new: Any, *, version: int) -> None:
        self.rows.append(
            Change(
                council_id=self.council_id,
                subject=subject,
                subject_id=subject_id,
                field=name,
                old=old,
                new=new,
                version=version,
                on=self.on,
                recorded_at=self.now,
                by_id=self.by.pk if self.by else None,
                by_name=self.by.get_full_name() if self.by else "Noticeboard",
                reason=self.reason,
                batch=self.batch,
            )
        )

    def write(self) -> None:
        """Write what was gathered. Call once, inside the transaction of the change itself."""
        Change.objects.bulk_create(self.rows, batch_size=500)
        self.rows = []


def record_read(
    *,
    by: Actor,
    subject: str,
    subject_id: int,
    label: str,
    now: dt.datetime,
    council_id: int | None = None,
    address: str | None = None,
) -> None:
    """Somebody opened a file or a pack."""
    Access.objects.create(
        kind=Access.Kind.READ,
        council_id=council_id,
        subject=subject,
        subject_id=subject_id,
        label=label[:300],
        at=now,
        by_id=by.pk,
        by_name=by.get_full_name(),
        address=address,
    )


def record_sign_in(
    *,
    kind: Access.Kind,
    now: dt.datetime,
    by: Actor | None = None,
    label: str = "",
    address: str | None = None,
) -> None:
    """Somebody signed in or out, or failed to; `label` is the e-mail address that was tried."""
    Access.objects.create(
        kind=kind,
        label=label[:300],
        at=now,
        by_id=by.pk if by else None,
        by_name=by.get_full_name() if by else "",
        address=address,
    )
