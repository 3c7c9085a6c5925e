"""Ratings of many actions written in a handful of queries, each with the history that a single one gets."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F

from councils.models import Council, User
from history.services import ChangeLog
from plans.models import Action, ProgressUpdate, ScaleCode
from plans.queries import ACTION


@dataclass(frozen=True)
class NewRating:
    """The rating that an action is to have, its text as it stands. `action` is held by the caller's lock.

    `undoes` is the update that this one puts back; the action then stands as it was reported for `reported_on`.
    """

    action: Action
    code: ScaleCode | None
    on: dt.date
    reason: str = ""
    next_step: str = ""
    undoes: ProgressUpdate | None = None
    reported_on: dt.date | None = None

    @property
    def stands_for(self) -> dt.date | None:
        """The day that the report speaks of which stands for the action afterwards."""
        return self.reported_on if self.undoes else self.on


def write_ratings(
    new: Sequence[NewRating], *, council: Council, by: User, now: dt.datetime, batch: uuid.UUID, reason: str
) -> None:
    """Write them in the caller's transaction. No action may have been reported for a day after `on`."""
    ProgressUpdate.objects.bulk_create(
        [
            ProgressUpdate(
                action=one.action,
                on=one.on,
                rating=one.code,
                impact=one.action.impact,
                narrative=one.action.progress,
                reason=one.reason,
                next_step=one.next_step,
                source=ProgressUpdate.Source.PAGE,
                recorded_at=now,
                by=by,
                batch=batch,
                undoes=one.undoes,
            )
            for one in new
        ],
        batch_size=500,
    )
    for on, same_day in groupby(sorted(new, key=lambda one: one.on), key=lambda one: one.on):
        log = ChangeLog(council_id=council.pk, by=by, on=on, now=now, reason=reason, batch=batch)
        for one in same_day:
            old, code = one.action.rating, one.code
            log.changed(
                ACTION,
                one.action.pk,
                "rating",
                old.code if old else None,
                code.code if code else None,
                version=one.action.version + 1,
            )
        log.write()
    _bring_up_to_date(new)


def _bring_up_to_date(new: Sequence[NewRating]) -> None:
    alike: dict[tuple[int | None, dt.date | None], list[int]] = {}
    for one in new:
        alike.setdefault((one.code.pk if one.code else None, one.stands_for), []).append(one.action.pk)
    for (code, on), numbers in alike.items():
        Action.objects.filter(pk__in=numbers).update(rating=code, reported_on=on, version=F("version") + 1)
