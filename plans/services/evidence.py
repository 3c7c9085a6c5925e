"""Evidence: files and links that support what is said of an action. Withdrawn with a reason, never deleted."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from councils.models import Council, User
from councils.rights import Thing
from files.services import FileRefused, store_file
from plans.models import Evidence, ProgressUpdate
from plans.queries import EVIDENCE
from plans.services.acting import Act, held_action, needed, refuse
from plans.services.refusals import Refused

if TYPE_CHECKING:
    from django.core.files.base import File

_is_address = URLValidator(schemes=["http", "https"])


def add_evidence(
    *,
    council: Council,
    action_id: int,
    title: str,
    on: dt.date,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    file: tuple[str, "bytes | File[Any]"] | None = None,
    address: str = "",
    update: ProgressUpdate | None = None,
) -> Evidence:
    """Keep a file (name and content) or a link as evidence of an action, for the day that it speaks of.

    Without a title the file's name or the address stands for it. Raises Action.DoesNotExist outside the council;
    Refused for neither or both, for what is no web address, a day to come, and a file that is a program, empty, or
    too large.
    """
    act = Act(council, by, now, today)
    address = address.strip()
    errors = {}
    if (file is None) == (not address):
        errors["file"] = "Choose a file or give a link, one of the two"
    if address and not _address_is_good(address):
        errors["address"] = "Enter a web address that begins with https:// or http://"
    if on > today:
        errors["on"] = "The day must be today or in the past"
    refuse(errors)
    with transaction.atomic():
        action = held_action(act, action_id)
        stored = None
        if file is not None:
            name, content = file
            try:
                stored = store_file(
                    council=council, thing=Thing.EVIDENCE, name=name, content=content, by=by, now=now
                )
            except FileRefused as refused:
                raise Refused({"file": str(refused)}) from refused
        made = Evidence.objects.create(
            action=action,
            update=update,
            title=(title.strip() or (stored.name if stored else address))[:300],
            file=stored,
            address=address,
            on=on,
            recorded_at=act.now,
            by=by,
        )
        log = act.log(on=on)
        values = {"plan": action.plan_id, "action": action.pk, "title": made.title, "address": address}
        log.made(EVIDENCE, made.pk, {**values, "file": str(stored.pk) if stored else None})
        log.write()
        return made


def _address_is_good(address: str) -> bool:
    try:
        _is_address(address)
    except ValidationError:
        return False
    return len(address) <= 2000  # noqa: PLR2004 - the longest that is stored


def withdraw_evidence(
    *, council: Council, evidence_id: int, reason: str, by: User | None, now: dt.datetime, today: dt.date
) -> Evidence:
    """Say that evidence supports its action no longer, from today, and why. It stays readable in the history.

    Withdrawing it twice changes nothing. Raises Evidence.DoesNotExist outside the council; Refused without a reason.
    """
    act = Act(council, by, now, today, reason.strip())
    refuse(needed(("reason", reason, "Say why it is withdrawn")))
    with transaction.atomic():
        found = Evidence.objects.select_for_update().get(pk=evidence_id, action__plan__council=council)
        held_action(act, found.action_id)
        if found.withdrawn_on is None:
            found.withdrawn_on, found.withdrawn_at, found.withdrawn_by = today, act.now, by
            found.withdrawn_because = act.reason
            found.save(update_fields=["withdrawn_on", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
            log = act.log()
            log.changed(EVIDENCE, found.pk, "withdrawn_on", None, today, version=2)
            log.write()
        return found
