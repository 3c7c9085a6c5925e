"""Signed links by which leads without an account answer for exactly their actions, for one round.

Of a link's token only a hash is kept. A new link for a lead ends the one before.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from councils.models import Council, User
from councils.queries import hash_of
from history.services import ChangeLog
from notifications.models import Message
from notifications.services import queue_message
from plans.answering.asking import LeadAnswers, lead_of, nudge_key, table_for_leads, who_has_answered, who_of
from plans.answering.rounds import Asked, asked_now
from plans.answering.who import Who
from plans.models import AnswerLink, Plan
from plans.services import Refused
from plans.services.acting import refuse

LINK = "plans.answerlink"
LONGEST = dt.timedelta(days=92)
LONGEST_ADDRESS = 254
A_FORTNIGHT = dt.timedelta(days=14)
GRAIN = dt.timedelta(minutes=5)  # the moment of last use is written at most this often


class LinkState(StrEnum):
    """What a link opens at a moment."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"
    CLOSED = "closed"  # the plan is


@dataclass(frozen=True)
class For:
    """What links are for: a round or board, the day that answers speak of, and until when (exclusive) they work."""

    label: str
    position_on: dt.date | None
    expires_at: dt.datetime


@dataclass(frozen=True)
class MadeLink:
    """A link just made. `address` is nowhere else to be had."""

    link: AnswerLink
    address: str
    sent: bool


def state_of(link: AnswerLink, *, now: dt.datetime) -> LinkState:
    """Whether a link still opens its actions; at the very moment of expiry it does not."""
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.plan.closed_on is not None:
        return LinkState.CLOSED
    return LinkState.EXPIRED if link.expires_at <= now else LinkState.OPEN


def link_by_token(token: str) -> AnswerLink | None:
    """The link behind a token, in whatever state it is."""
    links = AnswerLink.objects.select_related("plan__council", "made_by")
    return links.filter(token_hash=hash_of(token)).first()


def links_of(council: Council) -> QuerySet[AnswerLink]:
    """The links made for a council's plans, latest first."""
    return AnswerLink.objects.filter(plan__council=council).select_related("plan", "made_by").order_by("-id")


def end_of(day: dt.date) -> dt.datetime:
    """The end of a link's last day, exclusive; the calendar's own last day ends a day early, far away all the same."""
    last = min(day, dt.date.max - dt.timedelta(days=1))
    return timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min))


def last_day(asked: Asked, today: dt.date) -> dt.date:
    """The last day a link works unless somebody says otherwise: that of the round, else a fortnight away."""
    return max(asked.answer_by, today) if asked.answer_by else today + A_FORTNIGHT


@transaction.atomic
def make_link(
    plan: Plan,
    who: Who,
    *,
    label: str,
    position_on: dt.date | None,
    expires_at: dt.datetime,
    by: User,
    now: dt.datetime,
    email: str = "",
) -> MadeLink:
    """Make the link of one lead, send it where an address is given, and end the lead's links before it.

    `expires_at` is exclusive, at most 92 days away. Raises Refused for a lead whom the plan does not name, an address
    that is none, a wrong expiry, a closed plan.
    """
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    errors = _wrong_with(plan, expires_at=expires_at, now=now)
    if (
        plan.closed_on is None
        and lead_of(table_for_leads(plan, today=timezone.localdate(now)), who.key) is None
    ):
        errors["lead"] = f"The plan has no lead called {who.name}"
    if wrong := _wrong_address(email):
        errors["email"] = wrong
    refuse(errors)
    return _make(plan, who, For(label, position_on, expires_at), by=by, now=now, email=email)


def _make(plan: Plan, who: Who, what: For, *, by: User, now: dt.datetime, email: str) -> MadeLink:
    log = ChangeLog(council_id=plan.council_id, by=by, on=timezone.localdate(now), now=now)
    for old in _open_links(plan, who):
        _end(old, log, now)
    token = secrets.token_urlsafe(32)
    link = AnswerLink.objects.create(
        plan=plan,
        lead=who.name,
        person_id=who.person,
        organisation_id=who.organisation,
        email=email,
        label=what.label[:200],
        position_on=what.position_on,
        token_hash=hash_of(token),
        made_at=now,
        made_by=by,
        expires_at=what.expires_at,
    )
    log.made(
        LINK,
        link.pk,
        {"lead": who.name, "email": email, "label": what.label, "expires_at": what.expires_at.isoformat()},
    )
    log.write()
    address = settings.SITE_URL + reverse("plans:answer_link", kwargs={"token": token})
    if email:
        _send(link, address, by=by, now=now)
    return MadeLink(link, address, sent=bool(email))


def _wrong_with(plan: Plan, *, expires_at: dt.datetime, now: dt.datetime) -> dict[str, str]:
    """What keeps any link of this plan from being made."""
    errors = {}
    if plan.closed_on is not None:
        errors["lead"] = "This plan is closed: nobody can answer any more"
    if not now < expires_at <= now + LONGEST:
        errors["expires_on"] = (
            "The last day of the link must be today or later, and at most three months away"
        )
    return errors


def _wrong_address(email: str) -> str:
    """Why nothing can be sent to this; "" where it can, or is to be sent nowhere."""
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return f"“{email}” is not an e-mail address"
    return (
        "" if len(email) <= LONGEST_ADDRESS else f"An e-mail address has at most {LONGEST_ADDRESS} characters"
    )


@transaction.atomic
def make_links(plan: Plan, *, to: Mapping[str, str], what: For, by: User, now: dt.datetime) -> list[MadeLink]:
    """Make and send a link to each of these leads: their addresses, by the leads' keys. All of them or none.

    Who has an account, or nothing left to answer, is passed over. Raises Refused for a wrong expiry or a closed plan
    as `make_link` does, for nobody to send to, and under the key of each lead whose address is none: nothing is sent
    then.
    """
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    today = timezone.localdate(now)
    leads = {
        lead.who.key: lead.who
        for lead in leads_to_link(plan, asked=asked_now(plan, today=today), today=today)
    }
    meant = {key: address for key, address in to.items() if key in leads}
    errors = _wrong_with(plan, expires_at=what.expires_at, now=now)
    if not to:
        errors["who"] = "Choose whom to send a link to"
    for key, address in meant.items():
        name = leads[key].name
        if not address:
            errors[key] = f"Enter an e-mail address for {name}, or untick them"
        elif wrong := _wrong_address(address):
            errors[key] = f"{name}: {wrong}"
    refuse(errors)
    return [_make(plan, leads[key], what, by=by, now=now, email=address) for key, address in meant.items()]


def leads_to_link(plan: Plan, *, asked: Asked, today: dt.date) -> list[LeadAnswers]:
    """The leads who have something to answer and no account to do it by."""
    return [
        lead
        for lead in who_has_answered(plan, asked=asked, today=today)
        if lead.open and not lead.has_account
    ]


def _open_links(plan: Plan, who: Who) -> list[AnswerLink]:
    same = Q(person=who.person) if who.person is not None else Q(organisation=who.organisation, person=None)
    if who.person is None and who.organisation is None:
        same = Q(lead=who.name, person=None, organisation=None)
    return list(AnswerLink.objects.select_for_update().filter(same, plan=plan, revoked_at=None))


def _end(link: AnswerLink, log: ChangeLog, now: dt.datetime) -> None:
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    log.changed(LINK, link.pk, "revoked_at", None, now.isoformat(), version=2)


@transaction.atomic
def revoke_link(*, council: Council, link_id: int, by: User, now: dt.datetime) -> AnswerLink:
    """Take a link back: from now on it opens nothing. Raises AnswerLink.DoesNotExist outside the council."""
    link = AnswerLink.objects.select_for_update(of=("self",)).get(pk=link_id, plan__council=council)
    if link.revoked_at is None:
        log = ChangeLog(council_id=council.pk, by=by, on=timezone.localdate(now), now=now)
        _end(link, log, now)
        log.write()
    return link


def note_use(link: AnswerLink, *, now: dt.datetime) -> None:
    """Keep the moment at which a link was last opened, to a few minutes."""
    if link.last_used_at is None or now - link.last_used_at >= GRAIN:
        AnswerLink.objects.filter(pk=link.pk).update(last_used_at=now)


def _send(link: AnswerLink, address: str, *, by: User, now: dt.datetime) -> None:
    last = link.last_day
    council = link.plan.council.short_name
    queue_message(
        key=_mail_key(link),
        address=link.email,
        subject=f"Your actions for {link.label} - {council}",
        body=(
            f"Hello,\n\n{by.get_full_name()} of {council} asks you how your actions in “{link.plan.title}” stand, for "
            f"{link.label}.\n\nYou need no account. Open this link on a phone or a computer:\n\n{address}\n\n"
            f"It opens the actions of {link.lead} and no others, until the end of {last.day} {last:%B %Y}. Whoever "
            "has the link can answer for you, so do not pass this message on.\n"
        ),
        now=now,
    )


def undelivered(links: Iterable[AnswerLink]) -> dict[int, str]:
    """What the mail server said of the links that it has not taken so far, by the links' numbers."""
    keys = {_mail_key(link): link.pk for link in links if link.email}
    refused = Message.objects.filter(key__in=keys, sent_at__isnull=True).exclude(problem="")
    return {keys[key]: problem for key, problem in refused.values_list("key", "problem")}


def _mail_key(link: AnswerLink) -> str:
    return f"{LINK}:{link.pk}"


@transaction.atomic
def nudge(plan: Plan, lead: LeadAnswers, *, label: str, by: User, now: dt.datetime) -> bool:
    """Remind a lead who has an account of what is not answered; returns whether it was the first time today.

    A lead without an account is reminded by a new link (`make_link`). Raises Refused where there is nothing to
    remind of, or no account to write to.
    """
    if not lead.open:
        raise Refused({"lead": f"{lead.who.name} has answered everything"})
    if not lead.has_account:
        raise Refused({"lead": f"{lead.who.name} has no account: send them a link"})
    today = timezone.localdate(now)
    if lead.nudged_on == today:
        return False
    address = settings.SITE_URL + reverse("plans:my_actions", kwargs={"council": plan.council.slug})
    some = ", ".join(lead.refs[:10]) + (f" and {len(lead.refs) - 10} more" if len(lead.refs) > 10 else "")  # noqa: PLR2004
    queue_message(
        key=nudge_key(plan, lead.who, today),
        address=lead.email,
        subject=f"{lead.open} of your actions wait for an answer - {plan.council.short_name}",
        body=(
            f"Hello,\n\n{by.get_full_name()} reminds you that {lead.open} of your {lead.total} actions are not yet "
            f"updated for {label}: {some}.\n\nWhere nothing has changed, one press says so:\n\n{address}\n"
        ),
        now=now,
    )
    log = ChangeLog(council_id=plan.council_id, by=by, on=today, now=now)
    log.changed("plans.plan", plan.pk, "reminded", None, lead.who.name, version=1)
    log.write()
    return True


def remind(
    plan: Plan, key: str, *, by: User, now: dt.datetime
) -> tuple[list[LeadAnswers], list[LeadAnswers]]:
    """Remind one lead, by key, or with an empty key everybody with an account who owes an answer.

    Returns who was reminded, and who had a reminder today already.
    """
    today = timezone.localdate(now)
    asked = asked_now(plan, today=today)
    sent: list[LeadAnswers] = []
    before: list[LeadAnswers] = []
    for lead in who_has_answered(plan, asked=asked, today=today):
        if lead.open and lead.has_account and key in ("", lead.who.key):
            (sent if nudge(plan, lead, label=asked.label, by=by, now=now) else before).append(lead)
    return sent, before


__all__ = [
    "For",
    "LinkState",
    "MadeLink",
    "end_of",
    "last_day",
    "leads_to_link",
    "link_by_token",
    "links_of",
    "make_link",
    "make_links",
    "note_use",
    "nudge",
    "remind",
    "revoke_link",
    "state_of",
    "who_of",
]
