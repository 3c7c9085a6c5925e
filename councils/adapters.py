"""Noticeboard's own rules for django-allauth: sign-up is closed, mail goes through the outbox, secrets are
sealed.
"""

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from councils.models import Invitation, User
from councils.outbox import outbox
from councils.queries import invitations_to
from councils.services import accept_invitation
from councils.services.accounts import log_new_account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": "Too many attempts. Wait 5 minutes and try again, or reset your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Demonstration accounts, whose password is known, open nothing where they are switched off."""
        if user.is_demo and not settings.DEMO_ACCOUNTS:
            response: HttpResponse = self.respond_user_inactive(request, user)
            return response
        return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox: a mail server that is slow or down neither breaks the page nor betrays, by the
        time the answer takes, whether an address has an account.
        """
        request = allauth_context.request
        mail = self.render_mail(template_prefix, email, {"request": request, "email": email, **context})
        outbox()(
            key=f"account {uuid.uuid4()}",
            address=email,
            subject=mail.subject,
            body=str(mail.body),
            now=timezone.now(),
        )

    def format_email_subject(self, subject: str) -> str:
        return f"Noticeboard: {subject}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens the account with the same verified address, or a new one if that address is
    invited.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(_invitations(sociallogin))

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: object = None) -> User:
        """Make the account and accept every open invitation to its address."""
        now = timezone.now()
        invitations = _invitations(sociallogin)
        user = sociallogin.user
        user.email = invitations[0].email
        user.name = invitations[0].name
        super().save_user(request, sociallogin, form=None)
        log_new_account(user, by=user, now=now)
        for invitation in invitations:
            accept_invitation(invitation=invitation, user=user, now=now)
        return user  # type: ignore[no-any-return]


def _invitations(sociallogin: SocialLogin) -> list[Invitation]:
    """What the addresses that the provider vouches for are invited to: the first of them that is invited at
    all.
    """
    for address in sociallogin.email_addresses:
        if address.verified:
            found = list(invitations_to(address.email, now=timezone.now()))
            if found:
                return found
    return []


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are stored encrypted, under keys made from SECRET_KEY and its fallbacks."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Noticeboard"


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"noticeboard second factor" + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
