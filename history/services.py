"""Writing to the log. Rows are written in the caller's transaction: if they cannot be, nothing is."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from history.models import Access, Change
from history.triggers import MARK

REDACTABLE = ("old", "new", "reason")


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
    subject_id: int | uuid.UUID,
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
        subject_id=subject_id if isinstance(subject_id, int) else None,
        subject_uuid=subject_id if isinstance(subject_id, uuid.UUID) else None,
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


def redact(changes: QuerySet[Change], *, phrase: str, because: str, by: Actor, now: dt.datetime) -> int:
    """Black out a phrase, such as a child's name, wherever it stands as whole words in these changes.

    The one exception to append-only (design, *Two dates*), for an administrator alone: the caller asks for
    the right. Upper and lower case are one. The mark, who and why stay on each change, and a change of the
    change says so too, so that a second redaction hides no first. Returns how many changes held the phrase.
    What rooms keep of it themselves is theirs to rebuild. Raises ValueError without a phrase or a reason, or
    when the reason repeats the phrase.
    """
    if not phrase.strip() or not because.strip():
        raise ValueError("a redaction names a phrase and says why")
    words = whole_words(phrase)
    if words.search(because):
        raise ValueError("the reason repeats what is to be redacted")
    log = ChangeLog(council_id=None, by=by, on=timezone.localdate(now), now=now, reason=because)
    with transaction.atomic():
        for change in changes.select_for_update():
            texts = {name: blacked_out(getattr(change, name), words) for name in REDACTABLE}
            touched = [name for name in REDACTABLE if texts[name] != getattr(change, name)]
            if not touched:
                continue
            Change.objects.filter(pk=change.pk).update(
                **{name: texts[name] for name in touched},
                redacted_at=now,
                redacted_by=by.get_full_name(),
                redacted_because=because,
            )
            log.council_id = change.council_id
            log.changed("history.change", change.pk, "redacted", None, touched, version=change.version)
        count = len(log.rows)
        log.write()
    return count


def whole_words(phrase: str) -> re.Pattern[str]:
    """Where a phrase stands as whole words, upper and lower case being one."""
    return re.compile(rf"(?<!\w){re.escape(phrase.strip())}(?!\w)", re.IGNORECASE)


def blacked_out(value: Any, words: re.Pattern[str]) -> Any:
    """A text, or the texts in a JSON value, with the mark wherever these words stand."""
    if isinstance(value, str):
        return words.sub(MARK, value)
    if isinstance(value, list):
        return [blacked_out(item, words) for item in value]
    if isinstance(value, dict):
        return {key: blacked_out(item, words) for key, item in value.items()}
    return value
