"""Invitations: the only way to an account. Of the link's token only a hash is kept; it is accepted once."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from councils.models import Council, Invitation, Person, RoleHolding, User
from councils.outbox import outbox
from councils.queries import hash_of, open_invitations
from councils.roles import Role
from councils.services.accounts import create_account
from councils.services.holdings import AlreadyHeldError, check_may_give, give_role
from councils.services.people import save_person
from history.services import ChangeLog

SUBJECT = "councils.invitation"


class InvitationError(ValueError):
    """The invitation cannot be made, sent or accepted; the message says why."""


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: Role,
    council: Council | None,
    by: User | None,
    now: dt.datetime,
    person: Person | None = None,
) -> tuple[Invitation, str]:
    """Invite somebody to a role; returns the invitation and its link, which is nowhere else to be had.

    `by` None is the operator at the command line, who hands the link over; otherwise it goes out by e-mail.
    Raises NotAllowedError, or InvitationError where the address holds the role or is invited to it already.
    """
    check_may_give(by, role, council, now=now)
    email = email.strip().lower()
    today = timezone.localdate(now)
    holds = RoleHolding.objects.held_on(today).filter(user__email__iexact=email, role=role, council=council)
    if holds.exists():
        raise InvitationError(f"{email} holds this role already.")
    if open_invitations(council).filter(email__iexact=email, role=role, expires_at__gt=now).exists():
        raise InvitationError(f"{email} is invited to this role already. You can send that invitation again.")
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        role=role.value,
        council=council,
        person=person,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + settings.INVITATION_LIFE,
    )
    log = _log(invitation, by=by, now=now)
    log.made(
        SUBJECT,
        invitation.pk,
        {"email": email, "name": invitation.name, "role": role.value, "expires_at": invitation.expires_at},
    )
    log.write()
    link = _link(token)
    if by is not None:
        _send(invitation, link, by=by, now=now)
    return invitation, link


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, now: dt.datetime) -> Invitation:
    """Send a new link for an invitation that is still open, expired or not; the old link is dead from now on.

    Raises NotAllowedError or InvitationError.
    """
    invitation = _open(invitation)
    check_may_give(by, Role(invitation.role), invitation.council, now=now)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_of(token)
    _change(invitation, "expires_at", now + settings.INVITATION_LIFE, by=by, now=now)
    _send(invitation, _link(token), by=by, now=now)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, now: dt.datetime) -> Invitation:
    """Take an open invitation back. Raises NotAllowedError or InvitationError."""
    invitation = _open(invitation)
    check_may_give(by, Role(invitation.role), invitation.council, now=now)
    _change(invitation, "revoked_at", now, by=by, now=now)
    return invitation


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    now: dt.datetime,
    user: User | None = None,
    name: str = "",
    password: str | None = None,
) -> User:
    """Accept an invitation once: the role is held from today by `user`, or by a new account.

    An account that exists must have the address that was invited. Raises InvitationError if the invitation
    was accepted, revoked or has expired, or is somebody else's; AccountExistsError for a new account with
    an address that has one.
    """
    invitation = _open(invitation)
    if invitation.expired_at(now):
        raise InvitationError("This invitation has expired.")
    if user is None:
        user = create_account(
            email=invitation.email, name=name or invitation.name, password=password, by=None, now=now
        )
    if not user.is_active or user.email.lower() != invitation.email.lower():
        raise InvitationError("This invitation is for another e-mail address.")
    try:
        give_role(
            user=user,
            role=Role(invitation.role),
            council=invitation.council,
            starts_on=timezone.localdate(now),
            by=user,
            now=now,
        )
    except AlreadyHeldError as problem:
        raise InvitationError(str(problem)) from problem
    if invitation.council is not None:
        _know_person(invitation, invitation.council, user, now=now)
    invitation.accepted_by = user
    _change(invitation, "accepted_at", now, by=user, now=now)
    return user


def _know_person(invitation: Invitation, council: Council, user: User, *, now: dt.datetime) -> None:
    """Join the account to the person whom the council knows already, or add one.

    Known by what whoever invited wrote, never by the name that the invited person types: an action's lead is a person.
    """
    people = Person.objects.filter(council=council)
    if people.filter(user=user).exists():
        return
    person = invitation.person or people.filter(user=None, email__iexact=user.email).first()
    if person is None or person.user is not None:
        person = people.filter(user=None, email="", name__iexact=invitation.name).first()
    if person is not None:
        values = {"user": user, "email": person.email or user.email}
        save_person(person=person, values=values, by=user, now=now, made_from=person.version)
        return
    add_person_of(user, council, label=invitation.label, now=now)


def add_person_of(user: User, council: Council, *, label: str, now: dt.datetime) -> Person:
    """Add the holder of an account to the people of a council, with the role as post where the name is
    taken.
    """
    people = Person.objects.filter(council=council)
    posts = ["", label, f"{label} ({user.email})"]
    post = next(p for p in posts if not people.filter(name__iexact=user.name, post__iexact=p).exists())
    return save_person(
        person=Person(council=council),
        values={"name": user.name, "post": post, "email": user.email, "user": user},
        by=user,
        now=now,
    )


def _open(invitation: Invitation) -> Invitation:
    """The invitation, locked, if nothing has been done with it yet."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise InvitationError("This invitation has been accepted already.")
    if invitation.revoked_at is not None:
        raise InvitationError("This invitation was taken back.")
    return invitation


def _change(invitation: Invitation, field: str, value: dt.datetime, *, by: User, now: dt.datetime) -> None:
    old = getattr(invitation, field)
    invitation.version += 1
    setattr(invitation, field, value)
    invitation.save()
    log = _log(invitation, by=by, now=now)
    log.changed(SUBJECT, invitation.pk, field, old, value, version=invitation.version)
    log.write()


def _log(invitation: Invitation, *, by: User | None, now: dt.datetime) -> ChangeLog:
    return ChangeLog(council_id=invitation.council_id, by=by, on=timezone.localdate(now), now=now)


def _link(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('councils:invitation', kwargs={'token': token})}"


def _send(invitation: Invitation, link: str, *, by: User, now: dt.datetime) -> None:
    """Queue the e-mail. Each sending has its own key, since each carries a link of its own."""
    what = invitation.label
    if invitation.council is not None:
        what += f" for {invitation.council.name}"
    until = timezone.localtime(invitation.expires_at)
    body = (
        f"Hello {invitation.name},\n\n"
        f"{by.get_full_name()} invites you to Noticeboard as: {what}.\n\n"
        f"To accept, open this link. It works once, until {until.day} {until:%B %Y}:\n\n{link}\n\n"
        "If you did not expect this, you need do nothing.\n"
    )
    outbox()(
        key=f"invitation {invitation.pk} version {invitation.version}",
        address=invitation.email,
        subject="Your invitation to Noticeboard",
        body=body,
        now=now,
    )
