"""What people record of deadlines: met, waived, opened again; their calendars; when a council wants to be reminded."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from councils.models import Council, User
from councils.queries import hash_of
from deadlines.sentences import day_in_words
from deadlines.states import State
from files.models import StoredFile
from history.services import ChangeLog
from notices.deadlines.effects import LONGEST_LEAD, Rule
from notices.deadlines.lines import Line, Proof
from notices.deadlines.queries import deadlines_of, find, latest_row
from notices.models import CalendarFeed, DeadlineMark, Instrument, ReminderSetting
from notices.services import Conflict, Refused

MARK = "notices.deadlinemark"
FEED = "notices.calendarfeed"
REMINDERS = "notices.remindersetting"
# the moment of last use is written at most this often, so that a calendar that asks each hour seldom writes
GRAIN = dt.timedelta(hours=6)


def meet(
    *,
    council: Council,
    number: int,
    due: dt.date,
    on: dt.date,
    proof: Proof,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    file: StoredFile | None = None,
) -> DeadlineMark:
    """Record that the deadline of an obligation (by its row's number) due on a day was met on another, and by what.

    Saying it twice records it once. Raises Refused where there is no such deadline, where it is met or waived
    already, for a day to come, and without a word of what met it.
    """
    if on > today:
        raise Refused("on", "That day has not come yet: record it once it is done")
    if not (proof.label.strip() or proof.link.strip() or file):
        raise Refused("label", "Say what met it: a report, a meeting, a note")
    with transaction.atomic():
        line = _locked(council, number, due, today)
        standing = _standing(line, council)
        if line.met and standing is not None and standing.on == on and standing.label == proof.label.strip():
            return standing
        if line.met:
            raise Refused("due", _met_already(line))
        if line.state is State.WAIVED:
            raise Refused("due", "It was waived: open it again first")
        return _record(line, council, DeadlineMark.Kind.MET, on, proof=proof, file=file, by=by, now=now)


def waive(
    *,
    council: Council,
    number: int,
    due: dt.date,
    on: dt.date,
    reason: str,
    approver: str,
    proof: Proof,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    file: StoredFile | None = None,
) -> DeadlineMark:
    """Record that a deadline need not be met: why, who approved it, and the day of the approval.

    Raises Refused as `meet` does, and without a reason or an approver.
    """
    if on > today:
        raise Refused("on", "That day has not come yet")
    if not reason.strip():
        raise Refused("reason", "Say why it need not be met")
    if not approver.strip():
        raise Refused("approver", "Say who approved that, with their post")
    with transaction.atomic():
        line = _locked(council, number, due, today)
        if line.met:
            raise Refused("due", _met_already(line))
        if line.state is State.WAIVED:
            raise Refused("due", "It is waived already")
        return _record(
            line,
            council,
            DeadlineMark.Kind.WAIVED,
            on,
            proof=proof,
            file=file,
            reason=reason,
            approver=approver,
            by=by,
            now=now,
        )


def reopen(
    *,
    council: Council,
    number: int,
    due: dt.date,
    reason: str,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> DeadlineMark:
    """Open a deadline again that somebody recorded as met or waived; what was recorded stays in its history.

    Raises Refused where nobody has recorded anything of it (an event that met it is corrected among the key dates)
    and without a reason.
    """
    if not reason.strip():
        raise Refused("reason", "Say why it is opened again")
    with transaction.atomic():
        line = _locked(council, number, due, today)
        if line.deadline.mark is None:
            why = (
                "A key date met it: correct that, and it opens by itself"
                if line.met
                else "It is open already"
            )
            raise Refused("due", why)
        kind = DeadlineMark.Kind.REOPENED
        return _record(line, council, kind, today, proof=Proof(), reason=reason, by=by, now=now)


def _locked(council: Council, number: int, due: dt.date, today: dt.date) -> Line:
    """The deadline as it stands, held against whoever records something of it at the same time."""
    Council.objects.select_for_update().get(pk=council.pk)
    row = latest_row(number, council)
    if row is None:
        raise Refused("due", "There is no such obligation here")
    found = find(deadlines_of(council, today=today, until=max(due, today)), row.pk, due)
    if not found:
        raise Refused("due", f"It has no deadline on {day_in_words(due)}")
    return next((line for line in found if line.open), found[0])


def _met_already(line: Line) -> str:
    on = f" on {day_in_words(line.deadline.met_on)}" if line.deadline.met_on else ""
    return f"It was met already{on}: open it again first if that is wrong"


def _standing(line: Line, council: Council) -> DeadlineMark | None:
    mark = line.deadline.mark
    return DeadlineMark.objects.get(pk=mark.sequence, council=council) if mark else None


def _record(
    line: Line,
    council: Council,
    kind: DeadlineMark.Kind,
    on: dt.date,
    *,
    proof: Proof,
    file: StoredFile | None = None,
    reason: str = "",
    approver: str = "",
    by: User | None,
    now: dt.datetime,
) -> DeadlineMark:
    mark = DeadlineMark.objects.create(
        council=council,
        instrument=Instrument.objects.get(pk=line.duty.instrument),
        obligation_key=line.duty.key,
        due=line.due,
        kind=kind,
        on=on,
        reason=reason.strip(),
        approver=approver.strip(),
        label=proof.label.strip() or (file.name if file else ""),
        link=proof.link.strip(),
        file=file,
        recorded_at=now,
        by=by,
    )
    log = ChangeLog(council_id=council.pk, by=by, on=on, now=now, reason=reason.strip())
    said = {"kind": kind.value, "obligation": line.duty.key, "due": line.due, "on": on, "label": mark.label}
    more = {"approver": mark.approver, "file": file.name if file else ""}
    log.made(MARK, mark.pk, said | {name: value for name, value in more.items() if value})
    log.write()
    return mark


# --- calendars ------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_feed(*, council: Council, user: User, now: dt.datetime) -> tuple[CalendarFeed, str]:
    """A private calendar of a council's deadlines for somebody; returns it and its token, which is nowhere else.

    One a user and council: making a new one ends the one before, whose address then opens nothing any more.
    """
    User.objects.select_for_update().get(pk=user.pk)
    for old in CalendarFeed.objects.filter(user=user, council=council, revoked_at__isnull=True):
        _revoke(old, user, now)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        user=user, council=council, token_hash=hash_of(token), ending=token[-4:], made_at=now
    )
    log = ChangeLog(council_id=council.pk, by=user, on=timezone.localdate(now), now=now)
    log.made(FEED, feed.pk, {"ending": feed.ending})
    log.write()
    return feed, token


@transaction.atomic
def revoke_feed(*, council: Council, user: User, now: dt.datetime) -> bool:
    """End one's calendar of a council; returns whether there was one."""
    User.objects.select_for_update().get(pk=user.pk)
    feed = CalendarFeed.objects.filter(user=user, council=council, revoked_at__isnull=True).first()
    if feed is not None:
        _revoke(feed, user, now)
    return feed is not None


def _revoke(feed: CalendarFeed, user: User, now: dt.datetime) -> None:
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    log = ChangeLog(council_id=feed.council_id, by=user, on=timezone.localdate(now), now=now)
    log.changed(FEED, feed.pk, "revoked_at", None, now, version=2)
    log.write()


def note_use(feed: CalendarFeed, *, now: dt.datetime) -> None:
    """Remember when a calendar was last asked for, to the nearest few hours."""
    if feed.last_used_at is None or now - feed.last_used_at >= GRAIN:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)


# --- reminders ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """How one role is to be told, and the version of the setting that the form was made from (0: none yet)."""

    role: str
    rule: Rule
    version: int


@transaction.atomic
def save_reminders(*, council: Council, wanted: list[Wanted], by: User, now: dt.datetime) -> int:
    """Store how roles are told of deadlines; returns how many changed.

    Raises Refused (`field` is the role) for days that are none, and Conflict where somebody has changed one since.
    """
    Council.objects.select_for_update().get(pk=council.pk)
    stored = {row.role: row for row in ReminderSetting.objects.filter(council=council)}
    log = ChangeLog(council_id=council.pk, by=by, on=timezone.localdate(now), now=now)
    for one in wanted:
        days = sorted(set(one.rule.days_before), reverse=True)
        if any(not 0 <= day <= LONGEST_LEAD for day in (*days, one.rule.escalate_after or 0)):
            raise Refused(one.role, f"Give days from 0 to {LONGEST_LEAD}")
        row = stored.get(one.role) or ReminderSetting(council=council, role=one.role, version=0)
        if row.pk and row.days_before == days and row.escalate_after == one.rule.escalate_after:
            continue
        if row.version != one.version:
            raise Conflict(row.version)
        old = {"days_before": row.days_before, "escalate_after": row.escalate_after} if row.pk else None
        row.days_before, row.escalate_after = days, one.rule.escalate_after
        row.version += 1
        row.save()
        new = {"days_before": days, "escalate_after": one.rule.escalate_after}
        if old is None:
            log.made(REMINDERS, row.pk, {"role": one.role, **new})
        else:
            for name, value in new.items():
                log.changed(REMINDERS, row.pk, name, old[name], value, version=row.version)
    changed = len(log.rows)
    log.write()
    return changed
