"""The first administrator, who then invites everybody else."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from councils.models import User
from councils.roles import Role
from councils.services import AlreadyHeldError, InvitationError, create_account, give_role, invite


class Command(BaseCommand):
    help = "Makes somebody an administrator: prints a link, or takes a password with --password-stdin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="their e-mail address, with which they will sign in")
        parser.add_argument("--name", default="", help="their full name; needed for a new account")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="make the account now, with the password on standard input",
        )

    def handle(self, *args: Any, email: str, name: str, password_stdin: bool, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(f"{email} is not an e-mail address.") from problem
        user = User.objects.filter(email__iexact=email).first()
        if user is not None:
            self._promote(user)
        elif not name.strip():
            raise CommandError("Give the name of the new administrator: --name NAME")
        elif password_stdin:
            self._create(email, name)
        else:
            self._invite(email, name)

    def _promote(self, user: User) -> None:
        now = timezone.now()
        try:
            give_role(
                user=user,
                role=Role.ADMINISTRATOR,
                council=None,
                starts_on=timezone.localdate(now),
                by=None,
                now=now,
                reason="manage.py create_administrator",
            )
        except AlreadyHeldError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{user.email} has an account, and is an administrator from today.")

    @transaction.atomic
    def _create(self, email: str, name: str) -> None:
        password = sys.stdin.readline().rstrip("\r\n")
        try:
            validate_password(password, User(email=email, name=name))
        except ValidationError as problem:
            raise CommandError("\n".join(problem.messages)) from problem
        user = create_account(
            email=email,
            name=name,
            password=password,
            by=None,
            now=timezone.now(),
            reason="manage.py create_administrator",
        )
        self._promote(user)

    def _invite(self, email: str, name: str) -> None:
        try:
            invitation, link = invite(
                email=email, name=name, role=Role.ADMINISTRATOR, council=None, by=None, now=timezone.now()
            )
        except InvitationError as problem:
            raise CommandError(str(problem)) from problem
        until = timezone.localtime(invitation.expires_at)
        self.stdout.write(
            f"Open this link to set up the account. It works once, until {until:%d %B %Y %H:%M}:"
        )
        self.stdout.write(link)
